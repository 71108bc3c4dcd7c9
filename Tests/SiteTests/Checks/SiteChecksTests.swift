import Bytes
import Foundation
import Problems
import RDFSyntax
import Resources
import SPARQL
import Site
import Store
import TestSupport
import Testing

/// The checks that every site's graph must pass.
struct SiteChecksTests {
  /// A check with graphs in which it finds something, and graphs in which it must not.
  struct Example: Sendable, CustomTestStringConvertible {
    let title: String
    let bad: [String]
    let good: [String]
    var testDescription: String { title }
  }

  private static let prefixes = """
    @prefix dcterms: <http://purl.org/dc/terms/> . @prefix geo: <http://www.opengis.net/ont/geosparql#> .
    @prefix kg: <https://w3id.org/kommungraf/ns/> . @prefix kommun: <https://w3id.org/kommungraf/id/kommun/> .
    @prefix locn: <http://www.w3.org/ns/locn#> . @prefix org: <http://www.w3.org/ns/org#> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix pay: <http://reference.data.gov.uk/def/payment#> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix schema: <http://schema.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix : <https://data.example.se/id/> . @prefix ns: <https://data.example.se/ns/> .
    ns: { ns:antal a rdf:Property ; rdfs:label "antal"@sv . ns:kod a rdf:Property ; rdfs:label "kod"@sv . ns:Sak rdfs:label "sak"@sv . }
    <https://data.example.se/register/kommun> {
      kommun:1880 rdfs:label "Örebro"@sv ; dcterms:identifier "1880" . kommun:1490 rdfs:label "Borås"@sv ; dcterms:identifier "1490" . }
    """

  static let examples = [
    Example(
      title: "A text stands where a thing should be pointed to",
      bad: [
        ":a rdfs:label \"A\"@sv ; dcterms:spatial \"1880\" .", ":a rdfs:label \"A\"@sv ; dcterms:spatial kommun:1880, \"Örebro\" .",
        ":a rdfs:label \"A\"@sv ; locn:address [ locn:geometry \"POINT(1 2)\" ] .",
      ],
      good: [":a rdfs:label \"A\"@sv ; dcterms:spatial kommun:1880 .", ":a rdfs:label \"A\"@sv ; schema:url \"https://example.org/\" ."]),
    Example(
      title: "A code of a register stands as a text",
      bad: [
        ":a rdfs:label \"A\"@sv ; ns:kod \"1880\" .",
        ":a rdfs:label \"A\"@sv ; ns:kod \"1880\" . :b rdfs:label \"B\"@sv ; ns:kod \"1490\" .",
      ],
      good: [
        ":a rdfs:label \"A\"@sv ; ns:kod \"1880\" . :b rdfs:label \"B\"@sv ; ns:kod \"17\" .", ":a rdfs:label \"A\"@sv ; ns:antal 1880 .",
        ":a rdfs:label \"A\"@sv ; dcterms:identifier \"1880\" .", ":a rdfs:label \"A\"@sv ; ns:kod kommun:1880 .",
      ]),
    Example(
      title: "A thing that has a key lacks an identifier",
      bad: [
        ":a rdfs:label \"A\"@sv ; dcterms:hasPart [ dcterms:identifier \"7\" ] .",
        "[ skos:notation \"5\" ] dcterms:isPartOf :a . :a rdfs:label \"A\"@sv .",
        ":a a ns:Sak ; rdfs:label \"A\"@sv . [ a ns:Sak ; rdfs:label \"B\"@sv ] .",
      ],
      good: [
        ":a rdfs:label \"A\"@sv ; locn:address [ a locn:Address ; locn:postName \"Orten\" ] .",
        ":a a ns:Sak ; rdfs:label \"A\"@sv ; dcterms:identifier \"7\" .",
        ":a a org:Organization ; rdfs:label \"A\" ; kg:agare [ a org:Organization ; rdfs:label \"B\" ] .",
        ":a rdfs:label \"A\"@sv ; pay:invoice [ dcterms:identifier \"17\" ] .",
        ":a rdfs:label \"A\"@sv ; kg:agare [ a ns:Sak ; rdfs:label \"B\" ] .",
      ]),
    Example(
      title: "A thing has no name",
      bad: [":a dcterms:spatial kommun:1880 .", ":a a skos:Concept ; rdfs:label \"A\"@sv ."],
      good: [
        ":a rdfs:label \"A\"@sv . :b rdfs:label \"B\"@sv ; dcterms:isPartOf :c .",
        ":a a skos:Concept ; rdfs:label \"A\"@sv ; skos:prefLabel \"A\"@sv .",
        ":a rdfs:label \"A\"@sv ; geo:hasGeometry <https://data.example.se/id/a/geometri> . <https://data.example.se/id/a/geometri> geo:asWKT \"POINT(1 2)\" .",
        ":a rdfs:label \"A\"@sv ; locn:address <https://data.example.se/id/a/adress> . <https://data.example.se/id/a/adress> locn:postName \"Orten\" .",
      ]),
    Example(
      title: "A name has no language",
      bad: [":a rdfs:label \"Bryggan\" .", ":a a kg:Badplats ; rdfs:label \"Bryggan\"@sv ; skos:altLabel \"Norra bryggan\" ."],
      good: [
        ":a rdfs:label \"Bryggan\"@sv .", ":a rdfs:label \"The jetty\"@en .",
        ":a a org:FormalOrganization ; rdfs:label \"Luftslott IT AB\" .",
        ":a a schema:FoodEstablishment ; rdfs:label \"Kafé Vintergatan\" .", ":a a kg:Laddstation ; rdfs:label \"Parkering Syd\" .",
      ]),
    Example(
      title: "A property is in no vocabulary",
      bad: [":a rdfs:label \"A\"@sv ; dcterms:spacial kommun:1880 .", ":a rdfs:label \"A\"@sv ; ns:annat 1 ."],
      good: [
        ":a rdfs:label \"A\"@sv ; ns:antal 1 .", ":a rdfs:label \"A\"@sv . :p a owl:DatatypeProperty ; rdfs:label \"p\"@sv . :a :p 1 .",
      ]),
  ]

  private func problems(in turtle: String, library: Library = Library(roots: [ProgramRun.repository])) throws -> [Problem] {
    let builder = StoreBuilder()
    let text = Self.prefixes + "<https://data.example.se/dataset/x> { \(turtle) }"
    try RDFReader.read(MemoryStream(Array(text.utf8), name: "x.trig"), format: .trig, into: builder, problems: ProblemList())
    let list = ProblemList()
    let checks = SiteChecks(library, resources: FileSource(), problems: list)
    try checks.run(on: try builder.makeSnapshot(), sources: ["https://data.example.se/dataset/x": "data/x.csv"])
    return list.problems
  }

  @Test(arguments: examples) func aCheckFindsWhatIsWrongAndNothingElse(_ example: Example) throws {
    for bad in example.bad {
      let found = try problems(in: bad)
      #expect(!found.isEmpty, "\(bad)")
      for problem in found {
        let line = problem.line(in: .en)
        #expect(problem.code == .graphCheck && problem.severity == .error)
        #expect(line.hasPrefix("data/x.csv: error: \(example.title): "), "\(bad): \(line)")
      }
    }
    for good in example.good { #expect(try problems(in: good).map { $0.line(in: .en) } == [], "\(good)") }
  }

  /// Each check of the program stands in the table above.
  @Test func everyCheckIsTried() throws {
    let folder = ProgramRun.repository + "/vocabularies/checks/"
    let titles = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".rq") }.map { name in
      let text = String(decoding: try FileSource().open(folder + name).readAll(), as: UTF8.self)
      for key in ["sv", "en", "sv-help", "en-help", "severity"] { #expect(text.contains("# \(key): "), "\(name)") }
      return text.split(separator: "\n").first { $0.hasPrefix("# en: ") }.map { String($0.dropFirst(6)) } ?? name
    }
    #expect(Set(titles) == Set(Self.examples.map(\.title)))
  }

  @Test func aProblemSaysWhereWhatAndHowToMend() throws {
    let found = try problems(in: ":a rdfs:label \"A\"@sv ; dcterms:spatial \"Örebro\" .")
    #expect(
      found.map { $0.line(in: .sv) } == [
        "data/x.csv: fel: En text står där en sak ska pekas ut: https://data.example.se/id/a, dcterms:spatial, «Örebro». "
          + "Ange register eller valueUrl på kolumnen i mappningen. [graph-check]"
      ])
  }

  @Test func aSiteHasChecksOfItsOwn() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "vocabularies/checks/stor.rq",
      "# sv: För stort\n# en: Too large\n# severity: warning\nSELECT ?subject ?value { ?subject <https://data.example.se/ns/antal> ?value FILTER(?value > 10) }"
    )
    // One of the program's name stands for that one.
    try folder.write("vocabularies/checks/label-missing.rq", "# sv: x\nSELECT ?subject { ?subject <http://example.org/never> ?o }")
    try folder.write(
      "vocabularies/terms.ttl", "<https://data.example.se/ns/annat> a <http://www.w3.org/1999/02/22-rdf-syntax-ns#Property> .")
    let library = Library(roots: [folder.path, ProgramRun.repository])
    let found = try problems(in: ":a ns:antal 11 ; ns:annat 1 . :b ns:antal 10 .", library: library)
    #expect(found.map { $0.line(in: .en) } == ["warning: Too large: https://data.example.se/id/a, «11». [graph-check]"])
  }

  @Test(arguments: [
    ("SELECT ?subject { ?subject ?p ?o }", "check-invalid"), ("# sv: x\nSELECT ?s { ?s ?p ?o }", "check-invalid"),
    ("# sv: x\n# severity: secret\nSELECT ?subject { ?subject ?p ?o }", "check-invalid"),
    ("# sv: x\nSELECT ?subject { ?subject ?p }", "query-syntax"), ("# sv: x\nASK { ?s ?p ?o }", "query-form"),
    ("# sv: x\nSELECT ?subject { SERVICE <http://127.0.0.1/> { ?subject ?p ?o } }", "service-forbidden"),
  ])
  func aCheckThatCannotBeUsedIsAProblem(_ text: String, _ code: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("vocabularies/checks/egen.rq", text)
    let library = Library(roots: [folder.path, ProgramRun.repository])
    let found = try problems(in: ":a rdfs:label \"A\"@sv ; ns:antal 1 .", library: library)
    #expect(found.map(\.code.rawValue) == [code])
    #expect(found.first?.place.file == folder.path + "/vocabularies/checks/egen.rq")
  }

  @Test func whatIsFoundIsBounded() throws {
    let many = (0..<1500).map { ":a\($0) ns:antal \($0) ." }.joined(separator: "\n")
    let builder = StoreBuilder()
    let text = Self.prefixes + "<https://data.example.se/dataset/x> { \(many) }"
    try RDFReader.read(MemoryStream(Array(text.utf8), name: "x.trig"), format: .trig, into: builder, problems: ProblemList())
    let list = ProblemList()
    try SiteChecks(Library(roots: [ProgramRun.repository]), resources: FileSource(), problems: list).run(on: try builder.makeSnapshot())
    #expect(list.counts[.graphCheck] == 1000)
    #expect(list.problems.last?.line(in: .en).contains("only the first 1000 of 1500 are told") ?? false)
  }

  @Test func aCheckThatCostsTooMuchIsAProblem() throws {
    let builder = StoreBuilder()
    let list = ProblemList()
    let checks = SiteChecks(
      Library(roots: [ProgramRun.repository]), resources: FileSource(), problems: list, budget: QueryBudget(time: .zero))
    try checks.run(on: try builder.makeSnapshot())
    #expect(list.problems.allSatisfy { $0.code == .queryTimeout && ($0.place.file?.hasSuffix(".rq") ?? false) })
    #expect(list.problems.count == Self.examples.count)
  }

  @Test func theDemoSitePassesAll() throws {
    let list = ProblemList()
    let site = try SiteFile(path: ProgramRun.repository + "/mappings/site.yaml", resources: FileSource(), problems: list)
    let live = LiveSite(site, library: Library(roots: [ProgramRun.repository]), resources: FileSource(), problems: list)
    _ = try live.build()
    let found = ProblemList()
    try SiteChecks(live.library, resources: FileSource(), problems: found).run(on: live)
    #expect(found.problems.map { $0.line(in: .en) } == [])
  }
}
