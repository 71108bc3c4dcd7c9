extension ByteView {
  /// The bytes without white space and no-break spaces (U+00A0, U+202F, U+FEFF) at either end.
  package var trimmedOfSpaces: ByteView {
    var text = trimmed
    while true {
      if text.hasPrefix("\u{00A0}") {
        text = text.dropFirst(2).trimmed
      } else if text.hasPrefix("\u{202F}") || text.hasPrefix("\u{FEFF}") {
        text = text.dropFirst(3).trimmed
      } else if text.count >= 2, text[(text.count - 2)..<text.count] == "\u{00A0}" {
        text = text[0..<(text.count - 2)].trimmed
      } else if text.count >= 3, text[(text.count - 3)..<text.count] == "\u{202F}" || text[(text.count - 3)..<text.count] == "\u{FEFF}" {
        text = text[0..<(text.count - 3)].trimmed
      } else {
        return text
      }
    }
  }
}
