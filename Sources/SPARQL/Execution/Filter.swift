import Problems
import Store

/// Keeps the solutions for which a condition holds (SPARQL 1.1 §18.5, Filter).
final class Filter: Operator {
  private let input: any Operator
  private let condition: ExpressionColumn
  private let context: QueryContext

  init(_ input: any Operator, _ condition: Expression, _ evaluator: RowEvaluator, scope: GraphScope) {
    self.input = input
    self.condition = ExpressionColumn(condition, evaluator, scope: scope)
    context = evaluator.context
  }

  func next() throws(Failure) -> Solutions? {
    while let batch = try input.next() {
      try context.check()
      let kept = try condition.trueRows(batch)
      if !kept.isEmpty { return batch.keeping(kept) }
    }
    return nil
  }
}

/// Keeps the solutions in which the id of a variable is in a range, which decides a comparison with a constant (``IDRange``).
final class RangeFilter: Operator {
  private let input: any Operator
  private let range: IDRange
  private let condition: ExpressionColumn
  private let context: QueryContext

  init(_ input: any Operator, _ range: IDRange, _ condition: Expression, _ evaluator: RowEvaluator, scope: GraphScope) {
    self.input = input
    self.range = range
    self.condition = ExpressionColumn(condition, evaluator, scope: scope)
    context = evaluator.context
  }

  func next() throws(Failure) -> Solutions? {
    while let batch = try input.next() {
      try context.check()
      let kept = try rows(batch)
      if !kept.isEmpty { return batch.keeping(kept) }
    }
    return nil
  }

  private func rows(_ batch: Solutions) throws(Failure) -> [UInt32] {
    guard let column = batch.columns[range.variable] else { return [] }
    let least = range.ids.lowerBound
    let width = StoreID(truncatingIfNeeded: range.ids.count)
    var hasMade = false
    let kept = [UInt32](unsafeUninitializedCapacity: batch.count) { target, filled in
      column.withUnsafeBufferPointer { ids in
        for row in 0..<ids.count {
          let id = ids[row]
          target[filled] = UInt32(truncatingIfNeeded: row)
          if id &- least < width { filled &+= 1 }
          if id >= .firstQueryTerm, id != Solutions.unbound { hasMade = true }
        }
      }
    }
    // What the query has made itself has no place in the order of ids.
    return hasMade ? try condition.trueRows(batch) : kept
  }
}

/// Gives a variable the value of an expression; an error leaves it without (SPARQL 1.1 §18.5, Extend).
final class Extend: Operator {
  private let input: any Operator
  private let variable: VariableID
  private let expression: ExpressionColumn
  private let context: QueryContext
  private let functions: EvaluationContext
  private let namesBlankNodes: Bool
  private let continues: Bool

  /// Binds a variable. `continues` says that the input does so too and names blank nodes, which are the same in one solution
  /// (SPARQL 1.1 §17.4.2.9).
  init(
    _ input: any Operator, _ variable: VariableID, _ expression: Expression, _ evaluator: RowEvaluator, scope: GraphScope,
    continues: Bool
  ) {
    self.input = input
    functions = evaluator.functions
    namesBlankNodes = expression.namesBlankNodes
    self.continues = continues
    self.variable = variable
    self.expression = ExpressionColumn(expression, evaluator, scope: scope)
    context = evaluator.context
  }

  func next() throws(Failure) -> Solutions? {
    guard var batch = try input.next() else { return nil }
    try context.check()
    if namesBlankNodes {
      if !continues { functions.forgetSharedBlankNodes() }
      batch.columns[variable] = try expression.valuesInTheirSolutions(batch)
    } else {
      batch.columns[variable] = try expression.values(batch)
    }
    return batch
  }
}

extension Algebra {
  /// Whether it binds variables to what names blank nodes, over whatever pattern.
  var namesBlankNodes: Bool {
    if case .extend(let inner, _, let expression) = self { return expression.namesBlankNodes || inner.namesBlankNodes }
    return false
  }
}

extension Expression {
  /// Whether BNODE is called with a name.
  fileprivate var namesBlankNodes: Bool {
    var isFound = false
    walk { part in
      if case .call(.bnode, let arguments) = part, !arguments.isEmpty { isFound = true }
      return !isFound
    }
    return isFound
  }
}
