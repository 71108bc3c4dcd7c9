import Foundation
import TestSupport
import Testing

/// How the program speaks: languages, JSON lines, the report (contract §2).
struct ReportTests {
  private let folder: TemporaryFolder
  private let table = "id,Kommunid,namn\n1,180,a\n2,18880,b\n3\n"

  init() throws { folder = try TemporaryFolder() }

  struct Speech: CustomTestStringConvertible {
    let options: [String]
    let environment: [String: String]
    let word: String
    var testDescription: String { "\(options) \(environment)" }
  }

  @Test(arguments: [
    Speech(options: [], environment: [:], word: "error"),
    Speech(options: ["--lang", "sv"], environment: [:], word: "fel"),
    Speech(options: ["--lang", "en"], environment: ["LC_MESSAGES": "sv_SE.UTF-8"], word: "error"),
    Speech(options: [], environment: ["LC_MESSAGES": "sv_SE.UTF-8"], word: "fel"),
    Speech(options: [], environment: ["LANG": "sv_SE.UTF-8"], word: "fel"),
    Speech(options: [], environment: ["LC_ALL": "en_GB.UTF-8", "LC_MESSAGES": "sv_SE.UTF-8"], word: "error"),
    Speech(options: [], environment: ["LC_MESSAGES": "de_DE.UTF-8"], word: "error"),
  ])
  func speaksTheLanguageOfTheUser(_ speech: Speech) throws {
    let run = try convertPlain(table, speech.options, environment: speech.environment, in: folder)
    #expect(run.errorLines.first { $0.hasPrefix("table.csv:3:3: \(speech.word): «18880»") } != nil, "\(run.errors)")
    #expect(run.errorLines.first { $0.hasPrefix("table.csv:4:1: \(speech.word): ") } != nil, "\(run.errors)")
  }

  @Test func theWordingOfTheContract() throws {
    let run = try convertPlain(table, in: folder)
    let line = try #require(run.errorLines.first { $0.contains("18880") })
    #expect(line.hasPrefix("table.csv:3:3: error: «18880» is not a kommun code; nearest: 1880 Örebro"))
    #expect(line.contains(". Correct the cell or "))
    #expect(line.hasSuffix(" [register-unknown]"))
  }

  @Test(arguments: ["sv", "en"]) func jsonLinesHaveTheKeysOfTheContract(_ language: String) throws {
    let run = try convertPlain(table, ["--report-format", "json", "--lang", language], in: folder)
    #expect(run.status == 1)
    let problems = try run.errorLines.map { try #require(object($0), "\($0)") }
    #expect(problems.count == 2)
    for problem in problems {
      for key in ["code", "severity", "file", "message", "help"] { #expect(problem[key] is String, "\(key)") }
      for key in ["line", "column", "row"] { #expect(problem[key] is Int, "\(key)") }
      #expect(problem["severity"] as? String == "error")
    }
    let unknown = try #require(problems.first { $0["code"] as? String == "register-unknown" })
    #expect(unknown["file"] as? String == "table.csv")
    #expect(unknown["line"] as? Int == 3)
    #expect(unknown["column"] as? Int == 3)
    #expect(unknown["row"] as? Int == 2)
    #expect(unknown["tableColumn"] as? String == "kommun")
    #expect(unknown["value"] as? String == "18880")
  }

  @Test func aFailureIsAJSONLineToo() throws {
    let run = try ProgramRun(["convert", "--report-format", "json", "none.csv"], in: folder)
    #expect(run.status == 66)
    let failure = try #require(run.errorLines.last.flatMap(object))
    #expect(failure["code"] as? String == "input-missing")
  }

  @Test func theReportHasTheShapeOfTheContract() throws {
    let run = try convertPlain(table, ["--report", "report.json"], in: folder)
    #expect(run.status == 1)
    let report = try #require(object(try folder.text(of: "report.json")))
    let rows = try #require(report["rows"] as? [String: Any])
    #expect(rows["read"] as? Int == 3)
    #expect(rows["published"] as? Int == 2)
    #expect((rows["withheld"] as? [String: Any])?.isEmpty == true)
    #expect((rows["embargoed"] as? [String: Any])?.isEmpty == true)
    #expect(report["problemCounts"] as? [String: Int] == ["register-unknown": 1, "row-ragged": 1])
    #expect((report["problems"] as? [[String: Any]])?.count == 2)
    #expect(report["triples"] as? Int == run.lines.count)
    #expect(report["seconds"] is Double)
  }

  @Test func validateReportsTheSameAndWritesNothing() throws {
    _ = try convertPlain(table, ["--report", "converted.json"], in: folder)
    let run = try ProgramRun(
      ["validate", "--mapping", "./things.json", "--mode", "minimal", "--report", "validated.json", "table.csv"], in: folder)
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
    let reports = try ["converted.json", "validated.json"].map { try #require(object(try folder.text(of: $0))) }
    #expect(reports[0]["problemCounts"] as? [String: Int] == reports[1]["problemCounts"] as? [String: Int])
    #expect(reports[0]["triples"] as? Int == reports[1]["triples"] as? Int)
  }

  @Test func validateIsContentWithAGoodTable() throws {
    try folder.write("things.json", plainMapping)
    try folder.write("good.csv", "id,Kommunid,namn\n1,180,a\n")
    let run = try ProgramRun(["validate", "--mapping", "./things.json", "good.csv"], in: folder)
    #expect(run.status == 0)
    #expect(run.output.isEmpty)
    #expect(run.errors == "kommungraf: 1 rows read, no errors\n")
  }

  @Test func quietSaysNothingButProblems() throws {
    #expect(try convertPlain("id,namn\n1,a\n", ["--quiet"], in: folder).errors.isEmpty)
    let lines = try convertPlain(table, ["--quiet"], in: folder).errorLines
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.contains(": error: ") })
  }

  @Test func theSummaryCountsRowsAndTriples() throws {
    let run = try convertPlain(table, in: folder)
    let summary = try #require(run.errorLines.last)
    #expect(summary.hasPrefix("kommungraf: 3 rows read, 2 published, 0 withheld; \(run.lines.count) triples in "))
  }
}

/// The JSON object in a text, or nil where there is none.
func object(_ text: String) -> [String: Any]? {
  (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any]
}
