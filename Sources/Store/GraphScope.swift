/// Which graphs a pattern is matched in.
@usableFromInline package enum GraphScope: Sendable, Hashable {
  /// All graphs together, the default graph among them: a triple in two graphs counts once.
  case union
  /// The default graph alone.
  case defaultOnly
  /// One named graph.
  case named(StoreID)
  /// Each named graph for itself (`GRAPH ?g`): a row for each graph that holds the triple, with its name.
  case eachNamed
  /// These graphs together (`FROM`); ``StoreID/defaultGraph`` may be among them.
  case list([StoreID])
  /// Each of these graphs for itself (`FROM NAMED` with `GRAPH ?g`).
  case eachOf([StoreID])

  /// Whether rows have a graph.
  package var yieldsGraph: Bool {
    switch self {
    case .eachNamed, .eachOf: true
    case .union, .defaultOnly, .named, .list: false
    }
  }
}
