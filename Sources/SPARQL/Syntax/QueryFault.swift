import Bytes
import Problems
import RDF
import RDFSyntax

/// What is wrong with a query and where, put into words.
extension QueryParser {
  /// The place of a byte of the text.
  mutating func place(of offset: Int) -> Place { place(lexer.source.position(of: offset)) }

  /// A place in the query's file.
  func place(_ position: SourcePosition) -> Place { Place(file: name, line: position.line, column: position.column) }

  /// A broken rule.
  func failure(_ rule: SyntaxRule, at position: SourcePosition, name: String = "", _ more: [String: Words] = [:]) -> Failure {
    var arguments = ["found": rule.sentence(name)]
    arguments["hint"] = rule.hint(name)
    return Failure(Problem(.querySyntax, at: place(position), value: name.isEmpty ? nil : name, arguments.merging(more) { $1 }))
  }

  /// Something else should stand where the token that is looked at stands; `words` are those that it may be a misspelling of.
  mutating func unexpected(_ expectation: Expectation, words: [Keyword] = []) -> Failure {
    if let broken = brokenIRI() { return broken }
    var arguments: [String: Words] = ["expected": expectation.words]
    if lexer.token == .end {
      arguments["found"] = .phrase("query-ends")
    } else {
      let text = lexer.written.text
      let short = text.unicodeScalars.count > 40 ? String(text.unicodeScalars.prefix(40)) + "…" : text
      arguments["found"] = .phrase("unexpected", ["text": short])
      if lexer.token == .word, keyword == nil, let near = nearest(to: text, among: words.map(\.rawValue)) {
        arguments["nearest"] = .text(near)
      } else {
        arguments["hint"] = hint(text, expectation)
      }
    }
    noteOpenBracket(&arguments)
    return Failure(Problem(.querySyntax, at: place(of: lexer.start), arguments))
  }

  /// Words that stand outside all brackets of their query.
  private static let outside: Set<Keyword> = [.where, .from, .group, .having, .order, .limit, .offset]

  /// Says of the bracket that was opened last where it stands, where the query ends, goes on outside or closes another before it.
  private mutating func noteOpenBracket(_ arguments: inout [String: Words]) {
    guard let last = opened.last, last < lexer.start else { return }
    let opening = lexer.source.address[last]
    let closes: Bool
    switch lexer.token {
    case .end: closes = true
    case .closeBrace: closes = opening != UInt8(ascii: "{")
    case .closeParenthesis: closes = opening != UInt8(ascii: "(")
    case .closeBracket: closes = opening != UInt8(ascii: "[")
    case .word: closes = keyword.map { Self.outside.contains($0) } ?? false
    default: closes = false
    }
    guard closes else { return }
    let position = lexer.source.position(of: last)
    arguments["bracket"] = .text(lexer.source.character(at: last))
    arguments["openLine"] = .text("\(position.line)")
    arguments["openColumn"] = .text("\(position.column)")
  }

  /// What is wrong with an IRI, where `<` stands for none although it looks like the beginning of one; nil elsewhere.
  private mutating func brokenIRI() -> Failure? {
    guard lexer.token == .less else { return nil }
    let bytes = lexer.source.address
    var at = lexer.start + 1
    guard isLetter(bytes[at]) || bytes[at] == UInt8(ascii: "/") || bytes[at] == UInt8(ascii: "#") else { return nil }
    while at < lexer.source.count, !IRICharacters.forbids(bytes[at]) { at += 1 }
    if at >= lexer.source.count || bytes[at] == 0x0A || bytes[at] == 0x0D { return failure(.iriOpen, at: position) }
    return failure(.iriCharacter, at: position, name: lexer.source.character(at: at))
  }

  /// A name whose prefix is not declared; a well-known one comes with the line to add.
  func undeclared(_ prefix: ByteString, at position: SourcePosition) -> Failure {
    var more: [String: Words] = ["prefix": .text(prefix.text)]
    if let namespace = wellKnown.namespace(of: prefix) {
      more["iri"] = .text(namespace.text)
    } else if let near = nearest(to: prefix.text, among: namespaces.keys.map(\.text).sorted()) {
      more["nearest"] = .text(near + ":")
    } else {
      more["hint"] = .phrase("hint-declare", ["prefix": prefix.text])
    }
    return failure(.prefixUndeclared, at: position, name: prefix.text, more)
  }
}
