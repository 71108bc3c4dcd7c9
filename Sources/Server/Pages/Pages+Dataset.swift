import Bytes
import Mapping
package import Problems
import RDF
import Site

extension Pages {
  /// How many things of a class are shown at once.
  private static let membersShown = 100
  private static let membersBegun = 5

  /// The page of a dataset or register: what it is, how to get it, what is in it.
  /// - Returns: nil where there is no such graph.
  package func dataset(_ iri: String, _ context: PageContext) async throws(Failure) -> String? {
    let frame = PageFrame(self, context)
    guard let graph = quoted(iri) else { return nil }
    let entry = try await entries().first { $0.iri == iri }
    let classes = try await sorted(classes(in: iri))
    if entry == nil, classes.isEmpty {
      if try await ask("SELECT ?s { GRAPH \(graph) { ?s ?p ?o } } LIMIT 1").rows.isEmpty { return nil }
    }
    let described = entry ?? CatalogEntry(iri: iri)
    let selected = context.query["class"].flatMap { name in classes.first { $0.iri == name } }
    let members = try await members(
      of: selected.map { [$0] } ?? classes, in: iri, isOne: selected != nil, isIndexed: selected == nil && (entry?.isRegister ?? false),
      frame)
    let files = try await downloads(of: iri)
    let names = try await names(
      of: mentioned(described).union(classes.map(\.iri)).union(members.flatMap(\.things)).union(files.map(\.iri)), context.language)
    let schemes = described.properties.isEmpty ? try await schemeNames([iri], context.language) : [:]
    let cards = EntryModel(frame: frame, names: names, schemes: schemes)
    let title = cards.title(described)

    var model = cards.card(described)
    model["heading"] = frame.text(title)
    model["identifier"] = frame.identifier(iri)
    model["isRegister"] = described.isRegister
    model["formats"] = frame.formats(context.path)
    model["facts"] = facts(described, names, frame)
    model["classes"] = members.enumerated().map { classModel($1, section: $0 + 1, names, frame) }
    if let selected, let pager = frame.pager(frame.page, size: Self.membersShown, total: selected.count, ["class": selected.iri]) {
      model["pager"] = pager
    }
    if selected != nil { model["all"] = ["href": context.link(to: context.path)] as Model }
    model["downloads"] = files.map { file(for: $0, names, frame) }
    if let problem = described.part?.failure { model["failure"] = ["text": PageWords.message(problem, context.language)] as Model }
    model["withheld"] = withheld(described, frame)
    if let name = mapping(of: described) {
      model["examples"] = exampleQueries(context.language, mapping: name).map { exampleModel($0, frame) }
    }
    return frame.render("dataset", title: title.text, crumbs: [.init(text: title.text)], section: "/", model)
  }

  /// Classes with the concepts that data point to last: they are not what the data are about.
  private func sorted(_ classes: [(iri: String, count: Int)]) -> [(iri: String, count: Int)] {
    classes.filter { !Self.isOfConcepts($0.iri) } + classes.filter { Self.isOfConcepts($0.iri) }
  }

  /// The name of a dataset's mapping; nil for a register.
  func mapping(of entry: CatalogEntry) -> String? {
    publication.site?.file.datasets.first { entry.part?.part.kind == .dataset && $0.name == entry.part?.part.name }?.mapping
  }

  private func mentioned(_ entry: CatalogEntry) -> Set<String> {
    Set([entry.licence].compactMap { $0 } + entry.properties.values.flatMap { $0.compactMap(\.iri) })
  }

  /// What is known of a dataset, in the order in which people ask.
  private func facts(_ entry: CatalogEntry, _ names: Names, _ frame: PageFrame) -> [Model] {
    var facts: [Model] = []
    func add(_ word: String, _ values: [Model]) {
      if !values.isEmpty { facts.append(["label": frame.words.word(word), "values": values]) }
    }
    func plain(_ text: String) -> Model { ["plain": ["text": text] as Model] }
    func literals(_ property: String) -> [Model] {
      (entry.properties[property] ?? []).compactMap { term -> Model? in
        guard case .literal(let text, .datatype(let datatype)) = term else { return nil }
        return plain(ValueText(text.text, datatype: datatype.text, frame.context.language).text)
      }
    }
    if entry.part != nil, let publisher = frame.publisher {
      add("fact-publisher", [publisher])
    } else {
      add("fact-publisher", entry.iris(KnownVocabulary.dcterms("publisher")).map { frame.link($0, names) })
    }
    add("fact-licence", [entry.licence].compactMap { $0 }.map { frame.link($0, names) })
    if let name = mapping(of: entry), let specification = try? specification(name) {
      let title = Label(text: specification.title[frame.context.language], language: nil)
      add("fact-specification", [["link": ["href": frame.context.link(to: "/spec/" + name), "text": title.text, "title": name] as Model]])
    }
    add("fact-conforms", entry.iris(KnownVocabulary.dcterms("conformsTo")).map { frame.link($0, Label(text: $0, language: nil)) })
    add("fact-series", entry.iris(KnownVocabulary.dcat("inSeries")).map { frame.link($0, names) })
    add("fact-theme", entry.iris(KnownVocabulary.dcat("theme")).map { frame.link($0, names) })
    add("fact-frequency", entry.iris(KnownVocabulary.dcterms("accrualPeriodicity")).map { frame.link($0, names) })
    add("fact-modified", literals(KnownVocabulary.dcterms("modified")))
    let keywords = (entry.properties[KnownVocabulary.dcat("keyword")] ?? []).filter { $0.language == frame.context.language.rawValue }
    add("fact-keywords", keywords.compactMap(\.lexical).isEmpty ? [] : [plain(keywords.compactMap(\.lexical).joined(separator: ", "))])
    if let part = entry.part, part.failure == nil {
      let conversion = part.conversion
      if conversion.rowsRead > 0 {
        let numbers = ["published": frame.number(conversion.rowsPublished), "read": frame.number(conversion.rowsRead)]
        add("fact-rows", [plain(frame.words.text("rows-of", numbers))])
      }
      add("fact-triples", [plain(frame.number(conversion.triples))])
    }
    return facts
  }

  /// Rows and cells that are not published, by the rule that keeps them back.
  private func withheld(_ entry: CatalogEntry, _ frame: PageFrame) -> Model? {
    guard let conversion = entry.part?.conversion else { return nil }
    func rules(_ counts: [String: Int], _ one: String, _ many: String) -> [Model] {
      counts.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
        ["rule": $0.key, "text": frame.words.count($0.value, one: one, many: many)]
      }
    }
    let all = rules(conversion.rowsWithheld, "one-row", "many-rows") + rules(conversion.cellsWithheld, "one-cell", "many-cells")
    return all.isEmpty ? nil : ["rules": all]
  }

  /// Some things of a class.
  private struct Members {
    let type: String
    let count: Int
    let isWhole: Bool
    /// Whether they are shown from A to Ö.
    var isIndexed = false
    let things: [String]
  }

  private func members(
    of classes: [(iri: String, count: Int)], in graph: String, isOne: Bool, isIndexed: Bool, _ frame: PageFrame
  ) async throws(Failure) -> [Members] {
    var all: [Members] = []
    for (type, count) in classes.prefix(20) {
      // A register is looked through by name, where a page can hold it.
      let isIndexed = isIndexed && count <= Self.mostIndexed
      let size = isIndexed ? Self.mostIndexed : isOne ? Self.membersShown : Self.membersBegun
      let things = try await members(of: type, in: graph, limit: size, offset: isOne ? (frame.page - 1) * size : 0)
      all.append(Members(type: type, count: count, isWhole: isOne || things.count == count, isIndexed: isIndexed, things: things))
    }
    return all
  }

  private func classModel(_ members: Members, section: Int, _ names: Names, _ frame: PageFrame) -> Model {
    var model = frame.text(names.name(of: members.type))
    model["title"] = shortened(members.type)
    model["count"] = frame.number(members.count)
    if members.isIndexed, members.count >= Self.leastIndexed { model["index"] = index(members.things, names, section: section, frame) }
    let things = members.isIndexed ? alphabetic(members.things, names) : members.things.map { (named($0, names), $0) }
    model["things"] = things.map { name, iri in frame.link(iri, name) }
    if !members.isWhole, !members.things.isEmpty {
      model["more"] = frame.showAll(members.count, ["class": members.type])
    }
    return model
  }

  /// A file in which a dataset can be fetched.
  private struct Download {
    let iri: String
    var url: String?
    var format: String?
    var bytes: Int?
  }

  private func downloads(of iri: String) async throws(Failure) -> [Download] {
    guard let dataset = quoted(iri) else { return [] }
    let table = try await ask("SELECT ?f ?p ?o { \(dataset) <\(KnownVocabulary.dcat("distribution"))> ?f . ?f ?p ?o }", limit: 2000)
    var files: [Download] = []
    for row in table.rows {
      guard let file = row[0]?.iri, let property = row[1]?.iri, let value = row[2] else { continue }
      if !files.contains(where: { $0.iri == file }) { files.append(Download(iri: file)) }
      guard let index = files.firstIndex(where: { $0.iri == file }) else { continue }
      switch property {
      case KnownVocabulary.dcat("downloadURL"): files[index].url = value.iri
      case KnownVocabulary.dcterms("format"): files[index].format = value.lexical ?? value.iri
      case KnownVocabulary.dcat("byteSize"): files[index].bytes = value.integer
      default: break
      }
    }
    return files.filter { $0.url != nil }
  }

  private func file(for download: Download, _ names: Names, _ frame: PageFrame) -> Model {
    var model = frame.text(names.name(of: download.iri))
    let base = publication.site.map { $0.file.base + "/" } ?? ""
    if let url = download.url {
      let own = url.hasPrefix(base) && !base.isEmpty ? frame.context.folder + "/" + url.dropFirst(base.count) : nil
      model["href"] = own ?? PageFrame.safe(url)
    }
    if let format = download.format { model["format"] = ["text": format] as Model }
    if let bytes = download.bytes { model["size"] = ["text": Self.size(bytes, frame.context.language)] as Model }
    return model
  }

  /// A number of bytes as people read it.
  static func size(_ bytes: Int, _ language: Language) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"]
    var tenths = bytes * 10
    var unit = 0
    while tenths >= 10_000, unit < units.count - 1 {
      tenths /= 1000
      unit += 1
    }
    let number = unit == 0 || tenths >= 1000 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    return ValueText.grouped(number, language) + "\u{A0}" + units[unit]
  }
}

extension [String: String] {
  /// These as parameters of an address.
  var fields: FormFields { FormFields().replacing(mapValues { Optional($0) }) }
}

extension PageWords {
  /// What is wrong and how to mend it.
  static func message(_ problem: Problem, _ language: Language) -> String {
    let wording = Wording.shared
    return [wording.message(of: problem, in: language), wording.help(of: problem, in: language)].filter { !$0.isEmpty }.joined(
      separator: " ")
  }
}
