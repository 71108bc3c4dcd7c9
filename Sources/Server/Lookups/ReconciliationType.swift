import JSON
import Problems
import Site

/// A type of things that names are matched with: the members of a register or code list.
struct ReconciliationType {
  /// Its identifier: the class of the register's members; where registers share one, the register's own IRI.
  let id: String
  /// What it is called.
  let name: String
  /// The register.
  let entry: RegisterLookups.Entry

  /// The types of a site, those of its registers first.
  static func all(_ entries: [RegisterLookups.Entry], _ language: Language) -> [ReconciliationType] {
    let classes = entries.compactMap(\.published.memberClass)
    return entries.map { entry in
      let own = entry.published.memberClass.flatMap { name in classes.count { $0 == name } == 1 ? name : nil }
      return ReconciliationType(id: own ?? entry.published.graph, name: entry.published.title[language], entry: entry)
    }
  }

  /// Whether a client means this type, by its identifier or by the register's name or IRI.
  func answers(to text: String) -> Bool { text == id || text == entry.published.name || text == entry.published.graph }

  /// The type as answers have it.
  var json: JSONValue { .object([("id", .text(id)), ("name", .text(name))]) }
}
