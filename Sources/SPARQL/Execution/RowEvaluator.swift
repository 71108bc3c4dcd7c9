import Problems
import Store

/// Evaluates expressions for rows of solutions, EXISTS included.
final class RowEvaluator {
  let context: QueryContext
  let functions: EvaluationContext
  /// A failure inside an EXISTS, such as a budget that is spent; it ends the query once the expression is done.
  fileprivate var failure: Failure?
  /// In how many EXISTS the row at hand stands, and how many patterns that need a mark stand in one another at the most.
  fileprivate var existsDepth = 0
  private let markDepth: Int
  private let textMemory: WorkingMemory
  private var countedText = 0
  /// So many bytes of text may come before they are counted.
  private static let uncounted = 1 << 16

  init(context: QueryContext, functions: EvaluationContext, markDepth: Int) {
    self.markDepth = markDepth
    self.context = context
    self.functions = functions
    textMemory = context.memory()
  }

  /// The same for another thread that works on the query at the same time.
  func forked(_ context: QueryContext) -> RowEvaluator {
    let functions = EvaluationContext(
      now: functions.now, base: functions.base, version: functions.version, blankNodePrefix: functions.blankNodePrefix)
    return RowEvaluator(context: context, functions: functions, markDepth: markDepth)
  }

  /// The value for a row. Its bytes live until ``endBatch()``.
  func value(_ expression: Expression, _ batch: Solutions, _ row: Int, scope: GraphScope) throws(Failure) -> Value {
    functions.beginSolution()
    let value = expression.value(for: BatchRow(batch: batch, row: row, evaluator: self, scope: scope), functions)
    if let failure { throw failure }
    try countText()
    return value
  }

  /// Whether a condition holds for a row; an error counts as no (SPARQL 1.1 §17.2).
  func isTrue(_ expression: Expression, _ batch: Solutions, _ row: Int, scope: GraphScope) throws(Failure) -> Bool {
    functions.beginSolution()
    let truth = expression.truth(for: BatchRow(batch: batch, row: row, evaluator: self, scope: scope), functions)
    if let failure { throw failure }
    try countText()
    return truth ?? false
  }

  /// Counts the texts that were worked out, once there are enough more of them.
  @inline(__always) func countText() throws(Failure) {
    if functions.scratch.count > countedText + Self.uncounted { try noteText() }
  }

  @inline(never) private func noteText() throws(Failure) {
    countedText = functions.scratch.count
    try textMemory.set(countedText)
    try context.check()
  }

  /// The depth of marks at which a pattern within the EXISTS at hand begins, so that its marks are its own.
  fileprivate var firstMark: Int { existsDepth * markDepth }

  /// Forgets the texts that were worked out.
  func endBatch() throws(Failure) {
    functions.scratch.reset()
    countedText = 0
    try textMemory.set(0)
  }
}

/// A row as expressions see it.
private struct BatchRow: SolutionRow {
  let batch: Solutions
  let row: Int
  let evaluator: RowEvaluator
  let scope: GraphScope

  func value(of variable: VariableID, _ context: EvaluationContext) -> Value {
    evaluator.context.terms.value(batch[variable, row], context.scratch)
  }

  func key(of variable: VariableID) -> UInt32? {
    let id = batch[variable, row]
    return id == Solutions.unbound ? nil : id
  }

  func exists(_ pattern: ExistsPattern, _ context: EvaluationContext) -> Bool? {
    do throws(Failure) {
      evaluator.existsDepth += 1
      defer { evaluator.existsDepth -= 1 }
      let planner = PhysicalPlanner(context: evaluator.context, evaluator: evaluator, depth: evaluator.firstMark)
      return try planner.hasSolution(pattern.pattern, for: batch, row, pattern.pattern.mentioned.sorted(), scope: scope)
    } catch {
      evaluator.failure = error
      return nil
    }
  }
}
