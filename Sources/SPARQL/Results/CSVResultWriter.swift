import Bytes
import Problems
import RDF
import Resources

/// SPARQL 1.1 Query Results CSV Format (§3): values without their types. A truth value is a single line, which the format leaves open.
final class CSVResultWriter: SolutionSink {
  private static let comma = UInt8(ascii: ",")
  private var buffer: ResultBuffer

  init(_ output: any ByteOutput) { buffer = ResultBuffer(output) }

  func begin(_ variables: [ByteString]) throws(Failure) {
    for (index, variable) in variables.enumerated() {
      if index > 0 { buffer.out.append(Self.comma) }
      variable.withView { buffer.out.append(field: $0, delimiter: Self.comma) }
    }
    buffer.out.append("\r\n")
  }

  func append(_ batch: SolutionBatch) throws(Failure) {
    for solution in 0..<batch.count {
      for column in 0..<batch.columns.count {
        if column > 0 { buffer.out.append(Self.comma) }
        let id = batch.id(solution, column)
        if id == SolutionBatch.unbound { continue }
        let term = batch.terms.term(id, buffer.scratch)
        if term.kind == .blankNode { buffer.out.append("_:") }
        buffer.out.append(field: term.lexical, delimiter: Self.comma)
      }
      buffer.out.append("\r\n")
      try buffer.flushIfFull()
    }
  }

  func finish() throws(Failure) { try buffer.flush() }

  func write(_ truth: Bool) throws(Failure) {
    truth ? buffer.out.append("true\r\n") : buffer.out.append("false\r\n")
    try buffer.flush()
  }
}
