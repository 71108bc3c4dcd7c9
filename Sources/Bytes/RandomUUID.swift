extension ByteBuffer {
  /// Appends a new random UUID of version 4 in lower case (RFC 9562 §5.4).
  package mutating func appendRandomUUID() {
    var random = SystemRandomNumberGenerator()
    let bits = (random.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000, random.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
    for index in 0..<16 {
      if index == 4 || index == 6 || index == 8 || index == 10 { append(UInt8(ascii: "-")) }
      let half = index < 8 ? bits.0 : bits.1
      let byte = UInt8(truncatingIfNeeded: half >> UInt64(56 - (index & 7) * 8))
      append(lowerHexDigit(byte >> 4))
      append(lowerHexDigit(byte & 15))
    }
  }
}

/// The lower-case hexadecimal digit of a value from 0 to 15.
package func lowerHexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
