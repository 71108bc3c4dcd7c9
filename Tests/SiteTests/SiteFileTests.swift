import Problems
import Resources
import Site
import TestSupport
import Testing

/// `site.yaml`: what it may say, and what is refused (contract §3).
struct SiteFileTests {
  /// All that the contract shows.
  static let whole = """
    base: https://data.orebro.se
    title: {sv: Länkade data från Örebro, en: Linked data from Örebro}
    publisher: {name: Örebro kommun, orgnr: "2120001967", kommun: "1880", type: LocalAuthority, homepage: https://www.orebro.se}
    contact: {name: Öppna data, email: oppnadata@example.se}
    licence: http://creativecommons.org/publicdomain/zero/1.0/
    languages: [sv, en]
    registers: {kommun: "https://kommunkoder.scb.se/{kod}"}
    datasets:
      - name: leverantorsreskontra-2120001967-2024
        mapping: leverantorsreskontra
        variant: verifikat
        source: [data/reskontra-2024-*.csv]
        set: {kommun: "1880"}
        series: leverantorsreskontra-2120001967
        schedule: P1D
        keep: P2Y
        headers: secrets.yaml
    series:
      - name: leverantorsreskontra-2120001967
        title: {sv: Leverantörsreskontra, en: Supplier ledger}
        description: En datamängd för varje år.
    harvest: {publishers: publishers.csv, follow: [leverantorsreskontra]}
    network: {allow: [intern.example.se:8080], service: ["https://query.wikidata.org/sparql"]}
    limits: {query: {timeout: 10s, rows: 5000, memory: 512MiB}, body: 2MiB, resolve: 4MiB}
    source: {sparql: "https://data.orebro.se/sparql"}
    """

  static let smallest = """
    base: https://data.example.se
    title: Data
    publisher: {name: Exempel}
    """

  private func read(_ yaml: String) throws -> (site: SiteFile, problems: [String]) {
    let folder = try TemporaryFolder()
    try folder.write("site.yaml", yaml)
    let problems = ProblemList()
    let site = try SiteFile(path: folder.file("site.yaml"), resources: FileSource(), problems: problems)
    return (
      site,
      problems.problems.map {
        "\($0.place.line ?? 0):\($0.place.column ?? 0) \($0.line(in: .en).split(separator: ": ").dropFirst().joined(separator: ": "))"
      }
    )
  }

  @Test func allOfItIsRead() throws {
    let (site, problems) = try read(Self.whole)
    #expect(problems == [])
    #expect(site.base == "https://data.orebro.se")
    #expect(site.title == Texts(sv: "Länkade data från Örebro", en: "Linked data from Örebro"))
    #expect(site.publisher.organisationNumber == "2120001967")
    #expect(site.publisher.kommun == "1880")
    #expect(site.contact?.email == "oppnadata@example.se")
    #expect(site.languages == [.sv, .en])
    #expect(site.registers == ["kommun": "https://kommunkoder.scb.se/{kod}"])
    #expect(site.datasets.map(\.name) == ["leverantorsreskontra-2120001967-2024"])
    #expect(site.datasets[0].variant == "verifikat")
    #expect(site.datasets[0].sources == ["data/reskontra-2024-*.csv"])
    #expect(site.datasets[0].settings == ["kommun": "1880"])
    #expect(site.datasets[0].series == "leverantorsreskontra-2120001967")
    #expect(site.series.map(\.name) == ["leverantorsreskontra-2120001967"])
    #expect(site.series[0].title == Texts(sv: "Leverantörsreskontra", en: "Supplier ledger"))
    #expect(site.datasets[0].schedule == "P1D")
    #expect(site.datasets[0].keep == KeepTime("P2Y"))
    #expect(site.harvest?.follow == ["leverantorsreskontra"])
    #expect(site.network.allow == ["intern.example.se:8080"])
    #expect(site.limits.queryMilliseconds == 10_000)
    #expect(site.limits.queryRows == 5000)
    #expect(site.limits.queryMemory == 512 << 20)
    #expect(site.limits.body == 2 << 20)
    #expect(site.limits.resolve == 4 << 20)
    #expect(site.endpoint == "https://data.orebro.se/sparql")
  }

  @Test func littleIsNeeded() throws {
    let (site, problems) = try read(Self.smallest)
    #expect(problems == [])
    #expect(site.title == Texts(sv: "Data", en: nil))
    #expect(site.licence == "http://creativecommons.org/publicdomain/zero/1.0/")
    #expect(site.limits == SiteLimits())
    #expect(site.datasets.isEmpty)
  }

  @Test(arguments: [
    ("https://data.example.se/", "https://data.example.se"), ("https://Data.Example.se/lank//", "https://data.example.se/lank"),
    ("http://data.example.se/a", "http://data.example.se/a"),
  ])
  func theBaseEndsWithoutSlash(_ written: String, _ base: String) throws {
    let yaml = Self.smallest.split(separator: "\n").dropFirst().joined(separator: "\n")
    #expect(try read("base: \(written)\n" + yaml).site.base == base)
  }

  @Test(arguments: [
    ("data.example.se", ProblemCode.baseScheme), ("ftp://data.example.se", .baseScheme), ("https://", .baseHost),
    ("https://localhost", .baseHost),
    ("https://app.localhost", .baseHost), ("https://127.0.0.1", .baseHost), ("https://127.0.0.1:8080", .baseHost),
    ("https://[::1]", .baseHost),
    ("https://intranet", .baseHost), ("https://data..se", .baseHost), ("https://data_x.se", .baseHost),
    ("https://data.example.se:8080", .basePort),
    ("https://data.example.se:443/", .basePort), ("https://anna@data.example.se", .baseUser),
    ("https://anna:hemligt@data.example.se", .baseUser),
    ("https://data.example.se?x=1", .baseQuery), ("https://data.example.se/#x", .baseFragment),
    ("https://data.example.se/a b", .iriInvalid),
  ])
  func aBaseThatIdentifiersCannotBeginWithIsRefused(_ base: String, _ code: ProblemCode) throws {
    let yaml = Self.smallest.split(separator: "\n").dropFirst().joined(separator: "\n")
    let failure = #expect(throws: Failure.self) { try read("base: \"\(base)\"\n" + yaml) }
    #expect(failure?.problem.code == code)
    #expect(failure?.problem.place.line == 1)
    #expect(failure?.problem.value?.contains("hemligt") != true)
  }

  @Test(arguments: [
    ("registres: {}", "4:1", "Nearest: registers"), ("datasets: [{nam: x}]", "4:13", "Nearest: name"),
    ("limits: {query: {timout: 1s}}", "4:18", "Nearest: timeout"), ("contact: {mail: a@example.se}", "4:11", "Nearest: email"),
  ])
  func anUnknownKeyNamesTheNearest(_ line: String, _ place: String, _ nearest: String) throws {
    let (_, problems) = try read(Self.smallest + "\n" + line)
    #expect(problems.first?.hasPrefix(place + " error") == true, "\(problems)")
    #expect(problems.first?.contains(nearest) == true, "\(problems)")
  }

  /// The IRI of a series is made as that of a dataset: they can't have one name.
  @Test(arguments: [
    "datasets: [{name: a, mapping: m, source: s, series: a}]",
    "datasets: [{name: a, mapping: m, source: s, series: b}]\nseries: [{name: b}, {name: b}]",
    "datasets: [{name: a, mapping: m, source: s}]\nseries: [{name: a}]",
  ])
  func aSeriesHasANameOfItsOwn(_ lines: String) throws {
    let failure = #expect(throws: Failure.self) { try read(Self.smallest + "\n" + lines) }
    #expect(failure?.problem.code == .datasetDuplicate)
  }

  @Test func aSeriesWithoutDatasetsIsWarnedOf() throws {
    let (_, problems) = try read(Self.smallest + "\nseries: [{name: b}]")
    #expect(problems.count == 1 && problems[0].hasPrefix("4:") && problems[0].hasSuffix("[series-empty]"), "\(problems)")
  }

  @Test(arguments: [
    ("datasets: {name: x}", "site-value-list"), ("series: {name: x}", "site-value-list"), ("series: [{title: x}]", "site-key-missing"),
    ("series: [{name: Å}]", "site-value-invalid"), ("datasets: [{name: a, mapping: m, source: s, series: B}]", "site-value-invalid"),
    ("datasets: [x]", "site-value-keys"),
    ("datasets: [{mapping: m, source: s}]", "site-key-missing"),
    ("datasets: [{name: a/b, mapping: m, source: s}]", "dataset-name"), ("datasets: [{name: Å, mapping: m, source: s}]", "dataset-name"),
    ("datasets: [{name: a-, mapping: m, source: s}]", "dataset-name"), ("datasets: [{name: a, mapping: m, source: {}}]", "site-value-list"),
    ("datasets: [{name: a, mapping: m, source: s, schedule: daily}]", "site-value-invalid"), ("registers: [kommun]", "site-value-keys"),
    ("licence: CC0", "site-value-invalid"), ("contact: {name: x, email: nobody}", "site-value-invalid"),
    ("contact: {name: x}", "site-key-missing"),
    ("limits: {query: {timeout: soon}}", "site-value-invalid"), ("limits: {body: -1}", "site-value-invalid"),
    ("limits: {resolve: all}", "site-value-invalid"),
    ("limits: {body: 99999999999999999999GiB}", "site-value-invalid"), ("network: x", "site-value-keys"),
    ("harvest: {follow: []}", "site-key-missing"),
    ("description: {en: x}", "site-key-missing"), ("licence: [x]", "site-value-text"),
  ])
  func aWrongValueIsToldAndLeftOut(_ line: String, _ code: String) throws {
    let (site, problems) = try read(Self.smallest + "\n" + line)
    #expect(problems.first?.hasSuffix("[\(code)]") == true, "\(problems)")
    #expect(problems.first?.hasPrefix("4:") == true, "\(problems)")
    #expect(site.datasets.allSatisfy { $0.name == "a" })
  }

  @Test func twoDatasetsWithOneNameAreRefused() throws {
    let yaml =
      Self.smallest
      + "\ndatasets:\n  - {name: a, mapping: m, source: s}\n  - {name: b, mapping: m, source: s}\n  - {name: a, mapping: m, source: t}\n"
    let failure = #expect(throws: Failure.self) { try read(yaml) }
    #expect(failure?.problem.code == .datasetDuplicate)
    #expect(failure?.problem.place.line == 7)
    #expect(failure?.problem.arguments["first"] == "5")
  }

  @Test func aDatasetCanHaveATitleOfItsOwn() throws {
    let (site, problems) = try read(
      Self.smallest + "\ndatasets: [{name: a, title: {sv: Reskontra, en: Ledger}, description: Allt, mapping: m, source: s}]")
    #expect(problems.isEmpty)
    #expect(site.datasets[0].title == Texts(sv: "Reskontra", en: "Ledger"))
    #expect(site.datasets[0].description == Texts(sv: "Allt", en: nil))
  }

  @Test(arguments: [
    ("", ProblemCode.siteSyntax), ("- a\n- b", .siteKeyMissing), ("title: x", .siteKeyMissing), ("base: [x]", .siteKeyMissing),
    ("base: https://data.example.se\npublisher: {name: x}", .siteKeyMissing), ("base: https://data.example.se\ntitle: x", .siteKeyMissing),
    ("base: https://data.example.se\ntitle: x\npublisher: {}", .siteKeyMissing), ("base: 'x", .siteSyntax), ("a: b: c", .siteSyntax),
    ("a: 1\na: 2", .siteSyntax), ("a: *b", .siteSyntax), ("\u{1}", .siteSyntax),
  ])
  func withoutItsPartsThereIsNoSite(_ yaml: String, _ code: ProblemCode) throws {
    let failure = #expect(throws: Failure.self) { try read(yaml) }
    #expect(failure?.problem.code == code)
  }
}
