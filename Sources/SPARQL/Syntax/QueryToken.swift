/// The tokens of SPARQL (SPARQL 1.1 §19.8, terminals). Signs of numbers are tokens of their own.
enum QueryToken: UInt8 {
  /// Nothing is left.
  case end
  /// `<…>`; the content is what stands between.
  case iri
  /// `prefix:local`; the content is all of it.
  case name
  /// `_:label`; the content is the label.
  case label
  /// `?x` or `$x`; the content is the name.
  case variable
  /// A string of any kind; the content is what stands between its quotes.
  case string
  case integer, decimal, double
  /// `@tag`; the content is the tag.
  case language
  /// A word without colon: a keyword, the name of a function, `a`, `true` or `false`.
  case word
  case openParenthesis, closeParenthesis, openBrace, closeBrace, openBracket, closeBracket
  case dot, comma, semicolon
  case equal, notEqual, less, greater, lessOrEqual, greaterOrEqual
  case and, or, exclamation
  case plus, minus, star, slash, bar, caret, carets, question
}
