import Bytes

extension ByteView {
  /// Whether the bytes can stand after a prefix as they are (Turtle, PN_LOCAL without backslashes). No bytes can.
  var isLocalName: Bool {
    if isEmpty { return true }
    if start[0] == UInt8(ascii: "-") || start[0] == UInt8(ascii: ".") || start[count &- 1] == UInt8(ascii: ".") { return false }
    var index = 0
    while index < count {
      let byte = start[index]
      if byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".") {
        index &+= 1
      } else if byte == UInt8(ascii: "%") {
        guard index &+ 2 < count, hexValue(start[index &+ 1]) != nil, hexValue(start[index &+ 2]) != nil else { return false }
        index &+= 3
      } else {
        let length = nameCharacterLength(index, isFirst: index == 0)
        if length == 0 { return false }
        index &+= length
      }
    }
    return true
  }

  /// Whether the bytes can be a prefix (Turtle, PN_PREFIX). No bytes can.
  var isPrefixName: Bool {
    if isEmpty { return true }
    guard start[0] >= 0x80 || isLetter(start[0]), start[count &- 1] != UInt8(ascii: ".") else { return false }
    var index = 0
    while index < count {
      let length = start[index] == UInt8(ascii: ".") ? 1 : nameCharacterLength(index, isFirst: index == 0)
      if length == 0 { return false }
      index &+= length
    }
    return true
  }

  /// The length of the character at `index` if it is one of PN_CHARS, where it comes first of PN_CHARS_U or a digit; else 0.
  @inline(__always) private func nameCharacterLength(_ index: Int, isFirst: Bool) -> Int {
    let byte = start[index]
    if byte < 0x80 {
      return isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") || (byte == UInt8(ascii: "-") && !isFirst) ? 1 : 0
    }
    return wideNameCharacterLength(index, isFirst: isFirst)
  }

  @inline(never) private func wideNameCharacterLength(_ index: Int, isFirst: Bool) -> Int {
    let (scalar, length) = scalar(at: index)
    // An ill-formed byte comes as U+FFFD of length 1, and is no name character.
    return length > 1 && NameCharacters.allows(scalar.value, canBegin: isFirst) ? length : 0
  }
}
