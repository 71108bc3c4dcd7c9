import Problems
import Store

/// How solutions of two patterns are put together.
enum JoinKind {
  /// Every pair that is compatible (SPARQL 1.1 §18.5, Join).
  case inner
  /// And each solution on the left that has no partner for which the condition holds (LeftJoin).
  case left
  /// The solutions on the left that have no partner with which they share a variable (Minus).
  case minus
}

/// Joins solutions with all those of another pattern, which are kept in memory by the values of the variables that both have.
final class HashJoin: Operator {
  private let left: any Operator
  private let right: any Operator
  private let kind: JoinKind
  /// The slots that both sides may bind.
  private let shared: [Int]
  private let condition: ExpressionColumn?
  private let context: QueryContext
  private let memory: WorkingMemory
  private var table: Solutions?
  /// The shared slots that every solution on the right binds: the key of the table.
  private var key: [Int] = []
  /// The other shared slots, which are compared for each pair.
  private var rest: [Int] = []
  private var numbers = KeyTable(width: 0)
  /// The rows on the right in the order of their keys' numbers, and where those of each number begin.
  private var rows: [UInt32] = []
  private var starts: [UInt32] = []

  private var batch = Solutions(slots: 0)
  private var batchNumbers: [UInt32] = []
  private var hasPartner: [Bool] = []
  /// The row of the batch at hand, and the next of its candidates.
  private var row = 0
  private var candidate = 0
  private var isOpen = false

  init(
    _ left: any Operator, _ right: any Operator, _ kind: JoinKind, shared: [Int], context: QueryContext, condition: ExpressionColumn? = nil
  ) {
    self.left = left
    self.right = right
    self.kind = kind
    self.shared = shared
    self.context = context
    self.condition = condition
    memory = context.memory()
  }

  func next() throws(Failure) -> Solutions? {
    let table: Solutions
    if let known = self.table {
      table = known
    } else {
      // Where there is nothing to join with, the right side need not be worked out, or another endpoint asked.
      guard let first = try left.next() else { return nil }
      table = try build()
      begin(first)
    }
    while true {
      try context.check()
      if isOpen {
        if row < batch.count {
          if let out = try pairs(with: table) { return out }
          continue
        }
        isOpen = false
        if kind == .inner { continue }
        let alone = (0..<UInt32(batch.count)).filter { !hasPartner[Int($0)] }
        if !alone.isEmpty { return batch.keeping(alone) }
        continue
      }
      guard let next = try left.next() else { return nil }
      begin(next)
    }
  }

  /// Reads the right side.
  private func build() throws(Failure) -> Solutions {
    let all = try right.all(context, memory)
    key = shared.filter { all.count > 0 && all.binding(of: $0) == .all }
    rest = shared.filter { !key.contains($0) }
    numbers = KeyTable(width: key.count)
    let found = numbers.add(key.map { all.columns[$0] }, rows: all.count)
    starts = [UInt32](repeating: 0, count: numbers.count + 1)
    for number in found { starts[Int(number) + 1] += 1 }
    for number in 0..<numbers.count { starts[number + 1] += starts[number] }
    var fill = starts
    rows = [UInt32](repeating: 0, count: all.count)
    for (row, number) in found.enumerated() {
      rows[Int(fill[Int(number)])] = UInt32(truncatingIfNeeded: row)
      fill[Int(number)] += 1
    }
    try memory.set(all.byteCount + numbers.byteCount + rows.count * 8)
    table = all
    return all
  }

  private func begin(_ next: Solutions) {
    batch = next
    batchNumbers = numbers.find(key.map { next.columns[$0] }, rows: next.count)
    hasPartner = [Bool](repeating: false, count: next.count)
    row = 0
    candidate = 0
    isOpen = true
  }

  /// The rows on the right that may be partners of a row: those of its key, or all where it lacks a variable of the key.
  private func candidates(of row: Int, _ table: Solutions) -> (range: Range<Int>, isAll: Bool) {
    let number = batchNumbers[row]
    if number != KeyTable.absent { return (Int(starts[Int(number)])..<Int(starts[Int(number) + 1]), false) }
    let lacksOne = key.contains { batch[$0, row] == Solutions.unbound }
    return lacksOne ? (0..<table.count, true) : (0..<0, false)
  }

  /// The next pairs of the batch; nil where none of those that were looked at is compatible.
  private func pairs(with table: Solutions) throws(Failure) -> Solutions? {
    var lefts: [UInt32] = []
    var rights: [UInt32] = []
    var looked = 0
    while row < batch.count, lefts.count < Solutions.target, looked < 1 << 16 {
      let (range, isAll) = candidates(of: row, table)
      var at = range.lowerBound + candidate
      let isCompared = isAll || !rest.isEmpty
      while at < range.upperBound, lefts.count < Solutions.target, looked < 1 << 16 {
        let other = isAll ? at : Int(rows[at])
        at += 1
        looked += 1
        if isCompared, !Solutions.areCompatible(batch, row, table, other, slots: isAll ? shared : rest) { continue }
        if kind == .minus {
          if sharesOne(row, table, other) {
            hasPartner[row] = true
            at = range.upperBound
          }
          continue
        }
        lefts.append(UInt32(truncatingIfNeeded: row))
        rights.append(UInt32(truncatingIfNeeded: other))
      }
      candidate = at - range.lowerBound
      if at >= range.upperBound {
        row += 1
        candidate = 0
      }
    }
    if lefts.isEmpty { return nil }
    var out = joined(lefts, rights, table)
    if let condition {
      let kept = try condition.trueRows(out)
      if kept.isEmpty { return nil }
      if kept.count < out.count {
        lefts = kept.map { lefts[Int($0)] }
        out = out.keeping(kept)
      }
    }
    if kind == .left { for left in lefts { hasPartner[Int(left)] = true } }
    return out
  }

  private func sharesOne(_ row: Int, _ table: Solutions, _ other: Int) -> Bool {
    shared.contains { batch[$0, row] != Solutions.unbound && table[$0, other] != Solutions.unbound }
  }

  private func joined(_ lefts: [UInt32], _ rights: [UInt32], _ table: Solutions) -> Solutions {
    var out = Solutions(slots: context.slots)
    out.count = lefts.count
    for slot in out.columns.indices {
      let left = batch.columns[slot]?.gathered(lefts)
      guard let right = table.columns[slot] else {
        out.columns[slot] = left
        continue
      }
      guard var column = left else {
        out.columns[slot] = right.gathered(rights)
        continue
      }
      for index in column.indices where column[index] == Solutions.unbound { column[index] = right[Int(rights[index])] }
      out.columns[slot] = column
    }
    return out
  }
}
