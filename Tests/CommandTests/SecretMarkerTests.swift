import Foundation
import TestSupport
import Testing

/// What stands in a secret row leaves the program nowhere: a marker planted in every column of rows that are secret, or under embargo, and
/// also wrong in every way, is looked for in all that comes out (contract §4).
struct SecretMarkerTests {
  private let folder: TemporaryFolder
  private static let ledger = "{name: ledger, mapping: leverantorsreskontra, source: ledger.csv}"

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("ledger.csv", SecretRows.ledger())
    try folder.write("food.csv", try SecretRows.inspections())
    try folder.writeSite(in: "site", datasets: [Self.ledger, "{name: food, mapping: livsmedelskontroller, source: food.csv}"])
    try folder.write("site/ledger.csv", SecretRows.ledger())
    try folder.write("site/food.csv", try SecretRows.inspections())
  }

  /// Looks for the marker, whatever the case of its letters, and for what is left of it where letters are left out.
  private func expectNothing(in text: String, _ what: String) {
    let found = text.range(of: "qxhemlig", options: .caseInsensitive)
    let context = found.map {
      text[(text.index($0.lowerBound, offsetBy: -60, limitedBy: text.startIndex) ?? text.startIndex)..<$0.upperBound]
    }
    #expect(found == nil, "\(what): \(context ?? "")")
  }

  private func expectNothing(in run: ProgramRun, _ what: String) {
    expectNothing(in: run.text, what)
    expectNothing(in: run.errors, what + ", standard error")
  }

  private static let tables = [("leverantorsreskontra", "ledger.csv"), ("livsmedelskontroller", "food.csv")]
  private static let formats = ["turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml", "csvw-json"]

  @Test(arguments: tables, formats) func inNoConversion(_ table: (mapping: String, file: String), _ format: String) throws {
    for (number, more) in [
      ["--report-format", "text"], ["--report-format", "json", "--mode", "standard"],
      ["--lang", "sv", "-o", "out", "--log-level", "trace"],
    ].enumerated() {
      let run = try ProgramRun(
        ["convert", "--mapping", table.mapping, "--as-of", SecretRows.asOf, "--format", format, "--report", "report.json"] + more + [
          table.file
        ],
        in: folder)
      #expect(run.status <= 1, "\(run.errors.prefix(500))")
      expectNothing(in: run, "\(format) \(number)")
      expectNothing(in: try folder.text(of: "report.json"), "report")
      if more.contains("-o") { expectNothing(in: try folder.text(of: "out"), format) }
      // The good rows are there, and the secret ones are counted.
      #expect(try folder.text(of: "report.json").contains("\"published\":\(table.file == "ledger.csv" ? 16 : 37)"))
    }
  }

  @Test(arguments: tables) func inNoCheckNorInWhatIsSorted(_ table: (mapping: String, file: String)) throws {
    for (format, report) in [("text", "r.json"), ("json", "r.html"), ("html", "r.txt")] {
      let run = try ProgramRun(
        ["validate", "--mapping", table.mapping, "--as-of", SecretRows.asOf, "--report-format", format, "--report", report, table.file],
        in: folder)
      expectNothing(in: run, "validate")
      expectNothing(in: try folder.text(of: report), "report")
    }
    // Nor in a mapping that is proposed, for which nothing is secret yet but what looks as if it were.
    _ = try ProgramRun(["mapping", "new", "-o", "proposed.json", table.file], in: folder)
    expectNothing(in: try folder.text(of: "proposed.json"), "mapping")
    _ = try ProgramRun(
      ["convert", "--mapping", table.mapping, "--as-of", SecretRows.asOf, "-o", "out.ttl", table.file], in: folder)
    expectNothing(in: try ProgramRun(["reformat", "--sorted", "--to", "jsonld", "out.ttl"], in: folder), "sorted")
  }

  /// Enough rows for two threads, and more problems than are kept.
  @Test(arguments: tables) func inNoLongConversion(_ table: (mapping: String, file: String)) throws {
    let isLedger = table.file == "ledger.csv"
    try folder.write("long.csv", isLedger ? SecretRows.ledger(times: 60) : try SecretRows.inspections(times: 25))
    let run = try ProgramRun(
      ["convert", "--mapping", table.mapping, "--as-of", SecretRows.asOf, "--format", "ntriples", "--report", "report.json", "long.csv"],
      in: folder)
    expectNothing(in: run, "two threads")
    expectNothing(in: try folder.text(of: "report.json"), "report")
    #expect(run.lines.count > 5_000)
  }

  /// The one place where it may stand, which shows that it was in the input.
  @Test(arguments: tables) func onlyInTheListForReview(_ table: (mapping: String, file: String)) throws {
    let run = try ProgramRun(
      ["convert", "--mapping", table.mapping, "--as-of", SecretRows.asOf, "--review", "review.csv", table.file], in: folder)
    expectNothing(in: run, "with --review")
    #expect(String(decoding: try folder.bytes(of: "review.csv"), as: UTF8.self).contains(SecretRows.marker))
    let mode = try FileManager.default.attributesOfItem(atPath: folder.file("review.csv"))[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func inNoSite() throws {
    let validated = try ProgramRun(["validate", "--site", "site", "--as-of", SecretRows.asOf, "--report", "r.json"], in: folder)
    expectNothing(in: validated, "validate --site")
    expectNothing(in: try folder.text(of: "r.json"), "report")
    // Today the embargo of the made-up inspections may have ended; the ledger's rows are secret for ever.
    try folder.writeSite(in: "site", datasets: [Self.ledger])
    let query = try ProgramRun(
      ["query", "--site", "site", "--results", "csv", "--save-snapshot", "graph.kgs", "SELECT * { GRAPH ?g { ?s ?p ?o } }"], in: folder)
    expectNothing(in: query, "query --site")
    #expect(query.text.split(whereSeparator: \.isNewline).count > 1_000)
    expectNothing(in: try folder.text(of: "graph.kgs"), "snapshot")
  }

  @Test func inNoAnswerOfAServer() throws {
    try folder.writeSite(in: "site", datasets: [Self.ledger])
    let server = try ServedProgram(["site", "--watch"], in: folder.path)
    for line in server.said { expectNothing(in: line, "standard error") }
    let all = "SELECT%20*%20%7B%20GRAPH%20?g%20%7B%20?s%20?p%20?o%20%7D%20%7D"
    let paths = [
      "/", "/catalog", "/datasets/dcat", "/dataset/ledger", "/spec/leverantorsreskontra", "/id/verifikat/2120009903/2025-1001",
      "/doc/verifikat/2120009903/2025-1011", "/doc/verifikat/2120009903/2025-1011/1", "/doc/organisation/5599990024", "/register/kommun",
      "/sparql?query=\(all)", "/graph-store?graph=https%3A%2F%2Fdata.example.se%2Fdataset%2Fledger", "/doc/verifikat/2120009903/2025-1001",
      "/download/ledger.ttl", "/status",
    ]
    for path in paths {
      for accept in ["text/html", "text/turtle", "application/ld+json", "application/sparql-results+json", "text/csv", "*/*"] {
        for language in ["sv", "en"] {
          let answer = try server.get(path, ["Accept": accept, "Accept-Language": language])
          expectNothing(in: answer.text, "\(path) as \(accept)")
          expectNothing(in: "\(answer.headers)", "headers of \(path)")
        }
      }
    }
    let found = try server.get("/sparql?query=\(all)", ["Accept": "text/csv"])
    #expect(found.text.contains("2025-1011"))
    #expect(!found.text.contains("2025-1001"))
  }
}
