import Bytes
import Problems
import RDF

/// What the name of a file says of all its rows (contract §4, `fromFileName`): a regular expression with named groups.
struct FileNamePattern: Sendable {
  private let pattern: Pattern
  private let groups: [(name: ByteString, number: Int)]

  /// The names for which file names give values.
  var names: [ByteString] { groups.map(\.name) }

  /// Reads an expression; it may match anywhere in the name.
  init(_ text: String) throws(AnnotationFault) {
    do {
      pattern = try Pattern(text, anchored: false)
    } catch {
      throw AnnotationFault(reason: .phrase("expression-wrong", ["text": .text(text), "fault": error.message]))
    }
    groups = pattern.groupNames.map { (ByteString($0.name), $0.number) }
    if groups.isEmpty { throw AnnotationFault(reason: .phrase("expression-without-names", ["text": text])) }
  }

  /// What a file's name says, by name; nothing where the expression does not match.
  /// - Parameter path: the file as the user named it, or an IRI; only what follows the last slash counts.
  func values(in path: String) -> [ByteString: ByteString] {
    let last = path.prefix { $0 != "?" && $0 != "#" }.split(separator: "/").last.map(String.init) ?? path
    return ByteString(last).withView { name in
      guard let found = pattern.groups(in: name) else { return [:] }
      var values: [ByteString: ByteString] = [:]
      for group in groups {
        if let range = found[group.number], !range.isEmpty { values[group.name] = ByteString(name[range]) }
      }
      return values
    }
  }
}
