import Bytes

/// The characters of names and labels: PN_CHARS_BASE, PN_CHARS_U and PN_CHARS of Turtle and N-Triples (RDF 1.1).
package enum NameCharacters {
  /// One bit a byte below 64: the hyphen and the digits.
  private static let low: UInt64 = 0x03FF_2000_0000_0000
  /// One bit a byte from 64 to 127: the letters and the underscore.
  private static let high: UInt64 = 0x07FF_FFFE_87FF_FFFE

  /// Whether an ASCII byte is one of PN_CHARS; false for bytes beyond ASCII.
  @inline(__always) package static func isPlain(_ byte: UInt8) -> Bool {
    let word: UInt64 = byte < 64 ? low : high
    return byte < 128 && (word &>> UInt64(byte & 63)) & 1 != 0
  }

  /// The length of the character at `at` if it is one of PN_CHARS, else 0.
  @inline(__always) package static func length(_ bytes: UnsafePointer<UInt8>, _ at: Int) -> Int {
    if bytes[at] < 0x80 { return isPlain(bytes[at]) ? 1 : 0 }
    return foreignLength(bytes, at, canBegin: false)
  }

  /// The length of the character at `at` if it is one of PN_CHARS_BASE, else 0.
  @inline(__always) package static func baseLength(_ bytes: UnsafePointer<UInt8>, _ at: Int) -> Int {
    if bytes[at] < 0x80 { return isLetter(bytes[at]) ? 1 : 0 }
    return foreignLength(bytes, at, canBegin: true)
  }

  /// The length of the character at `at` if it is one of PN_CHARS_U or a digit, as names and labels may begin; else 0.
  @inline(__always) package static func initialLength(_ bytes: UnsafePointer<UInt8>, _ at: Int) -> Int {
    if bytes[at] < 0x80 { return isPlain(bytes[at]) && bytes[at] != UInt8(ascii: "-") ? 1 : 0 }
    return foreignLength(bytes, at, canBegin: true)
  }

  @inline(never) private static func foreignLength(_ bytes: UnsafePointer<UInt8>, _ at: Int, canBegin: Bool) -> Int {
    let (scalar, length) = ByteView(bytes + at, count: 4).scalar(at: 0)
    return allows(scalar.value, canBegin: canBegin) ? length : 0
  }

  /// Whether a scalar value beyond ASCII is one of PN_CHARS, or of PN_CHARS_BASE where it is to begin a name.
  static func allows(_ value: UInt32, canBegin: Bool) -> Bool {
    if isBase(value) { return true }
    if canBegin { return false }
    switch value {
    case 0xB7, 0x0300...0x036F, 0x203F...0x2040: return true
    default: return false
    }
  }

  private static func isBase(_ value: UInt32) -> Bool {
    switch value {
    case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF,
      0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFC, 0xFFFD, 0x10000...0xEFFFF:
      true
    default: false
    }
  }

  /// Where the label of a blank node ends that begins at `at` (BLANK_NODE_LABEL without `_:`); `at` where none does.
  /// `reach` is the last index that was looked at.
  package static func labelEnd(_ bytes: UnsafePointer<UInt8>, _ at: Int, reach: inout Int) -> Int {
    reach = at &+ initialLength(bytes, at)
    return reach > at ? runEnd(bytes, reach, reach: &reach) : at
  }

  /// Where a run of PN_CHARS and dots ends that goes on from `at`, dots at its end left out. `reach` is the index after them.
  @inline(__always) package static func runEnd(_ bytes: UnsafePointer<UInt8>, _ at: Int, reach: inout Int) -> Int {
    var index = at
    var end = at
    while true {
      let length = length(bytes, index)
      if length > 0 {
        index &+= length
        end = index
      } else if bytes[index] == UInt8(ascii: ".") {
        index &+= 1
      } else {
        reach = index
        return end
      }
    }
  }
}
