/// Which bytes stand for themselves in percent-encoded text: bit 0 unreserved, bit 1 reserved (RFC 3986 §2), bit 2 a part of a character
/// beyond ASCII.
private let classes: [UInt8] = (0..<256).map { value in
  let byte = UInt8(value)
  if isUnreserved(byte) { return 1 }
  if byte >= 0x80 { return 4 }
  return ":/?#[]@!$&'()*+,;=".utf8.contains(byte) ? 2 : 0
}

/// Whether a byte means the same percent-encoded or not (RFC 3986 §2.3, unreserved).
package func isUnreserved(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || "-._~".utf8.contains(byte) }

extension ByteBuffer {
  /// Appends `value` with every byte percent-encoded that is not unreserved (RFC 6570 §3.2.1), or, where `allowsReserved`,
  /// neither unreserved nor reserved nor part of a percent-encoded triplet.
  package mutating func append(percentEncoding value: ByteView, allowsReserved: Bool = false) {
    append(percentEncoding: value, keeping: allowsReserved ? 3 : 1, allowsReserved)
  }

  /// Appends `value` with every byte percent-encoded that is neither unreserved nor a part of a character beyond ASCII: what may stand in a
  /// part of an IRI (RML-Core, IRI-safe version of a string).
  package mutating func append(iriSafe value: ByteView) { append(percentEncoding: value, keeping: 5, false) }

  /// Appends the bytes that `value` stands for, each percent-encoded triplet as the byte that it encodes (RFC 3986 §2.1). A `%` before what is no
  /// two hexadecimal digits stays as it is.
  package mutating func append(percentDecoding value: ByteView) {
    reserve(value.count)
    var index = 0
    while index < value.count {
      if value[index] == UInt8(ascii: "%"), index + 2 < value.count, let high = hexValue(value[index + 1]),
        let low = hexValue(value[index + 2])
      {
        append(high << 4 | low)
        index += 3
      } else {
        append(value[index])
        index += 1
      }
    }
  }

  @inline(__always)
  private mutating func append(percentEncoding value: ByteView, keeping mask: UInt8, _ allowsReserved: Bool) {
    reserve(value.count * 3)
    classes.withUnsafeBufferPointer { classes in
      for index in 0..<value.count {
        let byte = value[index]
        let isTriplet =
          allowsReserved && byte == UInt8(ascii: "%") && index + 2 < value.count && hexValue(value[index + 1]) != nil
          && hexValue(value[index + 2]) != nil
        if classes[Int(byte)] & mask != 0 || isTriplet {
          append(byte)
        } else {
          append(UInt8(ascii: "%"))
          append(hexDigit(byte >> 4))
          append(hexDigit(byte & 15))
        }
      }
    }
  }
}
