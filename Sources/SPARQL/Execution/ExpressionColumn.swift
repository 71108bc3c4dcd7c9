import Problems
import Store

/// An expression that is evaluated for one batch of solutions after another.
///
/// Where its value depends on one variable alone, what it came to for an id is remembered: many solutions share few dates, kommuner or
/// account codes.
final class ExpressionColumn {
  let expression: Expression
  private let evaluator: RowEvaluator
  private let scope: GraphScope
  /// The variable that alone decides; nil where that is not so.
  private let variable: VariableID?
  /// What ids tell of the expression as a condition, and as a choice; nil where they tell nothing.
  private let condition: BatchCondition?
  private let choice: BatchChoice?
  /// The expression as a condition on how near places are; nil for another.
  private let nearness: Nearness?
  private var known: [StoreID] = []
  private var results: [StoreID] = []
  private static let cacheSize = 4096
  /// Batches of fewer solutions are not worth the cache.
  private static let leastCached = 32

  init(_ expression: Expression, _ evaluator: RowEvaluator, scope: GraphScope) {
    self.expression = expression
    self.evaluator = evaluator
    self.scope = scope
    let variables = expression.variables
    variable = variables.count == 1 && expression.isRepeatable ? variables.first : nil
    let condition = BatchCondition(expression, evaluator.context.terms.snapshot)
    self.condition = condition.isUseful ? condition : nil
    choice = BatchChoice(expression, evaluator.context, evaluator.functions.scratch)
    nearness = Nearness(expression, evaluator)
  }

  /// The values, ``Solutions/unbound`` for errors; nil where all are.
  func values(_ batch: Solutions) throws(Failure) -> ContiguousArray<StoreID>? {
    if case .variable(let source) = expression { return batch.columns[source] }
    if let choice {
      var (ids, open) = choice.values(batch, evaluator.context.terms.snapshot)
      for row in open {
        let value = try evaluator.value(expression, batch, Int(row), scope: scope)
        ids[Int(row)] = evaluator.context.terms.id(of: value, evaluator.functions.scratch)
      }
      try evaluator.endBatch()
      return ids
    }
    var column = ContiguousArray<StoreID>()
    column.reserveCapacity(batch.count)
    for row in 0..<batch.count {
      column.append(
        try remembered(batch, row) { () throws(Failure) in
          evaluator.context.terms.id(of: try evaluator.value(expression, batch, row, scope: scope), evaluator.functions.scratch)
        })
    }
    try evaluator.endBatch()
    return column
  }

  /// The values where BNODE names the same blank nodes as the expressions before it did for the same solutions.
  func valuesInTheirSolutions(_ batch: Solutions) throws(Failure) -> ContiguousArray<StoreID>? {
    defer { evaluator.functions.solution = nil }
    var column = ContiguousArray<StoreID>()
    column.reserveCapacity(batch.count)
    for row in 0..<batch.count {
      evaluator.functions.solution = row
      let value = try evaluator.value(expression, batch, row, scope: scope)
      column.append(evaluator.context.terms.id(of: value, evaluator.functions.scratch))
    }
    try evaluator.endBatch()
    return column
  }

  /// The rows of the batch for which the expression is true.
  func trueRows(_ batch: Solutions) throws(Failure) -> [UInt32] {
    var rows: [UInt32] = []
    if let nearness {
      for row in try nearness.candidates(batch)
      where try evaluator.isTrue(expression, batch, Int(row), scope: scope) { rows.append(row) }
      try evaluator.endBatch()
      return rows
    }
    let verdicts = condition?.verdicts(batch, evaluator.context.terms.snapshot)
    for row in 0..<batch.count {
      if let verdict = verdicts?[row], verdict != BatchCondition.Verdict.open {
        if verdict == BatchCondition.Verdict.yes { rows.append(UInt32(truncatingIfNeeded: row)) }
        continue
      }
      let isTrue = try remembered(batch, row) { () throws(Failure) in
        try evaluator.isTrue(expression, batch, row, scope: scope) ? 1 : 0
      }
      if isTrue == 1 { rows.append(UInt32(truncatingIfNeeded: row)) }
    }
    try evaluator.endBatch()
    return rows
  }

  @inline(__always) private func remembered(
    _ batch: Solutions, _ row: Int, _ work: () throws(Failure) -> StoreID
  ) throws(Failure) -> StoreID {
    guard let variable, batch.count >= Self.leastCached else { return try work() }
    let id = batch[variable, row]
    if id == Solutions.unbound { return try work() }
    if known.isEmpty {
      known = [StoreID](repeating: Solutions.unbound, count: Self.cacheSize)
      results = known
    }
    let place = Int(id) & (Self.cacheSize - 1)
    if known[place] == id { return results[place] }
    let result = try work()
    known[place] = id
    results[place] = result
    return result
  }
}

extension Expression {
  /// Whether the value depends on the variables alone.
  var isRepeatable: Bool {
    var isRepeatable = isRepeatableBesideExists
    walk { part in
      if case .exists = part { isRepeatable = false }
      return isRepeatable
    }
    return isRepeatable
  }

  /// Whether the value depends on the variables and what is stored.
  var isRepeatableBesideExists: Bool {
    var isRepeatable = true
    walk { part in
      switch part {
      case .call(.rand, _), .call(.uuid, _), .call(.struuid, _), .call(.bnode, _): isRepeatable = false
      default: break
      }
      return isRepeatable
    }
    return isRepeatable
  }
}
