import Bytes
package import Problems
package import RDF
import RDFSyntax

/// Writes a catalog as quads by DCAT-AP-SE 3.0.1: the catalog, each dataset with its distributions, the SPARQL endpoint, the publisher
/// and whom to ask. Every node has an IRI, as the national portal's harvester wants.
package struct CatalogQuads: ~Copyable {
  private let catalog: CatalogDescription
  private let graph: Term?
  private var batch = QuadBatch(capacity: 1024)

  private typealias T = KnownVocabulary

  /// The formats in which whole datasets can be fetched.
  private static let downloads: [Format] = [.turtle, .ntriples, .jsonld, .rdfxml]

  private init(_ catalog: CatalogDescription, graph: String?) {
    self.catalog = catalog
    self.graph = graph.map { .iri($0) }
  }

  /// Hands the quads of a catalog to a sink, which is not told to finish.
  /// - Parameter graph: the IRI of the graph that they stand in, or nil for the default graph.
  package static func write(_ catalog: CatalogDescription, graph: String?, to sink: any QuadSink) throws(Failure) {
    var quads = CatalogQuads(catalog, graph: graph)
    quads.add()
    try sink.append(quads.batch)
  }

  private mutating func add() {
    let own = catalog.base + "/catalog"
    state(own, T.rdf("type"), T.dcat("Catalog"))
    say(own, T.dcterms("title"), catalog.title)
    say(own, T.rdfs("label"), catalog.title)
    say(own, T.dcterms("description"), catalog.description)
    state(own, T.dcterms("publisher"), agent)
    // The description of data is free for all, whatever the data are (DCAT-AP-SE, dcat:Catalog).
    state(own, T.dcterms("license"), T.publicDomain)
    state(own, T.foaf("homepage"), catalog.base + "/")
    state(own, T.dcat("themeTaxonomy"), T.authority("data-theme"))
    for language in catalog.languages { state(own, T.dcterms("language"), T.authority("language/" + language.authorityCode)) }
    if let modified = catalog.modified { state(own, T.dcterms("modified"), literal: modified, XSD.date.text) }
    for dataset in catalog.datasets { state(own, T.dcat("dataset"), iri(of: dataset)) }
    // A catalog lists its series beside their datasets (DCAT-AP-SE, dcat:Catalog).
    for series in catalog.series { state(own, T.dcat("dataset"), catalog.base + "/" + series.path) }
    state(own, T.dcat("service"), endpoint)
    for dataset in catalog.datasets { add(dataset) }
    for series in catalog.series { add(series) }
    addService()
    addAgent()
    addContact()
    addSpecifications()
  }

  private func iri(of dataset: CatalogDescription.Dataset) -> String { catalog.base + "/" + dataset.path }

  private var endpoint: String { catalog.base + "/sparql" }

  /// The publisher's IRI: the national portal's own, so that it can join what it hears of one publisher.
  private var agent: String {
    catalog.publisher.organisationNumber.map { "http://dataportal.se/organisation/SE" + $0 } ?? catalog.base + "/id/utgivare"
  }

  private var contact: String { catalog.base + "/id/kontakt" }

  private mutating func add(_ dataset: CatalogDescription.Dataset) {
    let own = iri(of: dataset)
    state(own, T.rdf("type"), T.dcat("Dataset"))
    describe(
      own, dataset.title, dataset.description, keywords: dataset.keywords, themes: dataset.themes,
      specification: dataset.specification?.iri)
    if let series = dataset.series { state(own, T.dcat("inSeries"), catalog.base + "/" + series) }
    state(own, T.dcterms("accessRights"), T.authority("access-right/PUBLIC"))
    if let frequency = dataset.frequency { state(own, T.dcterms("accrualPeriodicity"), frequency) }
    if dataset.withheldRows > 0 { state(own, T.kg("undantagnaRader"), literal: "\(dataset.withheldRows)", XSD.integer.text) }
    for reason in dataset.withheldReasons { state(own, T.kg("undantagsgrund"), reason) }
    addProvenance(of: dataset)
    for statement in dataset.statements {
      batch.append(Quad(.iri(own), .iri(statement.predicate), statement.object, graph: graph))
    }
    for format in Self.downloads { state(own, T.dcat("distribution"), iri(of: format.name, dataset)) }
    state(own, T.dcat("distribution"), iri(of: "sparql", dataset))
    for format in Self.downloads { add(format, dataset) }
    addQueries(of: dataset)
  }

  private mutating func add(_ series: CatalogDescription.Series) {
    let own = catalog.base + "/" + series.path
    state(own, T.rdf("type"), T.dcat("DatasetSeries"))
    describe(
      own, series.title, series.description, keywords: series.keywords, themes: series.themes, specification: series.specification)
  }

  /// What a dataset and a series are known by, and who answers for them.
  private mutating func describe(
    _ own: String, _ title: Texts, _ description: Texts?, keywords: (sv: [String], en: [String]), themes: [String], specification: String?
  ) {
    say(own, T.dcterms("title"), title)
    say(own, T.rdfs("label"), title)
    say(own, T.dcterms("description"), description ?? title)
    state(own, T.dcterms("publisher"), agent)
    if catalog.contact != nil { state(own, T.dcat("contactPoint"), contact) }
    for word in keywords.sv { state(own, T.dcat("keyword"), text: word, .sv) }
    for word in keywords.en { state(own, T.dcat("keyword"), text: word, .en) }
    for theme in themes { state(own, T.dcat("theme"), theme) }
    if let specification { state(own, T.dcterms("conformsTo"), specification) }
  }

  /// Where the dataset comes from: the files, the making of it with the specification and the registers, and what was left out.
  private mutating func addProvenance(of dataset: CatalogDescription.Dataset) {
    let own = iri(of: dataset)
    let name = name(of: dataset)
    for source in dataset.sources {
      state(own, T.prov("wasDerivedFrom"), source.iri)
      guard let file = source.name else { continue }
      state(source.iri, T.rdf("type"), T.prov("Entity"))
      state(source.iri, T.rdfs("label"), literal: file, nil)
    }
    if let generated = dataset.generated { state(own, T.prov("generatedAtTime"), literal: generated, XSD.dateTime.text) }
    if !dataset.used.isEmpty {
      let activity = catalog.base + "/id/bygge/" + name
      state(own, T.prov("wasGeneratedBy"), activity)
      state(activity, T.rdf("type"), T.prov("Activity"))
      say(
        activity, T.rdfs("label"),
        Texts(sv: "Bygge av " + dataset.title.sv, en: dataset.title.en.map { "Building of " + $0 }))
      for used in dataset.used { state(activity, T.prov("used"), used) }
    }
    guard let provenance = dataset.provenance else { return }
    let statement = catalog.base + "/id/proveniens/" + name
    state(own, T.dcterms("provenance"), statement)
    state(statement, T.rdf("type"), T.dcterms("ProvenanceStatement"))
    say(statement, T.rdfs("label"), Texts(sv: "Ursprung och undantag", en: "Provenance and what is left out"))
    say(statement, T.dcterms("description"), provenance)
  }

  /// The last part of a dataset's path.
  private func name(of dataset: CatalogDescription.Dataset) -> String {
    dataset.path.split(separator: "/").last.map(String.init) ?? dataset.path
  }

  private func iri(of form: String, _ dataset: CatalogDescription.Dataset) -> String {
    catalog.base + "/distribution/" + dataset.path + "/" + form
  }

  private mutating func add(_ format: Format, _ dataset: CatalogDescription.Dataset) {
    let own = iri(of: format.name, dataset)
    let file = catalog.base + "/download/" + name(of: dataset) + format.ending
    let title = Texts(sv: "Hela datamängden som \(format.title)", en: "The whole dataset as \(format.title)")
    addDistribution(own, title, dataset, format.mediaType)
    state(own, T.dcat("accessURL"), file)
    state(own, T.dcat("downloadURL"), file)
  }

  private mutating func addQueries(of dataset: CatalogDescription.Dataset) {
    let own = iri(of: "sparql", dataset)
    addDistribution(own, Texts(sv: "Frågor i SPARQL", en: "Queries in SPARQL"), dataset, "application/sparql-query")
    state(own, T.dcat("accessURL"), endpoint)
    state(own, T.dcat("accessService"), endpoint)
  }

  private mutating func addDistribution(_ own: String, _ title: Texts, _ dataset: CatalogDescription.Dataset, _ mediaType: String) {
    state(own, T.rdf("type"), T.dcat("Distribution"))
    say(own, T.dcterms("title"), title)
    say(own, T.rdfs("label"), title)
    say(own, T.dcterms("description"), title)
    state(own, T.dcterms("format"), literal: mediaType, nil)
    state(own, T.dcterms("license"), dataset.licence)
    state(own, T.dcatap("availability"), T.authority("planned-availability/AVAILABLE"))
  }

  private mutating func addService() {
    let title = Texts(sv: "Frågetjänst för alla datamängder (SPARQL)", en: "Query service of all datasets (SPARQL)")
    state(endpoint, T.rdf("type"), T.dcat("DataService"))
    say(endpoint, T.dcterms("title"), title)
    say(endpoint, T.rdfs("label"), title)
    state(endpoint, T.dcat("endpointURL"), endpoint)
    state(endpoint, T.dcat("endpointDescription"), endpoint)
    state(endpoint, T.dcterms("publisher"), agent)
    state(endpoint, T.dcterms("license"), T.publicDomain)
    state(endpoint, T.dcterms("accessRights"), T.authority("access-right/PUBLIC"))
    state(endpoint, T.dcterms("format"), literal: "application/sparql-query", nil)
    if catalog.contact != nil { state(endpoint, T.dcat("contactPoint"), contact) }
    state(endpoint, T.dcat("keyword"), text: "SPARQL", .sv)
    state(endpoint, T.dcat("keyword"), text: "SPARQL", .en)
    for dataset in catalog.datasets { state(endpoint, T.dcat("servesDataset"), iri(of: dataset)) }
  }

  private mutating func addAgent() {
    let publisher = catalog.publisher
    state(agent, T.rdf("type"), T.foaf("Agent"))
    state(agent, T.rdf("type"), T.foaf("Organization"))
    say(agent, T.foaf("name"), publisher.name)
    say(agent, T.rdfs("label"), publisher.name)
    state(agent, T.dcterms("type"), "http://purl.org/adms/publishertype/" + publisher.type)
    if let number = publisher.organisationNumber { state(agent, T.dcterms("identifier"), literal: number, nil) }
    if let homepage = publisher.homepage { state(agent, T.foaf("homepage"), homepage) }
    if let organisation = publisher.organisation { state(agent, T.owl("sameAs"), organisation) }
  }

  private mutating func addContact() {
    guard let person = catalog.contact else { return }
    state(contact, T.rdf("type"), T.vcard("Organization"))
    state(contact, T.vcard("fn"), literal: person.name, nil)
    state(contact, T.rdfs("label"), literal: person.name, nil)
    state(contact, T.vcard("hasEmail"), "mailto:" + person.email)
    guard let phone = person.phone else { return }
    let node = contact + "/telefon"
    state(contact, T.vcard("hasTelephone"), node)
    state(node, T.rdf("type"), T.vcard("Voice"))
    state(node, T.vcard("hasValue"), "tel:" + phone)
  }

  private mutating func addSpecifications() {
    var described: Set<String> = []
    for dataset in catalog.datasets {
      guard let specification = dataset.specification, described.insert(specification.iri).inserted else { continue }
      state(specification.iri, T.rdf("type"), T.dcterms("Standard"))
      say(specification.iri, T.dcterms("title"), specification.title)
      say(specification.iri, T.rdfs("label"), specification.title)
    }
  }

  private mutating func state(_ subject: String, _ predicate: String, _ object: String) {
    batch.append(Quad(.iri(subject), .iri(predicate), .iri(object), graph: graph))
  }

  private mutating func state(_ subject: String, _ predicate: String, literal: String, _ datatype: String?) {
    let object: Term = datatype.map { .literal(ByteString(literal), .datatype(ByteString($0))) } ?? .string(literal)
    batch.append(Quad(.iri(subject), .iri(predicate), object, graph: graph))
  }

  private mutating func state(_ subject: String, _ predicate: String, text: String, _ language: Language) {
    batch.append(Quad(.iri(subject), .iri(predicate), .literal(ByteString(text), .language(ByteString(language.rawValue))), graph: graph))
  }

  /// A triple for each language in which the text has been written.
  private mutating func say(_ subject: String, _ predicate: String, _ texts: Texts) {
    state(subject, predicate, text: texts.sv, .sv)
    if let en = texts.en { state(subject, predicate, text: en, .en) }
  }
}

extension Language {
  /// The code of the EU's authority table of languages.
  fileprivate var authorityCode: String {
    switch self {
    case .sv: "SWE"
    case .en: "ENG"
    }
  }
}
