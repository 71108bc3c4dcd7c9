extension Permutation {
  /// Calls `body` with the first id and the number of each row that is not of a graph.
  @inline(__always) func forEachRow(without graph: StoreID?, _ body: (StoreID, Int) -> Void) {
    if graphs == nil, graph == onlyGraph { return }
    var key = 0
    for row in 0..<count {
      while Int(starts[key &+ 1]) <= row { key &+= 1 }
      if let graphs, graphs[row] == graph { continue }
      body(least &+ StoreID(truncatingIfNeeded: key), row)
    }
  }
}
