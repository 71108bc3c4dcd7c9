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

  /// Whether it gives the one solution that binds nothing.
  var isUnit: Bool { solutions.count == 1 && solutions.columns.allSatisfy { $0 == nil } }

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

/// Joins solutions with several patterns, some solutions at a time, and more of them each time: the first answers come before all solutions
/// are at hand, and the patterns are not planned often.
final class Alternatives: Operator {
  private let input: any Operator
  private let context: QueryContext
  private let memory: WorkingMemory
  /// Plans the patterns over some solutions, whose bytes are counted.
  private let patterns: (Solutions, WorkingMemory) throws(Failure) -> any Operator
  private var current: (any Operator)?
  private var target = Solutions.target

  init(_ input: any Operator, context: QueryContext, patterns: @escaping (Solutions, WorkingMemory) throws(Failure) -> any Operator) {
    self.input = input
    self.context = context
    self.patterns = patterns
    memory = context.memory()
  }

  func next() throws(Failure) -> Solutions? {
    while true {
      if let current {
        if let batch = try current.next() { return batch }
        self.current = nil
      }
      try context.check()
      var some = Solutions(slots: context.slots)
      while some.count < target, let batch = try input.next() {
        some.append(batch)
        try memory.set(some.byteCount)
        try context.check()
      }
      if some.count == 0 { return nil }
      target *= 8
      current = try patterns(some, memory)
    }
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
