package import Problems

/// A step of a plan: gives solutions, some at a time.
///
/// Operators are asked from the top; each asks those below it. One that has given nil gives nil for ever.
package protocol Operator: AnyObject {
  /// The next solutions, at least one; nil where there are no more.
  /// - Throws: ``ProblemCode/queryTimeout`` and the other budgets' codes.
  func next() throws(Failure) -> Solutions?
}

/// Gives batches that are at hand.
final class Batches: Operator {
  private var batches: ArraySlice<Solutions>

  init(_ batches: [Solutions]) { self.batches = batches[...] }

  func next() throws(Failure) -> Solutions? {
    while let batch = batches.popFirst() { if batch.count > 0 { return batch } }
    return nil
  }
}

/// Gives the solutions of several operators, one after the other (UNION).
final class Concatenation: Operator {
  private var parts: ArraySlice<any Operator>

  init(_ parts: [any Operator]) { self.parts = parts[...] }

  func next() throws(Failure) -> Solutions? {
    while let part = parts.first {
      if let batch = try part.next() { return batch }
      parts.removeFirst()
    }
    return nil
  }
}

extension Operator {
  /// All solutions in one batch.
  func all(slots: Int, _ budget: QueryMeter) throws(Failure) -> Solutions {
    var result = Solutions(slots: slots)
    while let batch = try next() {
      if result.count == 0 {
        result = batch
      } else {
        for row in 0..<batch.count { result.append(row, of: batch) }
      }
      try budget.check(rows: result.count, slots: slots)
    }
    return result
  }
}
