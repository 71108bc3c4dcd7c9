import Bytes
import Problems
import RDF
import Resources

/// SPARQL Query Results XML Format (Second Edition).
///
/// XML 1.0 can't hold most control characters at all, not even as references; U+FFFD stands in their place.
final class XMLResultWriter: SolutionSink {
  private var buffer: ResultBuffer
  private var variables: [ByteString] = []

  init(_ output: any ByteOutput) { buffer = ResultBuffer(output) }

  func begin(_ variables: [ByteString]) throws(Failure) {
    self.variables = variables
    head()
    for variable in variables {
      buffer.out.append("<variable name=\"")
      variable.withView { buffer.out.append(xml: $0) }
      buffer.out.append("\"/>")
    }
    buffer.out.append("</head>\n<results>\n")
  }

  private func head() {
    buffer.out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\">\n<head>")
  }

  func append(_ batch: SolutionBatch) throws(Failure) {
    for solution in 0..<batch.count {
      buffer.out.append("<result>")
      for column in 0..<variables.count {
        let id = batch.id(solution, column)
        if id == SolutionBatch.unbound { continue }
        buffer.out.append("<binding name=\"")
        variables[column].withView { buffer.out.append(xml: $0) }
        buffer.out.append("\">")
        append(batch.terms.term(id, buffer.scratch))
        buffer.out.append("</binding>")
      }
      buffer.out.append("</result>\n")
      try buffer.flushIfFull()
    }
  }

  private func append(_ term: TermView) {
    switch term.kind {
    case .iri, .tag: element("uri", term.lexical)
    case .blankNode: element("bnode", term.lexical)
    case .string, .typed, .tagged:
      buffer.out.append("<literal")
      if term.kind == .typed { attribute(" datatype", term.qualifier) }
      if term.kind == .tagged {
        let (language, direction) = term.qualifier.languageAndDirection
        attribute(" xml:lang", language)
        if !direction.isEmpty {
          // As SPARQL 1.2 Query Results XML Format has it; what is seldom needed is declared where it is.
          buffer.out.append(" xmlns:its=\"http://www.w3.org/2005/11/its\" its:version=\"2.0\"")
          attribute(" its:dir", direction)
        }
      }
      buffer.out.append(">")
      buffer.out.append(xml: term.lexical)
      buffer.out.append("</literal>")
    }
  }

  private func attribute(_ name: StaticString, _ text: ByteView) {
    buffer.out.append(name)
    buffer.out.append("=\"")
    buffer.out.append(xml: text)
    buffer.out.append("\"")
  }

  private func element(_ name: StaticString, _ text: ByteView) {
    buffer.out.append("<")
    buffer.out.append(name)
    buffer.out.append(">")
    buffer.out.append(xml: text)
    buffer.out.append("</")
    buffer.out.append(name)
    buffer.out.append(">")
  }

  func finish() throws(Failure) {
    buffer.out.append("</results>\n</sparql>\n")
    try buffer.flush()
  }

  func write(_ truth: Bool) throws(Failure) {
    head()
    buffer.out.append("</head>\n<boolean>")
    truth ? buffer.out.append("true") : buffer.out.append("false")
    buffer.out.append("</boolean>\n</sparql>\n")
    try buffer.flush()
  }
}

extension ByteBuffer {
  /// Appends a text as character data or an attribute's value of XML 1.0 in double quotes.
  fileprivate mutating func append(xml view: ByteView) {
    var plain = 0
    for index in 0..<view.count {
      let replacement: StaticString
      switch view[index] {
      case UInt8(ascii: "<"): replacement = "&lt;"
      case UInt8(ascii: ">"): replacement = "&gt;"
      case UInt8(ascii: "&"): replacement = "&amp;"
      case UInt8(ascii: "\""): replacement = "&quot;"
      // As they stand, a parser would make spaces or line feeds of them.
      case 0x09: replacement = "&#x9;"
      case 0x0A: replacement = "&#xA;"
      case 0x0D: replacement = "&#xD;"
      case 0..<0x20: replacement = "\u{FFFD}"
      default: continue
      }
      append(view[plain..<index])
      append(replacement)
      plain = index + 1
    }
    append(view.dropFirst(plain))
  }
}
