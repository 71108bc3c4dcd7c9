import SPARQL
import Server
import TestSupport
import Testing

/// Queries that ask for too much end with their own answer, and pages go on (contract §5).
struct BudgetTests {
  static let cross = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

  private func site(_ budget: QueryBudget) throws -> ServedSite {
    try ServedSite(file: ProgramRun.repository + "/mappings/site.yaml", budget: budget)
  }

  @Test(arguments: [
    ("query-timeout", QueryBudget(time: .milliseconds(50)), cross), ("query-rows", QueryBudget(rows: 10), "SELECT * { ?s ?p ?o }"),
    ("query-rows", QueryBudget(rows: 10), "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"),
    ("query-memory", QueryBudget(time: .seconds(20), memory: 1 << 20), "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a"),
  ])
  func aSpentBudgetIs503(code: String, budget: QueryBudget, query: String) async throws {
    let answer = try await site(budget).query(query)
    #expect(answer.status == 503)
    #expect(answer.header("Retry-After") != nil)
    #expect(try await answer.text.contains("\"code\":\"\(code)\""))
  }

  /// More of them than there are threads: they end by their own deadline, and what pages ask meanwhile is answered.
  @Test func pagesAnswerWhileQueriesRunForEver() async throws {
    let site = try site(QueryBudget(time: .seconds(2)))
    let heavy = (0..<6).map { _ in Task { try await site.query(Self.cross).status } }
    for _ in 0..<10 { #expect(try await site.answer("/doc/kommun/1880").status == 200) }
    for task in heavy { #expect(try await task.value == 503) }
  }

  /// The rows are spent after the first bytes have gone: the body ends without its end.
  @Test func anAnswerThatHasBegunIsNeverCutShortSilently() async throws {
    let site = try site(QueryBudget(time: .seconds(20), rows: 15_000))
    let answer = try await site.query("SELECT * { ?s ?p ?o . ?o ?q ?r . ?r ?x ?y } LIMIT 40000")
    guard case .stream = answer.body else {
      #expect(answer.status == 503)
      return
    }
    await #expect(throws: (any Error).self) { try await answer.text }
  }
}
