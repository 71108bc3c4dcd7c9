import Problems
import Store

/// Keeps the values of some variables only (SPARQL 1.1 §18.5, Project).
final class Projection: Operator {
  private let input: any Operator
  private let dropped: [Int]

  init(_ input: any Operator, _ variables: [VariableID], context: QueryContext) {
    self.input = input
    let kept = Set(variables)
    dropped = (0..<context.variables.count).filter { !kept.contains($0) }
  }

  func next() throws(Failure) -> Solutions? {
    guard var batch = try input.next() else { return nil }
    for slot in dropped { batch.columns[slot] = nil }
    return batch
  }
}

/// Skips the first solutions, and stops after some (SPARQL 1.1 §18.5, Slice).
final class Slice: Operator {
  private let input: any Operator
  private var skipped: Int
  private var rest: Int

  init(_ input: any Operator, offset: Int, limit: Int?) {
    self.input = input
    skipped = offset
    rest = limit ?? .max
  }

  func next() throws(Failure) -> Solutions? {
    while rest > 0, let batch = try input.next() {
      if skipped >= batch.count {
        skipped -= batch.count
        continue
      }
      let end = batch.count - skipped > rest ? skipped + rest : batch.count
      let rows = skipped..<end
      skipped = 0
      rest -= rows.count
      return batch.slice(rows)
    }
    return nil
  }
}

/// Gives each solution once (SPARQL 1.1 §18.5, Distinct).
final class Distinct: Operator {
  private let input: any Operator
  private let slots: [Int]
  private let context: QueryContext
  private let memory: WorkingMemory
  private let seen: KeyTable

  init(_ input: any Operator, slots: [Int], context: QueryContext) {
    self.input = input
    self.slots = slots
    self.context = context
    memory = context.memory()
    seen = KeyTable(width: slots.count)
  }

  func next() throws(Failure) -> Solutions? {
    while let batch = try input.next() {
      try context.check()
      // New keys are numbered one after the other.
      var next = UInt32(seen.count)
      var kept: [UInt32] = []
      for (row, number) in seen.add(slots.map { batch.columns[$0] }, rows: batch.count).enumerated() where number == next {
        next += 1
        kept.append(UInt32(truncatingIfNeeded: row))
      }
      try memory.set(seen.byteCount)
      if !kept.isEmpty { return batch.keeping(kept) }
    }
    return nil
  }
}
