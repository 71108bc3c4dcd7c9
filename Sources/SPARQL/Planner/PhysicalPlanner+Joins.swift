import Bytes
import Problems
import Store

/// The order in which the parts of a group are joined.
extension PhysicalPlanner {
  /// Tables and subqueries of few solutions first, then paths from a known node that are shorter than what stands beside them, then basic
  /// graph patterns, as they narrow most; the rest in the order of the query.
  /// Conditions stand over the first part that binds all that they look at.
  func planJoin(
    _ parts: [Algebra], _ conditions: [Expression], _ input: any Operator, _ bound: Set<VariableID>, _ scope: GraphScope
  ) throws(Failure) -> any Operator {
    // Asked for only where there is such a path.
    lazy var least = parts.compactMap { part in if case .bgp(let triples) = part { leastCount(triples) } else { nil } }.min() ?? 0
    func rank(_ part: Algebra) -> Int {
      switch part {
      case .values: 0
      case .toMultiset(let inner): inner.isShort ? 1 : 4
      case .path(let path): bound.isEmpty && path.hasKnownEnd && linkCount(path.path) < least ? 2 : 4
      case .bgp: 3
      default: 4
      }
    }
    let ranks = parts.map(rank)
    let ordered = parts.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }.map { parts[$0] }
    let whole = parts.reduce(into: bound) { $0.formUnion($1.scope) }
    var waiting = conditions
    var result = input
    var bound = bound
    let scopes = ordered.map(\.scope)
    var later = LaterUses(scopes)
    for (number, part) in ordered.enumerated() {
      later.finish(scopes[number])
      let seen = part.certain
      let taken = waiting.filter { $0.variables.intersection(whole).isSubset(of: seen) }
      waiting.removeAll { $0.variables.intersection(whole).isSubset(of: seen) }
      var asked: Set<VariableID> = waiting.reduce(into: []) { $0.formUnion($1.variables) }
      asked.formUnion(later.variables)
      let planner = needing(asked)
      result =
        taken.isEmpty
        ? try planner.plan(part, over: result, bound: bound, scope: scope)
        : try planner.plan(.filter(taken.count == 1 ? taken[0] : .and(taken), part), over: result, bound: bound, scope: scope)
      bound.formUnion(scopes[number])
      result = try settled(result, after: number)
    }
    for condition in waiting { result = try filtered(result, condition, bound, scope) }
    return result
  }

  /// How many rows the pattern of these that has the fewest gives by itself.
  private func leastCount(_ triples: [TriplePattern]) -> Int {
    triples.map { triple in
      let pattern = ResolvedPattern(triple, context.terms)
      return pattern.isEmpty ? 0 : context.terms.snapshot.count(pattern.constants)
    }.min() ?? 0
  }

  /// How many triples the steps of a path can be, at the most.
  private func linkCount(_ path: PropertyPath) -> Int {
    let snapshot = context.terms.snapshot
    switch path {
    case .link(let predicate):
      return predicate.withView { snapshot.id(ofIRI: $0) }.map { snapshot.count(QuadPattern(predicate: $0)) } ?? 0
    case .inverse(let inner), .zeroOrMore(let inner), .oneOrMore(let inner), .zeroOrOne(let inner): return linkCount(inner)
    case .sequence(let parts), .alternative(let parts): return parts.reduce(0) { $0 + linkCount($1) }
    case .negated: return snapshot.tripleCount
    }
  }
}

extension PathPattern {
  /// Whether one end is a term of the query.
  fileprivate var hasKnownEnd: Bool { subject.variable == nil || object.variable == nil }
}

extension Algebra {
  /// Whether the pattern gives few solutions, whatever the data.
  fileprivate var isShort: Bool {
    switch self {
    case .slice(_, let limit?, _): limit <= 1000
    case .project(_, let inner), .toMultiset(let inner), .distinct(let inner), .orderBy(_, let inner), .filter(_, let inner),
      .extend(let inner, _, _):
      inner.isShort
    case .group(let grouping, _): grouping.keys.isEmpty
    default: false
    }
  }
}
