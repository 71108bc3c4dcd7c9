import Bytes
import Problems
import RDF
import Resources

/// SPARQL 1.1 Query Results JSON Format.
final class JSONResultWriter: SolutionSink {
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
    try buffer.append(json: batch, keys, rendered, isFirst: isFirst)
    if batch.count > 0 { isFirst = false }
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

extension ResultBuffer {
  /// Appends solutions as the objects of an array, of which the first one is begun where `isFirst`.
  fileprivate mutating func append(
    json batch: SolutionBatch, _ keys: [ByteString], _ rendered: RenderedTerms, isFirst: Bool
  ) throws(Failure) {
    let stored = batch.terms as? QueryTerms
    for solution in 0..<batch.count {
      isFirst && solution == 0 ? out.append("\n{") : out.append(",\n{")
      var hasValue = false
      for column in 0..<keys.count {
        let id = batch.id(solution, column)
        if id == SolutionBatch.unbound { continue }
        if hasValue { out.append(",") }
        hasValue = true
        out.append(bytes: keys[column])
        if rendered.append(id, to: &out) { continue }
        let start = out.count
        if let stored {
          out.append(json: id, stored, scratch)
        } else {
          out.append(json: batch.terms.term(id, scratch))
        }
        rendered.keep(id, out.view.dropFirst(start))
      }
      out.append("}")
      try flushIfFull()
    }
  }
}

extension ByteBuffer {
  /// Appends the object of a term of a query, its text without a copy unless something in it must be escaped.
  fileprivate mutating func append(json id: TermID, _ terms: QueryTerms, _ scratch: TextScratch) {
    let (kind, qualifier) = terms.tail(of: id)
    let start = count
    begin(json: kind)
    append("\"")
    let text = count
    terms.append(id, to: &self)
    if view.dropFirst(text).isPlainInJSON {
      append("\"")
      end(json: kind, qualifier)
    } else {
      truncate(to: start)
      append(json: terms.term(id, scratch))
    }
  }

  fileprivate mutating func append(json term: TermView) {
    begin(json: term.kind)
    append(jsonString: term.lexical)
    end(json: term.kind, term.qualifier)
  }

  private mutating func begin(json kind: TermKind) {
    switch kind {
    case .iri, .tag: append("{\"type\":\"uri\",\"value\":")
    case .blankNode: append("{\"type\":\"bnode\",\"value\":")
    case .string, .typed, .tagged: append("{\"type\":\"literal\",\"value\":")
    }
  }

  private mutating func end(json kind: TermKind, _ qualifier: ByteView) {
    if kind == .typed {
      append(",\"datatype\":")
      append(jsonString: qualifier)
    } else if kind == .tagged {
      // The direction as SPARQL 1.2 Query Results JSON Format has it.
      let (language, direction) = qualifier.languageAndDirection
      append(",\"xml:lang\":")
      append(jsonString: language)
      if !direction.isEmpty {
        append(",\"its:dir\":")
        append(jsonString: direction)
      }
    }
    append("}")
  }
}
