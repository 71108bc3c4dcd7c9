package import Bytes

/// The characters that may not stand between `<` and `>` (IRIREF of Turtle and N-Triples): U+0000 to U+0020 and ``< > " { } | ^ ` \``.
@usableFromInline package enum IRICharacters {
  /// One bit a byte below 64: the controls, the space, `"`, `<` and `>`.
  @usableFromInline static let low: UInt64 = 0x5000_0005_FFFF_FFFF
  /// One bit a byte from 64 to 127: ``\ ^ ` { | }``.
  @usableFromInline static let high: UInt64 = 0x3800_0001_5000_0000

  /// Whether `byte` may not stand in an IRI. Bytes of characters beyond ASCII may.
  @inlinable @inline(__always) package static func forbids(_ byte: UInt8) -> Bool {
    let word: UInt64 = byte < 64 ? low : high
    return byte < 128 && (word &>> UInt64(byte & 63)) & 1 != 0
  }

  /// Where the first forbidden byte stands at or after `address`, as an offset from it.
  ///
  /// The caller vouches that there is one, and that 16 bytes after it may be read.
  @inlinable @inline(__always) package static func distanceToForbidden(_ address: UnsafePointer<UInt8>) -> Int {
    var at = 0
    while true {
      let found = forbidden(UnsafeRawPointer(address + at).loadUnaligned(as: SIMD16<UInt8>.self))
      if found < 16 { return at &+ found }
      at &+= 16
    }
  }

  /// The first lane that holds a forbidden byte; 16 where none does.
  @inlinable @inline(__always) static func forbidden(_ bytes: SIMD16<UInt8>) -> Int { firstLane(mask(bytes)) }

  /// The lanes that hold a forbidden byte.
  @inlinable @inline(__always) package static func mask(_ bytes: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
    let controlEnd = SIMD16<UInt8>(repeating: 0x21)
    let quote = SIMD16<UInt8>(repeating: 0x22)
    let backquote = SIMD16<UInt8>(repeating: 0x60)
    let openBrace = SIMD16<UInt8>(repeating: 0x7B)
    let three = SIMD16<UInt8>(repeating: 3)
    // `<` and `>` differ in one bit, and so do `\` and `^`.
    let pairBits = SIMD16<UInt8>(repeating: 0xFD)
    let angle = SIMD16<UInt8>(repeating: 0x3C)
    let backslash = SIMD16<UInt8>(repeating: 0x5C)
    let pairs = bytes & pairBits
    let controls: SIMDMask<SIMD16<Int8>> = bytes .< controlEnd
    let quotes: SIMDMask<SIMD16<Int8>> = bytes .== quote
    let backquotes: SIMDMask<SIMD16<Int8>> = bytes .== backquote
    // `{`, `|` and `}` follow each other.
    let braces: SIMDMask<SIMD16<Int8>> = (bytes &- openBrace) .< three
    let angles: SIMDMask<SIMD16<Int8>> = pairs .== angle
    let slashes: SIMDMask<SIMD16<Int8>> = pairs .== backslash
    return (controls .| quotes) .| (backquotes .| braces) .| (angles .| slashes)
  }

  /// The first lane that is set; 16 where none is.
  @inlinable @inline(__always) package static func firstLane(_ mask: SIMDMask<SIMD16<Int8>>) -> Int {
    let halves = unsafeBitCast(mask, to: SIMD2<UInt64>.self)
    if halves[0] != 0 { return halves[0].trailingZeroBitCount &>> 3 }
    return 8 &+ halves[1].trailingZeroBitCount &>> 3
  }

  /// Where the first byte of `view` stands that may not stand in an IRI, or nil.
  package static func firstForbidden(in view: ByteView) -> Int? {
    var at = 0
    while at &+ 16 <= view.count {
      let found = forbidden(UnsafeRawPointer(view.start + at).loadUnaligned(as: SIMD16<UInt8>.self))
      if found < 16 { return at &+ found }
      at &+= 16
    }
    while at < view.count {
      if forbids(view.start[at]) { return at }
      at &+= 1
    }
    return nil
  }

  /// How many bytes the scheme before the first colon has (RFC 3986 §3.1), or nil for a relative reference.
  package static func schemeLength(of view: ByteView) -> Int? {
    guard view.count > 1, isLetter(view.start[0]) else { return nil }
    var at = 1
    while at < view.count {
      let byte = view.start[at]
      if byte == UInt8(ascii: ":") { return at }
      if !isLetter(byte), !isDigit(byte), byte != UInt8(ascii: "+"), byte != UInt8(ascii: "-"), byte != UInt8(ascii: ".") { return nil }
      at &+= 1
    }
    return nil
  }
}

extension ByteView {
  /// Where the first byte stands that may not stand in an IRI (IRIREF of Turtle and N-Triples), or nil.
  package var firstForbiddenInIRI: Int? { IRICharacters.firstForbidden(in: self) }

  /// Whether the bytes begin with a scheme and a colon (RFC 3986 §3.1): not a relative reference.
  package var isAbsoluteIRI: Bool { IRICharacters.schemeLength(of: self) != nil }
}
