/// A text in Swedish and, where it has been written, English.
package struct Texts: Sendable, Hashable {
  /// The Swedish text.
  package let sv: String
  /// The English text, or nil.
  package let en: String?

  /// A text.
  package init(sv: String, en: String?) {
    self.sv = sv
    self.en = en
  }

  /// The text in a language, Swedish where it has no other.
  package subscript(language: Language) -> String { language == .en ? en ?? sv : sv }
}
