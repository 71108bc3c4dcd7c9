/// A place in a text that is moved forwards: byte offset, line and column.
///
/// Lines end at LF, CR or CRLF and count from 1, columns count Unicode scalar values from 1. To move on costs the bytes
/// that are passed, so the places of many tokens in one long line cost one pass over it.
package struct TextCursor: Sendable, Equatable {
  /// The byte's offset from the text's start.
  package private(set) var offset: Int
  /// The physical line, from 1.
  package private(set) var line: Int
  /// The column in scalar values, from 1.
  package private(set) var column: Int

  /// A cursor at a place that is known.
  package init(offset: Int = 0, line: Int = 1, column: Int = 1) {
    self.offset = offset
    self.line = line
    self.column = column
  }

  /// Moves to the byte at `target` of `text`, which must not lie before the cursor; an offset past the end means the end.
  package mutating func advance(to target: Int, in text: ByteView) {
    let target = min(target, text.count)
    while offset < target {
      let byte = text[offset]
      if byte == 0x0D || byte == 0x0A && !(offset > 0 && text[offset - 1] == 0x0D) {
        line += 1
        column = 1
      } else if byte != 0x0A, byte & 0xC0 != 0x80 {
        column += 1
      }
      offset += 1
    }
  }
}
