import Bytes
import Identifiers
import Mapping
import Problems
import RDF
import Resources
import SPARQL
import Site
import Store
import Synchronization
import TestSupport
import Testing

/// A folder with a site of ledgers, the site, and what was said of it.
struct LedgerSite {
  static let base = "https://data.example.se"
  let folder: TemporaryFolder
  let site: LiveSite
  let problems: ProblemList

  /// A site of datasets, each with its sources, as YAML.
  init(_ datasets: [(name: String, source: String)], more: String = "", files: [String: String]) throws {
    folder = try TemporaryFolder()
    problems = ProblemList()
    for (name, text) in files { try folder.write(name, text) }
    let list = datasets.map { "  - {name: \($0.name), mapping: leverantorsreskontra, source: \($0.source)}\n" }.joined()
    try folder.write("site.yaml", SiteFileTests.smallest + "\n\(more)\ndatasets:\n\(list)")
    let file = try SiteFile(path: folder.file("site.yaml"), resources: FileSource(), problems: problems)
    site = LiveSite(file, library: Library(roots: [ProgramRun.repository]), resources: FileSource(), problems: problems)
  }

  /// A ledger of some vouchers, all with one amount.
  static func ledger(_ vouchers: ClosedRange<Int>, amount: String = "100,00") -> String {
    "kopare_id;kopare;verifikationsnummer;leverantor;leverantor_id;datum;belopp;fakturanummer\n"
      + vouchers.map { "2120009903;Exempelstads kommun;\($0);Luftslott IT AB;559999-0164;2025-03-01;\(amount);\($0)\n" }.joined()
  }

  /// The graph of a dataset.
  static func graph(_ name: String) -> Term { .iri(.init("\(base)/dataset/\(name)")) }
}

extension Snapshot {
  /// How many quads a graph has.
  func count(in graph: Term) -> Int { id(of: graph).map { quadCount(in: $0) } ?? 0 }

  /// The objects that a subject has for a predicate, in all graphs.
  func objects(of subject: Term, _ predicate: String) -> [Term] {
    guard let subject = id(of: subject), let predicate = id(of: .iri(.init(predicate))) else { return [] }
    var found: [Term] = []
    var scan = scan(QuadPattern(subject: subject, predicate: predicate, object: nil, graph: .union))
    while scan.next() {
      for row in 0..<scan.count { found.append(term(scan.column(0)[row])) }
    }
    return found
  }
}

/// A site that is built while it is served.
struct LiveSiteTests {
  @Test func theSnapshotHoldsWhatTheReportSays() throws {
    let site = try LedgerSite(
      [("a", "a.csv"), ("b", "b.csv")], files: ["a.csv": LedgerSite.ledger(1...3), "b.csv": LedgerSite.ledger(4...5)])
    #expect(site.site.holder.current.quadCount == 0)
    let report = try site.site.build()
    #expect(report.failed.isEmpty)
    let snapshot = site.site.holder.current
    for part in report.parts where part.part.name != "skolenhet" {
      #expect(snapshot.count(in: .iri(.init(part.part.graph))) == part.conversion.triples, "\(part.part.name)")
    }
    #expect(site.site.report.parts.map(\.part) == report.parts.map(\.part))
  }

  /// The first source is good and long enough for many quads to have come before the second one fails.
  @Test func aDatasetThatFailsHalfWayLeavesNothing() throws {
    let site = try LedgerSite(
      [("a", "[good.csv, bad.csv]"), ("b", "b.csv")],
      files: ["good.csv": LedgerSite.ledger(1...4000), "bad.csv": "x;y\n1;2\n", "b.csv": LedgerSite.ledger(5001...5002)])
    let report = try site.site.build()
    #expect(report.failed.map(\.part.name) == ["a"])
    let snapshot = site.site.holder.current
    #expect(snapshot.id(of: LedgerSite.graph("a")) == nil)
    #expect(snapshot.id(of: .iri(.init("\(LedgerSite.base)/id/verifikat/2120009903/2025-17"))) == nil)
    #expect(snapshot.count(in: LedgerSite.graph("b")) > 0)
    #expect(snapshot.count(in: .iri(.init("https://data.example.se/register/kommun"))) > 500)
  }

  @Test func aRebuildReplacesOneGraphAndTheCatalog() throws {
    let site = try LedgerSite(
      [("a", "a.csv"), ("b", "b.csv")], files: ["a.csv": LedgerSite.ledger(1...3), "b.csv": LedgerSite.ledger(4...5)])
    _ = try site.site.build()
    let before = site.site.holder.current
    try site.folder.write("a.csv", LedgerSite.ledger(1...9))
    try site.folder.write("b.csv", LedgerSite.ledger(4...400))
    let made = try site.site.rebuild(dataset: "a")
    #expect(made.parts.map(\.part.name) == ["a", "catalog"])
    #expect(made.parts[0].conversion.rowsRead == 9)
    let after = site.site.holder.current
    let anew = try LedgerSite([("a", "a.csv")], files: ["a.csv": LedgerSite.ledger(1...9)])
    _ = try anew.site.build()
    #expect(after.count(in: LedgerSite.graph("a")) == anew.site.holder.current.count(in: LedgerSite.graph("a")))
    #expect(after.count(in: LedgerSite.graph("a")) > before.count(in: LedgerSite.graph("a")))
    #expect(after.count(in: LedgerSite.graph("b")) == before.count(in: LedgerSite.graph("b")))
    #expect(site.site.report.parts.first { $0.part.name == "a" }?.conversion.rowsRead == 9)
    #expect(site.site.report.parts.first { $0.part.name == "b" }?.conversion.rowsRead == 2)
    #expect(site.site.report.parts.last?.part.kind == .catalog)
  }

  @Test func aRebuildThatFailsLeavesTheOldServing() throws {
    let site = try LedgerSite([("a", "a.csv")], files: ["a.csv": LedgerSite.ledger(1...3)])
    _ = try site.site.build()
    let before = site.site.holder.current
    try site.folder.write("a.csv", "x;y\n1;2\n")
    let made = try site.site.rebuild(dataset: "a")
    #expect(made.parts.map { $0.failure?.code } == [.variantNone])
    #expect(site.site.holder.current === before)
    #expect(site.site.report.failed.isEmpty)
    try site.folder.write("a.csv", LedgerSite.ledger(1...4))
    #expect(try site.site.rebuild(dataset: "a").failed.isEmpty)
    #expect(site.site.holder.current.count(in: LedgerSite.graph("a")) > before.count(in: LedgerSite.graph("a")))
  }

  @Test func whatCouldNotBeBuiltAtFirstComesWithARebuild() throws {
    let site = try LedgerSite([("a", "a.csv")], files: [:])
    #expect(try site.site.build().failed.map(\.part.name) == ["a"])
    try site.folder.write("a.csv", LedgerSite.ledger(1...3))
    #expect(try site.site.rebuild(dataset: "a").failed.isEmpty)
    #expect(site.site.report.failed.isEmpty)
    let snapshot = site.site.holder.current
    let catalog = Term.iri(.init(LedgerSite.base + "/catalog"))
    let described = snapshot.objects(of: catalog, "http://www.w3.org/ns/dcat#dataset")
    #expect(described.contains(LedgerSite.graph("a")))
  }

  @Test func aBuildOfAllKeepsTheGraphThatFails() throws {
    let site = try LedgerSite(
      [("a", "a.csv"), ("b", "b.csv")], files: ["a.csv": LedgerSite.ledger(1...3), "b.csv": LedgerSite.ledger(4...5)])
    _ = try site.site.build()
    let before = site.site.holder.current
    try site.folder.write("a.csv", "x;y\n1;2\n")
    try site.folder.write("b.csv", LedgerSite.ledger(4...9))
    #expect(try site.site.build().failed.map(\.part.name) == ["a"])
    let after = site.site.holder.current
    #expect(after.count(in: LedgerSite.graph("a")) == before.count(in: LedgerSite.graph("a")))
    #expect(after.count(in: LedgerSite.graph("b")) > before.count(in: LedgerSite.graph("b")))
  }

  @Test func aNameThatIsNoDatasetNamesTheNearest() throws {
    let site = try LedgerSite([("reskontra", "a.csv")], files: ["a.csv": LedgerSite.ledger(1...3)])
    let failure = #expect(throws: Failure.self) { try site.site.rebuild(dataset: "reskontr") }
    #expect(failure?.problem.code == .datasetUnknown)
    #expect(failure?.problem.line(in: .en).contains("Nearest: reskontra") ?? false)
  }

  /// A site goes on as the days go by: what is under embargo is not there, and is there once it has ended and the dataset was built again.
  @Test func anEmbargoThatEndsMakesItsDatasetDue() throws {
    let folder = try TemporaryFolder()
    func inspection(_ number: Int, _ day: String) -> String { "1880,\"[\"\"Butik\"\"]\",1,Butiken,\(number),\(day)\n" }
    try folder.write(
      "food.csv",
      "inspecOrg.id,facility.type,facility.idLocal,facility.name,inspection.idLocal,inspection.date\n"
        + inspection(1, "2026-01-10") + inspection(2, "2026-03-10") + inspection(3, "2026-03-12"))
    try folder.write("ledger.csv", LedgerSite.ledger(1...2))
    try folder.write(
      "site.yaml",
      SiteFileTests.smallest + "\ndatasets:\n  - {name: food, mapping: livsmedelskontroller, source: food.csv}\n"
        + "  - {name: ledger, mapping: leverantorsreskontra, source: ledger.csv}\n")
    let day = Mutex(try #require(CivilDate(year: 2026, month: 3, day: 30)))
    let problems = ProblemList()
    let file = try SiteFile(path: folder.file("site.yaml"), resources: FileSource(), problems: problems)
    let site = LiveSite(file, library: Library(roots: [ProgramRun.repository]), resources: FileSource(), problems: problems) {
      day.withLock { $0 }
    }
    func isThere(_ number: Int) -> Bool {
      site.holder.current.id(of: .iri(.init("\(LedgerSite.base)/id/livsmedelskontroll/I-1880-\(number)"))) != nil
    }
    func go(to date: Int, of month: Int = 3) throws {
      let next = try #require(CivilDate(year: 2026, month: month, day: date))
      day.withLock { $0 = next }
    }
    let first = try site.build()
    #expect(first.parts.first { $0.part.name == "food" }?.conversion.rowsEmbargoed.values.reduce(0, +) == 2)
    #expect([1, 2, 3].map(isThere) == [true, false, false])
    #expect(site.due == [])
    try go(to: 31)
    #expect(site.due == ["food"])
    #expect([1, 2, 3].map(isThere) == [true, false, false])
    _ = try site.rebuild(dataset: "food")
    #expect([1, 2, 3].map(isThere) == [true, true, false])
    #expect(site.due == [])
    try go(to: 2, of: 4)
    #expect(site.due == ["food"])
    _ = try site.rebuild(dataset: "food")
    #expect([1, 2, 3].map(isThere) == [true, true, true])
    #expect(site.due == [])
    #expect(problems.errorCount == 0)
  }

  @Test func registersHaveTheirPatternsInForce() throws {
    let site = try LedgerSite([], more: "registers: {kommun: \"https://kommunkoder.scb.se/{kod}\"}", files: [:])
    let registers = Dictionary(uniqueKeysWithValues: site.site.registers.map { ($0.name, $0) })
    let kommun = try #require(registers["kommun"])
    #expect(kommun.pattern == "https://kommunkoder.scb.se/{kod}")
    #expect(kommun.declaredPattern == "https://w3id.org/kommungraf/id/kommun/{kod}")
    #expect(kommun.isMoved && kommun.kind == .register)
    #expect(kommun.title[.sv] == "Kommuner" && kommun.title[.en] == "Municipalities")
    #expect(kommun.memberClass == "https://w3id.org/kommungraf/ns/Kommun")
    #expect(kommun.graph == "https://data.example.se/register/kommun")
    let risk = try #require(registers["riskklass"])
    #expect(risk.pattern == "https://w3id.org/kommungraf/id/riskklass/{kod}")
    #expect(!risk.isMoved && risk.kind == .codeList)
    #expect(risk.title[.sv] == "Riskklass" && risk.title[.en] == "Risk class")
    #expect(Set(registers.keys).isSuperset(of: ["lan", "organisation", "kontrolltyp"]))
  }

  @Test func aPaymentLeadsBackToItsFileAndRow() throws {
    let files = ["r-1.csv": LedgerSite.ledger(1...2), "r-2.csv": LedgerSite.ledger(3...5)]
    let site = try LedgerSite([("a", "\"r-*.csv\""), ("b", "r-2.csv")], files: files)
    let sources = try #require(try site.site.build().parts.first { $0.part.name == "a" }).sources
    func rows(_ voucher: Int, in dataset: String) throws -> [String] {
      let snapshot = site.site.holder.current
      let payment = try #require(snapshot.id(of: .iri(.init("\(LedgerSite.base)/id/verifikat/2120009903/2025-\(voucher)"))))
      let graph = try #require(snapshot.id(of: LedgerSite.graph(dataset)))
      return snapshot.provenance(ofSubject: payment, in: graph).map { "\($0.file):\($0.row)" }
    }
    #expect(sources.map { $0.hasSuffix("r-1.csv") } == [true, false])
    #expect(try rows(2, in: "a") == [sources[0] + ":2"])
    #expect(try rows(3, in: "a") == [sources[1] + ":1"])
    #expect(try rows(5, in: "a") == [sources[1] + ":3"])
    #expect(try rows(5, in: "b") == [sources[1] + ":3"])
    // What another dataset's rows say stays known when one is read again, and the new rows are known too.
    try site.folder.write("r-1.csv", LedgerSite.ledger(0...2))
    _ = try site.site.rebuild(dataset: "a")
    #expect(try rows(2, in: "a") == [sources[0] + ":3"])
    #expect(try rows(5, in: "b") == [sources[1] + ":3"])
  }
}
