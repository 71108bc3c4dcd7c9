package import Bytes

/// A number of xsd:decimal, exactly: `coefficient / 10^scale`.
///
/// The form is reduced (no trailing zero of the fraction is kept), so equal numbers have equal parts. Numbers whose coefficient is beyond
/// Int128, which holds all of 38 digits and some of 39, or that have more than 38 digits after the point, have no value here.
package struct DecimalValue: Hashable, Sendable {
  /// The digits as a whole number.
  package let coefficient: Int128
  /// How many of them stand after the point, 0 to 38.
  package let scale: Int

  /// A whole number.
  package init(_ integer: Int) {
    coefficient = Int128(integer)
    scale = 0
  }

  /// `coefficient / 10^scale`, reduced; nil where the scale is out of 0...38.
  package init?(coefficient: Int128, scale: Int) {
    guard scale >= 0, scale <= Self.greatestScale else { return nil }
    var coefficient = coefficient
    var scale = scale
    while scale > 0, coefficient % 10 == 0 {
      coefficient /= 10
      scale -= 1
    }
    self.coefficient = coefficient
    self.scale = scale
  }

  /// The most digits after the point.
  package static let greatestScale = 38

  /// Reads `[+-]?(\d+(\.\d*)?|\.\d+)` (XSD 1.1 part 2 §3.3.3.1); nil for other text and for numbers that do not fit.
  package init?(lexical view: ByteView) {
    guard let parts = DecimalParts(view) else { return nil }
    var value: UInt64 = 0
    if parts.digits <= 18 {
      for at in parts.whole { value = value &* 10 &+ UInt64(view.start[at] &- 0x30) }
      for at in parts.fraction { value = value &* 10 &+ UInt64(view.start[at] &- 0x30) }
      coefficient = parts.isNegative ? -Int128(value) : Int128(value)
    } else {
      guard let long = parts.longCoefficient(view) else { return nil }
      coefficient = long
    }
    scale = parts.fraction.count
  }

  /// Whether `view` is in the lexical space of xsd:decimal, however large the number.
  package static func isLexical(_ view: ByteView) -> Bool { DecimalParts(view) != nil }

  /// Whether it is a whole number.
  package var isInteger: Bool { scale == 0 }

  /// Appends the canonical form (XSD 1.1 part 2 §E.1): `-0.5`, `12`, no point in a whole number.
  package func append(to out: inout ByteBuffer) {
    if coefficient < 0 { out.append(UInt8(ascii: "-")) }
    let magnitude = coefficient.magnitude
    let unit = powerOfTen(scale).magnitude
    out.append(decimal: magnitude / unit)
    guard scale > 0 else { return }
    out.append(UInt8(ascii: "."))
    var rest = magnitude % unit
    var place = unit
    while place > 1 {
      place /= 10
      out.append(0x30 &+ UInt8(truncatingIfNeeded: rest / place))
      rest %= place
    }
  }
}

extension DecimalValue: Comparable {
  /// The order of the numbers, exactly.
  package static func < (left: DecimalValue, right: DecimalValue) -> Bool {
    if left.scale == right.scale { return left.coefficient < right.coefficient }
    if left.scale < right.scale {
      let (scaled, overflow) = left.coefficient.multipliedReportingOverflow(by: powerOfTen(right.scale - left.scale))
      // Beyond the range, the scaled number is larger than any other of its sign.
      return overflow ? left.coefficient < 0 : scaled < right.coefficient
    }
    let (scaled, overflow) = right.coefficient.multipliedReportingOverflow(by: powerOfTen(left.scale - right.scale))
    return overflow ? right.coefficient > 0 : left.coefficient < scaled
  }
}

/// Where the digits of a decimal stand, without the zeros that say nothing.
private struct DecimalParts {
  var isNegative: Bool
  var whole: Range<Int>
  var fraction: Range<Int>

  var digits: Int { whole.count &+ fraction.count }

  init?(_ view: ByteView) {
    var cursor = LexicalCursor(view)
    isNegative = cursor.takeSign()
    var start = cursor.index
    let count = cursor.takeDigits()
    while start < cursor.index, view.start[start] == 0x30 { start &+= 1 }
    whole = start..<cursor.index
    fraction = 0..<0
    if cursor.take(UInt8(ascii: ".")) {
      let start = cursor.index
      if cursor.takeDigits() == 0, count == 0 { return nil }
      var end = cursor.index
      while end > start, view.start[end &- 1] == 0x30 { end &-= 1 }
      fraction = start..<end
    } else if count == 0 {
      return nil
    }
    if !cursor.isAtEnd { return nil }
  }

  func longCoefficient(_ view: ByteView) -> Int128? {
    guard fraction.count <= DecimalValue.greatestScale, digits <= 39 else { return nil }
    var value: Int128 = 0
    for range in [whole, fraction] {
      for at in range {
        let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
        let digit = Int128(view.start[at] &- 0x30)
        let (sum, overflow) = isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
        if tooLarge || overflow { return nil }
        value = sum
      }
    }
    return value
  }
}

/// 10 to the power of `exponent`, 0 to 38.
func powerOfTen(_ exponent: Int) -> Int128 {
  var power: Int128 = 1
  for _ in 0..<exponent { power &*= 10 }
  return power
}

extension ByteBuffer {
  /// Appends a number in decimal digits.
  mutating func append(decimal number: UInt128) {
    guard number > UInt128(UInt.max) else { return append(decimal: UInt(truncatingIfNeeded: number)) }
    let half: UInt128 = 10_000_000_000_000_000_000
    append(decimal: number / half)
    var rest = UInt64(truncatingIfNeeded: number % half)
    var place: UInt64 = 1_000_000_000_000_000_000
    while place > 0 {
      append(0x30 &+ UInt8(truncatingIfNeeded: rest / place))
      rest %= place
      place /= 10
    }
  }
}
