import Bytes
import Mapping
import Problems
import RDF
import Resources
import Site
import TestSupport
import Testing

/// From a site's folder to its graphs.
struct SiteBuildTests {
  /// What a build gave.
  struct Built {
    let report: SiteReport
    let collector: QuadCollector
    let problems: [String]

    /// The quads of one graph.
    func quads(_ graph: String) -> [Quad] { collector.quads.filter { $0.graph == .iri(graph) } }
  }

  private func build(path: String) throws -> Built {
    let problems = ProblemList()
    let site = try SiteFile(path: path, resources: FileSource(), problems: problems)
    let build = SiteBuild(
      site, library: Library(roots: [ProgramRun.repository]), resources: FileSource(), problems: problems, moment: { Self.moment })
    let collector = QuadCollector()
    let report = try build.run(into: collector)
    return Built(report: report, collector: collector, problems: problems.problems.map { $0.line(in: .en) })
  }

  /// Builds a site of the demo's ledgers.
  private func build(datasets: String, more: String = "", files: [String: String] = [:]) throws -> Built {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(name, text) }
    try folder.write("site.yaml", SiteFileTests.smallest + "\n\(more)\ndatasets:\n\(datasets)")
    return try build(path: folder.file("site.yaml"))
  }

  private static let header = "kopare_id;kopare;verifikationsnummer;leverantor;leverantor_id;datum;belopp;fakturanummer\n"
  private static func row(_ number: Int) -> String {
    "2120009903;Exempelstads kommun;\(number);Luftslott IT AB;559999-0164;2025-03-01;100,00;17\n"
  }

  private static let base = "https://data.example.se"
  /// When the builds are said to be.
  private static let moment = "2026-04-01T12:00:00+02:00"

  @Test func theDemoSiteIsBuiltWithoutErrors() throws {
    let built = try build(path: ProgramRun.repository + "/mappings/site.yaml")
    #expect(built.report.failed.isEmpty)
    #expect(built.problems.filter { $0.contains(" error: ") } == [])
    #expect(built.report.parts.last?.part.kind == .catalog)
    #expect(built.report.triples == built.collector.count)
    for part in built.report.parts where part.part.name != "skolenhet" {
      #expect(built.quads(part.part.graph).count == part.conversion.triples, "\(part.part.name)")
      #expect(part.conversion.triples > 0, "\(part.part.name)")
    }
    let withheld = built.report.parts.first { $0.part.name == "livsmedelskontroller-1880" }
    #expect(withheld?.conversion.rowsWithheld == ["dricksvatten": 1])
  }

  @Test func everyQuadStandsInTheGraphOfItsPart() throws {
    let built = try build(path: ProgramRun.repository + "/mappings/site.yaml")
    let graphs = Set(built.report.parts.map { Term.iri($0.part.graph) })
    #expect(built.collector.quads.allSatisfy { $0.graph.map(graphs.contains) ?? false })
    #expect(graphs.contains(.iri("https://w3id.org/kommungraf/ns/")))
    #expect(graphs.contains(.iri(Self.base + "/register/kommun")))
    #expect(graphs.contains(.iri(Self.base + "/register/riskklass")))
    #expect(graphs.contains(.iri(Self.base + "/dataset/livsmedelskontroller-1280")))
    #expect(graphs.contains(.iri(Self.base + "/catalog")))
  }

  @Test func theSameBuildGivesTheSame() throws {
    let path = ProgramRun.repository + "/mappings/site.yaml"
    #expect(try build(path: path).collector.quads == build(path: path).collector.quads)
  }

  @Test func aDatasetThatFailsLeavesAProblemAndTheOthersGoOn() throws {
    let built = try build(
      datasets: """
          - {name: a, mapping: leverantorsreskontra, source: nowhere.csv}
          - {name: b, mapping: leverantorsreskontr, source: good.csv}
          - {name: c, mapping: leverantorsreskontra, source: bad.csv}
          - {name: d, mapping: leverantorsreskontra, source: "https://example.org/x.csv"}
          - {name: e, mapping: leverantorsreskontra, source: good.csv}
        """, files: ["good.csv": Self.header + Self.row(1), "bad.csv": "x;y\n1;2\n"])
    #expect(built.report.failed.map(\.part.name) == ["a", "b", "c", "d"])
    #expect(
      built.report.failed.map { $0.failure?.code } == [.inputMissing, .mappingUnknown, .variantNone, .networkUnavailable])
    #expect(built.problems.filter { $0.contains("[dataset-failed]") }.count == 4)
    #expect(built.problems.contains { $0.contains("Nearest: leverantorsreskontra") })
    #expect(!built.quads(Self.base + "/dataset/e").isEmpty)
    let described = built.quads(Self.base + "/catalog").filter { $0.predicate == .iri("http://www.w3.org/ns/dcat#dataset") }.map(\.object)
    #expect(described.contains(.iri(Self.base + "/dataset/e")))
    #expect(!described.contains(.iri(Self.base + "/dataset/a")))
  }

  @Test func aGlobNamesItsFilesInOrder() throws {
    let built = try build(
      datasets: "  - {name: a, mapping: leverantorsreskontra, source: [\"data/r-*.csv\", data/r-1.csv]}\n",
      files: ["data/r-2.csv": Self.header + Self.row(2), "data/r-1.csv": Self.header + Self.row(1), "data/x.csv": "x\n"])
    let part = built.report.parts.first { $0.part.name == "a" }
    #expect(part?.sources.map { $0.split(separator: "/").last ?? "" } == ["r-1.csv", "r-2.csv"])
    #expect(part?.conversion.rowsRead == 2)
  }

  @Test func blankNodesOfTwoDatasetsAreNeverOne() throws {
    let built = try build(
      datasets: """
          - {name: a, mapping: leverantorsreskontra, source: good.csv}
          - {name: b, mapping: leverantorsreskontra, source: good.csv}
        """, files: ["good.csv": Self.header + Self.row(1).replacing("559999-0164", with: "")])
    func nodes(_ graph: String) -> Set<Term> {
      Set(
        built.quads(Self.base + "/dataset/" + graph).flatMap { [$0.subject, $0.object] }.filter {
          if case .blankNode = $0 { true } else { false }
        })
    }
    #expect(!nodes("a").isEmpty)
    #expect(nodes("a").isDisjoint(with: nodes("b")))
  }

  @Test func aMovedRegisterMovesEverywhere() throws {
    let built = try build(
      datasets: "  - {name: a, mapping: leverantorsreskontra, source: good.csv, set: {kommun: Örebro}}\n",
      more: "registers: {kommun: \"https://kommunkoder.scb.se/{kod}\"}", files: ["good.csv": Self.header + Self.row(1)])
    let moved = Term.iri("https://kommunkoder.scb.se/1880")
    #expect(built.quads(Self.base + "/dataset/a").contains { $0.object == moved })
    #expect(built.quads(Self.base + "/register/kommun").contains { $0.subject == moved })
    let old = "https://w3id.org/kommungraf/id/kommun/1880"
    #expect(!built.collector.quads.contains { $0.subject == .iri(old) || $0.object == .iri(old) })
  }

  @Test func onePartIsBuiltAlone() throws {
    let folder = try TemporaryFolder()
    try folder.write("good.csv", Self.header + Self.row(1))
    try folder.write(
      "site.yaml", SiteFileTests.smallest + "\ndatasets: [{name: a, mapping: leverantorsreskontra, source: good.csv}]")
    let problems = ProblemList()
    let site = try SiteFile(path: folder.file("site.yaml"), resources: FileSource(), problems: problems)
    let build = SiteBuild(site, library: Library(roots: [ProgramRun.repository]), resources: FileSource(), problems: problems)
    let part = try #require(build.parts.first { $0.kind == .dataset })
    let collector = QuadCollector()
    let report = build.build(part, into: collector, after: SiteReport())
    #expect(report.failure == nil)
    #expect(Set(collector.quads.map(\.graph)) == [.iri(Self.base + "/dataset/a")])
  }
}
