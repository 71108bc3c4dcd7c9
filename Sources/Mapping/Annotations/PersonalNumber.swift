import Bytes

extension ByteView {
  /// Whether the text may hold a Swedish personal or co-ordination number: ten digits in a row, separators between them aside, of
  /// which the third is 0 or 1, as of months and never of organisation numbers; or six such digits before masked ones.
  ///
  /// It says yes too often rather than too seldom: what it says yes to is only kept out of messages.
  var mayHoldPersonalNumber: Bool {
    var digits: (UInt64, length: Int) = (0, 0)
    for index in 0..<count {
      let byte = self[index]
      if isDigit(byte) {
        digits = ((digits.0 &* 10 &+ UInt64(byte &- 0x30)) % 10_000_000_000, digits.length + 1)
        if digits.length >= 10, isBirthDate(digits.0 / 10_000) { return true }
      } else if byte | 0x20 == UInt8(ascii: "x") || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "#") {
        if digits.length >= 6, isBirthDate(digits.0 % 1_000_000) { return true }
        digits = (0, 0)
      } else if byte < 0x80, !isWhiteSpace(byte), byte != UInt8(ascii: "-"), byte != UInt8(ascii: "+") {
        digits = (0, 0)
      }
    }
    return false
  }
}

/// Whether the third of six digits is that of a month: 0 or 1.
private func isBirthDate(_ number: UInt64) -> Bool { number / 1000 % 10 < 2 }
