import Problems

/// An encoding that tables come in.
enum TextEncoding: Sendable, Equatable {
  case utf8
  case utf16LittleEndian
  case utf16BigEndian
  case windows1252
  case ascii

  /// The encoding that a label stands for, whatever its case. As in the Encoding Standard, `iso-8859-1` means Windows-1252.
  /// `utf-16` without a byte order mark is little-endian.
  init?(label: String) {
    switch label.lowercased() {
    case "utf-8", "utf8": self = .utf8
    case "utf-16", "utf16", "utf-16le": self = .utf16LittleEndian
    case "utf-16be": self = .utf16BigEndian
    case "windows-1252", "cp1252", "x-cp1252", "iso-8859-1", "iso8859-1", "latin1", "l1": self = .windows1252
    case "us-ascii", "ascii": self = .ascii
    default: return nil
    }
  }

  /// The name for messages.
  var name: String {
    switch self {
    case .utf8: "UTF-8"
    case .utf16LittleEndian: "UTF-16LE"
    case .utf16BigEndian: "UTF-16BE"
    case .windows1252: "Windows-1252"
    case .ascii: "US-ASCII"
    }
  }

  /// The encoding that a byte order mark at the start says, and the mark's length.
  static func mark(_ bytes: [UInt8]) -> (encoding: TextEncoding, length: Int)? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
    if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
    return nil
  }

  /// UTF-16 without a mark: nearly all first bytes of the pairs, or nearly all second ones, are NUL, and none of the others.
  static func unmarkedUTF16(_ bytes: [UInt8]) -> TextEncoding? {
    let pairs = bytes.count / 2
    guard pairs > 0 else { return nil }
    var zeros = [0, 0]
    for index in 0..<pairs * 2 where bytes[index] == 0 { zeros[index & 1] += 1 }
    if zeros[0] == 0, zeros[1] * 10 >= pairs * 8 { return .utf16LittleEndian }
    if zeros[1] == 0, zeros[0] * 10 >= pairs * 8 { return .utf16BigEndian }
    return nil
  }

  /// The scalar of a byte in Windows-1252, or nil for the five that mean nothing.
  static func windows1252(_ byte: UInt8) -> UInt16? {
    if byte < 0x80 || byte >= 0xA0 { return UInt16(byte) }
    let value = upperControls[Int(byte) - 0x80]
    return value == 0 ? nil : value
  }

  /// What 0x80–0x9F mean in Windows-1252; 0 for nothing.
  private static let upperControls: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
  ]
}
