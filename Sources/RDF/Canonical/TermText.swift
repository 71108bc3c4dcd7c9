package import Bytes

extension ByteBuffer {
  /// Appends an IRI in brackets as N-Triples has it. What may not stand there, though a term holds it, is escaped.
  package mutating func append(bracketed iri: ByteView) {
    append(UInt8(ascii: "<"))
    append(iri, escaping: IRIRules.self)
    append(UInt8(ascii: ">"))
  }

  /// Appends a literal's lexical form in quotes, escaped as canonical N-Triples wants it (RDF 1.2 N-Triples §4,
  /// RDFC-1.0 §5): `\b \t \n \f \r \" \\`, other control characters as `\uXXXX`, the rest as it is.
  package mutating func append(quoted lexical: ByteView) {
    append(UInt8(ascii: "\""))
    append(lexical, escaping: LiteralRules.self)
    append(UInt8(ascii: "\""))
  }

  @inline(__always) private mutating func append<Rules: EscapeRules>(_ view: ByteView, escaping rules: Rules.Type) {
    reserve(view.count &+ 16)
    var index = 0
    let raw = UnsafeRawPointer(view.start)
    // Whole vectors are copied as they are checked; what a vector copies too much is overwritten later.
    while index &+ 16 <= view.count {
      let bytes = raw.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
      if unsafeBitCast(rules.suspects(bytes), to: SIMD2<UInt64>.self) != .zero { break }
      UnsafeMutableRawPointer(address + count).storeBytes(of: bytes, as: SIMD16<UInt8>.self)
      commit(16)
      index &+= 16
    }
    var plain = index
    while index < view.count {
      let escape = rules.escape(view, index)
      if escape == 0 {
        index &+= 1
        continue
      }
      append(view[plain..<index])
      append(escape: escape, view, &index)
      plain = index
    }
    append(view[plain..<view.count])
  }

  /// Appends what stands for the character at `index` and moves beyond it. `letter` is the one after the backslash.
  @inline(never) private mutating func append(escape letter: UInt8, _ view: ByteView, _ index: inout Int) {
    append(UInt8(ascii: "\\"))
    append(letter)
    if letter == UInt8(ascii: "u") {
      let (scalar, length) = view.scalar(at: index)
      for shift in stride(from: UInt32(12), through: 0, by: -4) {
        append(hexDigit(UInt8(truncatingIfNeeded: scalar.value >> shift) & 15))
      }
      index &+= length
    } else {
      index &+= 1
    }
  }
}

/// Which bytes can't stand as they are.
private protocol EscapeRules {
  /// Lanes that may need an escape.
  static func suspects(_ bytes: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>>
  /// The letter after the backslash for the character at `index`, `u` for `\uXXXX`, 0 for none.
  static func escape(_ view: ByteView, _ index: Int) -> UInt8
}

private enum LiteralRules: EscapeRules {
  @inline(__always) static func suspects(_ bytes: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
    let quote = SIMD16<UInt8>(repeating: 0x22)
    let backslash = SIMD16<UInt8>(repeating: 0x5C)
    let delete = SIMD16<UInt8>(repeating: 0x7F)
    let space = SIMD16<UInt8>(repeating: 0x20)
    let noncharacter = SIMD16<UInt8>(repeating: 0xEF)
    let quotes: SIMDMask<SIMD16<Int8>> = bytes .== quote
    let slashes: SIMDMask<SIMD16<Int8>> = bytes .== backslash
    let deletes: SIMDMask<SIMD16<Int8>> = bytes .== delete
    let controls: SIMDMask<SIMD16<Int8>> = bytes .< space
    let others: SIMDMask<SIMD16<Int8>> = bytes .== noncharacter
    return (quotes .| slashes) .| (deletes .| controls) .| others
  }

  @inline(__always) static func escape(_ view: ByteView, _ index: Int) -> UInt8 {
    let byte = view.start[index]
    if byte >= 0x20, byte != 0x22, byte != 0x5C, byte != 0x7F, byte != 0xEF { return 0 }
    return special(view, index)
  }

  @inline(never) private static func special(_ view: ByteView, _ index: Int) -> UInt8 {
    let byte = view.start[index]
    switch byte {
    case 0x22, 0x5C: return byte
    case 0x08: return UInt8(ascii: "b")
    case 0x09: return UInt8(ascii: "t")
    case 0x0A: return UInt8(ascii: "n")
    case 0x0C: return UInt8(ascii: "f")
    case 0x0D: return UInt8(ascii: "r")
    case 0xEF:
      // U+FFFE and U+FFFF are no characters of XML 1.1.
      let isNoncharacter = index + 2 < view.count && view[index + 1] == 0xBF && view[index + 2] >= 0xBE
      return isNoncharacter ? UInt8(ascii: "u") : 0
    default: return UInt8(ascii: "u")
    }
  }
}

private enum IRIRules: EscapeRules {
  @inline(__always) static func suspects(_ bytes: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> { IRICharacters.mask(bytes) }

  @inline(__always) static func escape(_ view: ByteView, _ index: Int) -> UInt8 {
    IRICharacters.forbids(view.start[index]) ? UInt8(ascii: "u") : 0
  }
}
