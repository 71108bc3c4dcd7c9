extension Permutation {
  /// Calls `body` with the first id and the number of each row that is not of some graphs.
  @inline(__always) func forEachRow(without removed: GraphSet?, _ body: (StoreID, Int) -> Void) {
    if graphs == nil, removed?.contains(onlyGraph) ?? false { return }
    var key = 0
    for row in 0..<count {
      while Int(starts[key &+ 1]) <= row { key &+= 1 }
      if let graphs, let removed, removed.contains(graphs[row]) { continue }
      body(least &+ StoreID(truncatingIfNeeded: key), row)
    }
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
