import Bytes
package import Identifiers

extension NewKey {
  /// Reads the value of the annotation `newKey`: `sequence`, `sequence luhn` or `uuid`, with what stands before it as an option,
  /// `sequence; prefix: 1880-`. Nil where it is none.
  package init?(_ text: String) {
    guard let parts = try? OptionText(text, known: ["prefix"]), let kind = Kind(rawValue: parts.text) else { return nil }
    self.init(kind, prefix: ByteString(parts.options["prefix"] ?? ""))
  }
}
