import Bytes

/// The line and column of a byte, found by going over all bytes before it. LF, CR and CR LF each end a line.
struct TextPosition {
  /// The line, from 1.
  private(set) var line = 1
  /// The column, from 1, in Unicode scalar values.
  private(set) var column = 1
  /// Whether the byte before was a CR, whose line a LF may still belong to.
  private var isAfterReturn = false

  /// The beginning of line `line`.
  init(line: Int = 1) { self.line = line }

  /// Goes on over these bytes.
  mutating func advance(over view: ByteView) {
    if isAfterReturn || view.firstIndex(of: 0x0D) != nil {
      for byte in view.buffer { step(byte) }
      return
    }
    var lineStart = 0
    while let feed = view.firstIndex(of: 0x0A, from: lineStart) {
      line += 1
      column = 1
      lineStart = feed + 1
    }
    column += view.dropFirst(lineStart).scalarCount
  }

  private mutating func step(_ byte: UInt8) {
    if byte == 0x0A, isAfterReturn {
      isAfterReturn = false
    } else if byte == 0x0A || byte == 0x0D {
      line += 1
      column = 1
      isAfterReturn = byte == 0x0D
    } else {
      if byte & 0xC0 != 0x80 { column += 1 }
      isAfterReturn = false
    }
  }
}
