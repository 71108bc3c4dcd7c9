import Bytes
import Problems

// Literals (RFC 9535 §2.3.1, §2.3.5.1).
extension JSONPathParser {
  /// A string in either kind of quotes.
  mutating func string() throws(JSONPathFault) -> ByteString {
    let open = index
    let quote = bytes[index]
    index += 1
    var out = ByteBuffer()
    while let byte = peek {
      if byte == quote {
        index += 1
        return ByteString(out.view)
      }
      if byte < 0x20 { throw fault(.phrase("path-control")) }
      if byte == UInt8(ascii: "\\") {
        try escape(quote, into: &out)
      } else {
        out.append(byte)
        index += 1
      }
    }
    throw fault(.phrase("path-quote-open"), at: open)
  }

  private mutating func escape(_ quote: UInt8, into out: inout ByteBuffer) throws(JSONPathFault) {
    let start = index
    index += 1
    switch peek {
    case quote: out.append(quote)
    case UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(bytes[index])
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"):
      guard let unit = unit(at: index + 1) else { throw fault(.phrase("path-escape"), at: start) }
      index += 5
      if unit & 0xF800 != 0xD800, let scalar = Unicode.Scalar(unit) { return out.append(scalar: scalar) }
      guard unit < 0xDC00, begins("\\u"), let low = self.unit(at: index + 2), low & 0xFC00 == 0xDC00,
        let scalar = Unicode.Scalar(0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF))
      else { throw fault(.phrase("path-escape"), at: start) }
      index += 6
      return out.append(scalar: scalar)
    default: throw fault(.phrase("path-escape"), at: start)
    }
    index += 1
  }

  private func unit(at start: Int) -> UInt32? {
    guard start + 4 <= bytes.count else { return nil }
    var unit: UInt32 = 0
    for byte in bytes[start..<start + 4] {
      guard let digit = hexValue(byte) else { return nil }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }

  /// A number as JSON writes it; nil, with nothing read, where none stands here.
  mutating func number() throws(JSONPathFault) -> Double? {
    let start = index
    let isNegative = take("-")
    guard let first = peek, isDigit(first) else {
      if isNegative { throw fault(.phrase("path-number")) }
      return nil
    }
    if !take("0") { digits() }
    if peek == UInt8(ascii: ".") {
      index += 1
      try someDigits()
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      index += 1
      if !take("-") { _ = take("+") }
      try someDigits()
    }
    guard let value = Double(String(decoding: bytes[start..<index], as: UTF8.self)) else { throw fault(.phrase("path-number"), at: start) }
    return value
  }

  private mutating func digits() {
    while let byte = peek, isDigit(byte) { index += 1 }
  }

  private mutating func someDigits() throws(JSONPathFault) {
    guard let byte = peek, isDigit(byte) else { throw fault(.phrase("path-number")) }
    digits()
  }
}
