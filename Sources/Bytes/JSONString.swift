extension ByteBuffer {
  /// Appends `view` as a JSON string with its quotes (RFC 8259 §7). The bytes must be UTF-8; only what must be is escaped.
  package mutating func append(jsonString view: ByteView) {
    append(UInt8(ascii: "\""))
    let first = view.firstEscapedInJSON
    if first == view.count {
      append(view)
      return append(UInt8(ascii: "\""))
    }
    var plain = 0
    for index in first..<view.count {
      let byte = view[index]
      if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { continue }
      append(view[plain..<index])
      plain = index + 1
      append(UInt8(ascii: "\\"))
      switch byte {
      case 0x0A: append(UInt8(ascii: "n"))
      case 0x0D: append(UInt8(ascii: "r"))
      case 0x09: append(UInt8(ascii: "t"))
      case 0x20...: append(byte)
      default:
        append("u00")
        append(hexDigit(byte >> 4))
        append(hexDigit(byte & 15))
      }
    }
    append(view[plain..<view.count])
    append(UInt8(ascii: "\""))
  }

  /// Appends a text as a JSON string with its quotes.
  package mutating func append(jsonText text: String) {
    ByteString(text).withView { append(jsonString: $0) }
  }
}

extension ByteView {
  /// Whether the bytes stand in a JSON string as they are.
  package var isPlainInJSON: Bool { firstEscapedInJSON == count }

  /// Where the first byte stands that JSON wants escaped in a string; ``count`` where none does.
  fileprivate var firstEscapedInJSON: Int {
    let raw = UnsafeRawPointer(start)
    let space = SIMD16<UInt8>(repeating: 0x20)
    let quote = SIMD16<UInt8>(repeating: UInt8(ascii: "\""))
    let backslash = SIMD16<UInt8>(repeating: UInt8(ascii: "\\"))
    var at = 0
    while at &+ 16 <= count {
      let bytes = raw.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self)
      let mask: SIMDMask<SIMD16<Int8>> = (bytes .< space) .| (bytes .== quote) .| (bytes .== backslash)
      let halves = unsafeBitCast(mask, to: SIMD2<UInt64>.self)
      if halves[0] | halves[1] != 0 { break }
      at &+= 16
    }
    while at < count {
      let byte = start[at]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return at }
      at &+= 1
    }
    return count
  }
}

/// The upper-case hexadecimal digit of a value from 0 to 15.
@inlinable package func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 &+ value : 0x37 &+ value }
