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
  private let condition: ((Solutions, Int) throws(Failure) -> Bool)?
  private let context: QueryContext
  private var table: Solutions?
  private var index: [[StoreID]: [Int]] = [:]
  /// The shared slots that every solution on the right binds: the key of the index.
  private var key: [Int] = []

  init(
    _ left: any Operator, _ right: any Operator, _ kind: JoinKind, shared: [Int], context: QueryContext,
    condition: ((Solutions, Int) throws(Failure) -> Bool)? = nil
  ) {
    self.left = left
    self.right = right
    self.kind = kind
    self.shared = shared
    self.context = context
    self.condition = condition
  }

  func next() throws(Failure) -> Solutions? {
    let table = try build()
    while let batch = try left.next() {
      try context.budget.check()
      var out = Solutions(slots: context.slots)
      for row in 0..<batch.count {
        try join(row, of: batch, with: table, into: &out)
        if out.count & 0xFFFF == 0xFFFF { try context.budget.check(rows: out.count, slots: context.slots) }
      }
      if out.count > 0 { return out }
    }
    return nil
  }

  private func build() throws(Failure) -> Solutions {
    if let table { return table }
    let all = try right.all(slots: context.slots, context.budget)
    key = shared.filter { slot in all.columns[slot].map { !$0.contains(Solutions.unbound) } ?? false }
    for row in 0..<all.count { index[key.map { all[$0, row] }, default: []].append(row) }
    table = all
    return all
  }

  private func join(_ row: Int, of batch: Solutions, with table: Solutions, into out: inout Solutions) throws(Failure) {
    let values = key.map { batch[$0, row] }
    // A solution that lacks a variable of the key may meet any on the right.
    let candidates = values.contains(Solutions.unbound) ? Array(0..<table.count) : index[values] ?? []
    var hasPartner = false
    for other in candidates where Solutions.areCompatible(batch, row, table, other, slots: shared) {
      if kind == .minus {
        let sharesOne = shared.contains { batch[$0, row] != Solutions.unbound && table[$0, other] != Solutions.unbound }
        if sharesOne { return }
        continue
      }
      if let condition {
        var pair = Solutions(slots: context.slots)
        pair.append(row, of: batch, joined: other, of: table)
        if try !condition(pair, 0) { continue }
      }
      hasPartner = true
      out.append(row, of: batch, joined: other, of: table)
    }
    if kind == .minus || (kind == .left && !hasPartner) { out.append(row, of: batch) }
  }
}
