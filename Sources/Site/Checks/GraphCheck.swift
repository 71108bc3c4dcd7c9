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
  /// How to mend it, without a full stop; or nil.
  let help: Texts?
  /// How grave that is.
  let severity: Severity
  /// The whole text, so that the lines of messages are those of the file.
  let query: ByteString

  /// Reads a check.
  /// - Throws: ``ProblemCode/checkInvalid``, or what opening the file throws.
  init(_ file: String, resources: any ByteSource) throws(Failure) {
    try self.init(text: String(decoding: try resources.open(file).readAll(limit: QueryFile.longest), as: UTF8.self), file: file)
  }

  /// Reads the text of a check.
  init(text: String, file: String) throws(Failure) {
    let said = QueryFile(text).said
    func invalid(_ reason: Words) -> Failure { Failure(.checkInvalid, at: Place(file: file), ["reason": reason]) }
    /// What is said in both languages; in the one for the other where it is said in one only.
    func texts(_ suffix: String) -> Texts? {
      guard let sv = said["sv" + suffix] ?? said["en" + suffix] else { return nil }
      return Texts(sv: sv.withoutStop, en: said["en" + suffix]?.withoutStop)
    }
    guard let title = texts("") else { throw invalid(.phrase("check-untitled")) }
    let severity = said["severity"] ?? Severity.error.rawValue
    guard let grave = Severity(rawValue: severity), grave != .secret else {
      throw invalid(.phrase("check-severity", ["text": severity]))
    }
    self.file = file
    self.title = title
    help = texts("-help")
    self.severity = grave
    query = ByteString(text)
  }
}

extension String {
  /// The text without the full stop at its end.
  fileprivate var withoutStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
