import Mapping
import Problems
import RDF
import Site

/// A dataset or register as the catalog describes it.
struct CatalogEntry {
  /// Its IRI, which is that of its graph.
  let iri: String
  /// What is said of it in the catalog.
  var properties: [String: [Term]] = [:]
  /// The licence of its files.
  var licence: String?
  /// What became of it when the site was built.
  var part: PartReport?

  /// Its name, the last part of its IRI.
  var name: String { Pages.localName(iri) }
  /// Whether it is a register or a code list.
  var isRegister: Bool { part.map { $0.part.kind != .dataset } ?? iri.contains("/register/") }

  /// The best of the texts of a property.
  func text(_ property: String, _ language: Language) -> Label? {
    Label.best((properties[property] ?? []).map { (0, $0) }, language)
  }

  /// The IRIs of a property.
  func iris(_ property: String) -> [String] { (properties[property] ?? []).compactMap(\.iri) }
}

extension Pages {
  /// The datasets and registers of the site, datasets first, with those that could not be built; none without a site.
  func entries() async throws(Failure) -> [CatalogEntry] {
    guard let site = publication.site, let catalog = quoted(site.file.base + "/catalog") else { return [] }
    var entries: [CatalogEntry] = []
    for part in site.report().parts where [.dataset, .register, .codeList, .crosswalk].contains(part.part.kind) {
      entries.append(CatalogEntry(iri: part.part.graph, part: part))
    }
    let table = try await ask(
      """
      SELECT ?d ?p ?o { GRAPH \(catalog) {
        { ?d a <\(KnownVocabulary.dcat("Dataset"))> ; ?p ?o . FILTER(?p != <\(KnownVocabulary.dcat("distribution"))>) }
        UNION { SELECT DISTINCT ?d (<\(KnownVocabulary.dcterms("license"))> AS ?p) ?o {
          ?d a <\(KnownVocabulary.dcat("Dataset"))> ; <\(KnownVocabulary.dcat("distribution"))> ?f . ?f <\(KnownVocabulary.dcterms("license"))> ?o } } } }
      """)
    var places = Dictionary(entries.enumerated().map { ($0.element.iri, $0.offset) }) { first, _ in first }
    for row in table.rows {
      guard let iri = row[0]?.iri, let property = row[1]?.iri, let value = row[2] else { continue }
      let index = places[iri] ?? entries.count
      if index == entries.count {
        entries.append(CatalogEntry(iri: iri))
        places[iri] = index
      }
      entries[index].properties[property, default: []].append(value)
      if property == KnownVocabulary.dcterms("license") { entries[index].licence = value.iri }
    }
    return entries.filter { !$0.isRegister } + entries.filter(\.isRegister)
  }

  /// The names of code lists, which no catalog describes, by the IRI of their graph.
  func schemeNames(_ graphs: [String], _ language: Language) async throws(Failure) -> [String: Label] {
    let values = graphs.compactMap(quoted)
    if values.isEmpty { return [:] }
    let properties = TermLabels.properties.compactMap(quoted).joined(separator: " ")
    let parts = values.map { graph in
      "{ GRAPH \(graph) { ?s a <\(KnownVocabulary.skos("ConceptScheme"))> ; ?p ?l } BIND(\(graph) AS ?g) }"
    }
    let table = try await ask("SELECT ?g ?p ?l { VALUES ?p { \(properties) } { \(parts.joined(separator: " UNION ")) } }")
    var found: [String: [(rank: Int, term: Term)]] = [:]
    for row in table.rows {
      guard let graph = row[0]?.iri, let property = row[1]?.iri, let value = row[2] else { continue }
      found[graph, default: []].append((TermLabels.properties.firstIndex(of: property) ?? 9, value))
    }
    return found.compactMapValues { Label.best($0, language) }
  }
}

/// Turns entries of the catalog into cards.
struct EntryModel {
  /// The frame of the page.
  let frame: PageFrame
  /// The names of licences, themes and specifications.
  let names: Names
  /// The names of code lists by the IRI of their graph.
  let schemes: [String: Label]

  /// What an entry is called.
  func title(_ entry: CatalogEntry) -> Label {
    entry.text(KnownVocabulary.dcterms("title"), frame.context.language) ?? schemes[entry.iri] ?? Label(text: entry.name, language: nil)
  }

  /// A card.
  func card(_ entry: CatalogEntry) -> Model {
    let title = title(entry)
    var model: Model = ["title": frame.text(title), "name": entry.name]
    if let href = frame.href(entry.iri) { model["href"] = href }
    if let description = entry.text(KnownVocabulary.dcterms("description"), frame.context.language), description.text != title.text {
      model["description"] = frame.text(description)
    }
    if let licence = entry.licence { model["licence"] = frame.link(licence, names) }
    model["themes"] = entry.iris(KnownVocabulary.dcat("theme")).map { frame.link($0, names) }
    if let part = entry.part {
      if part.failure == nil, part.conversion.triples > 0 {
        model["triples"] = frame.words.count(part.conversion.triples, one: "one-triple", many: "many-triples")
        if part.conversion.rowsPublished > 0 {
          model["rows"] = frame.words.count(part.conversion.rowsPublished, one: "one-row", many: "many-rows")
        }
      } else if part.failure != nil {
        model["failed"] = true
      }
    }
    return model
  }
}
