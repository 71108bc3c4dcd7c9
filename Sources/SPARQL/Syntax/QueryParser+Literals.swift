import Bytes
import Problems
import RDF
import RDFSyntax

/// Literals (SPARQL 1.1 §4.1.2, §19.8 rules 129–135).
extension QueryParser {
  /// The literal that begins here, or nil where none does. A sign counts where a number follows it at once.
  mutating func literal() throws(Failure) -> Term? {
    switch lexer.token {
    case .string: return try stringLiteral()
    case .integer, .decimal, .double: return try number(sign: "")
    case .plus, .minus:
      let next = lexer.source.address[lexer.end]
      let isNumber = isDigit(next) || (next == UInt8(ascii: ".") && isDigit(lexer.source.address[lexer.end + 1]))
      guard isNumber else { return nil }
      let sign = lexer.token == .plus ? "+" : "-"
      try advance()
      return try number(sign: sign)
    case .word:
      guard let word = keyword, word == .true || word == .false else { return nil }
      try advance()
      return .literal(word == .true ? "true" : "false", .datatype(XSD.boolean))
    default: return nil
    }
  }

  private mutating func number(sign: String) throws(Failure) -> Term {
    let datatype = lexer.token == .integer ? XSD.integer : lexer.token == .decimal ? XSD.decimal : XSD.double
    let lexical = ByteString(Array(sign.utf8) + ByteString(lexer.view).bytes)
    try advance()
    return .literal(lexical, .datatype(datatype))
  }

  private mutating func stringLiteral() throws(Failure) -> Term {
    let text = try string()
    if lexer.token == .language {
      let tag = ByteString(lexer.view)
      try advance()
      return .literal(text, .language(tag))
    }
    if try take(.carets) { return .literal(text, .datatype(try iri(.datatype))) }
    return .literal(text, .datatype(XSD.string))
  }

  /// The text of the string that is looked at.
  mutating func string() throws(Failure) -> ByteString {
    guard lexer.token == .string else { throw unexpected(.string) }
    var text = ByteString(lexer.view)
    if lexer.hasEscapes {
      var decoded = ByteBuffer(capacity: lexer.content.count)
      if let wrong = Escapes.decode(lexer.view, isIRI: false, into: &decoded) {
        let at = lexer.content.lowerBound + wrong
        let isCodepoint = wrong + 1 < lexer.content.count && lexer.source.address[at + 1] | 0x20 == UInt8(ascii: "u")
        throw failure(isCodepoint ? .codepointEscape : .stringEscape, at: lexer.source.position(of: at))
      }
      text = ByteString(decoded.view)
    }
    try advance()
    return text
  }
}
