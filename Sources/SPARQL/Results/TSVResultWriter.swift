import Bytes
import Problems
import RDF
import RDFSyntax
import Resources

/// SPARQL 1.1 Query Results TSV Format (§4): terms as Turtle writes them, numbers without quotes where Turtle allows. A truth value is a
/// single line, which the format leaves open.
final class TSVResultWriter: SolutionSink {
  private var buffer: ResultBuffer

  init(_ output: any ByteOutput) { buffer = ResultBuffer(output) }

  func begin(_ variables: [ByteString]) throws(Failure) {
    for (index, variable) in variables.enumerated() {
      if index > 0 { buffer.out.append("\t") }
      buffer.out.append("?")
      buffer.out.append(bytes: variable)
    }
    buffer.out.append("\n")
  }

  func append(_ batch: SolutionBatch) throws(Failure) {
    for solution in 0..<batch.count {
      for column in 0..<batch.columns.count {
        if column > 0 { buffer.out.append("\t") }
        let id = batch.id(solution, column)
        if id == SolutionBatch.unbound { continue }
        buffer.out.append(turtle: batch.terms.term(id, buffer.scratch))
      }
      buffer.out.append("\n")
      try buffer.flushIfFull()
    }
  }

  func finish() throws(Failure) { try buffer.flush() }

  func write(_ truth: Bool) throws(Failure) {
    truth ? buffer.out.append("true\n") : buffer.out.append("false\n")
    try buffer.flush()
  }
}

extension ByteBuffer {
  /// Appends a term as Turtle has it, IRIs in full; no tab and no line end is among the bytes.
  mutating func append(turtle term: TermView) {
    switch term.kind {
    case .iri, .tag: append(bracketed: term.lexical)
    case .blankNode:
      append("_:")
      append(term.lexical)
    case .string: append(quoted: term.lexical)
    case .tagged:
      append(quoted: term.lexical)
      append("@")
      append(term.qualifier)
    case .typed:
      if term.lexical.isShorthand(ofDatatype: term.qualifier) { return append(term.lexical) }
      append(quoted: term.lexical)
      append("^^")
      append(bracketed: term.qualifier)
    }
  }
}
