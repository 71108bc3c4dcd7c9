extension ByteView {
  /// Where the first byte stands that is not part of well-formed UTF-8 (Unicode 15, table 3-7), or nil when all is well.
  package var firstIllFormedUTF8: Int? {
    let raw = UnsafeRawPointer(start)
    var index = 0
    while index < count {
      if index &+ 8 <= count, raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 {
        index &+= 8
        continue
      }
      let lead = start[index]
      if lead < 0x80 {
        index &+= 1
        continue
      }
      let length = utf8Length(at: index)
      if length == 0 { return index }
      index &+= length
    }
    return nil
  }

  /// How many bytes the well-formed sequence at `index` has, 1 to 4; 0 where it is ill-formed or cut off.
  package func utf8Length(at index: Int) -> Int {
    let lead = start[index]
    if lead < 0x80 { return 1 }
    let rest = count &- index
    if lead < 0xC2 || lead > 0xF4 || rest < 2 { return 0 }
    let second = start[index &+ 1]
    if lead < 0xE0 { return second & 0xC0 == 0x80 ? 2 : 0 }
    if rest < 3 || start[index &+ 2] & 0xC0 != 0x80 { return 0 }
    if lead < 0xF0 {
      let low: UInt8 = lead == 0xE0 ? 0xA0 : 0x80
      let high: UInt8 = lead == 0xED ? 0x9F : 0xBF
      return second >= low && second <= high ? 3 : 0
    }
    if rest < 4 || start[index &+ 3] & 0xC0 != 0x80 { return 0 }
    let low: UInt8 = lead == 0xF0 ? 0x90 : 0x80
    let high: UInt8 = lead == 0xF4 ? 0x8F : 0xBF
    return second >= low && second <= high ? 4 : 0
  }

  /// The scalar of the well-formed sequence at `index`, with its length; U+FFFD of length 1 where it is ill-formed.
  package func scalar(at index: Int) -> (scalar: Unicode.Scalar, length: Int) {
    let length = utf8Length(at: index)
    var value = UInt32(start[index])
    switch length {
    case 1: break
    case 2: value &= 0x1F
    case 3: value &= 0x0F
    case 4: value &= 0x07
    default: return ("\u{FFFD}", 1)
    }
    for offset in 1..<max(length, 1) { value = (value << 6) | UInt32(start[index + offset] & 0x3F) }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }

  /// How many scalar values the bytes hold, continuation bytes not counted.
  package var scalarCount: Int {
    var total = 0
    for byte in buffer where byte & 0xC0 != 0x80 { total += 1 }
    return total
  }

  /// Whether all bytes are below 0x80, so that nothing of UTF-8 needs a check.
  package var isASCII: Bool {
    let raw = UnsafeRawPointer(start)
    var index = 0
    var bits: UInt64 = 0
    while index &+ 8 <= count {
      bits |= raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      index &+= 8
    }
    while index < count {
      bits |= UInt64(start[index])
      index &+= 1
    }
    return bits & 0x8080_8080_8080_8080 == 0
  }
}
