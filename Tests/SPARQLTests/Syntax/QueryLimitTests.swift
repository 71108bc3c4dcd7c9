import Problems
import SPARQL
import Testing

@Suite("Queries that are too much")
struct QueryLimitTests {

  @Test(
    "10 000 nested brackets of any kind are refused with a code of their own",
    arguments: [
      ("{", "}", "SELECT * ", ""),
      ("(", "1)", "SELECT * { FILTER ", "}"),
      ("[ <a:b> ", "]", "SELECT * { ?x ?y ", "}"),
      ("( ", ")", "SELECT * { ?x ?y ", "}"),
      ("(", "<a:b>)", "SELECT * { ?x ", " ?y }"),
      ("!(", "1)", "SELECT * { FILTER(", ")}"),
      ("{ SELECT * ", "}", "SELECT * ", ""),
      ("{ OPTIONAL ", "{} }", "SELECT * ", ""),
      ("{ FILTER EXISTS ", "{} }", "SELECT * ", ""),
      ("STR(", "1)", "SELECT * { FILTER(", ")}"),
    ])
  func deep(_ open: String, _ close: String, _ before: String, _ after: String) throws {
    for depth in [2_000, 10_000] {
      let text = before + String(repeating: open, count: depth) + String(repeating: close, count: depth) + after
      #expect(try #require(problem(text)).code == .queryDepth)
    }
  }

  @Test("As many levels as are allowed are read")
  func allowed() throws {
    let depth = QueryParser.depthLimit - 2
    _ = try parsed("SELECT * { FILTER " + String(repeating: "(", count: depth) + "1" + String(repeating: ")", count: depth) + "}")
    _ = try parsed("SELECT * " + String(repeating: "{", count: depth) + String(repeating: "}", count: depth))
  }

  @Test("A chain that nests to the left is as deep as it is long")
  func chains() throws {
    let count = 20_000
    #expect(problem("SELECT * { FILTER(1" + String(repeating: " + 1", count: count) + ")}")?.code == .queryDepth)
    #expect(problem("SELECT * { " + String(repeating: "OPTIONAL {} ", count: count) + "}")?.code == .queryDepth)
    #expect(problem("SELECT * { " + (0..<count).map { "BIND(1 AS ?v\($0)) " }.joined() + "}")?.code == .queryDepth)
  }

  @Test("Long is not deep: alternatives, conditions, unions, groups and 100 000 patterns")
  func long() throws {
    let count = 20_000
    _ = try parsed("SELECT * { FILTER(1" + String(repeating: " || 1", count: count) + ")}")
    _ = try parsed("SELECT * { FILTER(1" + String(repeating: " && 1", count: count) + ")}")
    _ = try parsed("SELECT * { {} " + String(repeating: "UNION {} ", count: count) + "}")
    _ = try parsed("SELECT * { " + String(repeating: "{ ?x :p 1 } ", count: count) + "}")
    _ = try parsed("SELECT * { ?x :p" + String(repeating: "/:p", count: count) + " 1 }")
    _ = try parsed("SELECT * { " + (0..<100_000).map { "?x\($0) :p \($0) . " }.joined() + "}")
  }
}
