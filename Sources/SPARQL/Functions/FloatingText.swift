import Bytes
import Glibc
import RDF

/// Numbers of xsd:double and xsd:float as text.
enum FloatingText {
  /// The number that a lexical form means, or nil.
  static func double(_ view: ByteView) -> Double? { parse(view, Double.infinity, .nan) { strtod($0, nil) } }

  /// The number that a lexical form means, or nil.
  static func float(_ view: ByteView) -> Float? { parse(view, Float.infinity, .nan) { strtof($0, nil) } }

  private static func parse<Number: FloatingPoint>(
    _ view: ByteView, _ infinity: Number, _ nan: Number, _ read: (UnsafePointer<CChar>) -> Number
  ) -> Number? {
    guard FloatingLexical.contains(view) else { return nil }
    if view == "NaN" { return nan }
    if view == "INF" || view == "+INF" { return infinity }
    if view == "-INF" { return -infinity }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: view.count + 1) { text in
      for index in 0..<view.count { text[index] = CChar(bitPattern: view[index]) }
      text[view.count] = 0
      guard let start = text.baseAddress else { return nil }
      return read(start)
    }
  }

  /// Appends the canonical form (XSD 1.1 part 2 §E.1): `1.5E0`, `INF`, `NaN`, with the fewest digits that tell the number apart.
  static func append<Number: BinaryFloatingPoint & LosslessStringConvertible>(_ number: Number, to out: inout ByteBuffer) {
    if appendSpecial(number, to: &out) { return }
    let (digits, exponent) = digits(of: number)
    if number.sign == .minus { out.append(UInt8(ascii: "-")) }
    out.append(digits[0])
    out.append(UInt8(ascii: "."))
    if digits.count == 1 { out.append(UInt8(ascii: "0")) }
    for digit in digits.dropFirst() { out.append(digit) }
    out.append(UInt8(ascii: "E"))
    out.append(decimal: exponent)
  }

  /// Appends the form that a cast to xsd:string gives (XPath functions §17.1.2): without exponent from 10⁻⁶ to 10⁶.
  static func append<Number: BinaryFloatingPoint & LosslessStringConvertible>(plain number: Number, to out: inout ByteBuffer) {
    let size = number.magnitude
    guard size == 0 || (size >= 0.000001 && size < 1_000_000) else { return append(number, to: &out) }
    if size == 0 { return number.sign == .minus ? out.append("-0") : out.append("0") }
    let (digits, exponent) = digits(of: number)
    if number.sign == .minus { out.append(UInt8(ascii: "-")) }
    if exponent < 0 {
      out.append("0.")
      for _ in 0..<(-exponent - 1) { out.append(UInt8(ascii: "0")) }
    }
    for (index, digit) in digits.enumerated() {
      if exponent >= 0, index == exponent + 1 { out.append(UInt8(ascii: ".")) }
      out.append(digit)
    }
    for _ in 0..<max(0, exponent + 1 - digits.count) { out.append(UInt8(ascii: "0")) }
  }

  private static func appendSpecial<Number: BinaryFloatingPoint>(_ number: Number, to out: inout ByteBuffer) -> Bool {
    if number.isNaN {
      out.append("NaN")
    } else if number.isInfinite {
      number < 0 ? out.append("-INF") : out.append("INF")
    } else {
      return false
    }
    return true
  }

  /// The significant digits, without zeros at either end but at least one, and the power of ten of the first.
  static func digits<Number: BinaryFloatingPoint & LosslessStringConvertible>(of number: Number) -> (digits: [UInt8], exponent: Int) {
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    let text = Array(number.magnitude.description.utf8)
    for (index, byte) in text.enumerated() {
      if byte == UInt8(ascii: ".") {
        point = digits.count
      } else if byte == UInt8(ascii: "e") {
        exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
        break
      } else {
        digits.append(byte)
      }
    }
    exponent += (point ?? digits.count) - 1
    let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
    if leading == digits.count { return ([UInt8(ascii: "0")], 0) }
    digits.removeFirst(leading)
    exponent -= leading
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return (digits, exponent)
  }
}
