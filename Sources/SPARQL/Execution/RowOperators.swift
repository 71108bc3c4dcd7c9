import Problems
import Store

/// Keeps the solutions for which a condition holds (SPARQL 1.1 §18.5, Filter).
final class Filter: Operator {
  private let input: any Operator
  private let condition: Expression
  private let evaluator: RowEvaluator
  private let scope: GraphScope

  init(_ input: any Operator, _ condition: Expression, _ evaluator: RowEvaluator, scope: GraphScope) {
    self.input = input
    self.condition = condition
    self.evaluator = evaluator
    self.scope = scope
  }

  func next() throws(Failure) -> Solutions? {
    while let batch = try input.next() {
      try evaluator.context.budget.check()
      var kept: [Int] = []
      for row in 0..<batch.count where try evaluator.isTrue(condition, batch, row, scope: scope) { kept.append(row) }
      evaluator.endBatch()
      if !kept.isEmpty { return batch.selecting(kept) }
    }
    return nil
  }
}

/// Gives a variable the value of an expression; an error leaves it without (SPARQL 1.1 §18.5, Extend).
final class Extend: Operator {
  private let input: any Operator
  private let variable: VariableID
  private let expression: Expression
  private let evaluator: RowEvaluator
  private let scope: GraphScope

  init(_ input: any Operator, _ variable: VariableID, _ expression: Expression, _ evaluator: RowEvaluator, scope: GraphScope) {
    self.input = input
    self.variable = variable
    self.expression = expression
    self.evaluator = evaluator
    self.scope = scope
  }

  func next() throws(Failure) -> Solutions? {
    guard var batch = try input.next() else { return nil }
    try evaluator.context.budget.check()
    if case .variable(let source) = expression {
      batch.columns[variable] = batch.columns[source]
      return batch
    }
    var column = ContiguousArray<StoreID>()
    column.reserveCapacity(batch.count)
    for row in 0..<batch.count {
      let value = try evaluator.value(expression, batch, row, scope: scope)
      column.append(evaluator.context.terms.id(of: value, evaluator.functions.scratch))
    }
    evaluator.endBatch()
    batch.columns[variable] = column
    return batch
  }
}

/// Keeps the values of some variables only (SPARQL 1.1 §18.5, Project).
final class Projection: Operator {
  private let input: any Operator
  private let dropped: [Int]

  init(_ input: any Operator, _ variables: [VariableID], context: QueryContext) {
    self.input = input
    let kept = Set(variables)
    dropped = (0..<context.variables.count).filter { !kept.contains($0) }
  }

  func next() throws(Failure) -> Solutions? {
    guard var batch = try input.next() else { return nil }
    for slot in dropped { batch.columns[slot] = nil }
    return batch
  }
}

/// Skips the first solutions, and stops after some (SPARQL 1.1 §18.5, Slice).
final class Slice: Operator {
  private let input: any Operator
  private var skipped: Int
  private var rest: Int

  init(_ input: any Operator, offset: Int, limit: Int?) {
    self.input = input
    skipped = offset
    rest = limit ?? .max
  }

  func next() throws(Failure) -> Solutions? {
    while rest > 0, let batch = try input.next() {
      if skipped >= batch.count {
        skipped -= batch.count
        continue
      }
      let end = batch.count - skipped > rest ? skipped + rest : batch.count
      let rows = Array(skipped..<end)
      skipped = 0
      rest -= rows.count
      return batch.selecting(rows)
    }
    return nil
  }
}

/// Gives each solution once (SPARQL 1.1 §18.5, Distinct).
final class Distinct: Operator {
  private let input: any Operator
  private let slots: [Int]
  private let context: QueryContext
  private var seen: Set<[StoreID]> = []

  init(_ input: any Operator, slots: [Int], context: QueryContext) {
    self.input = input
    self.slots = slots
    self.context = context
  }

  func next() throws(Failure) -> Solutions? {
    while let batch = try input.next() {
      try context.budget.check(rows: seen.count, slots: slots.count)
      var kept: [Int] = []
      for row in 0..<batch.count where seen.insert(slots.map { batch[$0, row] }).inserted { kept.append(row) }
      if !kept.isEmpty { return batch.selecting(kept) }
    }
    return nil
  }
}

/// Joins each solution with those of an optional pattern, or gives it as it is where there are none (SPARQL 1.1 §18.5, LeftJoin).
final class OptionalStep: Operator {
  private let input: any Operator
  private let context: QueryContext
  private let optional: (any Operator) throws(Failure) -> any Operator
  /// Says of each solution of the optional pattern which row of the input it came from.
  private let mark: Int

  init(_ input: any Operator, depth: Int, context: QueryContext, optional: @escaping (any Operator) throws(Failure) -> any Operator) {
    self.input = input
    self.context = context
    self.optional = optional
    mark = context.mark(depth)
  }

  func next() throws(Failure) -> Solutions? {
    guard let batch = try input.next() else { return nil }
    var marked = batch
    marked.columns[mark] = ContiguousArray((0..<batch.count).map { StoreID($0) })
    var hasPartner = [Bool](repeating: false, count: batch.count)
    let partners = try optional(Batches([marked])).all(slots: context.slots, context.budget)
    for row in 0..<partners.count { hasPartner[Int(partners[mark, row])] = true }
    var out = partners
    for row in 0..<batch.count where !hasPartner[row] { out.append(row, of: batch) }
    out.columns[mark] = nil
    return out
  }
}
