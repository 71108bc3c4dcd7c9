import Bytes
import Glibc

/// A number as a workbook stores it: the text of a binary floating point number, of which people see fifteen digits.
struct StoredNumber {
  /// The digits that people see.
  static let seenDigits = 15

  private let text: ByteView
  private let isNegative: Bool
  /// The digits from the first that is not 0 to the last, a point among them included.
  private let significant: Range<Int>
  /// How many significant digits there are, zeros at the end not counted.
  private let length: Int
  /// The power of ten that the number is below when it is written as 0.d₁d₂….
  private let exponent: Int
  private let hasExponent: Bool
  private let hasPoint: Bool
  /// Whether the text is just as it would be written anew.
  private let isPlain: Bool

  /// Reads a number; nil where the text is none.
  init?(_ text: ByteView) {
    self.text = text
    var index = 0
    isNegative = text.count > 0 && text[0] == UInt8(ascii: "-")
    let hasPlus = text.count > 0 && text[0] == UInt8(ascii: "+")
    if isNegative || hasPlus { index = 1 }
    let firstDigit = index
    var point = -1
    var first = -1
    var last = -1
    var digits = 0
    while index < text.count {
      let byte = text[index]
      if isDigit(byte) {
        digits &+= 1
        if byte != 0x30 {
          if first < 0 { first = index }
          last = index
        }
      } else if byte == UInt8(ascii: "."), point < 0 {
        point = index
      } else {
        break
      }
      index &+= 1
    }
    if digits == 0 { return nil }
    let end = index
    var power = 0
    hasExponent = index < text.count
    if hasExponent {
      guard text[index] | 0x20 == UInt8(ascii: "e"), let found = Self.power(text.dropFirst(index + 1)) else { return nil }
      power = found
    }
    hasPoint = point >= 0
    let whole = hasPoint ? point : end
    if first < 0 {
      (significant, length, exponent) = (end..<end, 0, 0)
      isPlain = text == "0"
      return
    }
    significant = first..<last + 1
    length = last + 1 - first - (point > first && point < last ? 1 : 0)
    exponent = (first < whole ? whole - first : whole + 1 - first) + power
    if exponent > 309 || hasExponent && exponent < -400 { return nil }
    let isTight = first == firstDigit || first > whole && whole == firstDigit + 1 && text[firstDigit] == 0x30
    isPlain = !hasPlus && !hasExponent && isTight && (!hasPoint || last == end - 1)
  }

  /// The number after an `e`.
  private static func power(_ text: ByteView) -> Int? {
    let isNegative = text.count > 0 && text[0] == UInt8(ascii: "-")
    let isSigned = isNegative || text.count > 0 && text[0] == UInt8(ascii: "+")
    guard let value = text.dropFirst(isSigned ? 1 : 0).cardinal else { return nil }
    return isNegative ? -value : value
  }

  /// Appends the number in plain decimal notation with a point: as it stands where it has no more digits than people see, else rounded to
  /// those. A whole number keeps all of its digits where all are written.
  func append(to out: inout ByteBuffer) {
    let isSeen = length <= Self.seenDigits || !hasPoint && !hasExponent
    if isSeen, isPlain { return out.append(text) }
    if length == 0 { return out.append(UInt8(ascii: "0")) }
    if isNegative { out.append(UInt8(ascii: "-")) }
    if isSeen { return append(digits: text[significant], exponent, to: &out) }
    // The digits of the nearest binary number, not those of the text, are what is rounded.
    var (digits, exponent) = Self.rounded(text)
    while digits.last == 0x30 { digits.removeLast() }
    digits.withUnsafeBufferPointer { append(digits: ByteView($0), exponent, to: &out) }
  }

  /// Appends digits, among which may be a point, as 0.d₁d₂… times a power of ten.
  private func append(digits: ByteView, _ exponent: Int, to out: inout ByteBuffer) {
    if exponent <= 0 {
      out.append("0.")
      for _ in 0..<(-exponent) { out.append(0x30) }
    }
    var written = 0
    for byte in digits.buffer where byte != UInt8(ascii: ".") {
      if written == exponent, written > 0 { out.append(UInt8(ascii: ".")) }
      out.append(byte)
      written += 1
    }
    while written < exponent {
      out.append(0x30)
      written += 1
    }
  }

  /// Fifteen digits of the binary number that a text means, without its sign, and its power of ten.
  private static func rounded(_ text: ByteView) -> (digits: [UInt8], exponent: Int) {
    let value = binary(text).magnitude
    var printed = [CChar](repeating: 0, count: 40)
    _ = withVaList([value]) { vsnprintf(&printed, printed.count, "%.14e", $0) }
    let bytes = printed.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let mark = bytes.firstIndex(of: UInt8(ascii: "e")) ?? bytes.endIndex
    let digits = bytes[..<mark].filter { isDigit($0) }
    return (digits, (Int(String(decoding: bytes[mark...].dropFirst(), as: UTF8.self)) ?? 0) + 1)
  }

  /// The number.
  var value: Double {
    // Fifteen digits and a power of ten, both exact, give the nearest number.
    if !hasExponent, length <= Self.seenDigits, significant.count <= 18, exponent <= 15 {
      var whole = 0
      for byte in text[significant].buffer where byte != UInt8(ascii: ".") { whole = whole &* 10 &+ Int(byte &- 0x30) }
      let number = Double(isNegative ? -whole : whole)
      let shift = length - exponent
      if shift < 0 { return number * Self.powers[-shift] }
      if shift < Self.powers.count { return number / Self.powers[shift] }
    }
    return Self.binary(text)
  }

  private static func binary(_ text: ByteView) -> Double {
    // What strtod reads ends with a NUL.
    var bytes = [CChar](unsafeUninitializedCapacity: text.count + 1) { buffer, count in
      for index in 0..<text.count { buffer[index] = CChar(bitPattern: text[index]) }
      buffer[text.count] = 0
      count = text.count + 1
    }
    return strtod(&bytes, nil)
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
