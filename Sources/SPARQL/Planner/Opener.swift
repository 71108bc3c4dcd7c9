import Problems
import Store

/// Turns algebra into operators (SPARQL 1.1 §18.6).
///
/// A pattern is opened *over* an operator whose solutions it is joined with. Where putting those solutions' values into the pattern could
/// change what it means (a FILTER that would see variables from outside its group, an OPTIONAL or MINUS over a variable that only the
/// outside binds), the pattern is evaluated by itself and joined by hash.
struct Opener {
  let context: QueryContext
  let evaluator: RowEvaluator
  /// In how many OPTIONALs the pattern stands.
  var depth = 0

  /// A pattern joined with the solutions of `input`.
  /// - Parameter bound: the variables that those solutions may bind.
  func open(
    _ pattern: Algebra, over input: any Operator, bound: Set<VariableID>, scope: GraphScope
  ) throws(Failure) -> any Operator {
    if !bound.isEmpty, !pattern.canTake(bound) {
      let own = try open(pattern, over: unit, bound: [], scope: scope)
      return HashJoin(input, own, .inner, shared: Array(bound.intersection(pattern.scope)), context: context)
    }
    switch pattern {
    case .unit: return input
    case .bgp(let triples): return openPatterns(triples, input, bound, scope)
    case .join(let parts): return try openJoin(parts, input, bound, scope)
    case .union(let parts):
      let seeds = try materialized(input, bound)
      return Concatenation(try parts.map { part throws(Failure) in try open(part, over: seeds(), bound: bound, scope: scope) })
    case .filter(let condition, let inner):
      return Filter(try open(inner, over: input, bound: bound, scope: scope), condition, evaluator, scope: scope)
    case .leftJoin(let left, let right, let condition):
      return try openLeftJoin(left, right, condition, input, bound, scope)
    case .minus(let left, let right):
      let kept = try open(left, over: input, bound: bound, scope: scope)
      let removed = try open(right, over: unit, bound: [], scope: scope)
      return HashJoin(kept, removed, .minus, shared: Array(left.scope.intersection(right.scope)), context: context)
    case .extend(let inner, let variable, let expression):
      return Extend(try open(inner, over: input, bound: bound, scope: scope), variable, expression, evaluator, scope: scope)
    case .values(let table):
      return HashJoin(input, Batches([rows(of: table)]), .inner, shared: Array(bound.intersection(table.variables)), context: context)
    case .graph(let name, let inner): return try openGraph(name, inner, input, bound)
    case .project(let variables, let inner):
      return Projection(try open(inner, over: input, bound: bound, scope: scope), variables, context: context)
    case .toMultiset(let inner): return try open(inner, over: input, bound: bound, scope: scope)
    case .distinct(let inner), .reduced(let inner):
      return Distinct(try open(inner, over: input, bound: bound, scope: scope), slots: Array(inner.scope).sorted(), context: context)
    case .slice(let offset, let limit, let inner):
      return Slice(try open(inner, over: input, bound: bound, scope: scope), offset: offset, limit: limit)
    case .orderBy(let conditions, let inner):
      return Sort(try open(inner, over: input, bound: bound, scope: scope), conditions, evaluator, context: context, scope: scope)
    case .group(let grouping, let inner):
      return Group(try open(inner, over: input, bound: bound, scope: scope), grouping, evaluator, context: context, scope: scope)
    case .path(let path): return PathStep(input, path, scope: scope, context: context)
    case .service(let service):
      throw Failure(
        .queryUnsupported, at: Place(line: service.position.line, column: service.position.column), ["construct": "SERVICE"])
    }
  }

  /// The solution that binds nothing.
  var unit: any Operator { Batches([Solutions.unit(slots: context.slots)]) }

  private func openPatterns(_ triples: [TriplePattern], _ input: any Operator, _ bound: Set<VariableID>, _ scope: GraphScope)
    -> any Operator
  {
    let patterns = triples.map { ResolvedPattern($0, context.terms) }
    if patterns.contains(where: \.isEmpty) { return Batches([]) }
    var result = input
    for pattern in PatternOrder(snapshot: context.terms.snapshot, scope: scope).ordered(patterns, bound: bound) {
      result = PatternStep(result, pattern.places, scope: scope, context: context)
    }
    return result
  }

  /// Basic graph patterns and tables first, as they narrow most; the rest in the order of the query.
  private func openJoin(_ parts: [Algebra], _ input: any Operator, _ bound: Set<VariableID>, _ scope: GraphScope) throws(Failure)
    -> any Operator
  {
    func rank(_ part: Algebra) -> Int {
      switch part {
      case .values: 0
      case .bgp: 1
      default: 2
      }
    }
    let ordered = parts.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
    var result = input
    var bound = bound
    for part in ordered {
      result = try open(part, over: result, bound: bound, scope: scope)
      bound.formUnion(part.scope)
    }
    return result
  }

  /// The solutions of an operator that must be given more than once.
  private func materialized(_ input: any Operator, _ bound: Set<VariableID>) throws(Failure) -> () -> any Operator {
    if bound.isEmpty, input is Batches {
      let slots = context.slots
      return { Batches([Solutions.unit(slots: slots)]) }
    }
    let all = try input.all(slots: context.slots, context.budget)
    return { Batches([all]) }
  }

  private func openLeftJoin(
    _ left: Algebra, _ right: Algebra, _ condition: Expression?, _ input: any Operator, _ bound: Set<VariableID>, _ scope: GraphScope
  ) throws(Failure) -> any Operator {
    let kept = try open(left, over: input, bound: bound, scope: scope)
    let known = bound.union(left.scope)
    let evaluator = evaluator
    if right.canTake(known) {
      var opener = self
      opener.depth += 1
      let inside = opener
      return OptionalStep(kept, depth: depth, context: context) { seed throws(Failure) in
        let inner = try inside.open(right, over: seed, bound: known, scope: scope)
        return condition.map { Filter(inner, $0, evaluator, scope: scope) } ?? inner
      }
    }
    let optional = try open(right, over: unit, bound: [], scope: scope)
    return HashJoin(kept, optional, .left, shared: Array(known.intersection(right.scope)), context: context) { pair, row throws(Failure) in
      try condition.map { condition throws(Failure) in try evaluator.isTrue(condition, pair, row, scope: scope) } ?? true
    }
  }

  private func openGraph(_ name: PatternTerm, _ inner: Algebra, _ input: any Operator, _ bound: Set<VariableID>) throws(Failure)
    -> any Operator
  {
    let graphs = context.dataset.named ?? context.terms.snapshot.graphs.filter { $0 != .defaultGraph }
    switch name {
    case .term(let term):
      guard let id = context.terms.snapshot.id(of: term), graphs.contains(id) else { return Batches([]) }
      return try open(inner, over: input, bound: bound, scope: .named(id))
    case .variable(let variable):
      let seeds = try materialized(input, bound)
      return Concatenation(
        try graphs.map { graph throws(Failure) in
          var table = Solutions.unit(slots: context.slots)
          table.columns[variable] = [graph]
          let seed = HashJoin(seeds(), Batches([table]), .inner, shared: [variable], context: context)
          return try open(inner, over: seed, bound: bound.union([variable]), scope: .named(graph))
        })
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
    case .service, .group, .orderBy, .project, .distinct, .reduced, .slice, .toMultiset: return false
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
