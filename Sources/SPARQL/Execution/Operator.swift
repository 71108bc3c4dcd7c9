package import Problems

/// A step of a plan: gives solutions, some at a time.
///
/// Operators are asked from the top; each asks those below it. One that has given nil gives nil for ever.
package protocol Operator: AnyObject {
  /// The next solutions, at least one and not many more than ``Solutions/target``; nil where there are no more.
  /// - Throws: ``ProblemCode/queryTimeout`` and the other budgets' codes.
  func next() throws(Failure) -> Solutions?
}

/// Gives solutions that are at hand.
final class Batches: Operator {
  private let solutions: Solutions
  private var row = 0

  init(_ solutions: Solutions) { self.solutions = solutions }

  /// The same solutions from the first on.
  var again: Batches { Batches(solutions) }

  func next() throws(Failure) -> Solutions? {
    if row >= solutions.count { return nil }
    let end = min(row + Solutions.target, solutions.count)
    defer { row = end }
    return solutions.slice(row..<end)
  }
}

/// Gives solutions that several operators share, and counts their bytes as long as one of them is there.
final class KeptBatches: Operator {
  private let batches: Batches
  private let memory: WorkingMemory

  init(_ solutions: Solutions, _ memory: WorkingMemory) {
    batches = Batches(solutions)
    self.memory = memory
  }

  func next() throws(Failure) -> Solutions? { try batches.next() }
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
  /// All solutions in one batch, whose bytes `memory` counts.
  func all(_ context: QueryContext, _ memory: WorkingMemory) throws(Failure) -> Solutions {
    var result = Solutions(slots: context.slots)
    while let batch = try next() {
      result.append(batch)
      try memory.set(result.byteCount)
      try context.check()
    }
    return result
  }
}
