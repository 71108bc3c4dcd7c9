import Bytes
import Problems
import SPARQL
import Testing

/// Queries that are large, or ask for what can't be: each has its own answer or error, within its budget.
struct BadInputTests {
  static let budget = QueryBudget(time: .seconds(60), rows: 100_000, memory: 1 << 28)

  /// What a query over the ring of 400 nodes answers, a solution a line; or the code of its error.
  private func outcome(_ query: String, memory: Int = 1 << 28) throws -> [String] {
    var request = QueryRequest(ByteString("PREFIX : <http://e/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> " + query))
    request.budget = Self.budget
    let sink = CSVSink()
    let source = try BudgetTests.source.get()
    do throws(Failure) {
      try source.answerNow(request, to: sink, meter: QueryMeter(timeout: Self.budget.time, memory: memory))
    } catch {
      return [error.problem.code.rawValue]
    }
    return sink.lines
  }

  @Test func aQueryOfAMegabyteIsAnswered() throws {
    let values = (0..<40_000).map { "(\($0) :n\($0 % 400))" }.joined(separator: "\n")
    let query = "SELECT (COUNT(*) AS ?n) { VALUES (?i ?a) { \(values) } ?a :p ?b FILTER(?i < 800) }"
    #expect(query.utf8.count > 500_000)
    #expect(try outcome(query + " # " + String(repeating: "x", count: 500_000)) == ["800"])
    let filter = "SELECT (COUNT(*) AS ?n) { ?a :p ?b FILTER(?a IN (" + (0..<60_000).map { ":m\($0)" }.joined(separator: ", ") + ", :n7)) }"
    #expect(try outcome(filter) == ["1"])
  }

  @Test func fiveThousandPatternsAreAnswered() throws {
    let chain = (0..<5_000).map { "?x\($0) :p ?x\($0 + 1) ." }.joined(separator: " ")
    #expect(try outcome("SELECT ?x5000 { :n7 :p ?x0 . \(chain) }") == ["http://e/n208"])
  }

  @Test func manyGroupsAndConditionsAreAnswered() throws {
    let groups = String(repeating: "{ ?x :p :n8 } ", count: 10_000)
    #expect(try outcome("SELECT ?x { \(groups) }") == ["http://e/n7"])
    let filters = (0..<10_000).map { "FILTER(?x != :m\($0)) " }.joined()
    #expect(try outcome("SELECT ?x { ?x :p :n8 \(filters) }") == ["http://e/n7"])
    let unions = String(repeating: "UNION { ?x :p :n8 } ", count: 5_000)
    #expect(try outcome("SELECT DISTINCT ?x { {} \(unions) FILTER(BOUND(?x)) }") == ["http://e/n7"])
  }

  @Test func pathsOfPathsOverACycleEnd() throws {
    #expect(try outcome("SELECT (COUNT(*) AS ?n) { :n0 (:p*)* ?x }") == ["400"])
    #expect(try outcome("SELECT (COUNT(*) AS ?n) { :n0 ((:p+)*|(:q?)+)* ?x }") == ["400"])
    #expect(try outcome("SELECT (COUNT(*) AS ?n) { ?x (:p*)* :n3 }") == ["400"])
  }

  @Test(arguments: [
    ("1e308 * 10", "INF"), ("-1e308 * 10", "-INF"), ("xsd:float(3e38) * xsd:float(10)", "INF"),
    ("170141183460469231731687303715884105727 + 1", ""), ("99999999999999999999 * 99999999999999999999", ""),
    ("0.0000000000000000001 * 0.00000000000000000000000000001", "0"), ("1/0", ""), ("1e0/0", "INF"),
    ("REGEX(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(a+)+$\")", ""),
    ("REPLACE(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(a|aa)+$\", \"\")", ""),
    ("REGEX(\"a\", \"(\")", ""), ("SUBSTR(\"abc\", 1000000000000, 1)", ""), ("xsd:integer(\"1e400\")", ""),
  ])
  func whatCanNotBeWorkedOutIsAnErrorOfItsExpression(expression: String, value: String) throws {
    #expect(try outcome("SELECT (\(expression) AS ?x) {}") == [value])
  }

  @Test func allTextsTogetherKeepToTheMemoryOfTheirBudget() throws {
    let query = "SELECT (GROUP_CONCAT(CONCAT(STR(?a), ?c, STR(?e))) AS ?x) { ?a :t ?c . ?d :t ?e }"
    #expect(try outcome(query, memory: 1 << 20) == ["query-memory"])
  }
}
