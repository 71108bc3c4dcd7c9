import Bytes
import Catalog
import Problems
import RDF
import Testing

/// The catalog after DCAT-AP-SE 3.0.1.
struct CatalogQuadsTests {
  private static func example() -> CatalogDescription {
    var dataset = CatalogDescription.Dataset(
      path: "dataset/badplatser-1880", title: Texts(sv: "Badplatser", en: "Bathing places"),
      description: Texts(sv: "Kommunens badplatser.", en: nil), licence: "http://creativecommons.org/licenses/by/4.0/")
    dataset.keywords = (["badplats"], ["bathing place"])
    dataset.themes = ["http://publications.europa.eu/resource/authority/data-theme/ENVI"]
    dataset.frequency = "http://publications.europa.eu/resource/authority/frequency/DAILY"
    dataset.specification = ("https://example.org/spec", Texts(sv: "Badplatser 1.0", en: nil))
    dataset.withheldRows = 3
    dataset.series = "dataset/badplatser"
    var series = CatalogDescription.Series(
      path: "dataset/badplatser", title: Texts(sv: "Badplatser", en: "Bathing places"), description: nil)
    series.themes = dataset.themes
    let register = CatalogDescription.Dataset(
      path: "register/kommun", title: Texts(sv: "Kommuner", en: "Municipalities"), description: nil,
      licence: "http://creativecommons.org/publicdomain/zero/1.0/")
    var catalog = CatalogDescription(
      base: "https://data.example.se", title: Texts(sv: "Öppna data", en: "Open data"), description: Texts(sv: "Allt.", en: "All."),
      publisher: .init(
        name: Texts(sv: "Exempel", en: nil), type: "LocalAuthority", organisationNumber: "2120009903",
        organisation: "https://w3id.org/kommungraf/id/organisation/2120009903", homepage: "https://www.example.se"),
      contact: .init(name: "Öppna data", email: "data@example.se", phone: "+46101234567"), languages: [.sv, .en],
      datasets: [dataset, register])
    catalog.series = [series]
    return catalog
  }

  private static func quads(_ catalog: CatalogDescription = example(), graph: String? = nil) throws -> [Quad] {
    let collector = QuadCollector()
    try CatalogQuads.write(catalog, graph: graph, to: collector)
    return collector.quads
  }

  private static func full(_ name: String) -> String {
    let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
    let namespaces = [
      "dcat": "http://www.w3.org/ns/dcat#", "dcterms": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
      "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "vcard": "http://www.w3.org/2006/vcard/ns#",
      "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    ]
    return (namespaces[parts[0]] ?? "") + parts[1]
  }

  /// What each class must have: the property, how many at least and at most, and whether its values are texts with a language.
  static let mandatory: [(String, String, ClosedRange<Int>, Bool)] = [
    ("dcat:Catalog", "dcterms:title", 1...9, true), ("dcat:Catalog", "dcterms:description", 1...9, true),
    ("dcat:Catalog", "dcterms:publisher", 1...1, false), ("dcat:Catalog", "dcterms:license", 1...1, false),
    ("dcat:Catalog", "dcat:dataset", 1...9, false), ("dcat:Dataset", "dcterms:title", 1...9, true),
    ("dcat:Dataset", "dcterms:description", 1...9, true), ("dcat:Dataset", "dcterms:publisher", 1...1, false),
    ("dcat:DatasetSeries", "dcterms:title", 1...9, true), ("dcat:DatasetSeries", "dcterms:description", 1...9, true),
    ("dcat:DatasetSeries", "dcterms:publisher", 1...1, false), ("dcat:DatasetSeries", "rdfs:label", 1...9, true),
    ("dcat:DatasetSeries", "dcat:distribution", 0...0, false),
    ("dcat:Distribution", "dcat:accessURL", 1...1, false), ("dcat:Distribution", "dcterms:format", 1...1, false),
    ("dcat:Distribution", "dcterms:license", 1...1, false), ("dcat:DataService", "dcterms:title", 1...9, true),
    ("dcat:DataService", "dcat:endpointURL", 1...1, false), ("foaf:Agent", "foaf:name", 1...9, true),
    ("foaf:Agent", "dcterms:type", 1...1, false), ("vcard:Organization", "vcard:fn", 1...1, false),
    ("vcard:Organization", "vcard:hasEmail", 1...1, false), ("vcard:Voice", "vcard:hasValue", 1...1, false),
  ]

  @Test(arguments: mandatory) func everyNodeHasWhatItsClassMustHave(
    _ rule: (type: String, property: String, count: ClosedRange<Int>, isText: Bool)
  ) throws {
    let quads = try Self.quads()
    let nodes = quads.filter { $0.predicate == .iri(Self.full("rdf:type")) && $0.object == .iri(Self.full(rule.type)) }.map(\.subject)
    #expect(!nodes.isEmpty)
    for node in nodes {
      let values = quads.filter { $0.subject == node && $0.predicate == .iri(Self.full(rule.property)) }.map(\.object)
      #expect(rule.count.contains(values.count), "\(node) has \(values.count) \(rule.property)")
      for value in values {
        if case .literal(_, .language) = value { #expect(rule.isText) } else { #expect(!rule.isText) }
      }
    }
  }

  @Test func aDatasetBelongsToItsSeriesWhichTheCatalogLists() throws {
    let quads = try Self.quads()
    let series = Term.iri("https://data.example.se/dataset/badplatser")
    #expect(
      quads.filter { $0.predicate == .iri(Self.full("dcat:inSeries")) }.map { [$0.subject, $0.object] } == [
        [.iri("https://data.example.se/dataset/badplatser-1880"), series]
      ])
    #expect(quads.contains { $0.predicate == .iri(Self.full("dcat:dataset")) && $0.object == series })
  }

  @Test(arguments: [
    ("turtle", "ttl", "text/turtle", "Turtle"), ("ntriples", "nt", "application/n-triples", "N-Triples"),
    ("jsonld", "jsonld", "application/ld+json", "JSON-LD"), ("rdfxml", "rdf", "application/rdf+xml", "RDF/XML"),
  ])
  func aDatasetCanBeFetchedAsAWhole(form: String, ending: String, mediaType: String, name: String) throws {
    let own = "https://data.example.se/distribution/dataset/badplatser-1880/" + form
    let file = Term.iri("https://data.example.se/download/badplatser-1880." + ending)
    let quads = try Self.quads().filter { $0.subject == .iri(own) }
    func values(_ property: String) -> [Term] { quads.filter { $0.predicate == .iri(Self.full(property)) }.map(\.object) }
    #expect(values("dcat:downloadURL") == [file] && values("dcat:accessURL") == [file])
    #expect(values("dcterms:format") == [.string(mediaType)])
    #expect(
      values("dcterms:title") == [
        .literal(ByteString("Hela datamängden som \(name)"), .language("sv")),
        .literal(ByteString("The whole dataset as \(name)"), .language("en")),
      ])
  }

  @Test func nothingIsABlankNode() throws {
    for quad in try Self.quads() {
      for term in [quad.subject, quad.object] { if case .blankNode = term { Issue.record("\(quad)") } }
    }
  }

  @Test func theDescriptionIsFreeWhateverTheDataAre() throws {
    let quads = try Self.quads()
    func licences(_ subject: String) -> [Term] {
      quads.filter { $0.subject == .iri(subject) && $0.predicate == .iri(Self.full("dcterms:license")) }.map(\.object)
    }
    #expect(licences("https://data.example.se/catalog") == [.iri("http://creativecommons.org/publicdomain/zero/1.0/")])
    #expect(
      licences("https://data.example.se/distribution/dataset/badplatser-1880/turtle")
        == [.iri("http://creativecommons.org/licenses/by/4.0/")])
  }

  @Test func thePublisherHasThePortalsIRIAndIsNotTheContact() throws {
    let quads = try Self.quads()
    let publishers = Set(quads.filter { $0.predicate == .iri(Self.full("dcterms:publisher")) }.map(\.object))
    #expect(publishers == [.iri("http://dataportal.se/organisation/SE2120009903")])
    let contacts = Set(quads.filter { $0.predicate == .iri(Self.full("dcat:contactPoint")) }.map(\.object))
    #expect(contacts == [.iri("https://data.example.se/id/kontakt")])
  }

  @Test func withoutNumberAndContactThereIsStillAPublisher() throws {
    var catalog = Self.example()
    catalog.publisher.organisationNumber = nil
    catalog.contact = nil
    let quads = try Self.quads(catalog)
    #expect(
      Set(quads.filter { $0.predicate == .iri(Self.full("dcterms:publisher")) }.map(\.object)) == [
        .iri("https://data.example.se/id/utgivare")
      ])
    #expect(!quads.contains { $0.predicate == .iri(Self.full("dcat:contactPoint")) })
  }

  @Test func allStandsInTheGraphThatIsNamed() throws {
    let graph = "https://data.example.se/catalog"
    #expect(try Self.quads(graph: graph).allSatisfy { $0.graph == .iri(graph) })
  }

  @Test func rowsThatAreNotPublishedAreCounted() throws {
    let counts = try Self.quads().filter { $0.predicate == .iri("https://w3id.org/kommungraf/ns/undantagnaRader") }
    #expect(counts.count == 1)
    #expect(counts.first?.object == .literal("3", .datatype("http://www.w3.org/2001/XMLSchema#integer")))
  }
}
