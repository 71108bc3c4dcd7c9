import Bytes
import Problems
import RDF
import Resources
import SPARQL

/// Solutions of terms that a test gives, nil where a variable has no value.
final class GivenSolutions: TermReader {
  private let constants: [Constant?]
  private let width: Int

  init(_ rows: [[Term?]]) {
    width = rows.first?.count ?? 0
    constants = rows.flatMap { $0.map { $0.map { Constant($0) } } }
  }

  func term(_ id: TermID, _ scratch: TextScratch) -> TermView {
    constants[Int(id)]?.value.term(scratch) ?? TermView(.string, .empty)
  }

  /// What a writer makes of the solutions, in batches of `size`, every other row of the columns left out by a selection.
  func written(_ variables: [ByteString], as format: ResultFormat, size: Int = 3) throws(Failure) -> String {
    let output = MemoryOutput()
    let writer = format.writer(to: output)
    try writer.begin(variables)
    let count = width == 0 ? 0 : constants.count / width
    for start in stride(from: 0, to: count, by: size) {
      let rows = Array(start..<min(start + size, count))
      var ids: [[TermID]] = Array(repeating: [], count: width)
      for row in rows {
        for column in 0..<width {
          let index = row * width + column
          ids[column] += [0, constants[index] == nil ? SolutionBatch.unbound : TermID(index)]
        }
      }
      let selection = rows.indices.map { UInt32($0 * 2 + 1) }
      try selection.withUnsafeBufferPointer { selection throws(Failure) in
        try lend(ids) { columns throws(Failure) in
          try writer.append(SolutionBatch(count: rows.count, columns: columns, rows: selection.baseAddress, terms: self))
        }
      }
    }
    try writer.finish()
    return output.text
  }

  private func lend(_ columns: [[TermID]], _ body: ([UnsafePointer<TermID>]) throws(Failure) -> Void) throws(Failure) {
    let lent = columns.map { column in
      let memory = UnsafeMutablePointer<TermID>.allocate(capacity: max(column.count, 1))
      memory.initialize(from: column, count: column.count)
      return memory
    }
    defer { for memory in lent { memory.deallocate() } }
    try body(lent.map { UnsafePointer($0) })
  }
}
