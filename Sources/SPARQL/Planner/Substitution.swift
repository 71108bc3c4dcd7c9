import Bytes
import RDF

/// Putting a solution's values into a pattern (SPARQL 1.1 §18.6, substitute), as EXISTS does.
///
/// The specification says no more than that every variable is replaced, which can't be where a pattern binds it by itself (BIND, VALUES,
/// the variables of a subquery). There it stays, and must come to the solution's value; variables that a subquery does not give to the
/// outside are others of the same name and stay too.
struct Substitution {
  /// The values, by variable.
  let values: [VariableID: Term]

  /// The pattern with the values in it.
  func applied(to pattern: Algebra) -> Algebra {
    if values.isEmpty { return pattern }
    switch pattern {
    case .unit, .values, .service: return pattern
    case .bgp(let triples):
      return .bgp(triples.map { TriplePattern(term($0.subject), term($0.predicate), term($0.object)) })
    case .path(let path):
      var path = path
      path.subject = term(path.subject)
      path.object = term(path.object)
      return .path(path)
    case .join(let parts): return .join(parts.map(applied))
    case .union(let parts): return .union(parts.map(applied))
    case .leftJoin(let left, let right, let condition):
      return .leftJoin(applied(to: left), applied(to: right), condition.map(applied))
    case .filter(let condition, let inner): return .filter(applied(to: condition), applied(to: inner))
    case .minus(let left, let right): return .minus(applied(to: left), applied(to: right))
    case .graph(let name, let inner): return .graph(term(name), applied(to: inner))
    case .extend(let inner, let variable, let expression):
      return .extend(applied(to: inner), variable, applied(to: expression))
    case .group(let grouping, let inner):
      let keys = grouping.keys.map { Grouping.Key(variable: $0.variable, expression: applied(to: $0.expression)) }
      let outputs = grouping.outputs.map { Grouping.Output(variable: $0.variable, aggregate: applied(to: $0.aggregate)) }
      return .group(Grouping(keys: keys, outputs: outputs), applied(to: inner))
    case .orderBy(let conditions, let inner):
      return .orderBy(
        conditions.map { OrderCondition(expression: applied(to: $0.expression), isDescending: $0.isDescending) }, applied(to: inner))
    case .project(let variables, let inner):
      let visible = Substitution(values: values.filter { variables.contains($0.key) })
      return .project(variables, visible.applied(to: inner))
    case .distinct(let inner): return .distinct(applied(to: inner))
    case .reduced(let inner): return .reduced(applied(to: inner))
    case .slice(let offset, let limit, let inner): return .slice(offset: offset, limit: limit, applied(to: inner))
    case .toMultiset(let inner): return .toMultiset(applied(to: inner))
    }
  }

  private func term(_ term: PatternTerm) -> PatternTerm {
    if case .variable(let variable) = term, let value = values[variable] { return .term(value) }
    return term
  }

  private func applied(to expression: Expression) -> Expression {
    expression.rewritten { part in
      switch part {
      case .variable(let variable): return values[variable].map { .constant(Constant($0)) }
      case .aggregate(let aggregate): return .aggregate(applied(to: aggregate))
      case .exists(let exists):
        return .exists(
          ExistsPattern(
            number: exists.number, pattern: applied(to: exists.pattern), isNegated: exists.isNegated, variables: exists.variables))
      default: return nil
      }
    }
  }

  private func applied(to aggregate: Aggregate) -> Aggregate {
    Aggregate(
      kind: aggregate.kind, isDistinct: aggregate.isDistinct, argument: aggregate.argument.map(applied), separator: aggregate.separator)
  }
}

extension Algebra {
  /// All variables that stand in the pattern, those of its conditions and of their EXISTS included.
  var mentioned: Set<VariableID> {
    var found = scope
    for part in parts.patterns { found.formUnion(part.mentioned) }
    for expression in parts.expressions { found.formUnion(expression.variables) }
    return found
  }
}
