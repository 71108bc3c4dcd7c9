import Bytes
package import Problems

/// Why a text is no query, and where.
package struct JSONPathFault: Error, Sendable {
  /// What is wrong.
  package let reason: Words
  /// The byte at which it is wrong.
  package let offset: Int
}

/// Reads queries of JSONPath (RFC 9535 §2, appendix A).
package struct JSONPathParser {
  let bytes: [UInt8]
  let compiler: ExpressionCompiler
  var index = 0
  /// How many parentheses, filters and functions are open.
  var depth = 0

  /// How deep filters, parentheses and functions may be nested.
  static let depthLimit = 32

  /// Reads a query.
  /// - Parameter compiler: compiles the regular expressions in it.
  /// - Throws: a fault with the byte where the text is wrong.
  package static func parse(_ text: String, compiler: @escaping ExpressionCompiler) throws(JSONPathFault) -> JSONPath {
    var parser = JSONPathParser(bytes: Array(text.utf8), compiler: compiler)
    guard parser.take("$") else { throw parser.fault(.phrase("path-root")) }
    var levels = 0
    while parser.take("^") { levels += 1 }
    let segments = try parser.segments()
    let givesKeys = parser.take("~")
    if parser.index < parser.bytes.count { throw parser.fault(.phrase("path-rest")) }
    return JSONPath(source: text, levelsUp: levels, segments: segments, givesKeys: givesKeys)
  }

  // What the parts share.

  var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  func fault(_ reason: Words, at offset: Int? = nil) -> JSONPathFault { JSONPathFault(reason: reason, offset: offset ?? index) }

  func begins(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    return index + count <= bytes.count && (0..<count).allSatisfy { bytes[index + $0] == text.utf8Start[$0] }
  }

  /// Passes over a text if it stands here.
  mutating func take(_ text: StaticString) -> Bool {
    guard begins(text) else { return false }
    index += text.utf8CodeUnitCount
    return true
  }

  mutating func skipBlanks() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { index += 1 }
  }

  mutating func deeper() throws(JSONPathFault) {
    depth += 1
    if depth > Self.depthLimit { throw fault(.phrase("path-depth", ["limit": "\(Self.depthLimit)"])) }
  }

  // Segments (§2.5).

  mutating func segments() throws(JSONPathFault) -> [JSONPath.Segment] {
    var segments: [JSONPath.Segment] = []
    while true {
      let start = index
      skipBlanks()
      guard let segment = try segment() else {
        index = start
        return segments
      }
      segments.append(segment)
    }
  }

  private mutating func segment() throws(JSONPathFault) -> JSONPath.Segment? {
    if peek == UInt8(ascii: "[") { return JSONPath.Segment(selectors: try bracketed()) }
    let isDescendant = take("..")
    if !isDescendant, !take(".") { return nil }
    if take("*") { return JSONPath.Segment(isDescendant: isDescendant, selectors: [.wildcard]) }
    if isDescendant, peek == UInt8(ascii: "[") { return JSONPath.Segment(isDescendant: true, selectors: try bracketed()) }
    return JSONPath.Segment(isDescendant: isDescendant, selectors: [.name(try shorthand())])
  }

  /// A member name without quotes.
  private mutating func shorthand() throws(JSONPathFault) -> ByteString {
    let start = index
    while let byte = peek, isLetter(byte) || byte == UInt8(ascii: "_") || byte >= 0x80 || (index > start && isDigit(byte)) { index += 1 }
    if index == start { throw fault(peek == UInt8(ascii: "[") ? .phrase("path-dot-bracket") : .phrase("path-name")) }
    return ByteString(Array(bytes[start..<index]))
  }

  private mutating func bracketed() throws(JSONPathFault) -> [JSONPath.Selector] {
    let open = index
    index += 1
    var selectors: [JSONPath.Selector] = []
    while true {
      skipBlanks()
      if peek == nil { throw fault(.phrase("path-bracket-open"), at: open) }
      selectors.append(try selector())
      skipBlanks()
      if take("]") { return selectors }
      if !take(",") { throw peek == nil ? fault(.phrase("path-bracket-open"), at: open) : fault(.phrase("path-bracket-end")) }
    }
  }

  private mutating func selector() throws(JSONPathFault) -> JSONPath.Selector {
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .name(try string())
    case UInt8(ascii: "*"):
      index += 1
      return .wildcard
    case UInt8(ascii: "+"):
      index += 1
      return .each
    case UInt8(ascii: "?"):
      index += 1
      skipBlanks()
      try deeper()
      let filter = try logical()
      depth -= 1
      return .filter(filter)
    case let byte? where isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":"): return try indexOrSlice()
    default: throw fault(.phrase("path-selector"))
    }
  }

  private mutating func indexOrSlice() throws(JSONPathFault) -> JSONPath.Selector {
    let first = try integer()
    let afterFirst = index
    skipBlanks()
    guard take(":") else {
      index = afterFirst
      guard let first else { throw fault(.phrase("path-selector")) }
      return .index(first)
    }
    skipBlanks()
    let end = try integer()
    var step: Int?
    let afterEnd = index
    skipBlanks()
    if take(":") {
      skipBlanks()
      step = try integer()
    } else {
      index = afterEnd
    }
    return .slice(start: first, end: end, step: step ?? 1)
  }

  /// The largest number that JSON programs agree on (RFC 7493 §2.2).
  private static let largest = 1 << 53 - 1

  private mutating func integer() throws(JSONPathFault) -> Int? {
    let start = index
    let isNegative = take("-")
    let digits = index
    while let byte = peek, isDigit(byte) { index += 1 }
    if index == digits {
      if isNegative { throw fault(.phrase("path-number")) }
      return nil
    }
    let isPlain = bytes[digits] != UInt8(ascii: "0") || (index == digits + 1 && !isNegative)
    guard isPlain, let value = Int(String(decoding: bytes[start..<index], as: UTF8.self)), abs(value) <= Self.largest else {
      throw fault(.phrase("path-number"), at: start)
    }
    return value
  }
}
