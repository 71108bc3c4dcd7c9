import SPARQL
import Server
import Testing

/// Queries that are large, or ask for what can't be, sent to the server: each has its own answer within its budget, and the next one is
/// answered as if nothing had been.
struct BadQueryTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let query: String
    let status: Int
    /// What the answer says: all of it as CSV, or the code of the problem.
    let says: String

    init(_ description: String, _ query: String, _ status: Int, _ says: String) {
      testDescription = description
      self.query = "PREFIX : <http://e/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> " + query
      self.status = status
      self.says = says
    }

    /// An expression and its value; nothing where it has none.
    static func value(_ expression: String, _ value: String) -> Case {
      Case(expression, "SELECT (\(expression) AS ?x) {}", 200, "x\r\n\(value)\r\n")
    }
  }

  /// A ring of 200 nodes with texts.
  private static let served = Result {
    try ServedGraphs(
      trig: "@prefix : <http://e/> ."
        + (0..<200).map { " :n\($0) :p :n\(($0 + 1) % 200) ; :t \"text of node \($0)\" ." }.joined(),
      budget: QueryBudget(time: .seconds(600), rows: 100_000, memory: 1 << 24), threads: 2)
  }

  private static func nested(_ open: String, _ close: String) -> String {
    String(repeating: open, count: 10_000) + String(repeating: close, count: 10_000)
  }

  static let cases = [
    Case(
      "a query of a million bytes",
      "SELECT (COUNT(*) AS ?n) { ?a :p ?b FILTER(?a IN (" + (0..<60_000).map { ":n\($0 % 199)" }.joined(separator: ",")
        + ")) } # " + String(repeating: "x", count: 600_000), 200, "n\r\n199\r\n"),
    Case("10 000 brackets in an expression", "ASK { FILTER" + nested("(", ")") + " }", 400, "query-depth"),
    Case("10 000 groups", "ASK " + nested("{", "}"), 400, "query-depth"),
    Case("10 000 brackets that are never closed", "ASK { ?s ?p " + String(repeating: "[ :p ", count: 10_000), 400, "query-depth"),
    Case("10 000 negations", "ASK { FILTER(" + String(repeating: "!", count: 10_000) + "true) }", 400, "query-depth"),
    Case("10 000 minuses", "ASK { FILTER(" + String(repeating: "- ", count: 10_000) + "1 = 1) }", 400, "query-"),
    Case(
      "5 000 triple patterns",
      "SELECT ?x5000 { :n0 :p ?x0 . " + (0..<5_000).map { "?x\($0) :p ?x\($0 + 1) . " }.joined() + "}", 200, "x5000\r\nhttp://e/n1\r\n"),
    Case("paths of paths over a cycle", "SELECT (COUNT(*) AS ?n) { :n0 (:p*)* ?x }", 200, "n\r\n200\r\n"),
    Case("paths of paths between all", "SELECT (COUNT(*) AS ?n) { ?a ((:p*)*)* ?b FILTER(isIRI(?b)) }", 200, "n\r\n40000\r\n"),
    .value("REGEX(\"\(String(repeating: "a", count: 60))!\", \"^(a+)+$\")", ""),
    .value("REPLACE(\"\(String(repeating: "a", count: 60))!\", \"^(a|aa)+$\", \"\")", ""),
    .value("1e308 * 10", "INF"), .value("-1e308 * 10", "-INF"), .value("1e0 / 0", "INF"), .value("0e0 / 0", "NaN"), .value("1 / 0", ""),
    .value("99999999999999999999.5 * 99999999999999999999.5", ""), .value("170141183460469231731687303715884105727 + 1", ""),
    .value("-170141183460469231731687303715884105728 - 1", ""), .value("xsd:integer(1e40)", ""), .value("xsd:decimal(1e39)", ""),
    .value("STRLEN(SUBSTR(\"abc\", 1, 1e300))", "3"), .value("YEAR(\"99999999999999999999-01-01T00:00:00Z\"^^xsd:dateTime)", ""),
    Case(
      "all texts in one", "SELECT (STRLEN(GROUP_CONCAT(?t)) AS ?n) { ?a :t ?t }", 200,
      "n\r\n\((0..<200).map { "text of node \($0)".count + 1 }.reduce(-1, +))\r\n"),
    Case(
      "all pairs of texts in one", "SELECT (GROUP_CONCAT(CONCAT(?t, ?u)) AS ?x) { ?a :t ?t . ?b :t ?u . ?c :p ?d }", 503, "query-memory"),
    Case("a sum of what is no number", "SELECT (SUM(?t) AS ?x) { ?a :t ?t }", 200, "x\r\n\r\n"),
    Case("bytes that are no text", "SELECT * { ?s ?p \"\u{0}\" }", 200, "s,p\r\n"),
    Case("a regular expression that is none", "SELECT ?a { ?a :t ?t FILTER(REGEX(?t, \"(\")) }", 200, "a\r\n"),
    Case("a limit that no number is", "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999", 400, "query-syntax"),
    Case("an offset beyond all", "SELECT ?s { ?s ?p ?o } OFFSET 9223372036854775807", 200, "s\r\n"),
  ]

  @Test(arguments: cases) func itsOwnAnswer(_ item: Case) async throws {
    let served = try Self.served.get()
    var request = Request.post(item.query, "application/sparql-query")
    request.headers["accept"] = "text/csv, application/problem+json;q=0.5"
    let answer = await served.answer(request)
    #expect(answer.status == item.status)
    let text = try? await answer.text
    if item.status == 200 {
      #expect(text == item.says)
    } else {
      #expect(text?.contains("\"code\":\"\(item.says)") == true, "\(text?.prefix(300) ?? "cut off")")
    }
    let next = await served.answer(.get(["query": "ASK {}"]))
    #expect(next.status == 200)
  }
}
