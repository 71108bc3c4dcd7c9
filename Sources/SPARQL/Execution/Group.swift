import Bytes
import Problems
import Store

/// Groups solutions and computes aggregates of each group (SPARQL 1.1 §18.5.1).
final class Group: Operator {
  private let input: any Operator
  private let grouping: Grouping
  private let evaluator: RowEvaluator
  private let context: QueryContext
  private let scope: GraphScope
  private var groups: [[StoreID]: Int] = [:]
  private var keys: [[StoreID]] = []
  private var accumulators: [[Accumulator]] = []
  private var isDone = false

  init(_ input: any Operator, _ grouping: Grouping, _ evaluator: RowEvaluator, context: QueryContext, scope: GraphScope) {
    self.input = input
    self.grouping = grouping
    self.evaluator = evaluator
    self.context = context
    self.scope = scope
  }

  func next() throws(Failure) -> Solutions? {
    if isDone { return nil }
    isDone = true
    while let batch = try input.next() {
      try context.budget.check(rows: keys.count, slots: grouping.keys.count + grouping.outputs.count * 16)
      for row in 0..<batch.count { try add(row, of: batch) }
      evaluator.endBatch()
    }
    // Without keys all solutions are one group, even where there are none.
    if grouping.keys.isEmpty, keys.isEmpty { _ = group([]) }
    if keys.isEmpty { return nil }
    var out = Solutions(slots: context.slots)
    out.count = keys.count
    for (index, key) in grouping.keys.enumerated() { out.columns[key.variable] = ContiguousArray(keys.map { $0[index] }) }
    for (index, output) in grouping.outputs.enumerated() {
      let scratch = evaluator.functions.scratch
      out.columns[output.variable] = ContiguousArray(
        accumulators.map { context.terms.id(of: $0[index].result(evaluator.functions), scratch) })
    }
    evaluator.endBatch()
    return out
  }

  private func group(_ key: [StoreID]) -> Int {
    if let number = groups[key] { return number }
    groups[key] = keys.count
    keys.append(key)
    accumulators.append(grouping.outputs.map { Accumulator($0.aggregate) })
    return keys.count - 1
  }

  private func add(_ row: Int, of batch: Solutions) throws(Failure) {
    var key: [StoreID] = []
    for part in grouping.keys {
      if case .variable(let variable) = part.expression {
        key.append(batch[variable, row])
      } else {
        key.append(context.terms.id(of: try evaluator.value(part.expression, batch, row, scope: scope), evaluator.functions.scratch))
      }
    }
    let number = group(key)
    for (index, output) in grouping.outputs.enumerated() {
      if let argument = output.aggregate.argument {
        let value = try evaluator.value(argument, batch, row, scope: scope)
        accumulators[number][index].add(value, evaluator.functions)
      } else if output.aggregate.isDistinct {
        var solution: [UInt8] = []
        for slot in 0..<context.variables.count { withUnsafeBytes(of: batch[slot, row]) { solution += $0 } }
        ByteString(solution).withView { accumulators[number][index].addSolution(key: $0) }
      } else {
        accumulators[number][index].addSolution()
      }
    }
  }
}
