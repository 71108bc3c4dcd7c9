import Problems
import Store

/// Orders all solutions (SPARQL 1.1 §15.1). Solutions that no condition tells apart keep their order.
///
/// Where all values are stored terms, their ids are the order. With a limit no more solutions are kept than may be among the first.
final class Sort: Operator {
  private let input: any Operator
  private let conditions: [(column: ExpressionColumn, isDescending: Bool)]
  private let evaluator: RowEvaluator
  private let context: QueryContext
  /// How many solutions will be asked for; nil for all.
  private let limit: Int?
  private let memory: WorkingMemory
  private var result: SortedBatches?
  private var all: Solutions
  /// For each condition the ids of its values.
  private var ids: [ContiguousArray<StoreID>]
  /// For each condition what its values are sorted by, as long as ids tell; nil from then on.
  private var ranks: [[StoreID]]?
  /// The ranks of the last solution that may be among the first.
  private var threshold: [StoreID]?
  private static let leastPruned = 8192

  init(
    _ input: any Operator, _ conditions: [OrderCondition], _ evaluator: RowEvaluator, context: QueryContext, scope: GraphScope,
    limit: Int? = nil
  ) {
    self.input = input
    self.conditions = conditions.map { (ExpressionColumn($0.expression, evaluator, scope: scope), $0.isDescending) }
    self.evaluator = evaluator
    self.context = context
    self.limit = limit
    memory = context.memory()
    all = Solutions(slots: context.slots)
    ids = conditions.map { _ in [] }
    ranks = conditions.map { _ in [] }
  }

  func next() throws(Failure) -> Solutions? {
    if let result { return try result.next() }
    while let batch = try input.next() { try take(batch) }
    if all.count == 0 { return nil }
    var ranks: [[StoreID]] = []
    if let stored = self.ranks {
      ranks = stored
    } else {
      for (column, condition) in zip(ids, conditions) { ranks.append(try rank(column, condition.isDescending)) }
    }
    try context.check()
    var rows = try sorted(ranks, count: all.count)
    if let limit, rows.count > limit { rows.removeLast(rows.count - limit) }
    ids = []
    self.ranks = nil
    try memory.set(all.byteCount + rows.count * 4)
    let result = SortedBatches(all, rows)
    self.result = result
    return try result.next()
  }

  private func take(_ batch: Solutions) throws(Failure) {
    try context.check()
    var batch = batch
    var values: [ContiguousArray<StoreID>] = []
    for condition in conditions {
      values.append(try condition.column.values(batch) ?? ContiguousArray(repeating: Solutions.unbound, count: batch.count))
    }
    if ranks != nil {
      var found: [[StoreID]] = []
      for (index, column) in values.enumerated() {
        guard let rank = stored(column, conditions[index].isDescending) else { break }
        found.append(rank)
      }
      if found.count == values.count {
        if let threshold {
          let kept = Self.rows(found, upTo: threshold, count: batch.count)
          if kept.isEmpty { return }
          batch = batch.keeping(kept)
          values = values.map { $0.gathered(kept) }
          found = found.map { rank in kept.map { rank[Int($0)] } }
        }
        for index in found.indices { ranks?[index] += found[index] }
      } else {
        ranks = nil
      }
    }
    all.append(batch)
    for index in values.indices { ids[index] += values[index] }
    try memory.set(all.byteCount + conditions.count * all.count * 8)
    try prune()
  }

  /// Lets go of what can't be among the first.
  private func prune() throws(Failure) {
    guard let limit, let ranks, limit > 0, all.count > max(Self.leastPruned, limit * 2) else { return }
    // In the order in which they came, so that those that are equal keep it.
    let rows = try sorted(ranks, count: all.count).prefix(limit)
    guard let last = rows.last else { return }
    threshold = ranks.map { $0[Int(last)] }
    let kept = rows.sorted()
    all = all.taking(kept)
    ids = ids.map { $0.gathered(kept) }
    self.ranks = ranks.map { rank in kept.map { rank[Int($0)] } }
  }

  /// The rows that do not come after the threshold. Rows that equal it come later than all that are kept.
  private static func rows(_ ranks: [[StoreID]], upTo threshold: [StoreID], count: Int) -> [UInt32] {
    var kept: [UInt32] = []
    for row in 0..<count {
      for (index, limit) in threshold.enumerated() {
        let rank = ranks[index][row]
        if rank > limit { break }
        if rank < limit {
          kept.append(UInt32(truncatingIfNeeded: row))
          break
        }
      }
    }
    return kept
  }

  /// What stored terms are sorted by: their ids, and one id for all of a value. Nil where one is not stored, or of a datatype whose order
  /// the store does not know.
  private func stored(_ column: ContiguousArray<StoreID>, _ isDescending: Bool) -> [StoreID]? {
    let snapshot = context.terms.snapshot
    let unordered = snapshot.range(of: .other).lowerBound
    let (numbers, moments, booleans) = (snapshot.valueColumns.numbers, snapshot.valueColumns.moments, snapshot.range(of: .boolean))
    // Blank nodes have no order among themselves.
    let named = snapshot.range(of: .iri).lowerBound
    var ranks: [StoreID] = []
    ranks.reserveCapacity(column.count)
    for id in column {
      var rank: StoreID
      if id == Solutions.unbound {
        rank = 0
      } else if id >= unordered {
        return nil
      } else if id < named {
        rank = 1
      } else {
        rank = id &+ 2
        if numbers.contains(id) || moments.contains(id) || booleans.contains(id) { rank = snapshot.firstEqual(to: id) &+ 2 }
      }
      if isDescending { rank = ~rank }
      ranks.append(rank)
    }
    return ranks
  }

  /// What any terms are sorted by: a number for each value among those of the column.
  private func rank(_ column: ContiguousArray<StoreID>, _ isDescending: Bool) throws(Failure) -> [StoreID] {
    let table = KeyTable(width: 1)
    let numbers = table.add([column], rows: column.count)
    let scratch = evaluator.functions.scratch
    var values: [Value] = []
    for number in 0..<table.count {
      values.append(context.terms.value(table.id(0, ofKey: number), scratch))
      if number & 1023 == 0 {
        try context.check()
        try memory.set(all.byteCount + conditions.count * all.count * 8 + scratch.count + number * MemoryLayout<Value>.stride)
      }
    }
    var order = Array(values.indices)
    try SortedRuns.sort(
      &order,
      { left, right in
        let order = Value.order(values[left], values[right])
        return isDescending ? order > 0 : order < 0
      }, check: context.check)
    var ranks = [StoreID](repeating: 0, count: values.count)
    for (place, index) in order.enumerated().dropFirst() {
      let isEqual = Value.order(values[order[place - 1]], values[index]) == 0
      ranks[index] = isEqual ? ranks[order[place - 1]] : StoreID(truncatingIfNeeded: place)
    }
    try evaluator.endBatch()
    return numbers.map { ranks[Int($0)] }
  }

  /// The rows in the order of their ranks, then their own.
  private func sorted(_ ranks: [[StoreID]], count: Int) throws(Failure) -> [UInt32] {
    switch ranks.count {
    case 1:
      var keys = (0..<count).map { UInt64(ranks[0][$0]) << 32 | UInt64($0) }
      try SortedRuns.sort(&keys, <, check: context.check)
      return keys.map { UInt32(truncatingIfNeeded: $0) }
    case 2, 3:
      let third = ranks.count == 3 ? ranks[2] : []
      var keys = (0..<count).map { row -> UInt128 in
        let high = UInt64(ranks[0][row]) << 32 | UInt64(ranks[1][row])
        let last = third.isEmpty ? 0 : UInt64(third[row])
        return UInt128(high) << 64 | UInt128(last << 32 | UInt64(row))
      }
      try SortedRuns.sort(&keys, <, check: context.check)
      return keys.map { UInt32(truncatingIfNeeded: $0) }
    default:
      var rows = Array(0..<UInt32(count))
      try SortedRuns.sort(
        &rows,
        { left, right in
          for rank in ranks where rank[Int(left)] != rank[Int(right)] { return rank[Int(left)] < rank[Int(right)] }
          return left < right
        }, check: context.check)
      return rows
    }
  }
}

/// Gives solutions in the order of a list of their rows.
private final class SortedBatches: Operator {
  private let solutions: Solutions
  private let rows: [UInt32]
  private var at = 0

  init(_ solutions: Solutions, _ rows: [UInt32]) {
    self.solutions = solutions
    self.rows = rows
  }

  func next() throws(Failure) -> Solutions? {
    if at >= rows.count { return nil }
    let end = min(at + Solutions.target, rows.count)
    defer { at = end }
    return solutions.taking(Array(rows[at..<end]))
  }
}
