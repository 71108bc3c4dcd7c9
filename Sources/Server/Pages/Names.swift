import Bytes
import Problems
import RDF

/// The names of things that a page speaks of.
struct Names {
  /// The property that says in which unit the values of a property are.
  static let unit = KnownVocabulary.qudt("hasUnit")

  /// The language that is wanted.
  let language: Language
  /// Who knows prefixes.
  let pages: Pages
  private var found: [ByteString: [(rank: Int, term: Term)]] = [:]
  private var units: [ByteString: String] = [:]
  private var given: [ByteString: Label] = [:]

  init(language: Language, pages: Pages) {
    self.language = language
    self.pages = pages
  }

  /// Names a thing that has no name of its own.
  mutating func name(_ iri: String, _ label: Label) { given[ByteString(iri)] = label }

  /// Adds what is said of a thing.
  mutating func add(_ iri: String, _ property: String, _ value: Term) {
    if property == Self.unit {
      units[ByteString(iri)] = value.iri
    } else if let rank = TermLabels.properties.firstIndex(of: property) {
      found[ByteString(iri), default: []].append((rank, value))
    }
  }

  /// What a thing is called; nil where nobody says.
  func label(of iri: String) -> Label? {
    let own = found[ByteString(iri)].flatMap { Label.best($0, language) }
    if let own, own.language == language.rawValue { return own }
    // A well-known term may have a name in the wanted language where the data have one in another.
    if let known = pages.publication.labels.label(of: iri, language), own == nil || known.language == language.rawValue { return known }
    return own ?? given[ByteString(iri)]
  }

  /// What a thing is called, or what stands for it.
  func name(of iri: String) -> Label { label(of: iri) ?? Label(text: pages.shortName(iri), language: nil) }

  /// What stands after numbers that are values of a property; nil where nobody says.
  func unit(ofProperty iri: String) -> String? { units[ByteString(iri)].map { name(of: $0).text } }
}
