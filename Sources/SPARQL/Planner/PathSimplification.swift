/// Closures within closures. What a closure reaches is a set (SPARQL 1.1 §18.4, ALP), so that inside one it makes no difference how often,
/// or whether, a step is repeated; walked as they stand, each level would walk the whole graph from every node.
extension PropertyPath {
  /// The path with one closure for those that stand directly in one another: `(p*)*` is `p*`, `(p*|q+)*` is `(p|q)*`.
  var simplified: PropertyPath {
    switch self {
    case .link, .negated: return self
    case .inverse(let inner): return .inverse(inner.simplified)
    case .sequence(let parts): return .sequence(parts.map(\.simplified))
    case .alternative(let parts): return .alternative(parts.map(\.simplified))
    case .zeroOrMore(let inner): return .zeroOrMore(inner.simplified.step)
    case .oneOrMore(let inner):
      let inner = inner.simplified
      return inner.canBeEmpty ? .zeroOrMore(inner.step) : .oneOrMore(inner.step)
    case .zeroOrOne(let inner):
      let inner = inner.simplified
      if case .oneOrMore(let step) = inner { return .zeroOrMore(step) }
      if case .zeroOrMore = inner { return inner }
      return .zeroOrOne(inner)
    }
  }

  /// One step of a closure over this path: what it repeats or leaves out by itself is the closure's anyway.
  private var step: PropertyPath {
    switch self {
    case .zeroOrMore(let inner), .oneOrMore(let inner), .zeroOrOne(let inner): inner.step
    case .alternative(let parts): .alternative(parts.map(\.step))
    default: self
    }
  }

  /// Whether the path leads from every node to itself in no steps.
  private var canBeEmpty: Bool {
    switch self {
    case .link, .negated: false
    case .zeroOrMore, .zeroOrOne: true
    case .inverse(let inner), .oneOrMore(let inner): inner.canBeEmpty
    case .sequence(let parts): parts.allSatisfy(\.canBeEmpty)
    case .alternative(let parts): parts.contains { $0.canBeEmpty }
    }
  }
}
