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

  /// Whether the bytes have the form of a language tag (BCP 47 §2.1): parts of at most eight letters and digits, the first of two or more
  /// letters, or `i` or `x` for what is registered whole or private.
  package var isWellFormedLanguageTag: Bool {
    guard isLanguageTag else { return false }
    var length = 0
    for byte in buffer {
      length = byte == UInt8(ascii: "-") ? 0 : length + 1
      if length > 8 { return false }
    }
    let first = firstIndex(of: UInt8(ascii: "-")) ?? count
    return first > 1 || first < count && (self[0] | 0x20 == UInt8(ascii: "x") || self[0] | 0x20 == UInt8(ascii: "i"))
  }

  /// Whether the bytes are a language tag whose language is one that there may be. That is stricter: languages of four letters are kept for
  /// later, and none has been registered with more (BCP 47 §2.2.1), so that a longer first part is a language's name written out, such as
  /// `svenska`, where a code was meant.
  package var isKnownLanguageForm: Bool { isWellFormedLanguageTag && (firstIndex(of: UInt8(ascii: "-")) ?? count) <= 3 }
}
