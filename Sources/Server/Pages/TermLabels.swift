import Bytes
import Problems
import RDF
import Site

/// What a thing is called.
struct Label: Sendable {
  /// The name.
  let text: String
  /// Its language tag; nil where it has none.
  let language: String?

  /// The best of several names: in the wanted language, then in another, then without one; by the order of the properties that name it.
  /// - Parameter names: values of properties, each with its property's place in ``TermLabels/properties``.
  static func best(_ names: [(rank: Int, term: Term)], _ language: Language) -> Label? {
    func place(_ term: Term) -> Int {
      guard let tag = term.language else { return 2 }
      return tag == language.rawValue || tag.hasPrefix(language.rawValue + "-") ? 0 : 1
    }
    let found = names.filter { !($0.term.lexical ?? "").isEmpty }.min { (place($0.term), $0.rank) < (place($1.term), $1.rank) }
    return found.flatMap { found in found.term.lexical.map { Label(text: $0, language: found.term.language) } }
  }
}

/// The names of well-known terms, from `vocabularies/terms.ttl`, and how pages sort properties.
struct TermLabels: Sendable {
  /// The properties that name things, the most telling one first.
  static let properties = [
    KnownVocabulary.skos("prefLabel"), KnownVocabulary.rdfs("label"), KnownVocabulary.dcterms("title"), KnownVocabulary.foaf("name"),
    "http://schema.org/name", KnownVocabulary.vcard("fn"),
  ]

  private var names: [ByteString: [(rank: Int, term: Term)]] = [:]
  private var orders: [ByteString: Int] = [:]
  private var identifying: Set<ByteString> = []

  /// The names that a library knows.
  init(of library: Library) {
    let quads = QuadCollector()
    // A file that can't be read leaves terms without names; `validate --site` tells.
    try? WellKnownTerms.read(of: library, into: quads, problems: ProblemList())
    for quad in quads.quads {
      guard case .iri(let subject) = quad.subject, let predicate = quad.predicate.iri else { continue }
      if orders[subject] == nil { orders[subject] = orders.count }
      if predicate == KnownVocabulary.rdfs("label") { names[subject, default: []].append((1, quad.object)) }
      if predicate == "http://www.w3.org/ns/shacl#group" { identifying.insert(subject) }
    }
  }

  /// The name of a well-known term.
  func label(of iri: String, _ language: Language) -> Label? { names[ByteString(iri)].flatMap { Label.best($0, language) } }

  /// Where a property stands among others: in the order of the file, those that are not in it last.
  func order(of iri: String) -> Int { orders[ByteString(iri)] ?? .max }

  /// Whether a property says what its thing is called or what it is.
  func identifies(_ iri: String) -> Bool { identifying.contains(ByteString(iri)) }
}
