import Bytes
import Problems
import RDF
import RDFSyntax
import SPARQL

/// The pages for people.
package struct Pages: Sendable {
  /// What they show.
  let publication: Publication
  private let memory = PageMemory()
  let endings = EndingMemory()

  /// The pages of a publication.
  package init(_ publication: Publication) { self.publication = publication }

  /// The style sheet of all pages.
  package static var stylesheet: [UInt8] { PackageResources.style_css }

  /// The path of the style sheet, which is another one when the style sheet is.
  package static func stylesheetPath() -> String { stylePath }

  private static let stylePath: String = {
    let hash = ByteString(stylesheet).withView { $0.hash }
    return "/assets/style.css?v=" + String(UInt64(truncatingIfNeeded: hash), radix: 16)
  }()

  /// Asks a query on behalf of a page.
  /// - Parameter limit: how many rows are kept.
  func ask(_ text: String, limit: Int = 20_000) async throws(Failure) -> ResultTable {
    var request = QueryRequest(ByteString(text))
    request.budget = publication.pageBudget
    let table = ResultTable(limit: limit)
    try await publication.pages.answer(request, to: table)
    return table
  }

  /// Names the data that pages are made of now.
  func version() async throws(Failure) -> ByteString {
    if let known = publication.pages.version { return known }
    return try await ask("ASK {}").version
  }

  /// Asks a query whose answer is kept as long as the data are the same, for counts that take long and are small.
  func recall(_ text: String) async throws(Failure) -> ResultTable {
    if let known = memory.answer(to: text, version: try await version()) { return known }
    let table = try await ask(text, limit: 1000)
    memory.keep(table, to: text)
    return table
  }

  /// An IRI as a query writes it; nil for one that no query can write, and for none.
  func quoted(_ iri: String) -> String? { !iri.isEmpty && DocumentQueries.isSafe(iri) ? "<\(iri)>" : nil }

  /// An IRI by a prefix, such as `dcterms:title`; the IRI itself where no prefix fits.
  func shortened(_ iri: String) -> String { publication.prefixes.shortened(iri) }

  /// What stands for a thing that nobody has named: its IRI by a prefix, without our base where it is ours, or whole.
  func shortName(_ iri: String) -> String {
    let short = shortened(iri)
    if short != iri { return short }
    guard let path = publication.addresses.path(of: iri) else { return iri }
    return String(path.hasPrefix("/doc/") ? path.dropFirst(5) : path.dropFirst())
  }

  /// The last part of an IRI, for things that nobody has named.
  static func localName(_ iri: String) -> String {
    let parts = iri.split { $0 == "/" || $0 == "#" }
    guard let last = parts.last, parts.count > 1 else { return iri }
    return String(last)
  }

  /// The best names of things, and the units of properties, by IRI.
  func names(of iris: Set<String>, _ language: Language) async throws(Failure) -> Names {
    let values = iris.sorted().prefix(4000).compactMap(quoted)
    if values.isEmpty { return Names(language: language, pages: self) }
    let properties = (TermLabels.properties + [Names.unit]).compactMap(quoted).joined(separator: " ")
    let table = try await ask(
      "SELECT ?x ?p ?l { VALUES ?p { \(properties) } VALUES ?x { \(values.joined(separator: " ")) } ?x ?p ?l }", limit: 40_000)
    var names = Names(language: language, pages: self)
    for row in table.rows {
      guard let iri = row[0]?.iri, let property = row[1]?.iri, let value = row[2] else { continue }
      names.add(iri, property, value)
    }
    return names
  }
}
