import Bytes

/// Where property paths begin and end.
extension PropertyPath {
  /// Whether a node reaches itself by the path without a step.
  var mayBeEmpty: Bool {
    switch self {
    case .link, .negated: false
    case .zeroOrMore, .zeroOrOne: true
    case .oneOrMore(let inner), .inverse(let inner): inner.mayBeEmpty
    case .sequence(let parts): parts.allSatisfy(\.mayBeEmpty)
    case .alternative(let parts): parts.contains(where: \.mayBeEmpty)
    }
  }

  /// The predicates by which the path may begin, with their direction; nil for any predicate.
  var beginnings: [(predicate: ByteString?, isForward: Bool)] {
    switch self {
    case .link(let predicate): return [(predicate, true)]
    case .inverse(let inner): return inner.endings.map { ($0.predicate, !$0.isForward) }
    case .zeroOrMore(let inner), .zeroOrOne(let inner), .oneOrMore(let inner): return inner.beginnings
    case .alternative(let parts): return parts.flatMap(\.beginnings)
    case .sequence(let parts):
      var result: [(predicate: ByteString?, isForward: Bool)] = []
      for part in parts {
        result += part.beginnings
        if !part.mayBeEmpty { break }
      }
      return result
    case .negated: return [(nil, true)]
    }
  }

  /// The predicates by which the path may end, with their direction.
  private var endings: [(predicate: ByteString?, isForward: Bool)] {
    switch self {
    case .link(let predicate): return [(predicate, true)]
    case .inverse(let inner): return inner.beginnings.map { ($0.predicate, !$0.isForward) }
    case .zeroOrMore(let inner), .zeroOrOne(let inner), .oneOrMore(let inner): return inner.endings
    case .alternative(let parts): return parts.flatMap(\.endings)
    case .sequence(let parts):
      var result: [(predicate: ByteString?, isForward: Bool)] = []
      for part in parts.reversed() {
        result += part.endings
        if !part.mayBeEmpty { break }
      }
      return result
    case .negated: return [(nil, true)]
    }
  }
}
