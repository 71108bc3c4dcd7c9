import Bytes
import RDF

extension DecimalValue {
  /// The nearest xsd:double, by way of the text.
  var wideDouble: Double {
    var out = ByteBuffer(capacity: 64)
    append(to: &out)
    return FloatingText.double(out.view) ?? .nan
  }

  /// The nearest xsd:float.
  var float: Float {
    if coefficient.magnitude <= 1 << 24, scale == 0 { return Float(Int32(coefficient)) }
    var out = ByteBuffer(capacity: 64)
    append(to: &out)
    return FloatingText.float(out.view) ?? .nan
  }

  /// The number that the fewest digits of a floating point number say; nil for one that is no number or does not fit.
  init?<Number: BinaryFloatingPoint & LosslessStringConvertible>(shortest number: Number) {
    guard number.isFinite else { return nil }
    let (digits, exponent) = FloatingText.digits(of: number)
    var coefficient: Int128 = 0
    for digit in digits { coefficient = coefficient * 10 + Int128(digit - 0x30) }
    var scale = digits.count - 1 - exponent
    if scale < -38 { return nil }
    while scale < 0 {
      let (product, overflow) = coefficient.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      coefficient = product
      scale += 1
    }
    // What lies beyond the last digit that is held is too small to matter.
    while scale > Self.greatestScale {
      coefficient /= 10
      scale -= 1
    }
    self.init(coefficient: number.sign == .minus ? -coefficient : coefficient, scale: scale)
  }
}
