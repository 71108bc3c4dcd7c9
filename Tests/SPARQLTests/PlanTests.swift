import Bytes
import Problems
import SPARQL
import Testing

/// What `--explain` tells of a query over a ring of 400 nodes.
struct PlanTests {
  private func plan(_ query: String) throws -> QueryPlan {
    let source = try BudgetTests.makeSource(threads: 0)
    let request = QueryRequest(ByteString("PREFIX : <http://e/> " + query))
    return try source.explainNow(request, to: CountingSink(), meter: QueryMeter())
  }

  /// All steps, outer ones first.
  private func steps(_ steps: [QueryPlan.Step]) -> [QueryPlan.Step] { steps.flatMap { [$0] + self.steps($0.parts) } }

  @Test func patternsTellWhatTheIndexPromisedAndWhatTheyGave() throws {
    let all = steps(try plan("SELECT ?b { :n1 :p ?b . ?b :q ?c }").steps)
    #expect(all.map(\.operation) == ["project (?b)", "scan <http://e/n1> <http://e/p> ?b", "scan ?b <http://e/q> ?c"])
    #expect(all.map(\.expectedRows) == [nil, 1, 1])
    #expect(all.map(\.rows) == [1, 1, 1])
  }

  @Test func conditionsStandWhereTheyAreDecided() throws {
    let all = steps(try plan("SELECT ?a { ?a :t ?t . ?a :p ?b FILTER(?t = \"text of node 7\") FILTER(STR(?b) > \"http\") }").steps)
    #expect(all.map(\.operation).contains("scan in a range ?a <http://e/t> ?t"))
    #expect(all.last?.operation.hasPrefix("filter ") == true)
    #expect(all.map(\.rows) == [1, 1, 1, 1])
  }

  /// An OPTIONAL or EXISTS is run for one batch after the other, and counted in one place.
  @Test(arguments: [
    "SELECT * { ?a :p ?b . ?c :t ?d OPTIONAL { ?b :q ?e . ?e :q ?f } }",
    "SELECT * { ?a :p ?b . ?c :t ?d FILTER EXISTS { ?b :q ?e . ?e :q ?f . ?c :p ?x } }",
  ]) func whatRunsAgainIsCountedInOnePlace(_ query: String) throws {
    let scans = steps(try plan(query).steps).filter { $0.operation == "scan ?e <http://e/q> ?f" }
    #expect(scans.count == 1)
    #expect(scans.allSatisfy { $0.rows == 160_000 })
  }

  @Test func aPlanIsATableInTheLanguageOfTheAsker() throws {
    let plan = try plan("SELECT (COUNT(*) AS ?n) { ?a :p ?b . ?b :p ?c } GROUP BY ?a ORDER BY ?n LIMIT 3")
    let lines = plan.text(in: .sv).split(separator: "\n")
    #expect(lines[0].split(separator: " ") == ["rader", "väntade", "ms", "operator"])
    for operation in ["slice offset 0 limit 3", "order ?n", "group (?a)", "scan ?a <http://e/p> ?b"] {
      #expect(lines.count { $0.contains(operation) } == 1)
    }
    #expect(plan.text(in: .en).contains("expected"))
  }

  @Test func aPlanIsJSONForPrograms() throws {
    let json = try plan("SELECT ?b { :n1 :p ?b FILTER(STR(?b) != \"\\\"\") }").json
    #expect(json.hasPrefix("[{\"operator\":\"project (?b)\",\"rows\":1,\"ms\":"))
    #expect(json.contains("\"parts\":[{\"operator\":\"scan <http://e/n1> <http://e/p> ?b\",\"rows\":1,\"expectedRows\":1.0,\"ms\":"))
    #expect(json.contains("\\\"") && json.hasSuffix("]}]"))
  }
}
