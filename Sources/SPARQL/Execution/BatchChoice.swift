import Store

/// IF over variables and constants, chosen for all solutions of a batch at once (SPARQL 1.1 §17.4.1.2).
indirect enum BatchChoice {
  case id(StoreID)
  case variable(VariableID)
  case choice(BatchCondition, BatchChoice, BatchChoice)

  /// The choice that an expression is; nil where it is something else, or where ids decide nothing.
  init?(_ expression: Expression, _ context: QueryContext, _ scratch: TextScratch) {
    guard case .call(.if, _) = expression else { return nil }
    self.init(part: expression, context, scratch)
  }

  private init?(part expression: Expression, _ context: QueryContext, _ scratch: TextScratch) {
    switch expression {
    case .variable(let variable): self = .variable(variable)
    case .constant(let constant): self = .id(context.terms.id(of: constant.value, scratch))
    case .call(.if, let arguments):
      let condition = BatchCondition(arguments[0], context.terms.snapshot)
      guard condition.isUseful, let then = BatchChoice(part: arguments[1], context, scratch),
        let otherwise = BatchChoice(part: arguments[2], context, scratch)
      else { return nil }
      self = .choice(condition, then, otherwise)
    default: return nil
    }
  }

  /// The values of a batch's solutions, and the rows that ids don't decide.
  func values(_ batch: Solutions, _ snapshot: Snapshot) -> (ids: ContiguousArray<StoreID>, open: [UInt32]) {
    switch self {
    case .id(let id): return (ContiguousArray(repeating: id, count: batch.count), [])
    case .variable(let variable):
      return (batch.columns[variable] ?? ContiguousArray(repeating: Solutions.unbound, count: batch.count), [])
    case .choice(let condition, let then, let otherwise):
      let verdicts = condition.verdicts(batch, snapshot)
      let (chosen, openThen) = then.values(batch, snapshot)
      let (others, openOtherwise) = otherwise.values(batch, snapshot)
      var ids = chosen
      var open = openThen.filter { verdicts[Int($0)] == BatchCondition.Verdict.yes }
      open += openOtherwise.filter { verdicts[Int($0)] == BatchCondition.Verdict.no }
      for row in 0..<batch.count where verdicts[row] != BatchCondition.Verdict.yes {
        ids[row] = others[row]
        if verdicts[row] == BatchCondition.Verdict.open { open.append(UInt32(truncatingIfNeeded: row)) }
      }
      return (ids, open)
    }
  }
}
