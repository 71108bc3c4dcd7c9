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
  func failure(_ rule: SyntaxRule, at position: SourcePosition, name: String = "", _ more: [String: String] = [:]) -> Failure {
    let sentence = rule.rawValue.split(separator: "{name}", omittingEmptySubsequences: false).joined(separator: name)
    return Failure(.querySyntax, at: place(position), value: name.isEmpty ? nil : name, ["found": sentence].merging(more) { $1 })
  }

  /// Something else should stand where the token that is looked at stands; `words` are those that it may be a misspelling of.
  mutating func unexpected(_ expectation: Expectation, words: [Keyword] = []) -> Failure {
    var arguments = ["expected": expectation.rawValue]
    var found = "the query ends here"
    if lexer.token != .end {
      let text = lexer.written.text
      found = "unexpected «" + (text.unicodeScalars.count > 40 ? String(text.unicodeScalars.prefix(40)) + "…" : text) + "»"
      if lexer.token == .word, keyword == nil { arguments["nearest"] = nearest(to: text, among: words.map(\.rawValue)) }
    }
    arguments["found"] = found
    return Failure(.querySyntax, at: place(of: lexer.start), arguments)
  }

  /// A name whose prefix is not declared; a well-known one comes with the line to add.
  func undeclared(_ prefix: ByteString, at position: SourcePosition) -> Failure {
    var more = ["prefix": prefix.text]
    if let namespace = wellKnown.namespace(of: prefix) {
      more["iri"] = namespace.text
    } else if let near = nearest(to: prefix.text, among: namespaces.keys.map(\.text).sorted()) {
      more["nearest"] = near + ":"
    }
    return failure(.prefixUndeclared, at: position, name: prefix.text, more)
  }
}
