package import Bytes

extension ByteView {
  /// Whether the bytes are the tag of a literal as Turtle and N-Triples write it (LANGTAG, without the at sign): letters, and after each
  /// hyphen letters and digits.
  package var isLanguageTag: Bool {
    var length = 0
    var isFirst = true
    for byte in buffer {
      if byte == UInt8(ascii: "-"), length > 0 {
        length = 0
        isFirst = false
      } else if isLetter(byte) || !isFirst && isDigit(byte) {
        length += 1
      } else {
        return false
      }
    }
    return length > 0
  }
}
