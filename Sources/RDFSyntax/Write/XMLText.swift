import Bytes

extension ByteBuffer {
  /// Appends a text as XML 1.0 wants it in an element or in an attribute between double quotes; gives the first character that XML can't
  /// hold at all (XML 1.0 §2.2), after which nothing has been appended.
  mutating func append(xml text: ByteView, inAttribute: Bool) -> UInt32? {
    reserve(text.count)
    for index in 0..<text.count {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "&"): append("&amp;")
      case UInt8(ascii: "<"): append("&lt;")
      case UInt8(ascii: ">"): append("&gt;")
      case UInt8(ascii: "\"") where inAttribute: append("&quot;")
      // A parser would make other white space of these.
      case 0x0D: append("&#13;")
      case 0x0A where inAttribute: append("&#10;")
      case 0x09 where inAttribute: append("&#9;")
      case 0x00..<0x20 where byte != 0x09 && byte != 0x0A: return UInt32(byte)
      case 0xEF where index + 2 < text.count && text[index + 1] == 0xBF && text[index + 2] >= 0xBE:
        return 0xFFFE + UInt32(text[index + 2] & 1)
      default: append(byte)
      }
    }
    return nil
  }

  /// Appends a blank node's label as a name: letters and digits as they are, every other byte as `_` and two hexadecimal digits, after
  /// a letter. Different labels, different names.
  mutating func append(nodeID label: ByteView) {
    append(UInt8(ascii: "b"))
    for byte in label.buffer {
      if isLetter(byte) || isDigit(byte) {
        append(byte)
      } else {
        append(UInt8(ascii: "_"))
        for digit in [byte >> 4, byte & 15] { append(digit < 10 ? 0x30 + digit : 0x37 + digit) }
      }
    }
  }
}

extension ByteString {
  /// Whether a prefix begins with the letters that XML keeps to itself.
  var isReservedInXML: Bool { bytes.prefix(3).map { $0 | 0x20 } == Array("xml".utf8) }
}

extension ByteView {
  /// Whether the text is a name without a colon (Namespaces in XML, NCName).
  var isXMLName: Bool { !isEmpty && xmlLocalNameStart == 0 }

  /// Where the longest name without a colon begins that the text ends in; ``count`` where it ends in none.
  var xmlLocalNameStart: Int {
    var found = count
    var index = count
    while index > 0 {
      var begin = index - 1
      while begin > 0, self[begin] & 0xC0 == 0x80 { begin -= 1 }
      let (scalar, length) = scalar(at: begin)
      guard length == index - begin, isNameCharacter(scalar, canBegin: false) else { return found }
      if isNameCharacter(scalar, canBegin: true) { found = begin }
      index = begin
    }
    return found
  }
}

/// Whether a character can stand in a name, or begin one.
private func isNameCharacter(_ scalar: Unicode.Scalar, canBegin: Bool) -> Bool {
  if scalar.value < 0x80 {
    let byte = UInt8(truncatingIfNeeded: scalar.value)
    if isLetter(byte) || byte == UInt8(ascii: "_") { return true }
    return !canBegin && (isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "."))
  }
  return NameCharacters.allows(scalar.value, canBegin: canBegin)
}
