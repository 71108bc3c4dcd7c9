import Bytes
import Mapping
package import Problems
import RDF
import Site

extension Pages {
  /// The first page: what there is, how much of it, and where to begin.
  package func home(_ context: PageContext) async throws(Failure) -> String {
    let frame = PageFrame(self, context)
    let examples = exampleQueries(context.language)
    var model: Model = ["examples": examples.prefix(6).map { exampleModel($0, frame) }, "query": context.link(to: "/sparql")]
    guard let site = publication.site else {
      model["files"] = try await files(frame)
      return frame.render("home", title: frame.siteTitle, crumbs: [], section: "/", model)
    }
    model["lookup"] = ["href": context.link(to: "/resolve")] as Model
    let entries = try await entries()
    let codeLists = entries.filter { $0.part?.part.kind == .codeList }
    let schemes = try await schemeNames(codeLists.map(\.iri), context.language)
    let names = try await names(of: Set(entries.compactMap(\.licence)), context.language)
    let cards = EntryModel(frame: frame, names: names, schemes: schemes)
    let datasets = entries.filter { !$0.isRegister }
    let registers = entries.filter { $0.isRegister && $0.part?.part.kind != .codeList }

    if let description = site.file.description {
      model["description"] = frame.text(Label(text: description[context.language], language: description.en == nil ? "sv" : nil))
    }
    model["publisher"] = frame.publisher
    model["figures"] = figures(site.report(), datasets.count, registers.count + codeLists.count, frame)
    model["sections"] = [
      section("home-datasets", datasets, cards), section("home-registers", registers, cards),
      section("home-code-lists", codeLists, cards),
    ].compactMap { $0 }
    model["starts"] = try await starts(datasets, frame)
    return frame.render("home", title: frame.siteTitle, crumbs: [], section: "/", model)
  }

  private func section(_ word: String, _ entries: [CatalogEntry], _ cards: EntryModel) -> Model? {
    if entries.isEmpty { return nil }
    return ["heading": cards.frame.words.word(word), "cards": entries.map(cards.card)]
  }

  private func figures(_ report: SiteReport, _ datasets: Int, _ registers: Int, _ frame: PageFrame) -> [Model] {
    let rows = report.parts.reduce(0) { $0 + ($1.part.kind == .dataset ? $1.conversion.rowsPublished : 0) }
    return [("figure-datasets", datasets), ("figure-registers", registers), ("figure-rows", rows), ("figure-triples", report.triples)].map {
      ["text": frame.words.word($0), "number": frame.number($1)]
    }
  }

  /// Some things to begin with: the publisher's own kommun, and of each kind of dataset a thing of its most common classes.
  private func starts(_ datasets: [CatalogEntry], _ frame: PageFrame) async throws(Failure) -> [Model] {
    guard let site = publication.site else { return [] }
    var things: [(iri: String, type: String?)] = []
    if let code = site.file.publisher.kommun, code.utf8.allSatisfy(isDigit) {
      let table = try await ask(
        "SELECT ?k { ?k a <\(KnownVocabulary.kg)Kommun> ; <\(KnownVocabulary.dcterms("identifier"))> \"\(code)\" } LIMIT 1")
      if let iri = table.rows.first?[0]?.iri { things.append((iri, KnownVocabulary.kg + "Kommun")) }
    }
    for dataset in largest(datasets).prefix(6) {
      var found = 0
      for type in try await classes(in: dataset.iri) where found < 3 && !Self.isOfConcepts(type.iri) && !Self.isOfGeometries(type.iri) {
        guard let first = try await members(of: type.iri, in: dataset.iri, limit: 1).first else { continue }
        things.append((first, type.iri))
        found += 1
      }
    }
    let names = try await names(of: Set(things.map(\.iri) + things.compactMap(\.type)), frame.context.language)
    return things.compactMap { iri, type in
      guard let href = frame.href(iri) else { return nil }
      var model = frame.text(names.label(of: iri) ?? Label(text: Self.localName(iri), language: nil))
      model["href"] = href
      if let type { model["type"] = frame.text(names.name(of: type)) }
      return model
    }
  }

  /// The largest dataset of each mapping.
  private func largest(_ datasets: [CatalogEntry]) -> [CatalogEntry] {
    var found: [(mapping: String, entry: CatalogEntry, triples: Int)] = []
    for entry in datasets {
      guard let part = entry.part, part.failure == nil, let mapping = mapping(of: entry) else { continue }
      let triples = part.conversion.triples
      if let index = found.firstIndex(where: { $0.mapping == mapping }) {
        if found[index].triples < triples { found[index] = (mapping, entry, triples) }
      } else {
        found.append((mapping, entry, triples))
      }
    }
    return found.map(\.entry)
  }

  /// Whether a class is one of concepts and their schemes: lists that data point to, not what data are about.
  static func isOfConcepts(_ type: String) -> Bool { type.hasPrefix(KnownVocabulary.skos("")) }

  /// Whether a class is one of geometries, which are no more than the place of something else.
  private static func isOfGeometries(_ type: String) -> Bool { type.hasPrefix("http://www.opengis.net/ont/") }

  /// The classes of a graph, the most common first; of all graphs where there is none.
  func classes(in graph: String?) async throws(Failure) -> [(iri: String, count: Int)] {
    let inner = "?s a ?c"
    guard let pattern = graph.map({ quoted($0).map { "GRAPH \($0) { \(inner) }" } }) ?? inner else { return [] }
    let table = try await recall("SELECT ?c (COUNT(?s) AS ?n) { \(pattern) } GROUP BY ?c ORDER BY DESC(?n) ?c LIMIT 50")
    return table.rows.compactMap { row in row[0]?.iri.flatMap { iri in row[1]?.integer.map { (iri, $0) } } }
  }

  /// Some things of a class in a graph, in the order of their IRIs; blank nodes left out.
  func members(of type: String, in graph: String, limit: Int, offset: Int = 0) async throws(Failure) -> [String] {
    guard let type = quoted(type), let graph = quoted(graph) else { return [] }
    let table = try await ask(
      "SELECT ?s { GRAPH \(graph) { ?s a \(type) . FILTER(ISIRI(?s)) } } LIMIT \(limit) OFFSET \(offset)", limit: limit)
    return table.rows.compactMap { $0[0]?.iri }
  }

  /// What files hold that are served without a site: how much, which kinds of things, which graphs.
  private func files(_ frame: PageFrame) async throws(Failure) -> Model {
    let triples = try await recall("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows.first?[0]?.integer ?? 0
    let classes = try await classes(in: nil)
    let graphs = try await recall("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g LIMIT 200").rows
    let names = try await names(of: Set(classes.map(\.iri) + graphs.compactMap { $0[0]?.iri }), frame.context.language)
    func row(_ iri: String, _ count: Int) -> Model {
      var model = frame.link(iri, names)
      model["count"] = frame.number(count)
      return model
    }
    let tables: [(String, String, [Model])] = [
      ("files-classes", "column-class", classes.map { row($0.iri, $0.count) }),
      ("files-graphs", "column-graph", graphs.compactMap { entry in entry[0]?.iri.map { row($0, entry[1]?.integer ?? 0) } }),
    ]
    return [
      "triples": frame.words.count(triples, one: "one-triple", many: "many-triples"),
      "tables": tables.filter { !$0.2.isEmpty }.map { heading, column, rows -> Model in
        ["heading": frame.words.word(heading), "column": frame.words.word(column), "rows": rows]
      },
    ]
  }
}
