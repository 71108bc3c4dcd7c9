import Foundation
import TestSupport
import Testing

/// Commands that take a whole site (contract §1, `--site`).
struct SiteCommandTests {
  private let folder: TemporaryFolder
  private static let table = "nummer;belopp\n1;10\n2;x\n"

  init() throws {
    folder = try TemporaryFolder()
    // The mapping is the site's own: it stands in the site's folder, not in the working directory.
    try folder.write("hem/mappings/saker/specification.yaml", "title: Saker\nvariants: [{file: csv.json, for: csv}]\n")
    try folder.write(
      "hem/mappings/saker/csv.json",
      """
      {"@context": ["http://www.w3.org/ns/csvw", {"@language": "sv"}], "url": "t.csv", "https://w3id.org/kommungraf/ns/csvw/columnMatching": "title",
       "tableSchema": {"aboutUrl": "id/sak/{nummer}", "columns": [
         {"name": "nummer", "titles": "nummer", "required": true, "propertyUrl": "dcterms:identifier"},
         {"name": "belopp", "titles": "belopp", "datatype": "integer", "propertyUrl": "ns/belopp"},
         {"name": "namn", "virtual": true, "propertyUrl": "rdfs:label", "default": "Sak {nummer}", "lang": "sv"}]}}
      """)
    try folder.write("hem/data/t.csv", "nummer;belopp\n1;10\n2;20\n")
    try site()
  }

  private func site(more: String = "", source: String = "data/t.csv") throws {
    try folder.writeSite(in: "hem", datasets: ["{name: saker, mapping: saker, source: \(source)}"], more: more)
  }

  private static let joined = """
    SELECT ?d (SUM(?b) AS ?sum) { ?d a <http://www.w3.org/ns/dcat#Dataset> GRAPH ?d { ?x <https://data.example.se/ns/belopp> ?b } } GROUP BY ?d
    """

  @Test(arguments: ["hem", "hem/", "hem/site.yaml", "./hem"]) func aQueryJoinsCatalogAndData(_ site: String) throws {
    let run = try ProgramRun(["query", "--site", site, "--results", "csv", Self.joined], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors == "")
    #expect(run.text == "d,sum\r\nhttps://data.example.se/dataset/saker,30\r\n")
  }

  @Test func aFolderWithoutSiteYamlIsToldOf() throws {
    let run = try ProgramRun(["query", "--site", ".", "--results", "csv", "ASK { ?s ?p ?o }"], in: folder)
    #expect(run.status == 66)
    #expect(run.errors.contains("site.yaml"))
  }

  @Test func theLimitsOfTheSiteHold() throws {
    try site(more: "limits: {query: {rows: 5}}")
    let run = try ProgramRun(["query", "--site", "hem", "--results", "csv", "SELECT * { ?s ?p ?o }"], in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("[query-rows]"))
  }

  @Test func whatCouldNotBeBuiltIsToldAndTheRestAnswers() throws {
    try site(source: "data/borta.csv")
    let run = try ProgramRun(["query", "--site", "hem", "--results", "csv", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"], in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("data/borta.csv") && run.errors.contains("[dataset-failed]"))
    #expect(run.text.hasPrefix("n\r\n") && !run.text.hasSuffix("\n0\r\n"))
  }

  @Test func timesAreToldAsForFiles() throws {
    let run = try ProgramRun(["query", "--site", "hem", "--time", "--results", "csv", "ASK { ?s ?p ?o }"], in: folder)
    #expect(run.errorLines.count == 2)
    #expect(run.errorLines.first?.contains("\"load_s\":") ?? false)
  }

  @Test func validationTellsOfEachDataset() throws {
    let run = try ProgramRun(["validate", "--site", "hem"], in: folder)
    #expect(run.status == 0)
    #expect(run.output == [])
    #expect(run.errorLines.first?.hasPrefix("saker: 2 rows read, 2 published, 0 withheld; 6 triples in ") ?? false, "\(run.errors)")
    #expect(run.errorLines.last?.hasSuffix("no errors") ?? false)
    #expect(try folder.names == ["hem"])
  }

  @Test func theReportOfASite() throws {
    try folder.write("hem/data/t.csv", Self.table)
    let run = try ProgramRun(["validate", "--site", "hem", "--report", "r.json", "--lang", "sv"], in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("hem/data/t.csv:3:3: fel: "))
    let report = try #require(try JSONSerialization.jsonObject(with: Data(try folder.bytes(of: "r.json"))) as? [String: Any])
    let rows = try #require(report["rows"] as? [String: Any])
    #expect((rows["read"] as? Int ?? 0) > 300)
    #expect(rows["withheld"] is [String: Any] && rows["embargoed"] is [String: Any])
    #expect((report["problems"] as? [[String: Any]])?.count == 1)
    #expect((report["problemCounts"] as? [String: Int])?.count == 1)
    #expect(report["seconds"] is Double)
    let graphs = try #require(report["graphs"] as? [[String: Any]])
    #expect(graphs.reduce(0) { $0 + ($1["triples"] as? Int ?? 0) } == report["triples"] as? Int)
    let dataset = try #require(graphs.first { $0["kind"] as? String == "dataset" })
    #expect(dataset["name"] as? String == "saker")
    #expect(dataset["graph"] as? String == "https://data.example.se/dataset/saker")
    #expect(dataset["sources"] as? [String] == ["hem/data/t.csv"])
    #expect((dataset["rows"] as? [String: Any])?["read"] as? Int == 2)
    #expect(dataset["failure"] is NSNull)
    #expect(graphs.last?["kind"] as? String == "catalog")
  }

  /// As `validate FILE` does, with the problems by kind and column.
  @Test func validationTellsOfProblemsByKindAndColumn() throws {
    try folder.write("hem/data/t.csv", "nummer;belopp\n1;10\n2;x\n3;y\n")
    let run = try ProgramRun(["validate", "--site", "hem", "--lang", "en"], in: folder)
    #expect(run.status == 1)
    #expect(run.errorLines.contains { $0.hasPrefix("2 errors in the column «belopp»: ") }, "\(run.errors)")
    #expect(run.errors.contains("hem/data/t.csv:3:3: error: ") && run.errors.contains("Is the file right? No."))
  }

  /// What no rule was asked about is not said to be fit for publishing, whatever its neighbours are.
  @Test(arguments: [
    ("nummer = 7", "Yes. By the mapping's rules nothing needs to be held back."),
    ("", "Not all of it was judged: rules of secrecy are lacking for saker."),
  ])
  func aDatasetWithoutRulesIsNotJudged(_ rule: String, _ answer: String) throws {
    let mapping = try folder.text(of: "hem/mappings/saker/csv.json")
    let judged = mapping.replacing("\"url\":", with: "\"https://w3id.org/kommungraf/ns/csvw/withhold\": \"nummer = 7\", \"url\":")
    try folder.write("hem/mappings/andra/csv.json", judged)
    try folder.write("hem/mappings/andra/specification.yaml", try folder.text(of: "hem/mappings/saker/specification.yaml"))
    if !rule.isEmpty { try folder.write("hem/mappings/saker/csv.json", judged) }
    try folder.writeSite(
      in: "hem", datasets: ["saker", "andra"].map { "{name: \($0), mapping: \($0), source: data/t.csv}" })
    let run = try ProgramRun(["validate", "--site", "hem", "--report", "r.txt", "--lang", "en"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try folder.text(of: "r.txt").contains("May it be published? " + answer))
  }

  /// The graph is checked too, by what the program knows of every site and by the site's own checks.
  @Test func validationChecksTheGraph() throws {
    try folder.write(
      "hem/vocabularies/checks/stor.rq",
      "# sv: För stort\n# en: Too large\n# en-help: Divide it.\n" + """
        SELECT ?subject ?property ?value ?graph { VALUES ?property { <https://data.example.se/ns/belopp> }
          GRAPH ?graph { ?subject ?property ?value } FILTER(?value > 15) }
        """)
    let run = try ProgramRun(["validate", "--site", "hem", "--lang", "en"], in: folder)
    #expect(run.status == 1)
    #expect(run.errorLines.contains("1 error: Too large"), "\(run.errors)")
    #expect(
      run.errors.contains(
        "hem/data/t.csv: error: Too large: https://data.example.se/id/sak/2, https://data.example.se/ns/belopp, «20», row 2. Divide it. [graph-check]"
      ),
      "\(run.errors)")
  }

  @Test func theReportSaysWhyADatasetIsNotThere() throws {
    try site(source: "data/borta.csv")
    let run = try ProgramRun(["validate", "--site", "hem", "--report", "r.json"], in: folder)
    #expect(run.status == 1)
    let report = try #require(try JSONSerialization.jsonObject(with: Data(try folder.bytes(of: "r.json"))) as? [String: Any])
    let graphs = try #require(report["graphs"] as? [[String: Any]])
    let failure = try #require(graphs.first { $0["kind"] as? String == "dataset" }?["failure"] as? [String: Any])
    #expect(failure["code"] as? String == "input-missing")
  }

  @Test(arguments: [
    ["query", "--site", "hem", "--data", "x.ttl", "ASK {}"], ["validate"], ["validate", "--site", "hem", "x.csv"],
    ["validate", "--site", "hem", "--mapping", "saker"],
  ])
  func whatGoesNotTogetherIsWrongUse(_ arguments: [String]) throws {
    #expect(try ProgramRun(arguments, in: folder).status == 64)
  }

  /// `network: {allow: […]}` names the private hosts that a site's sources may be on; without it they are not fetched from.
  @Test func aSiteAllowsHostsOfItsOwn() throws {
    let server = try LocalServer(["/t.csv": LocalServer.Answer("nummer;belopp\n1;7\n2;8\n")])
    defer { server.stop() }
    let source = server.address + "/t.csv"
    try site(source: source)
    let refused = try ProgramRun(["validate", "--site", "hem"], in: folder)
    #expect(refused.status == 1 && refused.errors.contains("[network-refused]"), "\(refused.errors)")
    #expect(server.requests == [])
    try site(more: "network: {allow: [\"127.0.0.1:\(server.port)\"]}", source: source)
    let run = try ProgramRun(["query", "--site", "hem", "--results", "csv", Self.joined], in: folder)
    #expect(run.status == 0 && run.text.contains(",15\r\n"), "\(run.errors)\(run.text)")
  }
}
