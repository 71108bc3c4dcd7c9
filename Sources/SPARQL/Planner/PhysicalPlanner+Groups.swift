import Problems
import Store

/// Groups, and how much of a plan two threads can do.
extension PhysicalPlanner {
  /// So many rows have halves that are alike.
  private static let leastRead = 64

  func planGroup(
    _ grouping: Grouping, _ inner: Algebra, _ input: any Operator, _ bound: Set<VariableID>, _ scope: GraphScope
  ) throws(Failure) -> any Operator {
    if bound.isEmpty, let counted = count(grouping, inner, scope) { return counted }
    if bound.isEmpty, let divided = try divided(grouping, inner, scope) { return divided }
    let planner = needing(of: grouping)
    return Group(
      try planner.plan(inner, over: input, bound: bound, scope: scope), GroupTable(grouping, evaluator, scope: scope))
  }

  /// The same where only what a grouping looks at is asked for.
  private func needing(of grouping: Grouping) -> PhysicalPlanner {
    var planner = self
    let isWhole = grouping.outputs.contains { $0.aggregate.argument == nil && $0.aggregate.isDistinct }
    planner.needed = isWhole ? nil : []
    for key in grouping.keys { planner.needed?.formUnion(key.expression.variables) }
    for output in grouping.outputs { planner.needed?.formUnion(output.aggregate.argument?.variables ?? []) }
    return planner
  }

  /// The group on two threads; nil where that is not worth it, nobody has a thread to spare, or the plan is none of which each could do a
  /// half.
  private func divided(_ grouping: Grouping, _ inner: Algebra, _ scope: GraphScope) throws(Failure) -> (any Operator)? {
    guard context.profile == nil, context.mayUseTwoThreads, canDivide(grouping), !inner.asksOthers, let triples = inner.firstRead,
      grouping.keys.allSatisfy({ $0.expression.isRepeatable }), try isLong(triples)
    else { return nil }
    let halves = (ScanHalf(isSecond: false), ScanHalf(isSecond: true))
    func part(_ planner: PhysicalPlanner, _ half: ScanHalf?) throws(Failure) -> DividedGroup.Part {
      var planner = planner.needing(of: grouping)
      planner.half = half
      let input = try planner.plan(inner, over: planner.unit, bound: [], scope: scope)
      return DividedGroup.Part(input: input, table: GroupTable(grouping, planner.evaluator, scope: scope))
    }
    let first = try part(self, halves.0)
    guard halves.0.isTaken else { return nil }
    let second = try part(forked, halves.1)
    return DividedGroup((first, second)) { () throws(Failure) in try part(self, nil) }
  }

  /// Whether what two threads come to can be put together.
  private func canDivide(_ grouping: Grouping) -> Bool {
    grouping.outputs.allSatisfy { output in
      guard case .variable? = output.aggregate.argument else { return output.aggregate.argument == nil && !output.aggregate.isDistinct }
      switch output.aggregate.kind {
      case .min, .max: return true
      // What is different on one thread may be the same on the other, so all of it would be counted again.
      case .count: return !output.aggregate.isDistinct
      // Floating-point numbers are added one by one.
      case .sum, .average: return !output.aggregate.isDistinct && !context.terms.snapshot.holdsFloatingPoint
      case .sample, .groupConcat: return false
      }
    }
  }

  /// Whether many rows are expected of these patterns.
  private func isLong(_ triples: [TriplePattern]) throws(Failure) -> Bool {
    guard let patterns = try resolved(triples) else { return false }
    let order = PatternOrder(context: context)
    let steps = try order.ordered(patterns, bound: [])
    guard let first = steps.first, context.terms.snapshot.count(first.pattern.constants) >= Self.leastRead else {
      return false
    }
    var rows = 1.0
    var most = 0.0
    for step in steps {
      rows *= step.rows
      most = max(most, rows)
    }
    // Asked last, as it counts.
    return most >= Double(context.leastDivided) && !order.prefersVariables(steps)
  }

  /// The same for another thread: with terms and expressions of its own.
  private var forked: PhysicalPlanner {
    var planner = self
    let context = context.forked()
    planner.context = context
    planner.evaluator = evaluator.forked(context)
    return planner
  }

  /// The count of one triple pattern, which the index knows; nil where something else is asked for.
  private func count(_ grouping: Grouping, _ inner: Algebra, _ scope: GraphScope) -> (any Operator)? {
    guard grouping.keys.isEmpty, !grouping.outputs.isEmpty, case .bgp(let triples) = inner, triples.count == 1 else { return nil }
    let pattern = ResolvedPattern(triples[0], context.terms)
    let variables = triples[0].variables
    guard Set(variables).count == variables.count else { return nil }
    for output in grouping.outputs {
      guard output.aggregate.kind == .count, !output.aggregate.isDistinct else { return nil }
      switch output.aggregate.argument {
      case nil: break
      case .variable(let variable)? where variables.contains(variable): break
      default: return nil
      }
    }
    var counted = pattern.constants
    counted.graph = scope
    let count = pattern.isEmpty ? 0 : context.terms.snapshot.count(counted)
    let id = context.terms.id(of: .integer(count), evaluator.functions.scratch)
    var out = Solutions.unit(slots: context.slots)
    for output in grouping.outputs { out.columns[output.variable] = [id] }
    return Batches(out)
  }
}

extension Algebra {
  /// The triple patterns that a plan of the pattern reads first, where all its solutions come of theirs: those of a half of their rows are
  /// then a half of the pattern's.
  fileprivate var firstRead: [TriplePattern]? {
    switch self {
    case .bgp(let triples): triples.isEmpty ? nil : triples
    case .filter(let condition, let inner): condition.isRepeatableBesideExists ? inner.firstRead : nil
    case .extend(let inner, _, let expression): expression.isRepeatable ? inner.firstRead : nil
    case .leftJoin(let left, _, _), .minus(let left, _): left.firstRead
    case .join(let parts):
      parts.allSatisfy(\.isPatternOrPath) ? parts.compactMap(\.firstRead).first : nil
    default: nil
    }
  }

  /// Whether a SERVICE is in it, which is asked once.
  fileprivate var asksOthers: Bool {
    if case .service = self { return true }
    return (parts.patterns + existsPatterns).contains(where: \.asksOthers)
  }

  private var isPatternOrPath: Bool {
    switch self {
    case .bgp, .path: true
    default: false
    }
  }
}
