import TestSupport
import Testing

/// `--save-snapshot` and `--snapshot` (contract §1).
struct SnapshotTests {
  private let folder: TemporaryFolder
  private static let query = "SELECT ?s ?v { ?s <http://example.org/p> ?v } ORDER BY ?v"

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("graph.ttl", "<http://example.org/a> <http://example.org/p> 1, 2, \"å\"@sv .\n")
    try folder.write("named.ttl", "<http://example.org/a> <http://example.org/p> 3 .\n")
  }

  private func run(_ arguments: String...) throws -> ProgramRun {
    try ProgramRun(["query", "--lang", "en", "--results", "csv"] + arguments, in: folder)
  }

  @Test func whatWasSavedAnswersAsTheFilesDid() throws {
    let loaded = try run("--data", "graph.ttl", "--named-graph", "http://example.org/g=named.ttl", "--save-snapshot", "a.kgs", Self.query)
    #expect(loaded.status == 0, "\(loaded.errors)")
    let opened = try run("--snapshot", "a.kgs", Self.query)
    #expect(opened.status == 0, "\(opened.errors)")
    #expect(opened.text == loaded.text)
    let named = try run("--snapshot", "a.kgs", "SELECT ?g ?v { GRAPH ?g { ?s ?p ?v } }")
    #expect(named.text.contains("http://example.org/g,3"))
  }

  @Test func savingNeedsNoQuery() throws {
    #expect(try run("--data", "graph.ttl", "--save-snapshot", "a.kgs").status == 0)
    #expect(try run("--snapshot", "a.kgs", Self.query).text.contains("http://example.org/a,å"))
    #expect(try run("--data", "graph.ttl").status == 64)
    #expect(try run("--snapshot", "a.kgs", "--data", "graph.ttl", Self.query).status == 64)
  }

  @Test func whatIsNoSnapshotIsRefused() throws {
    let foreign = try run("--snapshot", "graph.ttl", Self.query)
    #expect(foreign.status == 65)
    #expect(foreign.errors.contains("«graph.ttl» is not a snapshot that can be used: something else wrote it."))
    #expect(try run("--snapshot", "missing.kgs", Self.query).status == 66)
  }

  @Test func aDamageThatAQueryMeetsEndsIt() throws {
    #expect(try run("--data", "graph.ttl", "--save-snapshot", "a.kgs").status == 0)
    var bytes = try folder.bytes(of: "a.kgs")
    let place = try #require(bytes.firstRange(of: Array("example.org/a".utf8)))
    bytes[place.lowerBound] ^= 1
    try folder.write("a.kgs", bytes)
    let answered = try run("--snapshot", "a.kgs", Self.query)
    #expect(answered.status == 65)
    #expect(answered.errors.contains("it is damaged"))
  }

  @Test func aSnapshotIsServed() throws {
    #expect(try run("--data", "graph.ttl", "--save-snapshot", "a.kgs").status == 0)
    let server = try ServedProgram(["--snapshot", "a.kgs"], in: folder.path)
    let answer = try server.get("/sparql?query=SELECT%20?s%20%7B%20?s%20?p%202%20%7D", ["Accept": "text/csv"])
    #expect(answer.text == "s\r\nhttp://example.org/a\r\n")
  }
}
