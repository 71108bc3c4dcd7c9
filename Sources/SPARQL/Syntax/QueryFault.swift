import Bytes
import Problems
import RDFSyntax

/// What is wrong with a query and where, put into words.
extension QueryParser {
  /// The place of a byte of the text.
  mutating func place(of offset: Int) -> Place { place(lexer.source.position(of: offset)) }

  /// A place in the query's file.
  func place(_ position: SourcePosition) -> Place { Place(file: name, line: position.line, column: position.column) }

  /// A broken rule.
  func failure(_ rule: SyntaxRule, at position: SourcePosition, name: String = "", _ more: [String: Words] = [:]) -> Failure {
    let arguments = ["found": rule.sentence(name)].merging(more) { $1 }
    return Failure(Problem(.querySyntax, at: place(position), value: name.isEmpty ? nil : name, arguments))
  }

  /// Something else should stand where the token that is looked at stands; `words` are those that it may be a misspelling of.
  mutating func unexpected(_ expectation: Expectation, words: [Keyword] = []) -> Failure {
    var arguments: [String: Words] = ["expected": expectation.words]
    if lexer.token == .end {
      arguments["found"] = .phrase("query-ends")
    } else {
      let text = lexer.written.text
      let short = text.unicodeScalars.count > 40 ? String(text.unicodeScalars.prefix(40)) + "…" : text
      arguments["found"] = .phrase("unexpected", ["text": short])
      if lexer.token == .word, keyword == nil, let near = nearest(to: text, among: words.map(\.rawValue)) {
        arguments["nearest"] = .text(near)
      }
    }
    return Failure(Problem(.querySyntax, at: place(of: lexer.start), arguments))
  }

  /// A name whose prefix is not declared; a well-known one comes with the line to add.
  func undeclared(_ prefix: ByteString, at position: SourcePosition) -> Failure {
    var more: [String: Words] = ["prefix": .text(prefix.text)]
    if let namespace = wellKnown.namespace(of: prefix) {
      more["iri"] = .text(namespace.text)
    } else if let near = nearest(to: prefix.text, among: namespaces.keys.map(\.text).sorted()) {
      more["nearest"] = .text(near + ":")
    }
    return failure(.prefixUndeclared, at: position, name: prefix.text, more)
  }
}
