import Problems
import Store

/// Groups solutions and computes aggregates of each group (SPARQL 1.1 §18.5.1).
final class Group: Operator {
  private let input: any Operator
  private let grouping: Grouping
  private let context: QueryContext
  private let evaluator: RowEvaluator
  private let memory: WorkingMemory
  private let keys: [ExpressionColumn]
  private let table: KeyTable
  private let aggregates: [AggregateColumn]
  private var result: Batches?

  init(_ input: any Operator, _ grouping: Grouping, _ evaluator: RowEvaluator, context: QueryContext, scope: GraphScope) {
    self.input = input
    self.grouping = grouping
    self.context = context
    self.evaluator = evaluator
    memory = context.memory()
    keys = grouping.keys.map { ExpressionColumn($0.expression, evaluator, scope: scope) }
    table = KeyTable(width: keys.count)
    aggregates = grouping.outputs.map { AggregateColumn($0.aggregate, evaluator, scope: scope) }
  }

  func next() throws(Failure) -> Solutions? {
    if let result { return try result.next() }
    var groupCount = 0
    while let batch = try input.next() {
      try context.check()
      var columns: [ContiguousArray<StoreID>?] = []
      for key in keys { columns.append(try key.values(batch)) }
      let groups = keys.isEmpty ? [UInt32](repeating: 0, count: batch.count) : table.add(columns, rows: batch.count)
      groupCount = keys.isEmpty ? 1 : table.count
      var bytes = table.byteCount
      for aggregate in aggregates {
        try aggregate.add(batch, groups, groupCount: groupCount)
        bytes += aggregate.byteCount
      }
      try memory.set(bytes)
    }
    // Without keys all solutions are one group, even where there are none.
    if keys.isEmpty { groupCount = 1 }
    var out = Solutions(slots: context.slots)
    out.count = groupCount
    for (place, key) in grouping.keys.enumerated() { out.columns[key.variable] = table.column(place) }
    for (aggregate, output) in zip(aggregates, grouping.outputs) {
      out.columns[output.variable] = try aggregate.results(groupCount: groupCount)
    }
    try memory.set(out.byteCount)
    let result = Batches(out)
    self.result = result
    return try result.next()
  }
}
