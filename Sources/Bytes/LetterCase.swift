extension ByteBuffer {
  /// Appends a text in capital or small letters, by Unicode's full mappings.
  package mutating func append(_ text: ByteView, inCapitals: Bool) {
    reserve(text.count)
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte < 0x80 {
        let isOther = isLetter(byte) && (byte & 0x20 != 0) == inCapitals
        append(isOther ? byte ^ 0x20 : byte)
        index += 1
      } else {
        let (scalar, length) = text.scalar(at: index)
        let mapped = inCapitals ? scalar.properties.uppercaseMapping : scalar.properties.lowercaseMapping
        for byte in mapped.utf8 { append(byte) }
        index += length
      }
    }
  }
}

extension ByteView {
  /// Whether two texts are the same but for the case of ASCII letters.
  package func equalsIgnoringCase(_ other: ByteView) -> Bool {
    guard count == other.count else { return false }
    for index in 0..<count where self[index] != other[index] {
      if self[index] | 0x20 != other[index] | 0x20 || !isLetter(self[index]) { return false }
    }
    return true
  }

  /// The order of two texts in small ASCII letters: negative, 0 where they are the same, or positive.
  package func order(ignoringCase other: ByteView) -> Int {
    for index in 0..<min(count, other.count) where self[index] != other[index] {
      let (left, right) = (small(self[index]), small(other[index]))
      if left != right { return left < right ? -1 : 1 }
    }
    return count == other.count ? 0 : count < other.count ? -1 : 1
  }

  /// A hash that is the same for texts that are the same but for the case of ASCII letters.
  package var hashIgnoringCase: UInt64 {
    var state = UInt64(truncatingIfNeeded: count)
    for index in 0..<count { state = mixed(state ^ UInt64(small(self[index])) ^ 0x9E37_79B9_7F4A_7C15) }
    return state
  }
}

/// A byte, an ASCII capital as the small letter.
private func small(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
