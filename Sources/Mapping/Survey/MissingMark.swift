import Bytes

/// Texts that stand where there is no value.
enum MissingMark {
  /// Signs that mean nothing else wherever they stand, in small letters.
  private static let signs: Set<String> = [
    ".", "..", "...", "-", "--", "---", "–", "—", "*", "**", "***", "?", "n/a", "#n/a", "null", "(null)",
  ]
  /// Words that mean it among numbers, dates or codes, in small letters; among texts they may be one of the values.
  private static let words: Set<String> = [
    "na", "nan", "none", "nil", "saknas", "uppgift saknas", "ej tillämpligt", "ej aktuellt", "okänd", "okänt", "ingen uppgift", "unknown",
    "missing",
  ]

  /// Whether a text means in any column that there is no value.
  static func isSign(_ text: String) -> Bool { signs.contains(text.lowercased()) }

  /// Whether a text is known to mean that among numbers, dates or codes.
  static func isKnown(_ text: String) -> Bool { signs.contains(text.lowercased()) || words.contains(text.lowercased()) }

  /// Whether a text may mean that: it is short and has no digit in it.
  static func mayBe(_ text: String) -> Bool {
    isKnown(text)
      || (!text.isEmpty && text.unicodeScalars.count <= 30 && !text.unicodeScalars.contains { $0.properties.numericType != nil })
  }
}
