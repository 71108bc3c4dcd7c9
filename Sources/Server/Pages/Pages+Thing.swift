import Bytes
package import Problems
import RDF

extension Pages {
  /// The page of a thing whose identifier is in use.
  package func thing(_ iri: String, _ context: PageContext) async throws(Failure) -> String? { try await thing(iri, context, ended: nil) }

  /// The page of a thing, or of a document that is no dataset: what it is called, what is said of it, what links to it.
  /// - Parameter life: how its identifier ended; nil while it is in use.
  /// - Returns: nil where no quad speaks of it.
  func thing(_ iri: String, _ context: PageContext, ended life: LifeCycle?) async throws(Failure) -> String? {
    let frame = PageFrame(self, context)
    let property = context.query["property"]
    let inverse = context.query["inverse"]
    guard let data = try await data(about: iri, property: property, inverse: inverse, page: frame.page) else { return nil }
    let concepts = try await concepts(of: data)
    var names = try await names(of: data.iris.union(concepts.map(\.iri)), context.language)
    let unnamed = data.graphs.filter { names.label(of: $0) == nil }
    for (graph, label) in try await schemeNames(unnamed, context.language) { names.name(graph, label) }
    let heading = heading(data, names)
    let facts = FactModel(frame: frame, data: data, names: names)

    var model: Model = ["heading": frame.text(heading), "identifier": frame.identifier(iri), "formats": frame.formats(context.path)]
    model["types"] = data.types.map { frame.link($0, names) }
    model["graphs"] = data.graphs.map { graph -> Model in
      var model = frame.link(graph, names)
      model["name"] = Self.localName(graph)
      return model
    }
    if let life { model["ended"] = notice(life, names, frame) }
    let crumbs = crumbs(frame, data, names, heading.text)
    if let property = data.facts.first(where: { $0.iri == property }) {
      model["list"] = list(property, "property", ThingData.valuesShown, facts)
    } else if let inverse = data.links.first(where: { $0.iri == inverse }) {
      model["list"] = list(inverse, "inverse", ThingData.valuesShown, facts)
    } else if let kind = context.query["kind"], let list = try await list(of: kind, linkingTo: data, frame) {
      model["list"] = list
    } else {
      let lead = lead(data, context.language)
      if let lead { model["lead"] = frame.text(lead) }
      model["groups"] = facts.groups(without: repeated(data), told: Set([heading.text, lead?.text].compactMap { $0 }))
      model["kinds"] = try await kinds(linkingTo: data, frame)
      if !concepts.isEmpty {
        let iris = concepts.map(\.iri)
        let isDeep = concepts.contains { $0.broader.map(Set(iris).contains) ?? false }
        if isDeep || concepts.count < Self.leastIndexed {
          model["tree"] = ["concepts": tree(concepts, names, frame), "count": frame.number(concepts.count)] as Model
        }
        if concepts.count >= Self.leastIndexed { model["index"] = index(iris, names, frame) }
      }
      let links = data.links.filter { concepts.isEmpty || !Self.schemeLinks.contains($0.iri) }
      if !links.isEmpty { model["links"] = ["properties": links.map { link($0, facts) }] as Model }
    }
    return frame.render("thing", title: heading.text, crumbs: crumbs, section: iri.hasPrefix(KnownVocabulary.kg) ? "/ns/" : nil, model)
  }

  private static let schemeLinks = [KnownVocabulary.skos("inScheme"), KnownVocabulary.skos("topConceptOf")]
  /// The properties that describe things, the most telling one first.
  static let descriptions = [KnownVocabulary.dcterms("description"), KnownVocabulary.skos("definition"), KnownVocabulary.rdfs("comment")]

  /// What a thing is called: its name, or the last part of its IRI.
  func heading(_ data: ThingData, _ names: Names) -> Label {
    names.label(of: data.iri) ?? Label(text: Self.localName(data.iri), language: nil)
  }

  /// The description that a page begins with.
  private func lead(_ data: ThingData, _ language: Language) -> Label? {
    Label.best(Self.descriptions.enumerated().flatMap { rank, property in data.values(property).map { (rank, $0) } }, language)
  }

  /// The properties whose values the page shows without their name, or more than once.
  private func repeated(_ data: ThingData) -> Set<String> {
    var properties: Set<String> = [RDFTerms.type.text]
    var names: Set<Set<Term>> = []
    for property in TermLabels.properties {
      let values = Set(data.values(property))
      if !values.isEmpty, !names.insert(values).inserted { properties.insert(property) }
    }
    return properties
  }

  private func crumbs(_ frame: PageFrame, _ data: ThingData, _ names: Names, _ title: String) -> [PageFrame.Crumb] {
    var crumbs: [PageFrame.Crumb] = []
    if data.iri.hasPrefix(KnownVocabulary.kg) {
      crumbs.append(.init(text: frame.words.word("menu-terms"), href: frame.context.link(to: "/ns/")))
    } else if let graph = data.graphs.first, graph != data.iri, let href = frame.href(graph) {
      crumbs.append(.init(text: names.label(of: graph)?.text ?? Self.localName(graph), href: href))
    }
    return crumbs + [.init(text: title)]
  }

  /// One long list on a page of its own.
  private func list(_ property: ThingData.Property, _ parameter: String, _ size: Int, _ facts: FactModel) -> Model {
    let frame = facts.frame
    var model = frame.text(facts.names.name(of: property.iri))
    model["count"] = frame.number(property.count)
    model["values"] = facts.values(property.values, of: property.iri, depth: 0)
    model["back"] = frame.context.link(to: frame.context.path)
    model["pager"] = frame.pager(frame.page, size: size, total: property.count, [parameter: property.iri])
    return model
  }

  /// The things that link here by one property.
  private func link(_ property: ThingData.Property, _ facts: FactModel) -> Model {
    let frame = facts.frame
    var model = frame.text(facts.names.name(of: property.iri))
    model["title"] = shortened(property.iri)
    model["count"] = frame.number(property.count)
    model["values"] = property.values.map { term -> Model in
      if case .blankNode = term { return ["plain": ["text": frame.words.word("unnamed")] as Model] }
      return facts.value(term, of: property.iri, depth: 0)
    }
    if property.count > property.values.count { model["more"] = frame.showAll(property.count, ["inverse": property.iri]) }
    return model
  }

  /// The things of a class that link here; nil where there are none.
  private func list(of kind: String, linkingTo data: ThingData, _ frame: PageFrame) async throws(Failure) -> Model? {
    guard data.isQuicklyCounted, let subject = quoted(data.iri), let type = quoted(kind) else { return nil }
    let pattern = "?s ?p \(subject) . ?s a \(type)"
    let count = try await ask("SELECT (COUNT(DISTINCT ?s) AS ?n) { \(pattern) }").rows.first?[0]?.integer ?? 0
    if count == 0 { return nil }
    let size = ThingData.valuesShown
    let table = try await ask("SELECT DISTINCT ?s { \(pattern) } LIMIT \(size) OFFSET \((frame.page - 1) * size)")
    let things = table.rows.compactMap { $0[0]?.iri }
    let names = try await names(of: Set(things + [kind]), frame.context.language)
    var model = frame.text(names.name(of: kind))
    model["count"] = frame.number(count)
    model["values"] = things.map { frame.link($0, names) }
    model["back"] = frame.context.link(to: frame.context.path)
    model["pager"] = frame.pager(frame.page, size: size, total: count, ["kind": kind])
    return model
  }

  /// What kinds of things link to a thing and how many of each; none where it would take long to count.
  private func kinds(linkingTo data: ThingData, _ frame: PageFrame) async throws(Failure) -> [Model] {
    guard data.linkCount > ThingData.linksShown, data.isQuicklyCounted, let subject = quoted(data.iri) else { return [] }
    let table = try await ask(
      "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s ?p \(subject) . ?s a ?c } GROUP BY ?c ORDER BY DESC(?n) LIMIT 8")
    let found = table.rows.compactMap { row in row[0]?.iri.flatMap { iri in row[1]?.integer.map { (iri, $0) } } }
    let names = try await names(of: Set(found.map(\.0)), frame.context.language)
    return found.map { iri, count in
      var model = frame.text(names.name(of: iri))
      model["count"] = frame.number(count)
      model["href"] = frame.context.link(to: frame.context.path, ["kind": iri].fields)
      return model
    }
  }
}
