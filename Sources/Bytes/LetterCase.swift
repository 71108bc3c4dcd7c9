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
}
