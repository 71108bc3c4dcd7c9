import Problems

/// Takes the aggregates out of the expressions of a query level (SPARQL 1.1 §18.2.4.1). Equal ones are computed once.
struct AggregateLifting {
  /// The keys, and the aggregates found so far.
  private(set) var grouping: Grouping
  private var known: [Aggregate: VariableID] = [:]

  init(keys: [Grouping.Key]) { grouping = Grouping(keys: keys, outputs: []) }

  /// The expression with variables in the place of its aggregates. `sampled` says of each variable outside aggregates which aggregate is
  /// meant by it, or nil where it stands for itself.
  mutating func lift(
    _ expression: Expression, _ variables: inout VariableTable, sampled: (VariableID) throws(Failure) -> Aggregate?
  ) throws(Failure) -> Expression {
    var found = self
    var table = variables
    let result = try expression.rewritten { part throws(Failure) in
      switch part {
      case .aggregate(let aggregate): return .variable(found.variable(for: aggregate, &table))
      case .variable(let variable):
        guard let aggregate = try sampled(variable) else { return nil }
        return .variable(found.variable(for: aggregate, &table))
      default: return nil
      }
    }
    self = found
    variables = table
    return result
  }

  private mutating func variable(for aggregate: Aggregate, _ variables: inout VariableTable) -> VariableID {
    if let variable = known[aggregate] { return variable }
    let variable = variables.make("agg")
    known[aggregate] = variable
    grouping.outputs.append(Grouping.Output(variable: variable, aggregate: aggregate))
    return variable
  }
}
