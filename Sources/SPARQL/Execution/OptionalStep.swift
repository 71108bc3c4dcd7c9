import Problems
import Store

/// Joins each solution with those of an optional pattern, or gives it as it is where there are none (SPARQL 1.1 §18.5, LeftJoin).
final class OptionalStep: Operator {
  private let input: any Operator
  private let context: QueryContext
  private let optional: (any Operator) throws(Failure) -> any Operator
  /// Says of each solution of the optional pattern which row of the input it came from.
  private let mark: Int
  private var batch: Solutions?
  private var partners: (any Operator)?
  private var hasPartner: [Bool] = []

  init(_ input: any Operator, depth: Int, context: QueryContext, optional: @escaping (any Operator) throws(Failure) -> any Operator) {
    self.input = input
    self.context = context
    self.optional = optional
    mark = context.mark(depth)
  }

  func next() throws(Failure) -> Solutions? {
    while true {
      if let partners {
        if var found = try partners.next() {
          if let marks = found.columns[mark] { for row in marks { hasPartner[Int(row)] = true } }
          found.columns[mark] = nil
          return found
        }
        self.partners = nil
        let rest = (0..<UInt32(hasPartner.count)).filter { !hasPartner[Int($0)] }
        if let batch, !rest.isEmpty { return batch.keeping(rest) }
      }
      try context.check()
      guard let next = try input.next() else { return nil }
      batch = next
      hasPartner = [Bool](repeating: false, count: next.count)
      partners = try optional(Batches(next.marked(mark)))
    }
  }
}

/// Keeps the solutions with which a pattern has a solution, or has none (SPARQL 1.1 §17.4.1.4), a batch at a time.
final class ExistsStep: Operator {
  private let input: any Operator
  private let context: QueryContext
  private let isNegated: Bool
  private let mark: Int
  private let pattern: (any Operator, Solutions) throws(Failure) -> any Operator

  init(
    _ input: any Operator, isNegated: Bool, depth: Int, context: QueryContext,
    pattern: @escaping (any Operator, Solutions) throws(Failure) -> any Operator
  ) {
    self.input = input
    self.context = context
    self.isNegated = isNegated
    self.pattern = pattern
    mark = context.mark(depth)
  }

  func next() throws(Failure) -> Solutions? {
    while let batch = try input.next() {
      try context.check()
      var hasPartner = [Bool](repeating: false, count: batch.count)
      var missing = batch.count
      let partners = try pattern(Batches(batch.marked(mark)), batch)
      while missing > 0, let found = try partners.next() {
        guard let marks = found.columns[mark] else { continue }
        for row in marks where !hasPartner[Int(row)] {
          hasPartner[Int(row)] = true
          missing -= 1
        }
      }
      let kept = (0..<UInt32(batch.count)).filter { hasPartner[Int($0)] != isNegated }
      if !kept.isEmpty { return batch.keeping(kept) }
    }
    return nil
  }
}

/// Keeps the solutions with which one triple pattern has a match, or has none, by a look at the index alone.
final class PatternExists: Operator {
  private let input: any Operator
  private let pattern: ResolvedPattern
  private let test: GraphTest
  private let context: QueryContext
  private let isNegated: Bool
  private var pending: [Solutions] = []

  init(_ input: any Operator, _ pattern: ResolvedPattern, _ test: GraphTest, isNegated: Bool, context: QueryContext) {
    self.input = input
    self.pattern = pattern
    self.test = test
    self.isNegated = isNegated
    self.context = context
  }

  func next() throws(Failure) -> Solutions? {
    while true {
      try context.check()
      if pending.isEmpty {
        guard let batch = try input.next() else { return nil }
        pending = batch.split(bySlots: pattern.slots)
      }
      let batch = pending.removeFirst()
      let lookup = PatternLookup(pattern, batch, context.terms.snapshot, test)
      let (lows, highs) = lookup.ranges(batch.count)
      var kept: [UInt32] = []
      for row in 0..<batch.count where hasMatch(lookup, Int(lows[row]), Int(highs[row])) != isNegated {
        kept.append(UInt32(truncatingIfNeeded: row))
      }
      if !kept.isEmpty { return batch.keeping(kept) }
    }
  }

  private func hasMatch(_ lookup: PatternLookup, _ low: Int, _ high: Int) -> Bool {
    if lookup.isPlain || low >= high { return low < high }
    return (low..<high).contains { lookup.isKept($0, from: low) }
  }
}

extension Solutions {
  /// The same with the number of each row in a slot.
  fileprivate func marked(_ mark: Int) -> Solutions {
    var marked = self
    marked.columns[mark] = ContiguousArray((0..<count).map { StoreID(truncatingIfNeeded: $0) })
    return marked
  }
}
