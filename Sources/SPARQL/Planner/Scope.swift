/// The variables of patterns.
extension Algebra {
  /// The variables that a solution of the pattern may bind (SPARQL 1.1 §18.2.1).
  package var scope: Set<VariableID> {
    switch self {
    case .unit: []
    case .bgp(let triples): Set(triples.flatMap(\.variables))
    case .path(let path): Set([path.subject.variable, path.object.variable].compactMap { $0 })
    case .join(let parts), .union(let parts): parts.reduce(into: []) { $0.formUnion($1.scope) }
    case .leftJoin(let left, let right, _): left.scope.union(right.scope)
    case .filter(_, let inner), .orderBy(_, let inner), .distinct(let inner), .reduced(let inner), .slice(_, _, let inner),
      .toMultiset(let inner):
      inner.scope
    case .minus(let left, _): left.scope
    case .graph(let name, let inner): inner.scope.union([name.variable].compactMap { $0 })
    case .extend(let inner, let variable, _): inner.scope.union([variable])
    case .values(let table): Set(table.variables)
    case .service(let service): Set(service.variables + [service.endpoint.variable].compactMap { $0 })
    case .group(let grouping, _): Set(grouping.keys.map(\.variable) + grouping.outputs.map(\.variable))
    case .project(let variables, _): Set(variables)
    }
  }
}

/// How deep patterns stand in one another.
extension Algebra {
  /// The patterns and expressions that this one is made of.
  var parts: (patterns: [Algebra], expressions: [Expression]) {
    switch self {
    case .unit, .bgp, .path, .values, .service: ([], [])
    case .join(let all), .union(let all): (all, [])
    case .leftJoin(let left, let right, let condition): ([left, right], [condition].compactMap { $0 })
    case .minus(let left, let right): ([left, right], [])
    case .filter(let condition, let inner): ([inner], [condition])
    case .extend(let inner, _, let expression): ([inner], [expression])
    case .group(let grouping, let inner):
      ([inner], grouping.keys.map(\.expression) + grouping.outputs.compactMap { $0.aggregate.argument })
    case .orderBy(let conditions, let inner): ([inner], conditions.map(\.expression))
    case .graph(_, let inner), .project(_, let inner), .distinct(let inner), .reduced(let inner), .slice(_, _, let inner),
      .toMultiset(let inner):
      ([inner], [])
    }
  }

  /// The patterns of the EXISTS in the expressions of this pattern itself.
  var existsPatterns: [Algebra] {
    var found: [Algebra] = []
    for expression in parts.expressions {
      expression.walk { part in
        if case .exists(let exists) = part { found.append(exists.pattern) }
        return true
      }
    }
    return found
  }

  /// How many OPTIONALs and EXISTS stand in one another at the most.
  var markDepth: Int {
    let inside = parts.patterns.map(\.markDepth).max() ?? 0
    let own = if case .leftJoin = self { inside + 1 } else { inside }
    return max(own, existsPatterns.map { $0.markDepth + 1 + (parts.patterns.isEmpty ? 0 : 1) }.max() ?? 0)
  }

  /// How many EXISTS stand in one another at the most.
  var existsDepth: Int {
    max(parts.patterns.map(\.existsDepth).max() ?? 0, existsPatterns.map { $0.existsDepth + 1 }.max() ?? 0)
  }
}

extension TriplePattern {
  /// The variables, those that stand twice twice.
  var variables: [VariableID] { [subject.variable, predicate.variable, object.variable].compactMap { $0 } }
}

extension Expression {
  /// The variables that the expression looks at, those of EXISTS included.
  var variables: Set<VariableID> {
    var found: Set<VariableID> = []
    walk { part in
      switch part {
      case .variable(let variable): found.insert(variable)
      case .exists(let exists): found.formUnion(exists.pattern.mentioned)
      default: break
      }
      return true
    }
    return found
  }
}
