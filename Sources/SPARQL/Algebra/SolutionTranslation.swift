import Bytes
import Problems

/// What SELECT says.
struct SelectClause {
  var isDistinct = false
  var isReduced = false
  /// What is projected; nil for `*`.
  var items: [SelectItem]?
  /// Where the clause begins.
  var position: SourcePosition
}

/// One variable of SELECT.
struct SelectItem {
  var variable: VariableID
  /// What it stands for, or nil for a variable of the pattern.
  var expression: Expression?
  var height = 1
  var position: SourcePosition
}

/// What stands after the pattern (SPARQL 1.1 §18.2.4, §18.2.5).
struct SolutionModifiers {
  /// A condition of GROUP BY.
  struct Key {
    var expression: Expression
    /// The variable after AS.
    var variable: VariableID?
    var position: SourcePosition
  }

  var keys: [Key] = []
  var having: [Expression] = []
  var order: [OrderCondition] = []
  var offset = 0
  var limit: Int?
  var values: InlineTable?
  /// Whether an aggregate stands in HAVING or ORDER BY.
  var hasAggregate = false
  /// Where ORDER BY or HAVING stands.
  var position: SourcePosition
}

/// Solution modifiers put around a pattern.
extension QueryParser {
  /// The algebra of a query level, and its variables (SPARQL 1.1 §18.2.4, §18.2.5). Without a clause nothing is projected.
  mutating func translate(
    _ pattern: GroupPattern, _ clause: SelectClause?, _ modifiers: SolutionModifiers, hasAggregate: Bool
  ) throws(Failure) -> (algebra: Algebra, projected: [VariableID], height: Int) {
    var algebra = pattern.algebra
    var visible = pattern.scope
    var lifting: AggregateLifting?
    if hasAggregate || modifiers.hasAggregate || !modifiers.keys.isEmpty {
      if let clause, clause.items == nil { throw failure(.starGrouped, at: clause.position) }
      visible = VariableScope()
      var keys: [Grouping.Key] = []
      for key in modifiers.keys {
        keys.append(try translate(key, pattern.scope, &visible, &algebra))
      }
      lifting = AggregateLifting(keys: keys)
    }
    let items = try translateItems(clause, pattern.scope, visible, &lifting)
    let having = try modifiers.having.lifted(visible, &lifting, &variables)
    for item in items where item.expression != nil { visible.insert(item.variable) }
    var order: [OrderCondition] = []
    for condition in modifiers.order {
      let lifted = try [condition.expression].lifted(visible, &lifting, &variables)
      for expression in lifted { order.append(OrderCondition(expression: expression, isDescending: condition.isDescending)) }
    }

    if let lifting { algebra = .group(lifting.grouping, algebra) }
    if let first = having.first { algebra = .filter(having.count > 1 ? .and(having) : first, algebra) }
    if let values = modifiers.values {
      algebra = algebra == .unit ? .values(values) : .join([algebra, .values(values)])
      for variable in values.variables { visible.insert(variable) }
    }
    var height = pattern.height + 8
    for item in items {
      guard let expression = item.expression else { continue }
      algebra = .extend(algebra, item.variable, expression)
      height = max(height, item.height) + 1
    }
    if !order.isEmpty { algebra = .orderBy(order, algebra) }
    var projected: [VariableID] = []
    if let clause {
      projected = clause.items == nil ? visible.order : items.map(\.variable)
      algebra = .project(projected, algebra)
      if clause.isDistinct { algebra = .distinct(algebra) }
      if clause.isReduced { algebra = .reduced(algebra) }
    }
    if modifiers.offset > 0 || modifiers.limit != nil {
      algebra = .slice(offset: modifiers.offset, limit: modifiers.limit, algebra)
    }
    if height > Self.depthLimit * 2 { throw tooDeep() }
    return (algebra, projected, height)
  }

  /// A key of GROUP BY: a variable is its own key, what AS names is evaluated before (§18.2.4.1).
  private mutating func translate(
    _ key: SolutionModifiers.Key, _ scope: VariableScope, _ visible: inout VariableScope, _ algebra: inout Algebra
  ) throws(Failure) -> Grouping.Key {
    if let variable = key.variable {
      if scope.contains(variable) || visible.contains(variable) {
        throw failure(.variableInScope, at: key.position, name: variables[variable].text)
      }
      algebra = .extend(algebra, variable, key.expression)
      visible.insert(variable)
      return Grouping.Key(variable: variable, expression: .variable(variable))
    }
    if case .variable(let variable) = key.expression {
      visible.insert(variable)
      return Grouping.Key(variable: variable, expression: key.expression)
    }
    return Grouping.Key(variable: variables.make("key"), expression: key.expression)
  }

  /// The variables of SELECT, each rule about them checked (§18.2.1, §11.4, §19.8 note 12 and 13).
  private mutating func translateItems(
    _ clause: SelectClause?, _ scope: VariableScope, _ visible: VariableScope, _ lifting: inout AggregateLifting?
  ) throws(Failure) -> [SelectItem] {
    var visible = visible
    var items: [SelectItem] = []
    var projected: Set<VariableID> = []
    for var item in clause?.items ?? [] {
      let name = variables[item.variable].text
      if !projected.insert(item.variable).inserted { throw failure(.variableTwice, at: item.position, name: name) }
      if let expression = item.expression {
        // Of a pattern that is grouped, only what the groups are made by can be seen here (SPARQL 1.2 §18.3.1).
        if visible.contains(item.variable) || lifting == nil && scope.contains(item.variable) {
          throw failure(.variableInScope, at: item.position, name: name)
        }
        if var open = lifting {
          var ungrouped: VariableID?
          item.expression = try open.lift(expression, &variables) { variable in
            if !visible.contains(variable) { ungrouped = variable }
            return nil
          }
          if let ungrouped { throw failure(.variableUngrouped, at: item.position, name: variables[ungrouped].text) }
          lifting = open
        }
        visible.insert(item.variable)
      } else if lifting != nil, !visible.contains(item.variable) {
        throw failure(.variableUngrouped, at: item.position, name: name)
      }
      items.append(item)
    }
    return items
  }
}

extension [Expression] {
  /// The expressions of HAVING or ORDER BY. In a query that groups, variables that are not visible are sampled (§18.2.4.1).
  fileprivate func lifted(
    _ visible: VariableScope, _ lifting: inout AggregateLifting?, _ variables: inout VariableTable
  ) throws(Failure) -> [Expression] {
    guard var open = lifting else { return self }
    var result: [Expression] = []
    for expression in self {
      result.append(
        try open.lift(expression, &variables) { variable throws(Failure) in
          visible.contains(variable)
            ? nil : Aggregate(kind: .sample, isDistinct: false, argument: .variable(variable), separator: " ")
        })
    }
    lifting = open
    return result
  }
}
