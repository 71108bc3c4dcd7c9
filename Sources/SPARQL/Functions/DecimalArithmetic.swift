package import RDF

/// Exact arithmetic of xsd:decimal. What does not fit into 38 digits is nil, never a wrong number; digits after the point beyond the
/// 18th may be cut off where there is no room for them (XPath functions §4.2).
extension DecimalValue {
  /// A whole number.
  package init(integer: Int128) { self = DecimalValue(coefficient: integer, scale: 0) ?? DecimalValue(0) }

  /// The sum.
  package func adding(_ other: DecimalValue) -> DecimalValue? {
    guard let (left, right, scale) = Self.aligned(self, other) else { return nil }
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? nil : DecimalValue(coefficient: sum, scale: scale)
  }

  /// The difference.
  package func subtracting(_ other: DecimalValue) -> DecimalValue? {
    guard let (left, right, scale) = Self.aligned(self, other) else { return nil }
    let (difference, overflow) = left.subtractingReportingOverflow(right)
    return overflow ? nil : DecimalValue(coefficient: difference, scale: scale)
  }

  /// The product.
  package func multiplied(by other: DecimalValue) -> DecimalValue? {
    let scale = scale + other.scale
    let (product, overflow) = coefficient.multipliedReportingOverflow(by: other.coefficient)
    if !overflow, scale <= Self.greatestScale { return DecimalValue(coefficient: product, scale: scale) }
    let excess = scale - Self.digitsOfFraction
    guard excess > 0 else { return nil }
    let wide = coefficient.magnitude.multipliedFullWidth(by: other.coefficient.magnitude)
    guard excess <= 38, let quotient = Self.quotient(wide, UInt128(tenToThe(excess))) else { return nil }
    return Self.signed(quotient, isNegative: (coefficient < 0) != (other.coefficient < 0))
  }

  /// The quotient, to 18 digits after the point, the rest cut off; nil for a division by zero too.
  package func divided(by other: DecimalValue) -> DecimalValue? {
    guard other.coefficient != 0 else { return nil }
    let shift = Self.digitsOfFraction - scale + other.scale
    let isNegative = (coefficient < 0) != (other.coefficient < 0)
    if shift < 0 {
      let (divisor, overflow) = other.coefficient.magnitude.multipliedReportingOverflow(by: UInt128(tenToThe(-shift)))
      return Self.signed(overflow ? 0 : coefficient.magnitude / divisor, isNegative: isNegative)
    }
    // Beyond 38 digits the shift is taken in two steps; the first must leave a number that fits.
    let first = min(shift, 38)
    var dividend = coefficient.magnitude
    if shift > first {
      let (product, overflow) = dividend.multipliedReportingOverflow(by: UInt128(tenToThe(shift - first)))
      if overflow { return nil }
      dividend = product
    }
    let wide = dividend.multipliedFullWidth(by: UInt128(tenToThe(first)))
    guard let quotient = Self.quotient(wide, other.coefficient.magnitude) else { return nil }
    return Self.signed(quotient, isNegative: isNegative)
  }

  /// The number without sign.
  package var absolute: DecimalValue? {
    coefficient == .min ? nil : DecimalValue(coefficient: Int128(coefficient.magnitude), scale: scale)
  }

  /// The greatest whole number that is not greater.
  package var roundedDown: DecimalValue {
    let unit = tenToThe(scale)
    let whole = coefficient / unit
    return DecimalValue(integer: coefficient % unit < 0 ? whole - 1 : whole)
  }

  /// The least whole number that is not less.
  package var roundedUp: DecimalValue {
    let unit = tenToThe(scale)
    let whole = coefficient / unit
    return DecimalValue(integer: coefficient % unit > 0 ? whole + 1 : whole)
  }

  /// The nearest whole number, the greater of two (XPath functions §4.4.4).
  package var rounded: DecimalValue {
    guard scale > 0 else { return self }
    let unit = tenToThe(scale)
    let half = unit / 2
    let whole = coefficient / unit
    let rest = coefficient % unit
    if rest >= half { return DecimalValue(integer: whole + 1) }
    return DecimalValue(integer: rest < -half ? whole - 1 : whole)
  }

  /// The number as the nearest xsd:double.
  package var double: Double {
    // Up to 2^53 and 10^22 both numbers are exact, and so their quotient is the nearest.
    if coefficient.magnitude <= 1 << 53, scale <= 22 { return Double(Int64(coefficient)) / powersOfTen[scale] }
    return wideDouble
  }

  private static let digitsOfFraction = 18

  private static func aligned(_ left: DecimalValue, _ right: DecimalValue) -> (Int128, Int128, Int)? {
    if left.scale == right.scale { return (left.coefficient, right.coefficient, left.scale) }
    if left.scale < right.scale {
      let (scaled, overflow) = left.coefficient.multipliedReportingOverflow(by: tenToThe(right.scale - left.scale))
      return overflow ? nil : (scaled, right.coefficient, right.scale)
    }
    let (scaled, overflow) = right.coefficient.multipliedReportingOverflow(by: tenToThe(left.scale - right.scale))
    return overflow ? nil : (left.coefficient, scaled, left.scale)
  }

  private static func quotient(_ wide: (high: UInt128, low: UInt128), _ divisor: UInt128) -> UInt128? {
    wide.high < divisor ? divisor.dividingFullWidth(wide).quotient : nil
  }

  private static func signed(_ magnitude: UInt128, isNegative: Bool) -> DecimalValue? {
    guard magnitude <= UInt128(Int128.max) else { return nil }
    let value = Int128(magnitude)
    return DecimalValue(coefficient: isNegative ? -value : value, scale: digitsOfFraction)
  }
}

/// 10 to the power of 0 to 22, all exact.
private let powersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
]

private let wholePowersOfTen: [Int128] = (0...38).map { exponent in (0..<exponent).reduce(Int128(1)) { power, _ in power * 10 } }

/// 10 to the power of `exponent`, 0 to 38.
private func tenToThe(_ exponent: Int) -> Int128 { wholePowersOfTen[exponent] }
