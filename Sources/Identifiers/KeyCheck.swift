package import Bytes

/// A rule beyond its form that the keys of a register obey.
package enum KeyCheck: String, Sendable, CaseIterable {
  /// The last digit is the check digit of the others by the Luhn algorithm (ISO/IEC 7812-1, annex B), as in Swedish
  /// organisation numbers.
  case luhn

  /// Whether `key` obeys the rule.
  package func holds(for key: ByteView) -> Bool {
    switch self {
    case .luhn:
      guard !key.isEmpty, key.buffer.allSatisfy({ isDigit($0) }) else { return false }
      return Self.luhnSum(key, doublesLast: false) % 10 == 0
    }
  }

  /// The digit that makes these digits obey ``luhn`` where it is put after them.
  static func luhnDigit(after digits: ByteView) -> UInt8 {
    UInt8(ascii: "0") + UInt8((10 - luhnSum(digits, doublesLast: true) % 10) % 10)
  }

  /// The sum of the digits, of which every second one from the end counts double, with the digits of its product added.
  private static func luhnSum(_ digits: ByteView, doublesLast: Bool) -> Int {
    var sum = 0
    for offset in 0..<digits.count {
      let digit = Int(digits[digits.count - 1 - offset] &- 0x30)
      let weighed = (offset % 2 == 0) == doublesLast ? digit * 2 : digit
      sum += weighed > 9 ? weighed - 9 : weighed
    }
    return sum
  }
}
