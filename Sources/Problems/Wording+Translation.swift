extension Wording {
  /// A text that somebody else wrote in English, in another language: it is known by the English template of a block whose name begins with
  /// `prefix`. What stands for placeholders is translated too where it is known, and a point or question mark at the end stays.
  /// - Returns: nil where no template is like the text.
  package func translated(_ text: String, among prefix: String, to language: Language) -> String? {
    let end = text.last.map { ".?".contains($0) ? String($0) : "" } ?? ""
    let bare = text.dropLast(end.count)
    // The longest template says most of the text.
    let names = blocks.filter { $0.hasPrefix(prefix) }.sorted { (length($0), $0) > (length($1), $1) }
    for name in names {
      guard let template = template(Language.en.rawValue, of: name), let arguments = Self.arguments(of: bare, in: template) else {
        continue
      }
      let translated = arguments.mapValues { self.translated($0, among: prefix, to: language) ?? $0 }
      return self.text(name, in: language, translated) + end
    }
    return nil
  }

  private func length(_ block: String) -> Int { template(Language.en.rawValue, of: block)?.count ?? 0 }

  /// What stands in a text for the placeholders of a template, each as short as can be but the last; nil where the text is not like it.
  private static func arguments(of text: Substring, in template: String) -> [String: String]? {
    var arguments: [String: String] = [:]
    var rest = text
    var pieces = template.split(separator: "{", omittingEmptySubsequences: false)[...]
    guard let first = pieces.popFirst(), rest.hasPrefix(first) else { return nil }
    rest = rest.dropFirst(first.count)
    if pieces.isEmpty { return rest.isEmpty ? [:] : nil }
    while let piece = pieces.popFirst() {
      guard let close = piece.firstIndex(of: "}") else { return nil }
      let after = piece[piece.index(after: close)...]
      let name = String(piece[..<close])
      if pieces.isEmpty {
        guard rest.hasSuffix(after) else { return nil }
        arguments[name] = String(rest.dropLast(after.count))
      } else {
        guard let found = rest.firstRange(of: after) else { return nil }
        arguments[name] = String(rest[..<found.lowerBound])
        rest = rest[found.upperBound...]
      }
      if arguments[name]?.isEmpty ?? true { return nil }
    }
    return arguments
  }
}
