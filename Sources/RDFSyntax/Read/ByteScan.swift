import RDF

/// Searches that run over 16 bytes at a time. The caller vouches that what is sought is there, and that 16 bytes after it
/// may be read.
enum ByteScan {
  /// The first quote `quote`, backslash, LF or CR at or after `from`.
  @inline(__always) static func stringStop(_ bytes: UnsafePointer<UInt8>, _ from: Int, quote: UInt8 = UInt8(ascii: "\"")) -> Int {
    let quotes = SIMD16<UInt8>(repeating: quote)
    let backslash = SIMD16<UInt8>(repeating: UInt8(ascii: "\\"))
    let feed = SIMD16<UInt8>(repeating: 0x0A)
    let carriage = SIMD16<UInt8>(repeating: 0x0D)
    var at = from
    while true {
      let vector = UnsafeRawPointer(bytes + at).loadUnaligned(as: SIMD16<UInt8>.self)
      var mask: SIMDMask<SIMD16<Int8>> = vector .== quotes
      mask = mask .| (vector .== backslash)
      mask = mask .| (vector .== feed)
      mask = mask .| (vector .== carriage)
      let lane = IRICharacters.firstLane(mask)
      if lane < 16 { return at &+ lane }
      at &+= 16
    }
  }

  /// The first byte at or after `from` and before `end` that is not ASCII; `end` where all are.
  @inline(__always) static func foreign(_ bytes: UnsafePointer<UInt8>, _ from: Int, _ end: Int) -> Int {
    var at = from
    let raw = UnsafeRawPointer(bytes)
    while at &+ 32 <= end {
      let first = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self) | raw.loadUnaligned(fromByteOffset: at &+ 8, as: UInt64.self)
      let second =
        raw.loadUnaligned(fromByteOffset: at &+ 16, as: UInt64.self) | raw.loadUnaligned(fromByteOffset: at &+ 24, as: UInt64.self)
      if (first | second) & 0x8080_8080_8080_8080 != 0 { break }
      at &+= 32
    }
    while at < end, bytes[at] < 0x80 { at &+= 1 }
    return at
  }
}
