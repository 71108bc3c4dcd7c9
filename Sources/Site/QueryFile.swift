/// A query in a file (contract §3), whose first lines say of it what no engine asks, in comments: `# sv: …`, `# rows: 12`.
package struct QueryFile: Sendable {
  /// The longest file that is read, in bytes.
  package static let longest = 1 << 16

  /// What the first lines say, by name.
  package let said: [String: String]
  /// The query without those lines.
  package let query: String

  /// Takes the text of a file apart. Empty lines between the first lines do not end them.
  package init(_ text: String) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var said: [String: String] = [:]
    var end = 0
    for (number, line) in lines.enumerated() where !line.isEmpty {
      guard line.hasPrefix("# ") else { break }
      let parts = line.dropFirst(2).split(separator: ":", maxSplits: 1)
      if parts.count == 2 { said[String(parts[0])] = parts[1].withoutBlankEnds }
      end = number + 1
    }
    self.said = said
    query = lines[end...].joined(separator: "\n")
  }
}

extension Substring {
  /// The text without white space at its ends.
  fileprivate var withoutBlankEnds: String {
    var text = drop(while: \.isWhitespace)
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text)
  }
}
