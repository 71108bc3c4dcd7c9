import Problems
import Store

/// Basic graph patterns and the conditions over them.
extension PhysicalPlanner {
  /// The triple patterns of a basic graph pattern in the order that is expected to be the cheapest; each condition as soon as the
  /// variables that it looks at are bound, comparisons with constants in the index itself.
  func planPatterns(
    _ triples: [TriplePattern], _ conditions: [Expression], _ input: any Operator, _ bound: Set<VariableID>, _ scope: GraphScope
  ) throws(Failure) -> any Operator {
    let snapshot = context.terms.snapshot
    guard var patterns = try resolved(triples) else { return Batches(Solutions(slots: context.slots)) }
    var waiting: [Expression] = []
    for condition in conditions {
      try context.check()
      let range = IDRange(condition, snapshot)
      let user = range.flatMap { range in patterns.indices.first { patterns[$0].take(range) } }
      if user == nil { waiting.append(condition) }
    }
    let own = Set(patterns.flatMap(\.slots))
    let test = GraphTest(scope, snapshot)
    var result = input
    var known = bound
    var expected = 1.0
    func takeConditions(_ all: Bool) throws(Failure) {
      var rest: [Expression] = []
      for condition in waiting {
        if all || condition.variables.intersection(own).isSubset(of: known) {
          result = try filtered(result, condition, known, scope)
        } else {
          rest.append(condition)
        }
      }
      waiting = rest
    }
    let order = PatternOrder(context: context)
    let steps = try order.ordered(patterns, bound: bound)
    // Over the solution that binds nothing, the first pattern is where all solutions come from.
    let reads = bound.isEmpty && isUnit(input)
    if reads, half == nil, case .any = test, order.prefersVariables(steps) {
      let asked = needed.map { needed in waiting.reduce(into: needed) { $0.formUnion($1.variables) } }
      if let circle = try circle(steps.map(\.pattern), asked) {
        result = circle
        known.formUnion(own)
        try takeConditions(true)
        return result
      }
    }
    var later = LaterUses(steps.map(\.pattern.slots))
    for (number, (pattern, rows)) in steps.enumerated() {
      // What is asked for and what waits is gone through for each, which takes long where there are very many.
      try context.check()
      later.finish(pattern.slots)
      known.formUnion(pattern.slots)
      expected *= rows
      let before = result
      let asked = needed.map { needed in
        waiting.reduce(into: needed.union(later.variables)) { $0.formUnion($1.variables) }
      }
      result = try measured(pattern, expected) { () throws(Failure) in
        PatternStep(before, pattern, test, context: context, needed: asked, half: number == 0 && reads ? half?.take() : nil)
      }
      try takeConditions(false)
      result = try settled(result, after: number)
    }
    try takeConditions(true)
    return result
  }

  /// Triple patterns whose terms have ids; nil where one of them matches nothing.
  func resolved(_ triples: [TriplePattern]) throws(Failure) -> [ResolvedPattern]? {
    var patterns: [ResolvedPattern] = []
    patterns.reserveCapacity(triples.count)
    for (number, triple) in triples.enumerated() {
      if number & 1023 == 1023 { try context.check() }
      let pattern = ResolvedPattern(triple, context.terms)
      if pattern.isEmpty { return nil }
      patterns.append(pattern)
    }
    return patterns
  }

  private func circle(_ patterns: [ResolvedPattern], _ needed: Set<VariableID>?) throws(Failure) -> (any Operator)? {
    guard let circle = LeapfrogJoin(patterns, context: context, needed: needed) else { return nil }
    guard let profile = context.profile else { return circle }
    let label = "circle of " + patterns.map { $0.label(context) }.joined(separator: " · ")
    return try profile.measured(label) { () throws(Failure) in circle }
  }

  private func measured(_ pattern: ResolvedPattern, _ expected: Double, _ make: () throws(Failure) -> any Operator) throws(Failure)
    -> any Operator
  {
    guard let profile = context.profile else { return try make() }
    return try profile.measured(pattern.label(context), expected: expected, make)
  }

  /// The conditions of a FILTER over its group, as deep in it as each may stand.
  func planFilter(
    _ conditions: [Expression], _ inner: Algebra, _ input: any Operator, _ bound: Set<VariableID>, _ scope: GraphScope
  ) throws(Failure) -> any Operator {
    switch inner {
    case .bgp(let triples): return try planPatterns(triples, conditions, input, bound, scope)
    case .filter(let condition, let rest): return try planFilter(condition.conjuncts + conditions, rest, input, bound, scope)
    case .join(let parts): return try planJoin(parts, conditions, input, bound, scope)
    case .extend(let rest, let variable, let expression):
      var early: [Expression] = []
      var late: [Expression] = []
      for condition in conditions {
        if !condition.variables.contains(variable) {
          early.append(condition)
        } else if let asked = condition.asking(expression, for: variable) {
          early.append(asked)
        } else {
          late.append(condition)
        }
      }
      let planner = needing((late.map(\.variables) + [expression.variables]).reduce(into: []) { $0.formUnion($1) })
      var result: any Operator = Extend(
        try planner.planFilter(early, rest, input, bound, scope), variable, expression, evaluator, scope: scope,
        continues: early.isEmpty && rest.namesBlankNodes)
      for condition in late { result = try filtered(result, condition, bound.union(inner.scope), scope) }
      return result
    default:
      let planner = needing(conditions.reduce(into: []) { $0.formUnion($1.variables) })
      var result = try planner.plan(inner, over: input, bound: bound, scope: scope)
      for condition in conditions { result = try filtered(result, condition, bound.union(inner.scope), scope) }
      return result
    }
  }

  /// The solutions of an operator for which a condition is true.
  func filtered(_ input: any Operator, _ condition: Expression, _ bound: Set<VariableID>, _ scope: GraphScope) throws(Failure)
    -> any Operator
  {
    guard let profile = context.profile else { return try plainlyFiltered(input, condition, bound, scope) }
    return try profile.measured("filter " + AlgebraText.render(condition, context.variables)) { () throws(Failure) in
      try plainlyFiltered(input, condition, bound, scope)
    }
  }

  private func plainlyFiltered(
    _ input: any Operator, _ condition: Expression, _ bound: Set<VariableID>, _ scope: GraphScope
  ) throws(Failure) -> any Operator {
    if case .exists(let exists) = condition { return planExists(exists, isNegated: exists.isNegated, input, bound, scope) }
    if case .not(.exists(let exists)) = condition { return planExists(exists, isNegated: !exists.isNegated, input, bound, scope) }
    if let range = IDRange(condition, context.terms.snapshot) {
      return RangeFilter(input, range, condition, evaluator, scope: scope)
    }
    return Filter(input, condition, evaluator, scope: scope)
  }

  func planExists(
    _ exists: ExistsPattern, isNegated: Bool, _ input: any Operator, _ bound: Set<VariableID>, _ scope: GraphScope
  ) -> any Operator {
    if case .bgp(let triples) = exists.pattern, triples.count == 1 {
      let pattern = ResolvedPattern(triples[0], context.terms)
      let slots = pattern.slots
      // A variable that stands twice and may be free needs more than the index.
      if !pattern.isEmpty, slots.count == triples[0].variables.count {
        return PatternExists(input, pattern, GraphTest(scope, context.terms.snapshot), isNegated: isNegated, context: context)
      }
    }
    var planner = apart
    planner.depth += 1
    planner.needed = []
    let inside = planner
    let mentioned = exists.pattern.mentioned.intersection(bound)
    if !exists.pattern.canTake(mentioned) {
      // A condition over the whole pattern sees the solution's values as well.
      guard case .filter(let condition, let inner) = exists.pattern, inner.canTake(mentioned) else {
        return SubstitutedExists(input, exists, isNegated: isNegated, inside, scope: scope)
      }
      return ExistsStep(input, isNegated: isNegated, depth: depth, context: context) { seeds, batch throws(Failure) in
        try inside.planFilter(condition.conjuncts, inner, seeds, bound, scope)
      }
    }
    let slots = 0..<context.variables.count
    let place = context.profile.map { ($0.place, $0.openedHere) }
    return ExistsStep(input, isNegated: isNegated, depth: depth, context: context) { seeds, batch throws(Failure) in
      let bound = Set(slots.filter { batch.columns[$0] != nil })
      let make = { () throws(Failure) in try inside.plan(exists.pattern, over: seeds, bound: bound, scope: scope) }
      guard let profile = inside.context.profile, let place else { return try make() }
      return try profile.again(at: place.0, from: place.1, make)
    }
  }
}
