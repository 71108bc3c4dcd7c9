/// A group graph pattern as it is translated, element by element (SPARQL 1.1 §18.2.2).
struct GroupTranslation {
  /// The operands of the join that the group is so far; adjacent triple patterns are one.
  private var parts: [Algebra] = []
  private var triples: [TriplePattern] = []
  private var filters: [Expression] = []
  /// The variables in scope at this point (§18.2.1).
  private(set) var scope = VariableScope()
  /// How many levels the algebra has at most.
  private(set) var height = 1

  /// A triple pattern joins those beside it (§18.2.2.5).
  mutating func add(_ triple: TriplePattern, _ variables: VariableTable) {
    triples.append(triple)
    for term in [triple.subject, triple.predicate, triple.object] { see(term, variables) }
  }

  /// A property path (§18.2.2.4).
  mutating func add(_ path: PathPattern, _ variables: VariableTable) {
    join(.path(path))
    see(path.subject, variables)
    see(path.object, variables)
  }

  private mutating func see(_ term: PatternTerm, _ variables: VariableTable) {
    if case .variable(let id) = term, !variables.isMade(id) { scope.insert(id) }
  }

  /// A group, union, graph, service, VALUES or subquery (§18.2.2.6, last case).
  mutating func add(_ pattern: GroupPattern) {
    join(pattern.algebra)
    scope.formUnion(pattern.scope)
    height = max(height, pattern.height + 1)
  }

  /// A filter, which holds for the whole group wherever it stands (§18.2.2.2, §18.2.2.7).
  mutating func add(filter: Expression, height: Int) {
    filters.append(filter)
    self.height = max(self.height, height + 1)
  }

  /// OPTIONAL: the filters of its group are the condition (§18.2.2.6).
  mutating func add(optional: GroupPattern) {
    replace { .leftJoin($0, optional.inner, optional.condition) }
    scope.formUnion(optional.scope)
    height = max(height, optional.height) + 1
  }

  /// MINUS, whose variables do not come into scope (§18.2.2.6).
  mutating func add(minus: GroupPattern) {
    replace { .minus($0, minus.algebra) }
    height = max(height, minus.height) + 1
  }

  /// BIND, which ends the basic graph pattern before it (§18.2.2.6).
  mutating func add(bind variable: VariableID, to expression: Expression, height: Int) {
    replace { .extend($0, variable, expression) }
    scope.insert(variable)
    self.height = max(self.height, height) + 1
  }

  /// The group's algebra; joins with the empty pattern are simplified away on the way (§18.2.2.8).
  mutating func finish() -> GroupPattern {
    endTriples()
    let inner = joined
    let condition = filters.count > 1 ? .and(filters) : filters.first
    return GroupPattern(inner: inner, condition: condition, scope: scope, height: height + (condition == nil ? 0 : 1))
  }

  private var joined: Algebra { parts.count > 1 ? .join(parts) : parts.first ?? .unit }

  private mutating func endTriples() {
    if !triples.isEmpty { parts.append(.bgp(triples)) }
    triples = []
  }

  private mutating func join(_ operand: Algebra) {
    endTriples()
    switch operand {
    case .unit: break
    case .join(let operands): parts += operands
    default: parts.append(operand)
    }
  }

  private mutating func replace(_ make: (Algebra) -> Algebra) {
    endTriples()
    parts = [make(joined)]
  }
}

/// A translated group graph pattern.
struct GroupPattern {
  /// What it means without its own filters.
  var inner: Algebra
  /// The group's own filters in one. A filter of a group that stands alone within this one is not its own.
  var condition: Expression?
  /// The variables in scope.
  var scope: VariableScope
  /// How many levels the algebra has at most.
  var height: Int

  /// What it means.
  var algebra: Algebra { condition.map { .filter($0, inner) } ?? inner }
}
