import Bytes
import Problems
import RDF
import Resources

/// SPARQL 1.1 Query Results JSON Format.
final class JSONResultWriter: SolutionWriter {
  private var buffer: ResultBuffer
  /// What stands before the value of each variable: its name as a JSON string, and a colon.
  private var keys: [ByteString] = []
  private var isFirst = true
  private let rendered = RenderedTerms()

  init(_ output: any ByteOutput) { buffer = ResultBuffer(output) }

  func begin(_ variables: [ByteString]) throws(Failure) {
    buffer.out.append("{\"head\":{\"vars\":[")
    for (index, variable) in variables.enumerated() {
      var key = ByteBuffer()
      variable.withView { key.append(jsonString: $0) }
      if index > 0 { buffer.out.append(",") }
      buffer.out.append(key.view)
      key.append(":")
      keys.append(ByteString(key.view))
    }
    buffer.out.append("]},\"results\":{\"bindings\":[")
  }

  func append(_ batch: SolutionBatch) throws(Failure) {
    for solution in 0..<batch.count {
      isFirst ? buffer.out.append("\n{") : buffer.out.append(",\n{")
      isFirst = false
      var hasValue = false
      for column in 0..<keys.count {
        let id = batch.id(solution, column)
        if id == SolutionBatch.unbound { continue }
        if hasValue { buffer.out.append(",") }
        hasValue = true
        buffer.out.append(bytes: keys[column])
        append(id, batch.terms)
      }
      buffer.out.append("}")
      try buffer.flushIfFull()
    }
  }

  /// Appends the object of a term, which many solutions in a row may share.
  @inline(__always) private func append(_ id: TermID, _ terms: any TermReader) {
    if rendered.append(id, to: &buffer.out) { return }
    let start = buffer.out.count
    append(terms.term(id, buffer.scratch))
    rendered.keep(id, buffer.out.view.dropFirst(start))
  }

  private func append(_ term: TermView) {
    switch term.kind {
    case .iri, .tag: buffer.out.append("{\"type\":\"uri\",\"value\":")
    case .blankNode: buffer.out.append("{\"type\":\"bnode\",\"value\":")
    case .string, .typed, .tagged: buffer.out.append("{\"type\":\"literal\",\"value\":")
    }
    buffer.out.append(jsonString: term.lexical)
    if term.kind == .typed {
      buffer.out.append(",\"datatype\":")
      buffer.out.append(jsonString: term.qualifier)
    } else if term.kind == .tagged {
      buffer.out.append(",\"xml:lang\":")
      buffer.out.append(jsonString: term.qualifier)
    }
    buffer.out.append("}")
  }

  func finish() throws(Failure) {
    buffer.out.append("\n]}}\n")
    try buffer.flush()
  }

  func write(_ truth: Bool) throws(Failure) {
    buffer.out.append("{\"head\":{},\"boolean\":")
    truth ? buffer.out.append("true}\n") : buffer.out.append("false}\n")
    try buffer.flush()
  }
}
