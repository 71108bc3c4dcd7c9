import Bytes
import JSON
package import Problems
import Tables

/// Where the rows of triples maps come from, and how they are looked at (RML-IO `rml:LogicalSource`).
package struct LogicalSource: Sendable, Hashable {
  /// What its references are written in.
  package enum Formulation: String, Sendable {
    case csv, json, xml
  }

  /// The items that it finds in its file, alike for all ways to write the iterator.
  enum Items: Sendable, Equatable {
    /// The rows of a table.
    case rows
    case json(JSONPath)
    /// The normal form of an expression of XPath.
    case xml(String)
    /// What an iterator finds that can't be read.
    case unread(String)

    static func == (left: Items, right: Items) -> Bool {
      switch (left, right) {
      case (.rows, .rows): true
      case (.json(let path), .json(let other)): path.isSame(as: other)
      case (.xml(let form), .xml(let other)), (.unread(let form), .unread(let other)): form == other
      default: false
      }
    }
  }

  /// The file or IRI that it names, as it is written.
  package var name: String
  /// Whether a relative name starts from the folder of the mapping; else from the working directory.
  package var isBesideMapping = true
  /// The language of its references, which says what kind of file it is.
  package var formulation: Formulation
  /// What finds the items; nil in a table, whose items are its rows.
  package var iterator: String?
  /// What the iterator finds; set once when the source has been read.
  private(set) var items = Items.rows
  /// Values that mean no value, beside the empty one.
  package var nulls: [String] = []
  /// Rules by which items are never published (contract §4, `withhold`); the column of a rule is a reference.
  var withhold: [WithholdRule] = []
  /// What keeps items back until a day (`embargo`), whose columns are references too.
  var embargoes: [Embargo] = []
  /// What must hold of items for them to count (`when`).
  var conditions: [Condition] = []
  /// As of when codes are looked up of which nothing else is said (`codesAsOf`).
  var codesAsOf: CodesAsOf?
  /// The prefixes of names in XML, each with its namespace.
  package var namespaces: [(prefix: String, iri: String)] = []
  /// How delimited text is written, as far as the mapping says.
  package var delimiter: String?
  /// The character encoding of delimited text and JSON, as the mapping names it; nil where it says none.
  package var encoding: String?

  /// The encoding that must be told to who reads the text; nil where the text says it itself. UTF-16 does: in which order its bytes stand.
  var toldEncoding: String? { encoding?.lowercased() == "utf-16" ? nil : encoding }
  /// Whether references are of the older vocabulary: names without `$`, and all values texts.
  package var isOld = false
  /// Where the mapping speaks of it. Not a part of what it is.
  package var place = Place()
  /// Where its iterator stands. Not a part of what it is either.
  package var iteratorPlace = Place()

  /// Whether two are read in the same way.
  package static func == (left: LogicalSource, right: LogicalSource) -> Bool { left.key == right.key }

  /// Hashes what makes it what it is.
  package func hash(into hasher: inout Hasher) { hasher.combine(key) }

  /// Whether a rule or an embargo withholds items.
  var isSecretive: Bool { !embargoes.isEmpty || withhold.contains { !$0.onlyPointsOut } }

  /// Adds the rules and embargoes of another source that it has not.
  mutating func add(rulesOf other: LogicalSource) {
    for rule in other.withhold where !withhold.contains(where: { ByteString($0.source) == ByteString(rule.source) }) {
      withhold.append(rule)
    }
    for embargo in other.embargoes where !embargoes.contains(where: { ByteString($0.source) == ByteString(embargo.source) }) {
      embargoes.append(embargo)
    }
  }

  /// Whether two find the same items in the same file, however their iterators are written: what withholds those of one withholds those of
  /// the other.
  func hasSameItems(as other: LogicalSource) -> Bool {
    name == other.name && isBesideMapping == other.isBesideMapping && formulation == other.formulation && items == other.items
  }

  /// Tells what the iterator finds, when formulation, iterator and namespaces are known.
  mutating func readIterator() {
    guard let iterator else { return }
    switch formulation {
    case .csv: break
    case .json:
      items = (try? JSONPathParser.parse(iterator, compiler: expressionCompiler)).map { .json($0) } ?? .unread(iterator)
    case .xml: items = (try? XPathExpression(iterator)).map { .xml($0.normalForm(namespaces: namespaces)) } ?? .unread(iterator)
    }
  }

  private var key: [ByteString] {
    let texts = [
      name, "\(isBesideMapping)", formulation.rawValue, iterator ?? "", delimiter ?? "", encoding ?? "", "\(isOld)",
      nulls.joined(separator: "\u{0}"), namespaces.map { "\($0.prefix)=\($0.iri)" }.sorted().joined(separator: "\u{0}"),
      withhold.map(\.source).joined(separator: "\u{0}"), embargoes.map(\.source).joined(separator: "\u{0}"),
      conditions.map(\.source).joined(separator: "\u{0}"), codesAsOf.map { "\($0)" } ?? "",
    ]
    return texts.map { ByteString($0) }
  }
}
