import Bytes
import Foundation
import Identifiers
import Problems
import RDF
import Resources
import Site
import Store
import TestSupport
import Testing

/// A register of a site's own with its ledger: what is built of it, and what a broken one does.
struct SiteLedgerTests {
  private static let base = "https://data.example.se"
  private let folder: TemporaryFolder
  private let problems = ProblemList()

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("site.yaml", SiteFileTests.smallest + "\ndatasets: []\n")
    let source = ProgramRun.repository + "/mappings/registers"
    try FileManager.default.copyItem(atPath: source, toPath: folder.path + "/registers")
  }

  private func site() throws -> LiveSite {
    let file = try SiteFile(path: folder.file("site.yaml"), resources: FileSource(), problems: problems)
    return LiveSite(file, library: Library(roots: [ProgramRun.repository]), resources: FileSource(), problems: problems)
  }

  private func changeLedger(_ change: (String) -> String) throws {
    let path = folder.file("registers/forskola.ledger")
    try change(try String(contentsOfFile: path, encoding: .utf8)).write(toFile: path, atomically: true, encoding: .utf8)
  }

  private func values(_ key: String, _ property: String, in site: LiveSite) -> [String] {
    site.holder.current.objects(of: .iri(.init("\(Self.base)/id/forskola/\(key)")), property).map { term in
      switch term {
      case .iri(let text): text.text
      case .blankNode(let label): label.text
      case .literal(let text, _): text.text
      }
    }.sorted()
  }

  @Test(
    "What a ledger says is in the graph, with and without a row of the table",
    arguments: [
      ("1880-10", "http://www.w3.org/2000/01/rdf-schema#label", ["Myran"]), ("1880-10", "http://purl.org/dc/terms/identifier", ["1880-10"]),
      ("1880-10", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", ["http://schema.org/Preschool"]),
      ("1880-6", "http://www.w3.org/2000/01/rdf-schema#label", ["Lärkan"]),
      ("1880-2", "https://w3id.org/kommungraf/ns/giltigTill", ["2025-06-30"]), ("1880-2", "http://purl.org/dc/terms/isReplacedBy", []),
      ("1880-3", "http://purl.org/dc/terms/isReplacedBy", [base + "/id/forskola/1880-1"]),
      ("1880-1", "http://www.w3.org/ns/prov#wasDerivedFrom", []),
      ("1880-6", "http://www.w3.org/ns/prov#wasDerivedFrom", [base + "/id/forskola/1880-4", base + "/id/forskola/1880-5"]),
      ("1880-7", "http://purl.org/dc/terms/isReplacedBy", [base + "/id/forskola/1880-8", base + "/id/forskola/1880-9"]),
      ("1880-10", "https://w3id.org/kommungraf/ns/giltigTill", []), ("1880-10", "http://purl.org/dc/terms/isReplacedBy", []),
      ("1880-11", "http://www.w3.org/ns/prov#wasDerivedFrom", [base + "/id/forskola/1880-10"]),
    ])
  func fates(key: String, property: String, expected: [String]) throws {
    let site = try site()
    #expect(try site.build().failed.isEmpty)
    #expect(values(key, property, in: site) == expected)
  }

  @Test("A key that was minted is found like one of the table") func members() throws {
    let library = Library(roots: [ProgramRun.repository]).holdingRegisters(ofSite: folder.path)
    let register = try #require(
      RegisterShelf(library, base: Self.base, resources: FileSource()).all["forskola"])
    #expect(register.code(of: "Myran")?.text == "1880-10")
    #expect(ByteString("1880-2").withView({ register.ended($0) })?.names.first?.text == "Trasten")
    #expect(ByteString("1880-10").withView { register.ended($0) } == nil)
  }

  @Test(
    "A ledger that was changed is refused at its line, and nothing of its register is published",
    arguments: [("\tEken\t", "\tAlmen\t", 4), ("\tretired\t1880-2\t", "\tretired\t1880-1\t", 13)])
  func broken(old: String, new: String, line: Int) throws {
    try changeLedger { $0.replacing(old, with: new) }
    let site = try site()
    let failed = try site.build().failed
    #expect(failed.map(\.part.name) == ["forskola"])
    #expect(failed.first?.failure?.code == .ledgerBroken)
    #expect(failed.first?.failure?.place.line == line)
    #expect(failed.first?.failure?.place.file?.hasSuffix("registers/forskola.ledger") == true)
    #expect(site.holder.current.count(in: .iri(.init(Self.base + "/register/forskola"))) == 0)
    #expect(site.holder.current.count(in: .iri(.init(Self.base + "/register/kommun"))) > 1000)
  }

  @Test("Where a ledger breaks while the site is served, what it said before stays") func oldGraphStays() throws {
    let site = try site()
    let graph = "\(Self.base)/register/forskola"
    _ = try site.build()
    let before = site.holder.current.count(in: .iri(.init(graph)))
    try changeLedger { $0.replacing("\tEken\t", with: "\tAlmen\t") }
    #expect(try site.build().failed.map(\.part.name) == ["forskola"])
    #expect(site.holder.current.count(in: .iri(.init(graph))) == before)
    #expect(values("1880-3", "http://www.w3.org/2000/01/rdf-schema#label", in: site) == ["Eken"])
  }
}
