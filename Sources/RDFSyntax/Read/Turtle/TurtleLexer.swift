import Bytes
import Problems
import RDF
import Resources

/// Cuts Turtle and TriG into tokens, one at a time.
///
/// A token that touches the end of the window is cut again when there is more, so every token is seen whole.
struct TurtleLexer: ~Copyable {
  var text: SlidingText
  /// The token that is looked at.
  var token = TurtleToken.end
  /// Where it begins, for messages.
  var start = 0
  /// Its text, in the window until the next ``advance()``.
  var content = 0..<0
  /// Whether the text holds escapes.
  var hasEscapes = false
  /// Where the colon of a prefixed name stands.
  var colon = 0
  /// The last index that was looked at, where that is beyond the token's end.
  var reach = 0
  /// What is wrong, where no token was found.
  var fault = Fault()

  init(_ stream: any ByteStream, blockSize: Int) { text = SlidingText(stream, blockSize: blockSize) }

  /// The text of the token.
  @inline(__always) var view: ByteView { text.view(content) }

  /// Goes on to the next token.
  mutating func advance() throws(Failure) {
    while true {
      try skipSpace()
      if text.at >= text.end {
        token = .end
        start = text.at
        content = start..<start
        return
      }
      start = text.at
      reach = 0
      let stop = scan(text.bytes, start)
      if max(stop, reach) < text.end || text.isFinished {
        if stop == 0 { throw failure(fault) }
        text.at = stop
        return
      }
      try more()
    }
  }

  /// Skips white space and comments.
  private mutating func skipSpace() throws(Failure) {
    while true {
      let bytes = text.bytes
      var at = text.at
      while at < text.end, isWhiteSpace(bytes[at]) { at &+= 1 }
      text.at = at
      if at < text.end {
        guard bytes[at] == UInt8(ascii: "#") else { return }
        while bytes[at] != 0x0A, bytes[at] != 0x0D { at &+= 1 }
        if at < text.end || text.isFinished {
          text.at = at
          continue
        }
      } else if text.isFinished {
        return
      }
      try more()
    }
  }

  /// Reads on, or says that the bytes are not UTF-8.
  mutating func more() throws(Failure) {
    start = text.at
    if text.isIllFormed { throw failure(Fault(.illFormed, at: text.end)) }
    try text.refill()
    start = 0
  }

  /// Skips a byte order mark at the beginning of the text.
  mutating func skipByteOrderMark() throws(Failure) {
    while text.end < 3, !text.isFinished { try more() }
    if text.view(0..<text.end).hasPrefix("\u{FEFF}") { text.at = 3 }
  }

  /// Goes from the token that is looked at to the beginning of the line after the next one that ends in a dot.
  mutating func skipBrokenStatement() throws(Failure) {
    text.at = start
    while true {
      var at = text.at
      while text.bytes[at] != 0x0A { at += 1 }
      if at < text.end {
        let line = text.view(text.at..<at).trimmed
        text.at = at + 1
        if !line.isEmpty, line[line.count - 1] == UInt8(ascii: ".") { return }
      } else if text.isIllFormed {
        text.replaceIllFormed()
      } else if text.isFinished {
        text.at = text.end
        return
      } else {
        try text.refill()
      }
    }
  }

  /// The failure for a fault in the window.
  func failure(_ fault: Fault) -> Failure {
    let quoted = text.view(fault.start..<max(text.end, fault.start)).buffer.prefix(800).prefix { $0 != UInt8(ascii: ">") && $0 > 0x20 }
    let view =
      fault.kind == .prefixUndeclared ? text.view(fault.start..<max(colon, fault.start)) : ByteView(UnsafeBufferPointer(rebasing: quoted))
    let rest = text.view(fault.at..<max(text.end, fault.at))
    return Failure(fault.kind.problem(at: text.place(of: fault.at), rest: rest, quoted: view, isLineBound: false))
  }

  /// Cuts the token at `at` and says where it ends, or gives 0 with ``fault`` set.
  @inline(__always)
  private mutating func scan(_ bytes: UnsafePointer<UInt8>, _ at: Int) -> Int {
    hasEscapes = false
    switch bytes[at] {
    case UInt8(ascii: "<"): return iri(bytes, at)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return string(bytes, at)
    case UInt8(ascii: "_"): return label(bytes, at)
    case UInt8(ascii: "@"): return word(bytes, at)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"): return number(bytes, at)
    case UInt8(ascii: "."): return isDigit(bytes[at &+ 1]) ? number(bytes, at) : mark(.dot, at)
    case UInt8(ascii: ","): return mark(.comma, at)
    case UInt8(ascii: ";"): return mark(.semicolon, at)
    case UInt8(ascii: "["): return mark(.openBracket, at)
    case UInt8(ascii: "]"): return mark(.closeBracket, at)
    case UInt8(ascii: "("): return mark(.openParenthesis, at)
    case UInt8(ascii: ")"): return mark(.closeParenthesis, at)
    case UInt8(ascii: "{"): return mark(.openBrace, at)
    case UInt8(ascii: "}"): return mark(.closeBrace, at)
    case UInt8(ascii: "^"):
      reach = at &+ 1
      if bytes[at &+ 1] != UInt8(ascii: "^") { return fail(.character, at) }
      token = .carets
      return at &+ 2
    default: return name(bytes, at)
    }
  }

  @inline(__always) private mutating func mark(_ kind: TurtleToken, _ at: Int) -> Int {
    token = kind
    return at &+ 1
  }

  mutating func fail(_ kind: FaultKind, _ at: Int, start: Int? = nil) -> Int {
    fault = Fault(kind, at: at, start: start)
    reach = max(reach, at)
    return 0
  }

  /// `<…>` (IRIREF).
  @inline(__always) private mutating func iri(_ bytes: UnsafePointer<UInt8>, _ at: Int) -> Int {
    token = .iri
    let stop = at &+ 1 &+ IRICharacters.distanceToForbidden(bytes + (at &+ 1))
    content = at &+ 1..<stop
    return bytes[stop] == UInt8(ascii: ">") ? stop &+ 1 : otherIRI(bytes, at, stop)
  }

  /// An IRI with escapes, or none.
  @inline(never) private mutating func otherIRI(_ bytes: UnsafePointer<UInt8>, _ at: Int, _ firstStop: Int) -> Int {
    var stop = firstStop
    while bytes[stop] == UInt8(ascii: "\\") {
      hasEscapes = true
      stop &+= 1 &+ IRICharacters.distanceToForbidden(bytes + (stop &+ 1))
    }
    reach = stop
    content = at &+ 1..<stop
    if bytes[stop] == UInt8(ascii: ">") { return stop &+ 1 }
    if bytes[stop] == 0x0A || bytes[stop] == 0x0D { return fail(.iriOpen, at) }
    return fail(.iriInvalid, stop, start: at &+ 1)
  }

  /// `_:label` (BLANK_NODE_LABEL).
  private mutating func label(_ bytes: UnsafePointer<UInt8>, _ at: Int) -> Int {
    token = .label
    reach = at &+ 1
    guard bytes[at &+ 1] == UInt8(ascii: ":") else { return fail(.label, at) }
    let end = NameCharacters.labelEnd(bytes, at &+ 2, reach: &reach)
    content = at &+ 2..<end
    return end > at &+ 2 ? end : fail(.label, at)
  }

  /// `@prefix`, `@base` or a language tag (LANGTAG).
  private mutating func word(_ bytes: UnsafePointer<UInt8>, _ start: Int) -> Int {
    token = .at
    var at = start &+ 1
    while isLetter(bytes[at]) { at &+= 1 }
    reach = at
    if at == start &+ 1 { return fail(.language, start) }
    while bytes[at] == UInt8(ascii: "-") {
      let part = at &+ 1
      at = part
      while isLetter(bytes[at]) || isDigit(bytes[at]) { at &+= 1 }
      reach = at
      if at == part { return fail(.language, start) }
    }
    content = start &+ 1..<at
    return at
  }

  /// An integer, decimal or double (INTEGER, DECIMAL, DOUBLE).
  private mutating func number(_ bytes: UnsafePointer<UInt8>, _ start: Int) -> Int {
    var at = start
    if !isDigit(bytes[at]), bytes[at] != UInt8(ascii: ".") { at &+= 1 }
    let digits = at
    while isDigit(bytes[at]) { at &+= 1 }
    var stop = at
    var hasDigits = at > digits
    token = .integer
    if bytes[at] == UInt8(ascii: ".") {
      at &+= 1
      while isDigit(bytes[at]) { at &+= 1 }
      if at > stop &+ 1 {
        stop = at
        hasDigits = true
        token = .decimal
      }
    }
    reach = at
    if hasDigits, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at &+= 1
      if bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at &+= 1 }
      let exponent = at
      while isDigit(bytes[at]) { at &+= 1 }
      reach = at
      if at > exponent {
        stop = at
        token = .double
      }
    }
    content = start..<stop
    return hasDigits ? stop : fail(.character, start)
  }
}
