import Bytes
import RDF
import RDFSyntax

/// Cuts a query into tokens, one at a time.
struct QueryLexer: ~Copyable {
  var source: SourceText
  /// The token that is looked at.
  private(set) var token = QueryToken.end
  /// Where it begins.
  private(set) var start = 0
  /// Where it ends.
  private(set) var end = 0
  /// Its text.
  var content = 0..<0
  /// Where the colon of a prefixed name stands.
  var colon = 0
  /// Whether the content holds escapes.
  var hasEscapes = false
  /// Whether codepoint escapes may stand in IRIs and strings alone, as SPARQL 1.2 has it.
  var isStrict = false
  /// What is wrong, where no token was found: the rule, and where it is broken.
  private(set) var fault: (rule: SyntaxRule, at: Int)?

  init(_ text: ByteString) { source = SourceText(text) }

  /// The text of the token.
  var view: ByteView { source.view(content) }

  /// The token as it is written.
  var written: ByteView { source.view(start..<end) }

  /// Goes on to the next token; false where there is none to be cut.
  mutating func advance() -> Bool {
    let bytes = source.address
    let at = skipSpace(bytes, end)
    if isStrict, source.holdsEscape(end..<at), let escape = escapedSpace(bytes, end..<at) {
      fault = (.escapePlace, escape)
      return false
    }
    start = at
    hasEscapes = false
    if at >= source.count {
      token = .end
      end = at
      content = at..<at
      return true
    }
    let stop = scan(bytes, at)
    end = max(stop, at)
    if isStrict, stop > at, token != .iri, token != .string, source.holdsEscape(at..<stop) {
      fault = (.escapePlace, at)
      return false
    }
    return stop > at
  }

  /// Where white space, not in a comment, was written as an escape.
  private func escapedSpace(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int? {
    var isComment = false
    for at in range {
      if bytes[at] == UInt8(ascii: "#") { isComment = true }
      if bytes[at] == 0x0A || bytes[at] == 0x0D { isComment = false }
      if !isComment, source.holdsEscape(at..<at + 1) { return at }
    }
    return nil
  }

  /// The first byte at or after `at` that is neither white space nor in a comment.
  private func skipSpace(_ bytes: UnsafePointer<UInt8>, _ from: Int) -> Int {
    var at = from
    while at < source.count {
      if isWhiteSpace(bytes[at]) {
        at &+= 1
      } else if bytes[at] == UInt8(ascii: "#") {
        while at < source.count, bytes[at] != 0x0A, bytes[at] != 0x0D { at &+= 1 }
      } else {
        break
      }
    }
    return at
  }

  /// Cuts the token at `at` and says where it ends; 0 where there is none, with ``fault`` set.
  private mutating func scan(_ bytes: UnsafePointer<UInt8>, _ at: Int) -> Int {
    let next = bytes[at &+ 1]
    switch bytes[at] {
    case UInt8(ascii: "<"): return iriOrLess(bytes, at)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return string(bytes, at)
    case UInt8(ascii: "?"):
      let stop = variableEnd(bytes, at &+ 1)
      return stop > at &+ 1 ? mark(.variable, at &+ 1, stop) : mark(.question, at, at &+ 1)
    case UInt8(ascii: "$"):
      let stop = variableEnd(bytes, at &+ 1)
      return stop > at &+ 1 ? mark(.variable, at &+ 1, stop) : fail(.variableName, at)
    case UInt8(ascii: "_"): return label(bytes, at)
    case UInt8(ascii: "@"): return language(bytes, at)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return number(bytes, at)
    case UInt8(ascii: "."): return isDigit(next) ? number(bytes, at) : mark(.dot, at, at &+ 1)
    case UInt8(ascii: "="): return mark(.equal, at, at &+ 1)
    case UInt8(ascii: "!"): return next == UInt8(ascii: "=") ? mark(.notEqual, at, at &+ 2) : mark(.exclamation, at, at &+ 1)
    case UInt8(ascii: ">"): return next == UInt8(ascii: "=") ? mark(.greaterOrEqual, at, at &+ 2) : mark(.greater, at, at &+ 1)
    case UInt8(ascii: "&"): return next == UInt8(ascii: "&") ? mark(.and, at, at &+ 2) : fail(.character, at)
    case UInt8(ascii: "|"): return next == UInt8(ascii: "|") ? mark(.or, at, at &+ 2) : mark(.bar, at, at &+ 1)
    case UInt8(ascii: "\\") where next | 0x20 == UInt8(ascii: "u"): return fail(.codepointEscape, at)
    case UInt8(ascii: "^"): return next == UInt8(ascii: "^") ? mark(.carets, at, at &+ 2) : mark(.caret, at, at &+ 1)
    default:
      if let kind = Self.single(bytes[at]) { return mark(kind, at, at &+ 1) }
      return name(bytes, at)
    }
  }

  private static func single(_ byte: UInt8) -> QueryToken? {
    switch byte {
    case UInt8(ascii: "("): .openParenthesis
    case UInt8(ascii: ")"): .closeParenthesis
    case UInt8(ascii: "{"): .openBrace
    case UInt8(ascii: "}"): .closeBrace
    case UInt8(ascii: "["): .openBracket
    case UInt8(ascii: "]"): .closeBracket
    case UInt8(ascii: ","): .comma
    case UInt8(ascii: ";"): .semicolon
    case UInt8(ascii: "+"): .plus
    case UInt8(ascii: "-"): .minus
    case UInt8(ascii: "*"): .star
    case UInt8(ascii: "/"): .slash
    default: nil
    }
  }

  /// Notes a token with this content and gives its content's end.
  mutating func mark(_ kind: QueryToken, _ from: Int, _ stop: Int) -> Int {
    token = kind
    content = from..<stop
    return stop
  }

  /// Notes a token that ends beyond its content.
  mutating func mark(_ kind: QueryToken, _ content: Range<Int>, end: Int) -> Int {
    token = kind
    self.content = content
    return end
  }

  /// Notes what is wrong.
  mutating func fail(_ rule: SyntaxRule, _ at: Int) -> Int {
    fault = (rule, at)
    return 0
  }
}
