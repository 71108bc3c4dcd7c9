import Bytes
package import RDF

/// The value of a number, as its datatype holds it.
package enum NumericValue: Sendable {
  /// xsd:integer and the types derived from it.
  case integer(Int128)
  /// xsd:decimal.
  case decimal(DecimalValue)
  /// xsd:float.
  case float(Float)
  /// xsd:double.
  case double(Double)

  /// Whether it is not-a-number, which equals and orders with nothing in SPARQL, and comes last among ids.
  package var isNaN: Bool {
    switch self {
    case .integer, .decimal: false
    case .float(let value): value.isNaN
    case .double(let value): value.isNaN
    }
  }

  /// The order of the exact values: negative, 0 or positive. Every not-a-number equals every other and comes last.
  package func compare(exactly other: NumericValue) -> Int {
    switch (exact, other.exact) {
    case (.decimal(let left), .decimal(let right)): left == right ? 0 : left < right ? -1 : 1
    case (.binary(let left), .binary(let right)):
      left.isNaN || right.isNaN ? (left.isNaN ? 1 : 0) - (right.isNaN ? 1 : 0) : left == right ? 0 : left < right ? -1 : 1
    case (.decimal(let left), .binary(let right)): Self.compare(left, right)
    case (.binary(let left), .decimal(let right)): -Self.compare(right, left)
    }
  }

  private enum Exact {
    case decimal(DecimalValue)
    case binary(Double)
  }

  private var exact: Exact {
    switch self {
    case .integer(let number): DecimalValue(coefficient: number, scale: 0).map { .decimal($0) } ?? .binary(Double(number))
    case .decimal(let value): .decimal(value)
    case .float(let value): .binary(Double(value))
    case .double(let value): .binary(value)
    }
  }

  /// Compares `c / 10^s` with `m · 2^e`: both sides are made whole and have at most 256 bits, or one is plainly larger.
  private static func compare(_ left: DecimalValue, _ right: Double) -> Int {
    if right.isNaN { return -1 }
    if right.isInfinite { return right > 0 ? -1 : 1 }
    let leftSign = left.coefficient.signum()
    let rightSign: Int128 = right == 0 ? 0 : right > 0 ? 1 : -1
    if leftSign != rightSign { return leftSign < rightSign ? -1 : 1 }
    if leftSign == 0 { return 0 }
    let magnitude = right.magnitude
    let exponent = Int(magnitude.exponent) - 52
    let significand = UInt128(magnitude.isNormal ? magnitude.significandBitPattern | (1 << 52) : magnitude.significandBitPattern)
    let power = magnitude.isNormal ? exponent : -1074
    var unit: UInt128 = 1
    for _ in 0..<left.scale { unit *= 10 }
    var decimal = Wide(high: 0, low: left.coefficient.magnitude)
    var binary = Wide(high: 0, low: significand)
    if power >= 0 {
      // 53 bits moved beyond 128 exceed every decimal that is held.
      if power > 75 { return leftSign > 0 ? -1 : 1 }
      binary.low <<= UInt128(power)
    } else if !decimal.shift(by: -power) {
      return leftSign > 0 ? 1 : -1
    }
    let product = binary.low.multipliedFullWidth(by: unit)
    binary = Wide(high: product.high, low: product.low)
    if decimal == binary { return 0 }
    return (decimal < binary) == (leftSign > 0) ? -1 : 1
  }
}

/// A whole number of 256 bits.
private struct Wide: Comparable {
  var high: UInt128
  var low: UInt128

  static func < (left: Wide, right: Wide) -> Bool { left.high == right.high ? left.low < right.low : left.high < right.high }

  /// Shifts left; false where bits would be lost.
  mutating func shift(by bits: Int) -> Bool {
    if bits == 0 { return true }
    let used = high == 0 ? 128 - low.leadingZeroBitCount : 256 - high.leadingZeroBitCount
    if used + bits > 256 { return false }
    if bits >= 128 {
      high = low << UInt128(bits - 128)
      low = 0
    } else {
      high = high << UInt128(bits) | low >> UInt128(128 - bits)
      low <<= UInt128(bits)
    }
    return true
  }
}
