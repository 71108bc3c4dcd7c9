import Problems
import Store

/// The groups of solutions that have come so far, and their aggregates (SPARQL 1.1 §18.5.1).
final class GroupTable {
  private let grouping: Grouping
  private let context: QueryContext
  private let scratch: TextScratch
  private let memory: WorkingMemory
  private let keys: [ExpressionColumn]
  private let table: KeyTable
  private let aggregates: [AggregateColumn]
  private var count = 0

  /// No groups yet.
  init(_ grouping: Grouping, _ evaluator: RowEvaluator, scope: GraphScope) {
    self.grouping = grouping
    context = evaluator.context
    scratch = evaluator.functions.scratch
    memory = context.memory()
    keys = grouping.keys.map { ExpressionColumn($0.expression, evaluator, scope: scope) }
    table = KeyTable(width: keys.count)
    aggregates = grouping.outputs.map { AggregateColumn($0.aggregate, evaluator, scope: scope) }
  }

  /// Takes all solutions of an operator.
  func take(_ input: any Operator) throws(Failure) {
    while let batch = try input.next() {
      try context.check()
      var columns: [ContiguousArray<StoreID>?] = []
      for key in keys { columns.append(try key.values(batch)) }
      let groups = keys.isEmpty ? [UInt32](repeating: 0, count: batch.count) : table.add(columns, rows: batch.count)
      count = keys.isEmpty ? 1 : table.count
      for aggregate in aggregates { try aggregate.add(batch, groups, groupCount: count) }
      try countMemory()
    }
  }

  private func countMemory() throws(Failure) {
    try memory.set(aggregates.reduce(table.byteCount) { $0 + $1.byteCount })
  }

  /// Takes the groups of another table, which another thread has filled for the same query; false, and this one is of no more use, where
  /// their aggregates can't be put together.
  func take(_ other: GroupTable) throws(Failure) -> Bool {
    guard zip(aggregates, other.aggregates).allSatisfy({ $0.canTake($1) }) else { return false }
    var groups = [UInt32](repeating: 0, count: other.count)
    if !keys.isEmpty {
      let columns = keys.indices.map { other.table.column($0).translated(other.context.terms, context.terms, other.scratch) }
      groups = table.add(columns, rows: other.count)
    }
    count = keys.isEmpty ? max(count, other.count) : table.count
    for (aggregate, part) in zip(aggregates, other.aggregates) {
      if try !aggregate.take(part, groups, groupCount: count) { return false }
    }
    try countMemory()
    return true
  }

  /// The solutions that the groups are, one each. Without keys all that came are one group, even where nothing did.
  func solutions() throws(Failure) -> Solutions {
    if keys.isEmpty { count = 1 }
    var out = Solutions(slots: context.slots)
    out.count = count
    for (place, key) in grouping.keys.enumerated() { out.columns[key.variable] = table.column(place) }
    for (aggregate, output) in zip(aggregates, grouping.outputs) {
      out.columns[output.variable] = try aggregate.results(groupCount: count)
    }
    try memory.set(out.byteCount)
    return out
  }
}

extension ContiguousArray where Element == StoreID {
  /// The same terms by the ids that they have in another run over the same snapshot.
  func translated(_ terms: QueryTerms, _ others: QueryTerms, _ scratch: TextScratch) -> ContiguousArray {
    if terms === others || allSatisfy({ $0 < .firstQueryTerm || $0 == Solutions.unbound }) { return self }
    return ContiguousArray(
      map { $0 < .firstQueryTerm || $0 == Solutions.unbound ? $0 : others.id(of: terms.term($0, scratch)) })
  }
}
