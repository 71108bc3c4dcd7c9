package import Bytes
import Problems

/// The escapes in JSON strings (RFC 8259 §7).
enum JSONEscape {
  /// Checks the escape whose backslash stands at `offset` and says where it ends. A surrogate must be one half of a pair.
  static func end(at offset: Int, in scanner: JSONScanner) throws(Failure) -> Int {
    let text = scanner.text
    guard offset + 1 < text.count else { throw scanner.syntax(at: text.count, expected: .phrase("json-quote")) }
    if simple(text[offset + 1]) != nil { return offset + 2 }
    guard text[offset + 1] == UInt8(ascii: "u") else {
      throw scanner.syntax(at: offset + 1, expected: .phrase("json-escape-letter", ["choices": "\" \\ / b f n r t u"]))
    }
    guard let unit = unit(at: offset, in: text) else { throw scanner.syntax(at: offset + 2, expected: .phrase("json-digits")) }
    guard unit & 0xF800 == 0xD800 else { return offset + 6 }
    guard unit < 0xDC00, let low = self.unit(at: offset + 6, in: text), low & 0xFC00 == 0xDC00 else {
      let found = "\\u" + String(unit, radix: 16, uppercase: true)
      throw scanner.failure(.jsonSyntax, at: offset, ["found": .phrase("unexpected", ["text": found]), "expected": .phrase("json-pair")])
    }
    return offset + 12
  }

  /// The scalar of the checked escape at `offset`, and where it ends.
  static func scalar(at offset: Int, in text: ByteView) -> (scalar: Unicode.Scalar, end: Int) {
    if let byte = simple(text[offset + 1]) { return (Unicode.Scalar(byte), offset + 2) }
    let unit = unit(at: offset, in: text) ?? 0xFFFD
    if unit & 0xF800 == 0xD800 {
      let low = self.unit(at: offset + 6, in: text) ?? 0xDC00
      let value = 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF)
      return (Unicode.Scalar(value) ?? "\u{FFFD}", offset + 12)
    }
    return (Unicode.Scalar(unit) ?? "\u{FFFD}", offset + 6)
  }

  /// What the letter after a backslash stands for, or nil for `u` and what may not stand there.
  private static func simple(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
  }

  /// The UTF-16 code unit of `\uXXXX` at `offset`, or nil where that does not stand there.
  private static func unit(at offset: Int, in text: ByteView) -> UInt32? {
    guard offset + 6 <= text.count, text[offset] == UInt8(ascii: "\\"), text[offset + 1] == UInt8(ascii: "u") else { return nil }
    return text.hexNumber(at: offset + 2, digits: 4)
  }
}

extension ByteBuffer {
  /// Appends what a JSON string says: `content`, the bytes between its quotes as a ``JSONScanner`` checked them, decoded.
  package mutating func append(jsonContent content: ByteView) {
    var plain = 0
    var index = 0
    while let backslash = content.firstIndex(of: UInt8(ascii: "\\"), from: index) {
      append(content[plain..<backslash])
      let (scalar, end) = JSONEscape.scalar(at: backslash, in: content)
      append(scalar: scalar)
      index = end
      plain = end
    }
    append(content[plain..<content.count])
  }
}
