import Bytes
import Problems
import RDF

/// A regular expression with named groups, which takes values for all rows of a file out of a text beside them (contract §4): the file's
/// name (`fromFileName`), or the lines before its header (`fromPreamble`).
struct NamedPattern: Sendable {
  private let pattern: Pattern
  private let groups: [(name: ByteString, number: Int)]

  /// The names for which texts give values.
  var names: [ByteString] { groups.map(\.name) }

  /// Reads an expression; it may match anywhere in a text.
  init(_ text: String) throws(AnnotationFault) {
    do {
      pattern = try Pattern(text, anchored: false)
    } catch {
      throw AnnotationFault(reason: .phrase("expression-wrong", ["text": .text(text), "fault": error.message]))
    }
    groups = pattern.groupNames.map { (ByteString($0.name), $0.number) }
    if groups.isEmpty { throw AnnotationFault(reason: .phrase("expression-without-names", ["text": text])) }
  }

  /// What a text says, by name; nothing where the expression does not match.
  func values(in text: ByteString) -> [ByteString: ByteString] {
    text.withView { text in
      guard let found = pattern.groups(in: text) else { return [:] }
      var values: [ByteString: ByteString] = [:]
      for group in groups {
        if let range = found[group.number], !range.isEmpty { values[group.name] = ByteString(text[range]) }
      }
      return values
    }
  }

  /// What a file's name says.
  /// - Parameter path: the file as the user named it, or an IRI; only what follows the last slash counts.
  func values(ofFile path: String) -> [ByteString: ByteString] {
    let last = path.prefix { $0 != "?" && $0 != "#" }.split(separator: "/").last.map(String.init) ?? path
    return values(in: ByteString(last))
  }
}

extension TableAnnotations {
  /// The names for which something beside the rows may give values.
  var namesBesideRows: [ByteString] { (fileNames?.names ?? []) + preamble.flatMap(\.names) }

  /// What the name of a file and the lines before its header say of all its rows, by name. The name counts first, and of the lines the
  /// first that says it.
  func valuesBesideRows(ofFile name: String, comments: [ByteString]) -> [ByteString: ByteString] {
    var values = fileNames?.values(ofFile: name) ?? [:]
    for pattern in preamble {
      for line in comments { values.merge(pattern.values(in: line)) { first, _ in first } }
    }
    return values
  }
}
