import TestSupport
import Testing

/// `query --explain`: how a query was answered, beside its answer (contract §1).
struct ExplainTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("graph.ttl", "<http://example.org/a> <http://example.org/p> 1, 2 .\n")
  }

  private func run(_ options: String...) throws -> ProgramRun {
    try ProgramRun(
      ["query", "--data", "graph.ttl", "--results", "csv"] + options + ["SELECT ?v { ?s <http://example.org/p> ?v } ORDER BY ?v"],
      in: folder)
  }

  @Test func thePlanStandsOnStandardErrorAndTheAnswerAlone() throws {
    let plain = try run()
    let explained = try run("--explain", "--lang", "sv")
    #expect(explained.status == 0)
    #expect(explained.text == plain.text)
    #expect(explained.errors.contains("väntade"))
    #expect(explained.errors.contains("scan ?s <http://example.org/p> ?v"))
    #expect(!plain.errors.contains("scan"))
  }

  @Test func thePlanIsJSONWhereReportsAre() throws {
    let explained = try run("--explain", "--report-format", "json")
    #expect(explained.errors.hasPrefix("[{\"operator\":\"project (?v)\",\"rows\":2,"), "\(explained.errors)")
  }
}
