import Bytes
import Problems
import Store

/// Groups solutions and computes aggregates of each group (SPARQL 1.1 §18.5.1).
final class Group: Operator {
  private let input: any Operator
  private let table: GroupTable
  private var result: Batches?

  init(_ input: any Operator, _ table: GroupTable) {
    self.input = input
    self.table = table
  }

  func next() throws(Failure) -> Solutions? {
    if let result { return try result.next() }
    try table.take(input)
    let result = Batches(try table.solutions())
    self.result = result
    return try result.next()
  }
}

/// Groups the solutions of a pattern on two threads, each of which reads one half of what the pattern reads first.
final class DividedGroup: Operator {
  /// What one thread does: a pattern's solutions and the table for them, both of that thread alone.
  struct Part {
    let input: any Operator
    let table: GroupTable
  }

  private let halves: (Part, Part)
  /// Opens the whole pattern, for aggregates that can't be put together.
  private let whole: () throws(Failure) -> Part
  private var result: Batches?

  init(_ halves: (Part, Part), whole: @escaping () throws(Failure) -> Part) {
    self.halves = halves
    self.whole = whole
  }

  func next() throws(Failure) -> Solutions? {
    if let result { return try result.next() }
    let result = Batches(try solutions())
    self.result = result
    return try result.next()
  }

  private func solutions() throws(Failure) -> Solutions {
    let (first, second) = halves
    // Nobody else has it before it is done, nor the other thread after that.
    nonisolated(unsafe) let other = second
    let (taken, _) = try inParallel { () -> Result<Void, Failure> in
      Result { () throws(Failure) in try other.table.take(other.input) }
    } _: { () throws(Failure) in
      try first.table.take(first.input)
    }
    try taken.get()
    if try first.table.take(second.table) { return try first.table.solutions() }
    let all = try whole()
    try all.table.take(all.input)
    return try all.table.solutions()
  }
}
