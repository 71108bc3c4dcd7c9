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

  /// The nearest number to a floating point number that can be held (XPath Functions §17.1.3.3), which is its exact value but for digits
  /// beyond ``greatestScale`` or what 128 bits have room for; nil for one that is no number or does not fit.
  init?(nearest number: Double) {
    guard number.isFinite, number.magnitude < 1e38 else { return nil }
    let whole = number.magnitude.rounded(.towardZero)
    var coefficient = Int128(whole)
    var scale = 0
    // The rest as a binary fraction of 124 bits, so that ten times it fits.
    var rest = UInt128((number.magnitude - whole) * 0x1p124)
    let one: UInt128 = 1 << 124
    while rest != 0, scale < Self.greatestScale, coefficient < Int128.max / 100 {
      rest *= 10
      coefficient = coefficient * 10 + Int128(rest / one)
      rest %= one
      scale += 1
    }
    if rest >= one / 2 { coefficient += 1 }
    self.init(coefficient: number < 0 ? -coefficient : coefficient, scale: scale)
  }
}
