import Bytes

/// Texts that stand where there is no value.
enum MissingMark {
  /// Texts that mean nothing else wherever they stand, in small letters.
  private static let marks: Set<String> = [
    ".", "..", "...", "-", "--", "---", "–", "—", "*", "**", "***", "?", "n/a", "#n/a", "na", "nan", "null", "(null)", "none", "nil",
    "saknas",
    "uppgift saknas", "ej tillämpligt", "ej aktuellt", "okänd", "okänt", "ingen uppgift", "unknown", "missing",
  ]

  /// Whether a text is known to mean that there is no value.
  static func isKnown(_ text: String) -> Bool { marks.contains(text.lowercased()) }

  /// Whether a text may mean that: it is short and has no digit in it.
  static func mayBe(_ text: String) -> Bool {
    isKnown(text)
      || (!text.isEmpty && text.unicodeScalars.count <= 30 && !text.unicodeScalars.contains { $0.properties.numericType != nil })
  }
}
