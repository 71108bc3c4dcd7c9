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
      var sum = 0
      for offset in 0..<key.count {
        let byte = key[key.count - 1 - offset]
        guard isDigit(byte) else { return false }
        let digit = Int(byte &- 0x30)
        let weighed = offset % 2 == 0 ? digit : digit * 2
        sum += weighed > 9 ? weighed - 9 : weighed
      }
      return !key.isEmpty && sum % 10 == 0
    }
  }
}
