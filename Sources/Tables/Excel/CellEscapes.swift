import Bytes

extension ByteBuffer {
  /// Replaces the escapes `_xHHHH_` in the bytes from `start` on by the characters that they stand for (ECMA-376 part 1, §22.9.2.19), two of
  /// them together where they are surrogates. What is no such escape stays; so does half a surrogate pair.
  mutating func decodeCellEscapes(from start: Int) {
    guard let first = view.firstIndex(of: UInt8(ascii: "_"), from: start) else { return }
    var read = first
    var written = first
    while read < count {
      guard let escape = view.cellEscape(at: read) else {
        address[written] = address[read]
        written += 1
        read += 1
        continue
      }
      for byte in String(escape.scalar).utf8 {
        address[written] = byte
        written += 1
      }
      read += escape.length
    }
    truncate(to: written)
  }
}

extension ByteView {
  /// The character of the escape that stands at `index`, and the escape's length; nil where none stands there.
  fileprivate func cellEscape(at index: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    guard let unit = utf16Escape(at: index) else { return nil }
    if let scalar = Unicode.Scalar(unit) { return (scalar, 7) }
    guard unit & 0xFC00 == 0xD800, let low = utf16Escape(at: index + 7), low & 0xFC00 == 0xDC00 else { return nil }
    return Unicode.Scalar(0x10000 + (UInt32(unit & 0x3FF) << 10) + UInt32(low & 0x3FF)).map { ($0, 14) }
  }

  private func utf16Escape(at index: Int) -> UInt16? {
    guard index + 7 <= count, self[index] == UInt8(ascii: "_"), self[index + 1] == UInt8(ascii: "x"), self[index + 6] == self[index] else {
      return nil
    }
    return hexNumber(at: index + 2, digits: 4).map { UInt16(truncatingIfNeeded: $0) }
  }

  /// The first control character that no table holds, or nil: below U+0020 only tab and line ends may stand in a cell.
  var firstControlCharacter: UInt8? {
    for byte in buffer where byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D { return byte }
    return nil
  }
}
