package import Problems
import RDF
import Resources
import Site

extension Pages {
  /// The catalog: all datasets and registers, with theme and licence.
  package func catalog(_ context: PageContext) async throws(Failure) -> String {
    let frame = PageFrame(self, context)
    let entries = try await entries().filter { !$0.properties.isEmpty || $0.part?.failure != nil }
    let mentioned = entries.flatMap { entry in [entry.licence].compactMap { $0 } + entry.iris(KnownVocabulary.dcat("theme")) }
    let names = try await names(of: Set(mentioned), context.language)
    let cards = EntryModel(frame: frame, names: names, schemes: [:])
    var model: Model = [
      "entries": entries.map { entry -> Model in
        var model = cards.card(entry)
        model["kind"] = frame.words.word(entry.isRegister ? "kind-register" : "kind-dataset")
        return model
      },
      "dcat": context.folder + "/datasets/dcat", "list": context.link(to: "/psidata"), "formats": frame.formats(context.path),
      "count": frame.number(entries.count),
    ]
    if let site = publication.site?.file {
      model["identifier"] = frame.identifier(site.base + "/catalog")
      if let description = site.description { model["lead"] = ["text": description[context.language]] as Model }
    }
    let title = frame.words.word("catalog-title")
    return frame.render("catalog", title: title, crumbs: [.init(text: title)], section: "/catalog", model)
  }

  /// The terms of Kommungraf's own vocabulary, classes and properties apart.
  package func terms(_ context: PageContext) async throws(Failure) -> String {
    let frame = PageFrame(self, context)
    let graphs = [SiteBuild.termsGraph, publication.site.map { $0.file.base + "/ns/" }].compactMap { $0 }.compactMap(quoted)
    let table = try await ask(
      """
      SELECT ?t ?c ?p ?o { VALUES ?g { \(graphs.joined(separator: " ")) } GRAPH ?g { ?t a ?c ; ?p ?o .
        FILTER(?p IN (<\(KnownVocabulary.rdfs("label"))>, <\(KnownVocabulary.skos("definition"))>)) } }
      """)
    var terms: [String: (classes: Set<String>, names: [Term], definitions: [Term])] = [:]
    for row in table.rows {
      guard let iri = row[0]?.iri, iri != SiteBuild.termsGraph, let type = row[1]?.iri, let value = row[3] else { continue }
      terms[iri, default: ([], [], [])].classes.insert(type)
      if row[2]?.iri == KnownVocabulary.rdfs("label") {
        terms[iri, default: ([], [], [])].names.append(value)
      } else {
        terms[iri, default: ([], [], [])].definitions.append(value)
      }
    }
    let order = SwedishOrder()
    let models = terms.map { iri, term -> (isOurs: Bool, isClass: Bool, name: String, model: Model) in
      let name = Label.best(term.names.map { (0, $0) }, context.language) ?? Label(text: Self.localName(iri), language: nil)
      var model = frame.link(iri, name)
      model["name"] = shortened(iri)
      if let definition = Label.best(term.definitions.map { (0, $0) }, context.language) { model["definition"] = frame.text(definition) }
      return (iri.hasPrefix(KnownVocabulary.kg), term.classes.contains(KnownVocabulary.owl("Class")), name.text, model)
    }.sorted { order.places($0.name, before: $1.name, else: $0.isClass && !$1.isClass) }
    let sections: [(String, [Model])] = [
      ("terms-classes", models.filter { $0.isOurs && $0.isClass }.map(\.model)),
      ("terms-properties", models.filter { $0.isOurs && !$0.isClass }.map(\.model)),
      ("terms-own", models.filter { !$0.isOurs }.map(\.model)),
    ]
    let model: Model = [
      "sections": sections.filter { !$0.1.isEmpty }.map { ["heading": frame.words.word($0.0), "terms": $0.1] as Model },
      "identifier": frame.identifier(SiteBuild.termsGraph), "formats": frame.formats(context.path),
    ]
    let title = frame.words.word("terms-title")
    return frame.render("terms", title: title, crumbs: [.init(text: title)], section: "/ns/", model)
  }

  /// What a mapping's specification.yaml says.
  func specification(_ name: String) throws(Failure) -> Specification? {
    guard let site = publication.site, site.library.mappingNames.contains(name) else { return nil }
    return try Specification(folder: try site.library.mapping(name), resources: FileSource(), problems: ProblemList())
  }

  /// The page of a specification: what it is, the forms in which its files come, the datasets by it.
  /// - Parameter name: the name of its mapping.
  /// - Returns: nil where there is no such mapping.
  package func specification(_ name: String, _ context: PageContext) async throws(Failure) -> String? {
    let frame = PageFrame(self, context)
    guard let specification = try specification(name), let site = publication.site else { return nil }
    let datasets = Set(site.file.datasets.filter { $0.mapping == name }.map(\.name))
    let entries = try await entries().filter { entry in
      entry.part.map { $0.part.kind == .dataset && datasets.contains($0.part.name) } ?? false
    }
    let names = try await names(
      of: Set(specification.themes + [specification.licence].compactMap { $0 } + entries.compactMap(\.licence)), context.language)
    let cards = EntryModel(frame: frame, names: names, schemes: [:])
    var facts: [Model] = []
    func add(_ word: String, _ values: [Model]) {
      if !values.isEmpty { facts.append(["label": frame.words.word(word), "values": values]) }
    }
    add("fact-conforms", specification.conformsTo.map { frame.link($0, Label(text: $0, language: nil)) })
    add("fact-theme", specification.themes.map { frame.link($0, names) })
    add("fact-licence", [specification.licence].compactMap { $0 }.map { frame.link($0, names) })
    let keywords = context.language == .sv ? specification.keywords.sv : specification.keywords.en
    if !keywords.isEmpty { add("fact-keywords", [["plain": ["text": keywords.joined(separator: ", ")] as Model]]) }

    var model: Model = [
      "heading": ["text": specification.title[context.language]] as Model, "facts": facts,
      "variants": specification.variants.map { variant -> Model in
        ["name": variant.name, "kinds": variant.kinds.map { $0.uppercased() }.joined(separator: ", ")]
      },
      "cards": entries.map(cards.card),
      "examples": exampleQueries(context.language, mapping: name).map { exampleModel($0, frame) },
    ]
    if let description = specification.description { model["lead"] = ["text": description[context.language]] as Model }
    let title = specification.title[context.language]
    return frame.render("specification", title: title, crumbs: [.init(text: title)], section: "/", model)
  }
}
