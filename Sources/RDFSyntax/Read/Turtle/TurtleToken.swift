/// The tokens of Turtle and TriG.
enum TurtleToken: UInt8 {
  /// Nothing is left.
  case end
  /// `<…>`; the text is what stands between.
  case iri
  /// `prefix:local`; the text is all of it, and ``TurtleLexer/colon`` says where the colon is.
  case name
  /// `_:label`; the text is the label.
  case label
  /// A string of any kind; the text is what stands between its quotes.
  case string
  case integer, decimal, double
  /// `@word`: a language tag, `@prefix` or `@base`; the text is the word.
  case at
  case a, `true`, `false`, prefix, base, graph
  case dot, comma, semicolon, carets
  case openBracket, closeBracket, openParenthesis, closeParenthesis, openBrace, closeBrace

  /// Whether the token begins or is a literal.
  var isLiteral: Bool {
    switch self {
    case .string, .integer, .decimal, .double, .true, .false: true
    default: false
    }
  }
}
