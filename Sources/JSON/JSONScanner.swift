package import Bytes
package import Problems

/// Reads a JSON text token by token, strictly after RFC 8259, without making a tree.
///
/// The text is borrowed: whoever owns it keeps it alive as long as the scanner. A byte order mark at its start is passed
/// over. Strings are checked (UTF-8, escapes, paired surrogates) but not copied; ``content`` says where they stand.
/// A text that comes in pieces is read piece by piece (``resume(on:)``), where no piece ends within a token.
package struct JSONScanner {
  private enum Expected {
    case value, valueOrEnd, key, keyOrEnd, separator, nothing

    /// What a person would say should stand there.
    var words: Words {
      switch self {
      case .value: .phrase("json-value")
      case .valueOrEnd: .phrase("json-value-or-end")
      case .key: .phrase("json-key")
      case .keyOrEnd: .phrase("json-key-or-end")
      case .separator: .phrase("json-separator")
      case .nothing: .phrase("json-nothing")
      }
    }
  }

  /// The whole text, or the piece of it that is at hand.
  package private(set) var text: ByteView
  /// Where ``text`` begins.
  private var beginning: TextCursor
  private let file: String
  private let depthLimit: Int
  /// The open containers, true for an object.
  private var containers: [Bool] = []
  private var expected = Expected.value
  private var position: Int

  /// Where the last token begins, its quote included.
  package private(set) var start = 0
  /// The bytes of the last token; of a string or key what stands between the quotes.
  package private(set) var content = 0..<0
  /// Whether the last string or key holds escapes, so that it must be decoded.
  package private(set) var isEscaped = false

  /// Begins at the value that starts at or after `offset`.
  package init(_ text: ByteView, file: String, from offset: Int = 0, depthLimit: Int = 512) {
    self.text = text
    self.file = file
    self.depthLimit = depthLimit
    beginning = TextCursor(offset: text.hasPrefix("\u{FEFF}") ? 3 : 0)
    position = offset == 0 && text.hasPrefix("\u{FEFF}") ? 3 : offset
  }

  /// Begins again at the value that starts at or after `offset`.
  package mutating func restart(at offset: Int) {
    containers.removeAll(keepingCapacity: true)
    expected = .value
    position = offset
  }

  /// Passes over white space, and says whether anything is left of the piece at hand.
  package mutating func hasMore() -> Bool {
    skipBlanks()
    return position < text.count
  }

  /// Goes on with the next piece of the text, which begins where the piece at hand ended.
  package mutating func resume(on piece: ByteView) {
    var end = beginning
    end.advance(to: text.count, in: text)
    beginning = TextCursor(line: end.line, column: end.column)
    text = piece
    position = 0
  }

  /// Goes on with a view that holds the text at hand from `offset` on, and perhaps more after it. What stands before is passed and not
  /// asked for again.
  package mutating func slide(to view: ByteView, dropping offset: Int) {
    beginning.advance(to: offset, in: text)
    beginning = TextCursor(line: beginning.line, column: beginning.column)
    text = view
    position -= offset
    start -= offset
    content = max(content.lowerBound - offset, 0)..<max(content.upperBound - offset, 0)
  }

  /// Where the next token is looked for.
  package var offset: Int { position }

  /// Where the byte at an offset of the text at hand stands.
  package func place(of offset: Int) -> (line: Int, column: Int) {
    var cursor = beginning
    cursor.advance(to: offset, in: text)
    return (cursor.line, cursor.column)
  }

  /// How many containers are open.
  package var depth: Int { containers.count }

  /// Reads the next token.
  /// - Throws: ``ProblemCode/jsonSyntax`` with what was found and expected, or ``ProblemCode/jsonDepth``.
  package mutating func next() throws(Failure) -> JSONToken {
    skipBlanks()
    switch expected {
    case .value: return try value(.value)
    case .valueOrEnd:
      if byte == UInt8(ascii: "]") { return close(.endArray) }
      return try value(.valueOrEnd)
    case .key: return try key(.key)
    case .keyOrEnd:
      if byte == UInt8(ascii: "}") { return close(.endObject) }
      return try key(.keyOrEnd)
    case .separator: return try separator()
    case .nothing:
      if position < text.count { throw syntax(at: position, expected: expected.words) }
      return .end
    }
  }

  /// Passes over the value whose first token was just read; a scalar is already behind.
  package mutating func skipRest(of token: JSONToken) throws(Failure) {
    guard token == .beginObject || token == .beginArray else { return }
    let outer = containers.count - 1
    while containers.count > outer { _ = try next() }
  }

  /// A failure at `offset` of the text.
  package func failure(_ code: ProblemCode, at offset: Int, _ arguments: [String: Words]) -> Failure {
    var cursor = beginning
    cursor.advance(to: offset, in: text)
    return Failure(code, at: Place(file: file, line: cursor.line, column: cursor.column), arguments)
  }

  private var byte: UInt8? { position < text.count ? text[position] : nil }

  private mutating func skipBlanks() {
    while position < text.count, isWhiteSpace(text[position]) { position &+= 1 }
  }

  private mutating func separator() throws(Failure) -> JSONToken {
    let isObject = containers.last == true
    if byte == UInt8(ascii: ",") {
      position += 1
      skipBlanks()
      return isObject ? try key(.key) : try value(.value)
    }
    if byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) { return close(isObject ? .endObject : .endArray) }
    throw syntax(at: position, expected: .phrase("either", ["one": "«,»", "other": isObject ? "«}»" : "«]»"]))
  }

  private mutating func value(_ choices: Expected) throws(Failure) -> JSONToken {
    start = position
    isEscaped = false
    switch byte {
    case UInt8(ascii: "{"): return try open(isObject: true)
    case UInt8(ascii: "["): return try open(isObject: false)
    case UInt8(ascii: "\""):
      try string()
      return scalar(.string)
    case UInt8(ascii: "t"): return try word("true", .true)
    case UInt8(ascii: "f"): return try word("false", .false)
    case UInt8(ascii: "n"): return try word("null", .null)
    case let byte? where byte == UInt8(ascii: "-") || isDigit(byte):
      try number()
      return scalar(.number)
    default: throw syntax(at: position, expected: choices.words)
    }
  }

  private mutating func key(_ choices: Expected) throws(Failure) -> JSONToken {
    guard byte == UInt8(ascii: "\"") else { throw syntax(at: position, expected: choices.words) }
    start = position
    isEscaped = false
    try string()
    skipBlanks()
    guard byte == UInt8(ascii: ":") else { throw syntax(at: position, expected: "«:»") }
    position += 1
    expected = .value
    return .key
  }

  private mutating func open(isObject: Bool) throws(Failure) -> JSONToken {
    if containers.count >= depthLimit { throw failure(.jsonDepth, at: position, ["limit": "\(depthLimit)"]) }
    containers.append(isObject)
    content = position..<position + 1
    position += 1
    expected = isObject ? .keyOrEnd : .valueOrEnd
    return isObject ? .beginObject : .beginArray
  }

  private mutating func close(_ token: JSONToken) -> JSONToken {
    start = position
    content = position..<position + 1
    containers.removeLast()
    position += 1
    return scalar(token)
  }

  private mutating func scalar(_ token: JSONToken) -> JSONToken {
    expected = containers.isEmpty ? .nothing : .separator
    return token
  }

  private mutating func word(_ word: StaticString, _ token: JSONToken) throws(Failure) -> JSONToken {
    guard text.dropFirst(position).hasPrefix(word) else { throw syntax(at: position, expected: "«\(word)»") }
    content = position..<position + word.utf8CodeUnitCount
    position = content.upperBound
    return scalar(token)
  }

  /// RFC 8259 §6.
  private mutating func number() throws(Failure) {
    if byte == UInt8(ascii: "-") { position += 1 }
    if byte == UInt8(ascii: "0") {
      position += 1
    } else {
      try digits()
    }
    if byte == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
      position += 1
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { position += 1 }
      try digits()
    }
    content = start..<position
  }

  private mutating func digits() throws(Failure) {
    guard let first = byte, isDigit(first) else { throw syntax(at: position, expected: .phrase("digit")) }
    while let digit = byte, isDigit(digit) { position &+= 1 }
  }

  /// RFC 8259 §7.
  private mutating func string() throws(Failure) {
    position += 1
    let low = position
    var isASCII = true
    while position < text.count {
      let byte = text[position]
      if byte == UInt8(ascii: "\"") {
        content = low..<position
        if !isASCII, let bad = text[content].firstIllFormedUTF8 {
          let found = "0x\(String(text[low + bad], radix: 16, uppercase: true))"
          throw failure(.jsonSyntax, at: low + bad, ["found": .phrase("byte", ["code": found]), "expected": "UTF-8"])
        }
        position += 1
        return
      }
      if byte < 0x20 { throw syntax(at: position, expected: .phrase("json-escape")) }
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
        position = try JSONEscape.end(at: position, in: self)
      } else {
        if byte >= 0x80 { isASCII = false }
        position &+= 1
      }
    }
    throw syntax(at: position, expected: .phrase("json-quote"))
  }

  /// A syntax error at `offset`, where `expected` should have stood.
  func syntax(at offset: Int, expected: Words) -> Failure {
    var found = Words.phrase("file-ends")
    if offset < text.count {
      let (scalar, _) = text.scalar(at: offset)
      let isPlain = scalar.value > 0x20 && scalar.value != 0x7F && scalar != "\u{FFFD}" && scalar != "\u{FEFF}"
      found = isPlain ? .phrase("unexpected", ["text": "\(scalar)"]) : .phrase("character", ["code": .text(scalar.codePoint)])
    }
    return failure(.jsonSyntax, at: offset, ["found": found, "expected": expected])
  }
}
