package import Problems
import RDF

/// What the list of data for re-use says of a dataset.
private struct ListedDataset {
  var facts: [ListFact: [Term]] = [:]

  /// The texts of a fact: those in the page's language, or those there are.
  func texts(_ fact: ListFact, _ language: Language) -> [Label] {
    let all = (facts[fact] ?? []).compactMap { term in term.lexical.map { Label(text: $0, language: term.language) } }
    let own = all.filter { $0.language == nil || $0.language == language.rawValue }
    var seen: Set<String> = []
    return (own.isEmpty ? all : own).filter { seen.insert($0.text).inserted }.sorted { $0.text < $1.text }
  }

  /// The things of a fact.
  func iris(_ fact: ListFact) -> [String] { Set((facts[fact] ?? []).compactMap(\.iri)).sorted() }
}

/// What the law asks of the list, each with the path to it from a dataset (DCAT-AP-SE 3.0.1).
private enum ListFact: String, CaseIterable {
  case title, description, modified, access, format, fee, licence, condition, limitation, withheld, contact, mail

  private typealias T = KnownVocabulary

  /// The path, as SPARQL has it.
  var path: String {
    func steps(_ iris: String...) -> String { iris.map { "<\($0)>" }.joined(separator: "/") }
    let form = "(<\(T.dcat("distribution"))>?)/<\(T.dcterms("format"))>"
    switch self {
    case .title: return steps(T.dcterms("title"))
    case .description: return steps(T.dcterms("description"))
    case .modified: return steps(T.dcterms("modified")) + "|" + steps(T.prov("generatedAtTime"))
    case .access: return steps(T.dcterms("accessRights"))
    case .format: return form
    case .fee: return steps("http://schema.org/offers", "http://schema.org/description")
    case .licence: return steps(T.dcat("distribution"), T.dcterms("license"))
    case .condition: return steps(T.dcterms("rights"), T.dcterms("description"))
    case .limitation: return steps(T.dcterms("provenance"), T.dcterms("description"))
    case .withheld: return steps(T.kg("undantagnaRader"))
    case .contact: return steps(T.dcat("contactPoint"), T.vcard("fn"))
    case .mail: return steps(T.dcat("contactPoint"), T.vcard("hasEmail"))
    }
  }
}

extension Pages {
  /// The list of the data that can be had for re-use, with the columns that the law (2022:818) names: all datasets of the site, also those that
  /// are described and not published.
  package func publicList(_ context: PageContext) async throws(Failure) -> String {
    let frame = PageFrame(self, context)
    let listed = try await listedDatasets()
    let mentioned = listed.values.flatMap { dataset in
      dataset.iris(.licence) + dataset.iris(.access) + dataset.iris(.format)
        + dataset.texts(.format, context.language).map { Self.mediaTypes + $0.text }
    }
    let names = try await names(of: Set(mentioned), context.language)
    let rows = listed.map { iri, dataset -> (String, Model) in
      let title = dataset.texts(.title, context.language).first ?? Label(text: Self.localName(iri), language: nil)
      return (title.text.lowercased(), row(iri, title, dataset, names, frame))
    }.sorted { $0.0 < $1.0 }
    var model: Model = [
      "entries": rows.map(\.1), "count": frame.number(rows.count), "dcat": context.folder + "/datasets/dcat",
      "formats": frame.formats(context.path),
    ]
    if let publisher = frame.publisher { model["publisher"] = publisher }
    let title = frame.words.word("list-title")
    return frame.render("publiclist", title: title, crumbs: [.init(text: title)], section: "/catalog", model)
  }

  /// What the IRIs of media types begin with.
  private static let mediaTypes = "https://www.iana.org/assignments/media-types/"

  private func row(_ iri: String, _ title: Label, _ dataset: ListedDataset, _ names: Names, _ frame: PageFrame) -> Model {
    let language = frame.context.language
    func texts(_ fact: ListFact) -> [Model] { dataset.texts(fact, language).map { ["plain": frame.text($0)] } }
    func things(_ fact: ListFact) -> [Model] { dataset.iris(fact).map { frame.link($0, names) } }
    var formats = dataset.texts(.format, language).map { type -> Model in
      ["plain": frame.text(names.label(of: Self.mediaTypes + type.text) ?? type)]
    }
    // What files are said to be need not be said of the dataset again.
    if formats.isEmpty { formats = things(.format) }
    let licences = dataset.iris(.licence).map { names.name(of: $0).text }
    let conditions = dataset.texts(.condition, language).filter { !licences.contains($0.text) }.map { text -> Model in
      ["plain": frame.text(text)]
    }
    var limits = things(.access) + texts(.limitation)
    if let rows = (dataset.facts[.withheld] ?? []).compactMap(\.lexical).compactMap(Int.init).max() {
      limits.append(["plain": ["text": frame.words.count(rows, one: "list-withheld-one", many: "list-withheld-many")] as Model])
    }
    let mails = dataset.iris(.mail).filter { $0.hasPrefix("mailto:") }.map {
      ["link": ["text": String($0.dropFirst("mailto:".count)), "href": $0] as Model] as Model
    }
    var model: Model = [
      "name": frame.text(title), "formats": formats, "fees": texts(.fee),
      "conditions": things(.licence) + conditions, "limits": limits, "contacts": texts(.contact) + mails,
    ]
    if let href = frame.href(iri) { model["href"] = href }
    if let text = dataset.texts(.description, language).first, text.text != title.text { model["about"] = frame.text(text) }
    if let day = dataset.texts(.modified, language).last { model["modified"] = ["text": String(day.text.prefix(10))] as Model }
    return model
  }

  private func listedDatasets() async throws(Failure) -> [String: ListedDataset] {
    let branches = ListFact.allCases.map { "{ ?d \($0.path) ?o BIND(\"\($0.rawValue)\" AS ?fact) }" }
    let table = try await ask(
      """
      SELECT DISTINCT ?d ?fact ?o {
        ?d a <\(KnownVocabulary.dcat("Dataset"))> .
        \(branches.joined(separator: "\n  UNION "))
      }
      """)
    var listed: [String: ListedDataset] = [:]
    for row in table.rows {
      guard let iri = row[0]?.iri, let fact = row[1]?.lexical.flatMap(ListFact.init(rawValue:)), let value = row[2] else { continue }
      listed[iri, default: ListedDataset()].facts[fact, default: []].append(value)
    }
    return listed
  }
}
