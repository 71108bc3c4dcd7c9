import Bytes

/// A decimal number as a cell writes it: `units` divided by 10 to the power of `decimals`, which is at most 15.
struct FixedNumber: Equatable, Sendable {
  var units: Int
  var decimals: Int

  private static let powers: [Double] = (0...18).map { count in (0..<count).reduce(1.0) { product, _ in product * 10 } }

  /// A number of these parts, without zeros at the end of its decimals.
  init(units: Int, decimals: Int) {
    self.units = units
    self.decimals = decimals
    while self.decimals > 0, self.units % 10 == 0 {
      self.units /= 10
      self.decimals -= 1
    }
  }

  /// The number nearest to `value` with so many decimals, for values below a million.
  init(_ value: Double, decimals: Int) {
    self.init(units: Int((value * Self.powers[decimals]).rounded()), decimals: decimals)
  }

  /// The nearest binary number.
  var value: Double { Double(units) / Self.powers[decimals] }

  /// The number that begins at `index`, which is moved past it; nil where there is none, or one with more than 9 digits before its
  /// decimals. Decimals beyond the ninth only round it: a coordinate needs fewer, and 59.371356999999996 is what became of 59.371357.
  /// - Parameter decimalComma: whether decimals stand after a comma rather than a point.
  init?(_ text: ByteView, at index: inout Int, decimalComma: Bool) {
    var isNegative = false
    if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
      isNegative = text[index] == UInt8(ascii: "-")
      index += 1
    } else if index + 2 < text.count, text[index] == 0xE2, text[index + 1] == 0x88, text[index + 2] == 0x92 {
      isNegative = true  // U+2212
      index += 3
    }
    let start = index
    var units = 0
    while index < text.count, isDigit(text[index]) {
      if index - start >= 9 { return nil }
      units = units * 10 + Int(text[index] &- 0x30)
      index += 1
    }
    if index == start { return nil }
    var decimals = 0
    let mark = UInt8(ascii: decimalComma ? "," : ".")
    if index + 1 < text.count, text[index] == mark, isDigit(text[index + 1]) {
      index += 1
      while index < text.count, isDigit(text[index]) {
        if decimals < 9 {
          units = units * 10 + Int(text[index] &- 0x30)
          decimals += 1
        } else if decimals == 9 {
          if text[index] >= UInt8(ascii: "5") { units += 1 }
          decimals += 1
        }
        index += 1
      }
    }
    self.init(units: isNegative ? -units : units, decimals: min(decimals, 9))
  }
}

extension ByteBuffer {
  /// Appends a number as xsd:decimal writes it.
  mutating func append(_ number: FixedNumber) {
    if number.units < 0 { append(UInt8(ascii: "-")) }
    var divisor: UInt = 1
    for _ in 0..<number.decimals { divisor *= 10 }
    append(decimal: number.units.magnitude / divisor)
    if number.decimals == 0 { return }
    append(UInt8(ascii: "."))
    var rest = number.units.magnitude % divisor
    for _ in 0..<number.decimals {
      divisor /= 10
      append(0x30 + UInt8(truncatingIfNeeded: rest / divisor))
      rest %= divisor
    }
  }
}
