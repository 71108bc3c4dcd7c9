import Bytes

/// The text of a query as the lexer sees it: codepoint escapes decoded (SPARQL 1.1 §19.2), zeros after the end.
///
/// An escape is decoded wherever it stands, unless its backslash is itself escaped. Those of characters that could end a string are left
/// for whoever reads the string (SPARQL 1.2 §19.2: what an escape gives has no meaning for the grammar), and wrong ones for whoever meets
/// them. Places are told in the text as it was written.
struct SourceText: ~Copyable {
  /// The decoded bytes.
  private var bytes: ByteBuffer
  /// How many bytes there are.
  private(set) var count = 0
  /// Where a decoded character ends, and how many bytes longer its escape was, all before it included.
  private var shifts: [(offset: Int, extra: Int)] = []
  private let original: ByteString
  /// The place of the last question, from where the next one usually goes on.
  private var cursor = TextCursor()

  init(_ original: ByteString) {
    self.original = original
    bytes = ByteBuffer(capacity: original.count + 16)
    var plain = 0
    original.withView { view in
      var at = 0
      while let mark = view.firstIndex(of: UInt8(ascii: "\\"), from: at) {
        let letter = mark + 1 < view.count ? view[mark + 1] : 0
        let digits = letter == UInt8(ascii: "u") ? 4 : letter == UInt8(ascii: "U") ? 8 : 0
        at = min(mark + 2, view.count)
        if digits == 0 { continue }
        guard let scalar = view.hexNumber(at: at, digits: digits).flatMap(Unicode.Scalar.init), !Self.isLeft(scalar) else { continue }
        bytes.append(view[plain..<mark])
        let start = bytes.count
        bytes.append(scalar: scalar)
        at += digits
        plain = at
        let before = shifts.last?.extra ?? 0
        shifts.append((bytes.count, before + 2 + digits - (bytes.count - start)))
      }
      bytes.append(view.dropFirst(plain))
    }
    count = bytes.count
    // The lexer may look some bytes ahead; there it finds zeros, which stand in no token.
    bytes.reserve(16)
    (bytes.address + count).initialize(repeating: 0, count: 16)
  }

  /// Whether the escape of a character is left as it is.
  private static func isLeft(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\"" || scalar == "'" || scalar == "\\" || scalar == "\n" || scalar == "\r"
  }

  /// The first byte. 16 bytes after the last one may be read.
  @inline(__always) var address: UnsafePointer<UInt8> { UnsafePointer(bytes.address) }

  /// The decoded bytes in `range`.
  func view(_ range: Range<Int>) -> ByteView { bytes.view(range) }

  /// The character at a decoded byte as a person may be shown it: a control character by its number.
  func character(at offset: Int) -> String {
    let (scalar, _) = view(offset..<count).scalar(at: 0)
    return scalar.value > 0x20 && scalar.value != 0x7F ? String(Character(scalar)) : scalar.codePoint
  }

  /// Whether an escape was decoded to one of the bytes in `range`.
  func holdsEscape(_ range: Range<Int>) -> Bool {
    if shifts.isEmpty { return false }
    let next = firstShift(after: range.lowerBound)
    return next < shifts.count && shifts[next].offset <= range.upperBound
  }

  /// The number of the first escape whose character ends after a decoded byte.
  private func firstShift(after offset: Int) -> Int { Search.firstIndex(in: 0..<shifts.count) { shifts[$0].offset > offset } }

  /// Line and column of a decoded byte.
  mutating func position(of offset: Int) -> SourcePosition {
    let before = firstShift(after: offset)
    return position(ofOriginal: offset + (before > 0 ? shifts[before - 1].extra : 0))
  }

  /// Line and column of a byte of the text as it was written.
  mutating func position(ofOriginal offset: Int) -> SourcePosition {
    if offset < cursor.offset { cursor = TextCursor() }
    var moved = cursor
    original.withView { moved.advance(to: offset, in: $0) }
    cursor = moved
    return SourcePosition(line: moved.line, column: moved.column)
  }
}
