extension Permutation {
  /// Calls `body` with the first id and the number of each row that is not among those removed.
  @inline(__always) func forEachRow(without removed: RemovedRows?, _ body: (StoreID, Int) -> Void) {
    if graphs == nil, removed?.graphs.contains(onlyGraph) ?? false { return }
    let isGone = removed?.isGone?.start
    var key = 0
    for row in 0..<count {
      while Int(starts[key &+ 1]) <= row { key &+= 1 }
      if let graphs, let removed, removed.graphs.contains(graphs[row]) { continue }
      let first = least &+ StoreID(truncatingIfNeeded: key)
      if let isGone, isGone[Int(first)] || isGone[Int(second[row])] || isGone[Int(third[row])],
        removed?.isGone(first, second[row], third[row], in: graphs?[row] ?? onlyGraph) ?? false
      {
        continue
      }
      body(first, row)
    }
  }
}

/// The rows of a snapshot that go: those of some graphs, and those of other graphs that speak of some things.
struct RemovedRows: Sendable {
  let graphs: GraphSet
  let things: [OutdatedThings]
  /// For each term whether it is one of the things in any graph; nil where there are none.
  let isGone: Column<Bool>?

  /// The rows of these graphs, and of the graphs of things.
  init(_ graphs: GraphSet, _ things: [OutdatedThings]) {
    self.graphs = graphs
    self.things = things
    guard let first = things.first, things.count > 1 else {
      isGone = things.first?.isOne
      return
    }
    let all = Column<Bool>(count: first.isOne.count)
    for id in 0..<all.count { all.start[id] = things.contains { $0.isOne.start[id] } }
    isGone = all
  }

  /// Whether a row of a graph speaks of a thing that goes. Its three ids may come in any order.
  @inline(never) func isGone(_ first: StoreID, _ second: StoreID, _ third: StoreID, in graph: StoreID) -> Bool {
    things.contains { $0.graph == graph && ($0.contains(first) || $0.contains(second) || $0.contains(third)) }
  }
}

/// Some graphs of a snapshot, looked up row by row.
struct GraphSet: Sendable {
  /// For each term whether it names one of the graphs.
  private let isNamed: Column<Bool>
  private let hasDefault: Bool

  /// The graphs with these ids, among `terms` terms.
  init(_ graphs: [StoreID], terms: Int) {
    isNamed = Column(count: max(terms, 1))
    isNamed.start.update(repeating: false, count: max(terms, 1))
    for graph in graphs where graph != .defaultGraph { isNamed.start[Int(graph)] = true }
    hasDefault = graphs.contains(.defaultGraph)
  }

  @inline(__always) func contains(_ graph: StoreID) -> Bool { graph == .defaultGraph ? hasDefault : isNamed.start[Int(graph)] }
}
