import Problems
import Store

/// Turns algebra into operators (SPARQL 1.1 §18.6).
///
/// A pattern is planned *over* an operator whose solutions it is joined with. Where putting those solutions' values into the pattern could
/// change what it means (a FILTER that would see variables from outside its group, an OPTIONAL or MINUS over a variable that only the
/// outside binds), the pattern is evaluated by itself and joined by hash.
struct PhysicalPlanner {
  var context: QueryContext
  var evaluator: RowEvaluator
  /// In how many OPTIONALs and EXISTS the pattern stands.
  var depth = 0
  /// The variables that somebody asks for; nil for all. Patterns leave out the others.
  var needed: Set<VariableID>?
  /// The half of what is read first, where another thread does the rest.
  var half: ScanHalf?

  /// A pattern joined with the solutions of `input`.
  /// - Parameter bound: the variables that those solutions may bind.
  func plan(
    _ pattern: Algebra, over input: any Operator, bound: Set<VariableID>, scope: GraphScope
  ) throws(Failure) -> any Operator {
    guard let profile = context.profile, pattern.isShown else { return try plainlyPlanned(pattern, input, bound, scope) }
    return try profile.measured(pattern.label(context.variables)) { () throws(Failure) in try plainlyPlanned(pattern, input, bound, scope) }
  }

  private func plainlyPlanned(_ pattern: Algebra, _ input: any Operator, _ bound: Set<VariableID>, _ scope: GraphScope) throws(Failure)
    -> any Operator
  {
    if !bound.isEmpty, !pattern.canTake(bound) {
      let own = try needing(bound).apart.plan(pattern, over: unit, bound: [], scope: scope)
      return HashJoin(input, own, .inner, shared: Array(bound.intersection(pattern.scope)), context: context)
    }
    switch pattern {
    case .unit: return input
    case .bgp(let triples): return try planPatterns(triples, [], input, bound, scope)
    case .join(let parts): return try planJoin(parts, [], input, bound, scope)
    case .union(let parts):
      return try beside(input, parts.count) { number, seed throws(Failure) in
        try plan(parts[number], over: seed, bound: bound, scope: scope)
      }
    case .filter(let condition, let inner): return try planFilter(condition.conjuncts, inner, input, bound, scope)
    case .leftJoin(let left, let right, let condition):
      return try planLeftJoin(left, right, condition, input, bound, scope)
    case .minus(let left, let right):
      let shared = left.scope.intersection(right.scope)
      let kept = try needing(shared).plan(left, over: input, bound: bound, scope: scope)
      // Solutions that share no variable take nothing away.
      if shared.isEmpty { return kept }
      let removed = try needing(only: shared).apart.plan(right, over: unit, bound: [], scope: scope)
      return HashJoin(kept, removed, .minus, shared: Array(shared), context: context)
    case .extend(let inner, let variable, let expression):
      let planner = needing(expression.variables)
      return Extend(
        try planner.plan(inner, over: input, bound: bound, scope: scope), variable, expression, evaluator, scope: scope,
        continues: inner.namesBlankNodes)
    case .values(let table):
      return HashJoin(input, Batches(rows(of: table)), .inner, shared: Array(bound.intersection(table.variables)), context: context)
    case .graph(let name, let inner): return try planGraph(name, inner, input, bound)
    case .project(let variables, let inner):
      let planner = needing(only: Set(variables))
      return Projection(try planner.plan(inner, over: input, bound: bound, scope: scope), variables, context: context)
    case .toMultiset(let inner):
      let make = { () throws(Failure) in try plan(inner, over: input, bound: bound, scope: scope) }
      if isUnit(input), let kept = try context.repeated.solutions(of: pattern, in: scope, context, make) { return kept }
      return try make()
    case .distinct(let inner), .reduced(let inner):
      let planner = needing(only: inner.scope)
      return Distinct(
        try planner.plan(inner, over: input, bound: bound, scope: scope), slots: Array(inner.scope).sorted(), context: context)
    case .slice(let offset, let limit, let inner):
      let asked = limit.map { $0.addingReportingOverflow(offset) }.flatMap { $0.overflow ? nil : $0.partialValue }
      return Slice(try planLimited(asked, inner, input, bound, scope), offset: offset, limit: limit)
    case .orderBy: return try planFirst(nil, pattern, input, bound, scope)
    case .group(let grouping, let inner): return try planGroup(grouping, inner, input, bound, scope)
    case .path(var path):
      path.path = path.path.simplified
      return PathStep(input, path, scope: scope, context: context)
    case .service(let service):
      let shared = Array(bound.intersection(service.variables))
      switch service.endpoint {
      case .term(let endpoint):
        // What may not be asked is told of even where it would not come to that.
        if !service.isSilent { _ = try context.answers.allowed(service, endpoint) }
        return HashJoin(input, ServiceCall(service, at: endpoint, context: context), .inner, shared: shared, context: context)
      case .variable(let variable):
        return ServiceJoin(input, service, endpoint: variable, shared: shared, context: context)
      }
    }
  }

  /// The same for patterns that are planned by themselves: whatever half the plan reads, of them it reads all.
  var apart: PhysicalPlanner {
    var planner = self
    planner.half = nil
    return planner
  }

  /// Whether an operator gives the one solution that binds nothing.
  func isUnit(_ input: any Operator) -> Bool { (input as? Batches)?.isUnit == true }

  /// The solution that binds nothing.
  var unit: any Operator { Batches(Solutions.unit(slots: context.slots)) }

  /// The same where these variables are asked for too.
  func needing(_ variables: Set<VariableID>) -> PhysicalPlanner {
    var planner = self
    planner.needed?.formUnion(variables)
    return planner
  }

  /// The same where only these variables are asked for.
  func needing(only variables: Set<VariableID>) -> PhysicalPlanner {
    var planner = self
    planner.needed = variables
    return planner
  }

  /// ORDER BY, of which only the first solutions are asked for; or another pattern as it is.
  private func planLimited(_ limit: Int?, _ pattern: Algebra, _ input: any Operator, _ bound: Set<VariableID>, _ scope: GraphScope)
    throws(Failure) -> any Operator
  {
    guard let profile = context.profile else { return try planFirst(limit, pattern, input, bound, scope) }
    switch pattern {
    case .orderBy, .project(_, .orderBy):
      return try profile.measured(pattern.label(context.variables)) { () throws(Failure) in
        try planFirst(limit, pattern, input, bound, scope)
      }
    default: return try planFirst(limit, pattern, input, bound, scope)
    }
  }

  private func planFirst(_ limit: Int?, _ pattern: Algebra, _ input: any Operator, _ bound: Set<VariableID>, _ scope: GraphScope)
    throws(Failure) -> any Operator
  {
    switch pattern {
    case .orderBy(let conditions, let inner):
      let planner = needing(conditions.reduce(into: []) { $0.formUnion($1.expression.variables) })
      return Sort(
        try planner.plan(inner, over: input, bound: bound, scope: scope), conditions, evaluator, context: context, scope: scope,
        limit: limit)
    case .project(let variables, let inner):
      guard case .orderBy = inner else { break }
      return Projection(
        try needing(only: Set(variables)).planLimited(limit, inner, input, bound, scope), variables, context: context)
    default: break
    }
    return try plan(pattern, over: input, bound: bound, scope: scope)
  }

  /// An operator after so many others that each ask the one before it: every so often what it gives is worked out at once, so that no
  /// query is so long that asking its operators needs more than a stack has.
  func settled(_ input: any Operator, after number: Int) throws(Failure) -> any Operator {
    guard number % Self.longestChain == Self.longestChain - 1 else { return input }
    let memory = context.memory()
    return KeptBatches(try input.all(context, memory), memory)
  }

  /// So many operators of one group may each ask the one before it.
  private static let longestChain = 200

  /// Patterns, planned by their number, that are each joined with all solutions of an operator; their solutions together.
  private func beside(
    _ input: any Operator, _ count: Int, _ part: @escaping (Int, any Operator) throws(Failure) -> any Operator
  ) throws(Failure) -> any Operator {
    if isUnit(input) {
      var parts: [any Operator] = []
      for number in 0..<count { parts.append(try part(number, unit)) }
      return Concatenation(parts)
    }
    let profile = context.profile
    let place = profile.map { ($0.place, $0.openedHere) }
    return Alternatives(input, context: context) { solutions, memory throws(Failure) in
      let make = { () throws(Failure) -> any Operator in
        var parts: [any Operator] = []
        for number in 0..<count { parts.append(try part(number, KeptBatches(solutions, memory))) }
        return Concatenation(parts)
      }
      guard let profile, let place else { return try make() }
      return try profile.again(at: place.0, from: place.1, make)
    }
  }

  private func planLeftJoin(
    _ left: Algebra, _ right: Algebra, _ condition: Expression?, _ input: any Operator, _ bound: Set<VariableID>, _ scope: GraphScope
  ) throws(Failure) -> any Operator {
    let asked = right.scope.union(condition?.variables ?? [])
    let kept = try needing(asked).plan(left, over: input, bound: bound, scope: scope)
    let known = bound.union(left.scope)
    let evaluator = evaluator
    if right.canTake(known) {
      var planner = needing(condition?.variables ?? []).apart
      planner.depth += 1
      let inside = planner
      let place = context.profile.map { ($0.place, $0.openedHere) }
      return OptionalStep(kept, depth: depth, context: context) { seed throws(Failure) in
        let make = { () throws(Failure) -> any Operator in
          guard let condition else { return try inside.plan(right, over: seed, bound: known, scope: scope) }
          return try inside.planFilter(condition.conjuncts, right, seed, known, scope)
        }
        guard let profile = inside.context.profile, let place else { return try make() }
        return try profile.again(at: place.0, from: place.1, make)
      }
    }
    let optional = try needing(known.union(condition?.variables ?? [])).apart.plan(right, over: unit, bound: [], scope: scope)
    return HashJoin(
      kept, optional, .left, shared: Array(known.intersection(right.scope)), context: context,
      condition: condition.map { ExpressionColumn($0, evaluator, scope: scope) })
  }

  private func planGraph(_ name: PatternTerm, _ inner: Algebra, _ input: any Operator, _ bound: Set<VariableID>) throws(Failure)
    -> any Operator
  {
    let graphs = context.dataset.named ?? context.terms.snapshot.graphs.filter { $0 != .defaultGraph }
    switch name {
    case .term(let term):
      guard let id = context.terms.snapshot.id(of: term), graphs.contains(id) else { return Batches(Solutions(slots: context.slots)) }
      return try plan(inner, over: input, bound: bound, scope: .named(id))
    case .variable(let variable):
      let planner = needing([variable])
      return try beside(input, graphs.count) { number, seed throws(Failure) in
        var table = Solutions.unit(slots: context.slots)
        table.columns[variable] = [graphs[number]]
        let named = HashJoin(seed, Batches(table), .inner, shared: [variable], context: context)
        return try planner.plan(inner, over: named, bound: bound.union([variable]), scope: .named(graphs[number]))
      }
    }
  }

  /// The rows of VALUES.
  private func rows(of table: InlineTable) -> Solutions {
    var batch = Solutions(slots: context.slots)
    batch.count = table.rows.count
    for (index, variable) in table.variables.enumerated() {
      batch.columns[variable] = ContiguousArray(table.rows.map { $0[index].map { context.terms.id(of: $0) } ?? Solutions.unbound })
    }
    return batch
  }
}

extension Algebra {
  /// Whether the pattern means the same when the values of these variables are put into it beforehand.
  func canTake(_ bound: Set<VariableID>) -> Bool {
    switch self {
    case .unit, .bgp, .path, .values: return true
    case .join(let parts), .union(let parts): return parts.allSatisfy { $0.canTake(bound) }
    case .filter(let condition, let inner):
      return condition.variables.intersection(bound).isSubset(of: inner.certain) && inner.canTake(bound)
    case .leftJoin(let left, let right, let condition):
      let onlyRight = right.scope.subtracting(left.certain)
      let seen = condition?.variables ?? []
      return onlyRight.isDisjoint(with: bound) && seen.intersection(bound).isSubset(of: left.certain) && left.canTake(bound)
        && right.canTake(bound)
    case .minus(let left, let right): return right.scope.intersection(bound).isSubset(of: left.certain) && left.canTake(bound)
    case .extend(let inner, let variable, let expression):
      return !bound.contains(variable) && expression.variables.intersection(bound).isSubset(of: inner.certain) && inner.canTake(bound)
    case .graph(_, let inner): return inner.canTake(bound)
    case .service(let service): return service.endpoint.variable.map(bound.contains) ?? false
    case .group, .orderBy, .project, .distinct, .reduced, .slice, .toMultiset: return false
    }
  }

  /// The variables that every solution of the pattern binds.
  var certain: Set<VariableID> {
    switch self {
    case .unit, .service: []
    case .bgp, .path: scope
    case .join(let parts): parts.reduce(into: []) { $0.formUnion($1.certain) }
    case .union(let parts): parts.dropFirst().reduce(parts.first?.certain ?? []) { $0.intersection($1.certain) }
    case .leftJoin(let left, _, _), .minus(let left, _): left.certain
    case .filter(_, let inner), .orderBy(_, let inner), .distinct(let inner), .reduced(let inner), .slice(_, _, let inner),
      .toMultiset(let inner), .extend(let inner, _, _):
      inner.certain
    case .graph(let name, let inner): inner.certain.union([name.variable].compactMap { $0 })
    case .values(let table):
      Set(table.variables.enumerated().filter { index, _ in table.rows.allSatisfy { $0[index] != nil } }.map(\.element))
    case .group: []
    case .project(let variables, let inner): inner.certain.intersection(variables)
    }
  }
}
