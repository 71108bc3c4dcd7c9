import Problems
import RDF
import Store

/// Keeps the solutions for which a pattern has a solution, or none, once their values are put into it: one evaluation for each
/// combination of the values that the pattern speaks of. For patterns that can't be evaluated for many solutions at once.
final class SubstitutedExists: Operator {
  private let input: any Operator
  private let exists: ExistsPattern
  private let isNegated: Bool
  private let planner: PhysicalPlanner
  private let scope: GraphScope
  private let slots: [VariableID]
  private var known: [[StoreID]: Bool] = [:]
  /// So many combinations are remembered.
  private static let mostKnown = 1 << 16

  init(_ input: any Operator, _ exists: ExistsPattern, isNegated: Bool, _ planner: PhysicalPlanner, scope: GraphScope) {
    self.input = input
    self.exists = exists
    self.isNegated = isNegated
    self.planner = planner
    self.scope = scope
    slots = exists.pattern.mentioned.sorted()
  }

  func next() throws(Failure) -> Solutions? {
    while let batch = try input.next() {
      var kept: [UInt32] = []
      for row in 0..<batch.count {
        try planner.context.check()
        if try holds(batch, row) != isNegated { kept.append(UInt32(truncatingIfNeeded: row)) }
      }
      if !kept.isEmpty { return batch.keeping(kept) }
    }
    return nil
  }

  private func holds(_ batch: Solutions, _ row: Int) throws(Failure) -> Bool {
    let key = slots.map { batch[$0, row] }
    if let answer = known[key] { return answer }
    let answer = try planner.hasSolution(exists.pattern, for: batch, row, slots, scope: scope)
    if known.count < Self.mostKnown { known[key] = answer }
    return answer
  }
}

extension PhysicalPlanner {
  /// Whether a pattern has a solution with a row's values in it.
  func hasSolution(
    _ pattern: Algebra, for batch: Solutions, _ row: Int, _ slots: [VariableID], scope: GraphScope
  ) throws(Failure) -> Bool {
    var values: [VariableID: Term] = [:]
    for slot in slots where batch[slot, row] != Solutions.unbound { values[slot] = context.terms.term(of: batch[slot, row]) }
    let substituted = Substitution(values: values).applied(to: pattern)
    let seed = batch.taking([UInt32(truncatingIfNeeded: row)])
    // What the pattern binds by itself must be what the row has.
    return try plan(substituted, over: Batches(seed), bound: Set(values.keys), scope: scope).next() != nil
  }
}
