extension ByteView {
  /// The number that `count` hexadecimal digits at `index` write, at most 8 of them; nil where other bytes stand there or too few.
  @inlinable package func hexNumber(at index: Int, digits count: Int) -> UInt32? {
    guard index + count <= self.count else { return nil }
    var value: UInt32 = 0
    for index in index..<index + count {
      guard let digit = hexValue(self[index]) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}

extension Unicode.Scalar {
  /// The code point as the Unicode standard writes it (appendix A): `U+000A`, `U+1F600`. For messages.
  package var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
