import Problems

/// What a `Content-Type` says (RFC 9110 §8.3.1): a type and its parameters.
package struct MediaType: Sendable {
  /// The whole field, without white space at either end.
  package let text: String
  /// The type and subtype in small letters.
  package let name: String
  private let fields: [(name: String, value: String)]

  /// Reads a field; what is no parameter is left out.
  package init(_ text: String) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(\.withoutPadding)
    self.text = String(text[...].withoutPadding)
    name = (parts.first ?? "").lowercased()
    fields = parts.dropFirst().compactMap { part in
      guard let equals = part.firstIndex(of: "=") else { return nil }
      let value = part[part.index(after: equals)...]
      let isQuoted = value.count > 1 && value.hasPrefix("\"") && value.hasSuffix("\"")
      return (part[..<equals].lowercased(), (isQuoted ? value.dropFirst().dropLast() : value).lowercased())
    }
  }

  /// The values of a parameter, in small letters.
  package func parameters(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }
}

extension MediaType {
  /// What to tell of a body of this type where others are wanted.
  func refused(choices: String) -> Failure {
    let given: Words = text.isEmpty ? .phrase("media-type-missing") : .phrase("media-type-given", ["type": .text(text)])
    return Failure(.requestMediaType, value: text, ["given": given, "choices": .text(choices)])
  }
}
