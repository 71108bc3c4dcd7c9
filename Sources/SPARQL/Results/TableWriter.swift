import Bytes
import Problems
import RDF
import Resources

/// Columns under each other for a terminal, a line of names and a rule first. Columns are as wide as the first solutions ask, at most
/// ``widest``; a longer text runs over.
final class TableWriter: SolutionSink {
  private var buffer: ResultBuffer
  private var variables: [ByteString] = []
  private var widths: [Int] = []
  /// The cells of the first solutions, until the widths are known; nil from then on.
  private var held: [[ByteString]]? = []

  /// The most characters that a column is made wide.
  private static let widest = 60
  private static let sampleSize = 1000

  init(_ output: any ByteOutput) { buffer = ResultBuffer(output) }

  func begin(_ variables: [ByteString]) throws(Failure) {
    self.variables = variables
    widths = variables.map { $0.withView { $0.scalarCount } }
  }

  func append(_ batch: SolutionBatch) throws(Failure) {
    for solution in 0..<batch.count {
      var row: [ByteString] = []
      for column in 0..<variables.count {
        let id = batch.id(solution, column)
        row.append(id == SolutionBatch.unbound ? "" : cell(batch.terms.term(id, buffer.scratch)))
      }
      if held != nil {
        held?.append(row)
        if held?.count == Self.sampleSize { try release() }
      } else {
        line(row)
        try buffer.flushIfFull()
      }
      buffer.scratch.reset()
    }
  }

  /// A text as a person reads it: without quotes or datatype, control characters as spaces.
  private func cell(_ term: TermView) -> ByteString {
    var bytes = Array(term.kind == .blankNode ? "_:".utf8 : "".utf8)
    bytes += term.lexical.buffer.lazy.map { $0 < 0x20 ? 0x20 : $0 }
    if term.kind == .tagged { bytes += [UInt8(ascii: "@")] + Array(term.qualifier.buffer) }
    return ByteString(bytes)
  }

  private func release() throws(Failure) {
    let rows = held ?? []
    held = nil
    for row in rows {
      for (column, cell) in row.enumerated() { widths[column] = max(widths[column], min(cell.width, Self.widest)) }
    }
    line(variables)
    line(widths.map { width in ByteString(String(repeating: "─", count: max(width, 1))) })
    for row in rows {
      line(row)
      try buffer.flushIfFull()
    }
  }

  private func line(_ cells: [ByteString]) {
    for (column, cell) in cells.enumerated() {
      buffer.out.append(bytes: cell)
      if column == cells.count - 1 { break }
      for _ in 0..<max(widths[column] - cell.width, 0) + 2 { buffer.out.append(" ") }
    }
    while buffer.out.view.buffer.last == 0x20 { buffer.out.truncate(to: buffer.out.count - 1) }
    buffer.out.append("\n")
  }

  func finish() throws(Failure) {
    if held != nil { try release() }
    try buffer.flush()
  }

  func write(_ truth: Bool) throws(Failure) {
    truth ? buffer.out.append("true\n") : buffer.out.append("false\n")
    try buffer.flush()
  }
}

extension ByteString {
  /// How many characters a terminal shows, where each takes one place.
  fileprivate var width: Int { withView { $0.scalarCount } }
}
