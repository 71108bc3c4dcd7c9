import Bytes
import Mapping
import Problems
import RDF
import RDFSyntax
import Resources
import Site
import TestSupport
import Testing

/// What a site makes up or links itself: terms below `{base}/ns/`, and crosswalks.
struct OwnTermsTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("mappings/saker/specification.yaml", "title: Saker\nvariants: [{file: csv.json, for: csv}]\n")
    try folder.write(
      "mappings/saker/csv.json",
      """
      {"@context": ["http://www.w3.org/ns/csvw", {"@language": "sv"}], "url": "t.csv",
       "dc:title": "Saker", "https://w3id.org/kommungraf/ns/csvw/columnMatching": "title",
       "tableSchema": {"aboutUrl": "id/sak/{nummer}", "columns": [
         {"name": "nummer", "titles": "nummer", "required": true, "propertyUrl": "dcterms:identifier"},
         {"name": "antal", "titles": {"sv": ["Antal platser", "platser"], "en": "Number of seats"}, "datatype": "integer",
          "dc:description": [{"@value": "Hur många som får plats.", "@language": "sv"}, {"@value": "How many find room.", "@language": "en"}],
          "propertyUrl": "ns/antal-platser"},
         {"name": "kommun", "titles": "kommun", "propertyUrl": "ns/hemkommun", "https://w3id.org/kommungraf/ns/csvw/register": "kommun"},
         {"name": "typ", "virtual": true, "propertyUrl": "rdf:type", "valueUrl": "ns/Sak"},
         {"name": "namn", "virtual": true, "propertyUrl": "rdfs:label", "default": "Sak {nummer}", "lang": "sv"}]}}
      """)
    try folder.write("t.csv", "nummer;Antal platser;kommun\n1;10;Örebro\n")
    try folder.write(
      "site.yaml",
      "base: https://data.example.se\ntitle: Exempel\npublisher: {name: Exempelstads kommun}\ndatasets: [{name: a, mapping: saker, source: t.csv}]\n"
    )
  }

  private func build(more: [String: String] = [:]) throws -> (live: LiveSite, problems: ProblemList) {
    for (name, text) in more { try folder.write(name, text) }
    let problems = ProblemList()
    let site = try SiteFile(path: folder.file("site.yaml"), resources: FileSource(), problems: problems)
    let live = LiveSite(site, library: Library(roots: [folder.path, ProgramRun.repository]), resources: FileSource(), problems: problems)
    _ = try live.build()
    return (live, problems)
  }

  @Test func aTermOfTheSiteIsDescribedFromTheMappingThatUsesIt() throws {
    let live = try build().live
    let rows = try live.rows(
      "SELECT ?s ?p ?o { GRAPH <https://data.example.se/ns/> { ?s ?p ?o FILTER(?p != <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>) } } ORDER BY ?s ?p ?o"
    )
    #expect(
      rows.map { $0.replacingPrefixes } == [
        "ns:Sak,rdfs:label,Saker", "ns:antal-platser,rdfs:label,Number of seats", "ns:antal-platser,rdfs:label,Antal platser",
        "ns:antal-platser,rdfs:range,xsd:integer", "ns:antal-platser,skos:altLabel,platser",
        "ns:antal-platser,skos:definition,How many find room.", "ns:antal-platser,skos:definition,Hur många som får plats.",
        "ns:hemkommun,rdfs:label,kommun",
      ])
    let kinds = try live.rows(
      "SELECT ?s ?c { GRAPH <https://data.example.se/ns/> { ?s a ?c } } ORDER BY ?s ?c")
    #expect(
      kinds.map { $0.replacingPrefixes } == [
        "ns:Sak,owl:Class", "ns:antal-platser,rdf:Property", "ns:antal-platser,owl:DatatypeProperty", "ns:hemkommun,rdf:Property",
        "ns:hemkommun,owl:ObjectProperty",
      ])
  }

  @Test("a mapping of RML says what its terms are called, of them or of the term maps that make them")
  func ofTriplesMaps() throws {
    let mapping = """
      @prefix rml: <http://w3id.org/rml/> . @prefix kgm: <https://w3id.org/kommungraf/ns/csvw/> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
      @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
      @prefix own: <https://data.example.se/ns/> .
      own:Plats rdfs:label "Plats"@sv , "Place"@en .
      <#m> rml:logicalSource [ rml:source "t.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$[*]" ] ;
        rml:subjectMap [ rml:template "id/sak/{$.id}" ; rml:class own:Plats ] ;
        rml:predicateObjectMap
          [ rml:predicate own:yta ; rml:objectMap [ rml:reference "$.yta" ; rml:datatype xsd:decimal ] ] ,
          [ rml:predicateMap [ rml:template "ns/stol" ; rdfs:label "Stolar"@sv ; skos:definition "Hur många stolar."@sv ] ; rml:objectMap [ rml:reference "$.n" ] ] ,
          [ rml:predicateMap [ rml:template "ns/hemkommun" ] ; rml:objectMap [ rml:reference "$.k" ; kgm:register "kommun" ] ] ,
          [ rml:predicate rdf:type ; rml:objectMap [ rml:template "ns/Sal" ; rml:termType rml:IRI ] ] .
      """
    let live = try build(more: [
      "mappings/saker/specification.yaml": "title: Saker\nvariants: [{file: csv.json, for: csv}, {file: m.rml.ttl, for: json}]\n",
      "mappings/saker/m.rml.ttl": mapping, "t.json": #"[{"id":1,"yta":2.5,"n":3,"k":"1880"}]"#,
      "site.yaml":
        "base: https://data.example.se\ntitle: Exempel\npublisher: {name: Exempelstads kommun}\ndatasets: [{name: a, mapping: saker, source: t.json}]\n",
    ]).live
    let rows = try live.rows(
      "SELECT ?s ?p ?o { GRAPH <https://data.example.se/ns/> { ?s ?p ?o FILTER(?p != <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> && ?s NOT IN (<https://data.example.se/ns/Sak>, <https://data.example.se/ns/antal-platser>)) } } ORDER BY ?s ?p ?o"
    )
    #expect(
      rows.map { $0.replacingPrefixes } == [
        "ns:Plats,rdfs:label,Place", "ns:Plats,rdfs:label,Plats", "ns:Sal,rdfs:label,Sal", "ns:hemkommun,rdfs:label,hemkommun",
        "ns:stol,rdfs:label,Stolar", "ns:stol,rdfs:range,rdfs:Literal", "ns:stol,skos:definition,Hur många stolar.",
        "ns:yta,rdfs:label,yta", "ns:yta,rdfs:range,xsd:decimal",
      ])
    let data = try live.rows(
      "SELECT ?p ?o { GRAPH <https://data.example.se/dataset/a> { <https://data.example.se/id/sak/1> ?p ?o } } ORDER BY ?p ?o")
    #expect(
      data.map { $0.replacingPrefixes } == [
        "rdf:type,ns:Plats", "rdf:type,ns:Sal", "ns:hemkommun,https://w3id.org/kommungraf/id/kommun/1880", "ns:stol,3", "ns:yta,2.5",
      ])
  }

  @Test func itsPropertiesAreDeclared() throws {
    let live = try build().live
    let found = ProblemList()
    try SiteChecks(live.library, resources: FileSource(), problems: found).run(on: live)
    #expect(found.problems.map { $0.line(in: .en) } == [])
  }

  @Test func aFindingNamesTheRow() throws {
    let (live, _) = try build(more: ["t.csv": "nummer;Antal platser;kommun\n1;10;Örebro\n2;;\n"])
    try folder.write(
      "vocabularies/checks/antal.rq",
      "# sv: Utan antal\n# en: No number\nSELECT ?subject ?graph { GRAPH ?graph { ?subject a <https://data.example.se/ns/Sak> } FILTER NOT EXISTS { ?subject <https://data.example.se/ns/antal-platser> ?n } }"
    )
    let found = ProblemList()
    try SiteChecks(live.library, resources: FileSource(), problems: found).run(on: live)
    #expect(found.problems.map(\.place.row) == [2])
    #expect(
      found.problems.first?.line(in: .en).hasPrefix("\(folder.file("t.csv")): error: No number: https://data.example.se/id/sak/2, row 2.")
        ?? false)
  }

  @Test func aCrosswalkLinksIdentifiers() throws {
    let crosswalk = """
      relation;from;to
      skos:closeMatch;kommun:1880;http://www.wikidata.org/entity/Q0
      http://schema.org/containedInPlace;id/sak/1;kommun:1880
      """
    let (live, problems) = try build(more: ["crosswalks/lankar.csv": crosswalk])
    #expect(problems.problems.isEmpty)
    let rows = try live.rows("SELECT ?s ?p ?o { GRAPH <https://data.example.se/register/lankar> { ?s ?p ?o } } ORDER BY ?s")
    #expect(
      rows == [
        "https://data.example.se/id/sak/1,http://schema.org/containedInPlace,https://w3id.org/kommungraf/id/kommun/1880",
        "https://w3id.org/kommungraf/id/kommun/1880,http://www.w3.org/2004/02/skos/core#closeMatch,http://www.wikidata.org/entity/Q0",
      ])
    #expect(live.report.parts.first { $0.part.kind == .crosswalk }?.conversion.triples == 2)
  }

  @Test func aCrosswalkFollowsARegisterThatHasMoved() throws {
    let text = try String(contentsOf: folder.file("site.yaml"))
    let (live, _) = try build(more: [
      "site.yaml": text + "registers: {kommun: \"https://kommunkoder.scb.se/{kod}\"}\n",
      "crosswalks/lankar.csv": "from,to,relation\nkommun:1880,http://www.wikidata.org/entity/Q0,owl:sameAs\n",
    ])
    #expect(try live.rows("SELECT ?s { ?s ?p <http://www.wikidata.org/entity/Q0> }") == ["https://kommunkoder.scb.se/1880"])
  }

  @Test(arguments: [
    (
      "from,to,relation\nkommun:1880,,skos:closeMatch\nkommun:1490,http://e/,skos:closeMatch\n",
      ":2:13: error: the row says no link: to is empty", 1
    ),
    ("from,to,relation\nÖrebro,http://e/,skos:closeMatch\n", ":2:1: error: the row says no link: «Örebro» is no identifier", 0),
    ("from,to,relation\nkommun:1880,http://e/,okand:lank\n", ":2:23: error: the row says no link: «okand:lank» is no identifier", 0),
    ("from,to\nkommun:1880,http://e/\n", "error: the row says no link: the column relation is missing", 0),
  ])
  func aBadRowIsTold(_ text: String, _ message: String, _ triples: Int) throws {
    let (live, problems) = try build(more: ["crosswalks/lankar.csv": text])
    #expect(problems.problems.contains { $0.line(in: .en).contains(message) }, "\(problems.problems.map { $0.line(in: .en) })")
    #expect(live.report.parts.first { $0.part.kind == .crosswalk }?.conversion.triples == triples)
  }
}

extension String {
  /// The text with the namespaces of these tests short.
  fileprivate var replacingPrefixes: String {
    var text = self
    for (namespace, prefix) in [
      ("https://data.example.se/ns/", "ns:"), ("http://www.w3.org/2000/01/rdf-schema#", "rdfs:"),
      ("http://www.w3.org/2002/07/owl#", "owl:"),
      ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf:"), ("http://www.w3.org/2004/02/skos/core#", "skos:"),
      ("http://www.w3.org/2001/XMLSchema#", "xsd:"),
    ] {
      text = text.split(separator: namespace, omittingEmptySubsequences: false).joined(separator: prefix)
    }
    return text
  }

  /// What a file says.
  fileprivate init(contentsOf path: String) throws {
    self = String(decoding: try FileSource().open(path).readAll(), as: UTF8.self)
  }
}
