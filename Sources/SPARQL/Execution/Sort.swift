import Problems
import Store

/// Orders all solutions (SPARQL 1.1 §15.1). Solutions that no condition tells apart keep their order.
final class Sort: Operator {
  private let input: any Operator
  private let conditions: [OrderCondition]
  private let evaluator: RowEvaluator
  private let context: QueryContext
  private let scope: GraphScope
  private var isDone = false

  init(_ input: any Operator, _ conditions: [OrderCondition], _ evaluator: RowEvaluator, context: QueryContext, scope: GraphScope) {
    self.input = input
    self.conditions = conditions
    self.evaluator = evaluator
    self.context = context
    self.scope = scope
  }

  func next() throws(Failure) -> Solutions? {
    if isDone { return nil }
    isDone = true
    let all = try input.all(slots: context.slots, context.budget)
    if all.count == 0 { return nil }
    var keys: [[Value]] = []
    for condition in conditions {
      var column: [Value] = []
      column.reserveCapacity(all.count)
      for row in 0..<all.count { column.append(try evaluator.value(condition.expression, all, row, scope: scope)) }
      keys.append(column)
    }
    var rows = Array(0..<all.count)
    rows.sort { left, right in
      for (number, condition) in conditions.enumerated() {
        let order = Value.order(keys[number][left], keys[number][right])
        if order != 0 { return condition.isDescending ? order > 0 : order < 0 }
      }
      return left < right
    }
    let sorted = all.reordered(rows)
    evaluator.endBatch()
    return sorted
  }
}

extension Solutions {
  /// The rows in another order.
  fileprivate func reordered(_ rows: [Int]) -> Solutions {
    var result = self
    for slot in columns.indices {
      if let column = columns[slot] { result.columns[slot] = ContiguousArray(rows.map { column[$0] }) }
    }
    return result
  }
}
