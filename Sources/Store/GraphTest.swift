import Bytes

/// What a row's graph must be, as far as rows must be looked at for it.
package enum GraphTest: Sendable {
  /// Every row will do.
  case any
  /// No row will do.
  case none
  /// Rows of one graph.
  case one(StoreID)
  /// Rows of named graphs.
  case named
  /// Rows of some graphs, which are sorted.
  case some([StoreID])

  /// What `scope` asks of the rows of a snapshot.
  package init(_ scope: GraphScope, _ snapshot: Snapshot) {
    let isOne = snapshot.allGraphs.count <= 1
    switch scope {
    case .union: self = .any
    case .defaultOnly: self = GraphTest(.named(.defaultGraph), snapshot)
    case .named(let graph):
      let isHeld = snapshot.facts.quadCounts[graph] != nil
      self = !isHeld ? .none : isOne ? .any : .one(graph)
    case .eachNamed:
      if snapshot.facts.quadCounts[.defaultGraph] == nil {
        self = .any
      } else {
        self = isOne ? .none : .named
      }
    case .list(let graphs), .eachOf(let graphs):
      let held = Set(graphs.filter { snapshot.facts.quadCounts[$0] != nil }).sorted()
      if held.isEmpty {
        self = .none
      } else if held.count == snapshot.allGraphs.count {
        self = .any
      } else {
        self = held.count == 1 ? .one(held[0]) : .some(held)
      }
    }
  }

  /// Whether a row's graph will do.
  package func holds(_ graph: StoreID) -> Bool {
    switch self {
    case .any: return true
    case .none: return false
    case .one(let wanted): return graph == wanted
    case .named: return graph != .defaultGraph
    case .some(let wanted):
      let at = Search.firstIndex(in: 0..<wanted.count) { wanted[$0] >= graph }
      return at < wanted.count && wanted[at] == graph
    }
  }
}
