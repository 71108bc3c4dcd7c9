import TestSupport
import Testing

/// How the command is spelt: status 64 and what is wrong, and the help that says how (contract §1).
struct UsageTests {
  struct Case: CustomTestStringConvertible {
    let arguments: [String]
    let says: String
    var testDescription: String { arguments.joined(separator: " ") }
    init(_ arguments: String..., says: String) { (self.arguments, self.says) = (arguments, says) }
  }

  static let misspelt = [
    Case("convrt", says: "convrt"),
    Case("convert", says: "INPUT"),
    Case("convert", "--nope", "table.csv", says: "--nope"),
    Case("convert", "--mapping", "./things.json", "--set", "nonsense", "table.csv", says: "NAME=VALUE"),
    Case("convert", "--variant", "rader", "table.csv", says: "--variant needs --mapping"),
    Case("convert", "--mapping", "leverantorsreskontra", "--variant", "nope", "table.csv", says: "verifikat, rader"),
    Case("convert", "--mapping", "./things.json", "--base", "data.example.se", "table.csv", says: "--base"),
    Case("convert", "--base", "https://data.example.se:8080/", "table.csv", says: "port"),
    Case("convert", "--base", "https://a:b@data.example.se/", "table.csv", says: "user name"),
    Case("convert", "--base", "https://data.example.se/?a=b", "table.csv", says: "query"),
    Case("convert", "--base", "https://data.example.se/#a", "table.csv", says: "fragment"),
    Case("convert", "--base", "https://data.example.se/a b", "table.csv", says: "character"),
    Case("convert", "--base", "https://localhost/", "table.csv", says: "domain"),
    Case("convert", "--base", "https://127.0.0.1/", "table.csv", says: "domain"),
    Case("convert", "--base", "https://", "table.csv", says: "domain"),
    Case("convert", "--mapping", "./things.json", "--mode", "loud", "table.csv", says: "loud"),
    Case("convert", "--mapping", "./things.json", "--format", "word", "table.csv", says: "word"),
    Case("convert", "--as-of", "i morgon", "table.csv", says: "i morgon"),
    Case("convert", "--as-of", "2026-02-30", "table.csv", says: "2026-02-30"),
    Case("validate", "--review", "r.csv", "table.csv", says: "--review"),
    Case("convert", "--graph", "my graph", "table.csv", says: "--graph"),
    Case("query", "--data", "graph.ttl", "--named-graph", "a b>c=graph.ttl", "ASK {}", says: "--named-graph"),
    Case("query", "--data", "graph.ttl", "--named-graph", "rel=graph.ttl", "ASK {}", says: "«rel»"),
    Case("query", "--data", "graph.ttl", "--save-snapshot", "-", says: "--save-snapshot"),
    Case("query", "--data", "graph.ttl", "--results", "turtle", "SELECT * { ?s ?p ?o }", says: "turtle"),
    Case("reformat", "--document-base", "rel", "graph.ttl", says: "--document-base"),
    Case("reformat", "--document-base", "http://a b/", "graph.ttl", says: "«http://a b/»"),
    Case("reformat", "--allow-host", "a b", "graph.ttl", says: "«a b»"),
    Case("reformat", "--from", "jsonld", "graph.ttl", says: "jsonld"),
    Case("reformat", says: "INPUT"),
    Case("validate", "--format", "turtle", "table.csv", says: "--format"),
    Case("convert", "--lang", "fi", "table.csv", says: "fi"),
    Case("convert", "--report-format", "xml", "table.csv", says: "xml"),
    Case("convert", "--resolve", "nothing", "table.csv", says: "PREFIX=DIR"),
    Case("mapping", "show", says: "NAME"),
    Case("publish", says: "-o"),
    Case("publish", "-o", "r", "--as-of", "i morgon", says: "i morgon"),
    Case("diff", "a.ttl", says: "B"),
  ]

  @Test(arguments: misspelt) func misspeltEndsWith64(_ example: Case) throws {
    let folder = try TemporaryFolder()
    try folder.write("things.json", plainMapping)
    try folder.write("table.csv", "id,namn\n1,a\n")
    try folder.write("graph.ttl", "<http://a/> a <http://b/> .\n")
    let run = try ProgramRun(example.arguments, in: folder)
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(example.says), "\(run.errors)")
  }

  static let global = ["--resolve", "--offline", "--quiet", "--lang", "--report-format", "--log-level"]
  static let mapping = ["--mapping", "--variant", "--set", "--mode", "--base", "--first-row", "--header-from"]

  @Test(arguments: [
    (["convert"], mapping + ["--format", "--graph", "--report", "-o", "INPUT"]),
    (["validate"], mapping + ["--report", "INPUT"]),
    (["reformat"], ["--from", "--to", "--document-base", "--sorted", "--canonical", "--count", "--keep-going", "-o", "INPUT"]),
    (["publish"], ["-o", "--allow-loss", "--as-of", "SITE"]),
    (["diff"], ["-o", "<A>", "<B>"]),
    (["mapping", "list"], []),
    (["mapping", "show"], ["NAME"]),
  ])
  func helpNamesEveryOption(_ command: [String], _ options: [String]) throws {
    let folder = try TemporaryFolder()
    let run = try ProgramRun(command + ["--help"], in: folder)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    for option in options + Self.global { #expect(run.text.contains(option), "\(option)") }
  }

  @Test func helpNamesTheCommandsAndTheStatuses() throws {
    let folder = try TemporaryFolder()
    let run = try ProgramRun(["--help"], in: folder)
    #expect(run.status == 0)
    let text = run.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for word in ["convert", "validate", "reformat", "publish", "diff", "mapping"] { #expect(text.contains(word)) }
    for status in ["0 done", "1 problems", "64 ", "65 ", "66 ", "69 ", "74 "] { #expect(text.contains(status), "\(status)") }
  }

  @Test func aSettingOfNoColumnIsToldOf() throws {
    let folder = try TemporaryFolder()
    let run = try convertPlain("id,namn\n1,a\n", ["--set", "komun=180"], in: folder)
    #expect(run.status == 0)
    #expect(run.errorLines.first?.contains("Nearest: kommun") == true)
    #expect(run.errorLines.first?.hasSuffix("[setting-unused]") == true)
  }

  @Test func aSettingStandsInForAColumn() throws {
    let folder = try TemporaryFolder()
    let run = try convertPlain("id,namn\n1,a\n2,b\n", ["--set", "kommun=180"], in: folder)
    #expect(run.status == 0)
    for id in ["1", "2"] {
      let line = "<https://example.org/thing/\(id)> <http://purl.org/dc/terms/spatial> <https://w3id.org/kommungraf/id/kommun/0180> ."
      #expect(run.lines.contains(line))
    }
  }
}
