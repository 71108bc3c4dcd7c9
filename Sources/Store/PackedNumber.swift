import Bytes
import Glibc
import RDF

/// A number as the dictionary's columns keep it, in nine bytes.
///
/// `form` holds the ``NumericType`` in its lower half and the scale of a decimal in its upper half; the scale 15 says that the
/// number does not fit and is read from its lexical form. `payload` is the decimal's coefficient, or the bits of a double.
@frozen @usableFromInline package struct PackedNumber: Sendable {
  @usableFromInline var payload: Int64
  @usableFromInline var form: UInt8

  @usableFromInline static let tooLarge: UInt8 = 15

  @inlinable init(payload: Int64, form: UInt8) {
    self.payload = payload
    self.form = form
  }

  /// The datatype.
  @inlinable package var type: NumericType { NumericType(rawValue: form & 15) ?? .double }

  /// Whether the number is an integer or decimal of `payload / 10^scale`.
  @inlinable var isSmallDecimal: Bool { form & 15 <= NumericType.decimal.rawValue && form &>> 4 != Self.tooLarge }

  /// An integer or decimal as `unscaled / 10^scale`, scale 0 to 14; nil for the few that do not fit, and for float and double.
  @inlinable @inline(__always) package var smallDecimal: (unscaled: Int64, scale: Int)? {
    isSmallDecimal ? (payload, Int(form &>> 4)) : nil
  }

  /// The value of a float or double; nil for other types.
  @inlinable @inline(__always) package var double: Double? {
    type > .decimal ? Double(bitPattern: UInt64(bitPattern: payload)) : nil
  }

  /// Packs a literal; nil where it is ill-typed or beyond what can be held. `key` orders numbers as far as doubles can tell them apart.
  init?(_ type: NumericType, _ view: ByteView, key: inout UInt64, scratch: inout ByteBuffer) {
    switch type {
    case .float, .double:
      guard FloatingLexical.contains(view) else { return nil }
      let value = Self.double(view, isFloat: type == .float, &scratch)
      payload = Int64(bitPattern: value.bitPattern)
      form = type.rawValue
      key = Self.key(value)
    default:
      let decimal: DecimalValue
      if let integerType = type.integerType {
        guard let integer = IntegerValue(lexical: view), integerType.contains(integer),
          let value = DecimalValue(coefficient: integer.number, scale: 0)
        else { return nil }
        decimal = value
      } else {
        guard let value = DecimalValue(lexical: view) else { return nil }
        decimal = value
      }
      let small = Int64(truncatingIfNeeded: decimal.coefficient)
      let fits = Int128(small) == decimal.coefficient && decimal.scale < Int(Self.tooLarge)
      payload = fits ? small : 0
      form = type.rawValue | (fits ? UInt8(truncatingIfNeeded: decimal.scale) : Self.tooLarge) &<< 4
      // A quotient of two exact doubles is rounded once, so the key is monotone, as the C library's reading is.
      if fits, small.magnitude <= 1 << 53 {
        key = Self.key(Double(small) / Self.powersOfTen[decimal.scale])
      } else {
        key = Self.key(Self.double(view, isFloat: false, &scratch))
      }
    }
  }

  /// The value. `view` is the lexical form, which is read where the columns can't hold the number.
  func value(_ view: @autoclosure () -> ByteView) -> NumericValue {
    let type = self.type
    switch type {
    case .double: return .double(Double(bitPattern: UInt64(bitPattern: payload)))
    case .float: return .float(Float(Double(bitPattern: UInt64(bitPattern: payload))))
    default:
      let scale = form &>> 4
      if scale == Self.tooLarge {
        let decimal = DecimalValue(lexical: view()) ?? DecimalValue(0)
        return type.isInteger ? .integer(decimal.coefficient) : .decimal(decimal)
      }
      if type.isInteger { return .integer(Int128(payload)) }
      return .decimal(DecimalValue(coefficient: Int128(payload), scale: Int(scale)) ?? DecimalValue(0))
    }
  }

  private static let powersOfTen: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14]

  /// A double's bits, so that they order as unsigned numbers: both zeros equal, not-a-number last.
  private static func key(_ value: Double) -> UInt64 {
    if value.isNaN { return .max }
    let bits = (value == 0 ? 0.0 : value).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }

  private static func double(_ view: ByteView, isFloat: Bool, _ scratch: inout ByteBuffer) -> Double {
    scratch.truncate()
    scratch.append(view)
    scratch.append(0)
    return scratch.address.withMemoryRebound(to: CChar.self, capacity: scratch.count) { text in
      isFloat ? Double(strtof(text, nil)) : strtod(text, nil)
    }
  }
}
