import Bytes
import Problems
import Resources

/// A check of the graph of a site: a query whose every row is something that is wrong (`vocabularies/checks/NAME.rq`).
///
/// Its first lines say what, in comments: `# sv:` and `# en:` what is wrong, `# sv-help:` and `# en-help:` how to mend it, `# severity:`
/// `error` or `warning`.
struct GraphCheck {
  /// The path of its file.
  let file: String
  /// What is wrong with what it finds.
  let title: Texts
  /// How to mend it.
  let help: Texts
  /// How grave that is.
  let severity: Severity
  /// The whole text, so that the lines of messages are those of the file.
  let query: ByteString

  /// The longest file that is read.
  private static let limit = 1 << 16

  /// Reads a check.
  /// - Throws: ``ProblemCode/checkInvalid``, or what opening the file throws.
  init(_ file: String, resources: any ByteSource) throws(Failure) {
    try self.init(text: String(decoding: try resources.open(file).readAll(limit: Self.limit), as: UTF8.self), file: file)
  }

  /// Reads the text of a check.
  init(text: String, file: String) throws(Failure) {
    var said: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      guard line.hasPrefix("# ") else { break }
      let parts = line.dropFirst(2).split(separator: ":", maxSplits: 1)
      if parts.count == 2 { said[String(parts[0])] = parts[1].drop { $0 == " " }.trimmedOfSpaces }
    }
    func invalid(_ reason: Words) -> Failure { Failure(.checkInvalid, at: Place(file: file), ["reason": reason]) }
    guard let title = said["sv"] else { throw invalid(.phrase("check-untitled")) }
    let severity = said["severity"] ?? Severity.error.rawValue
    guard let grave = Severity(rawValue: severity), grave != .secret else {
      throw invalid(.phrase("check-severity", ["text": severity]))
    }
    self.file = file
    self.title = Texts(sv: title, en: said["en"])
    help = Texts(sv: said["sv-help"] ?? "", en: said["en-help"])
    self.severity = grave
    query = ByteString(text)
  }
}

extension Substring {
  /// The text without blanks at its end.
  fileprivate var trimmedOfSpaces: String {
    var text = self
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text)
  }
}
