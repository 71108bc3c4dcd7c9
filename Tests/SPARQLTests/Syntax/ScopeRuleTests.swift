import Problems
import Testing

@Suite("The rules about variables, aggregates and labels")
struct ScopeRuleTests {
  @Test(
    "A broken rule is told with its place",
    arguments: [
      ("SELECT ?x { ?x ?y ?z BIND(1 AS ?z) }", "1:32: error: the variable «?z» already has a value here."),
      ("SELECT ?x { OPTIONAL { ?x ?y ?z } BIND(1 AS ?z) }", "1:45: error: the variable «?z» already has a value here."),
      ("SELECT (1 AS ?x) { ?x ?y ?z }", "1:14: error: the variable «?x» already has a value here."),
      ("SELECT (1 AS ?x) (2 AS ?x) { }", "1:24: error: the variable «?x» is projected twice."),
      ("SELECT ?x ?x { }", "1:11: error: the variable «?x» is projected twice."),
      ("SELECT ?x (COUNT(*) AS ?n) { ?x ?y ?z }", "1:8: error: the variable «?x» is neither grouped by nor in an aggregate."),
      ("SELECT (?x + COUNT(*) AS ?n) { ?x ?y ?z } GROUP BY ?y", "1:26: error: the variable «?x» is neither grouped by nor"),
      ("SELECT * { ?x ?y ?z } GROUP BY ?x", "1:8: error: «*» can't be projected from a query that groups."),
      ("SELECT ?x { ?x ?y ?z FILTER(COUNT(?x) > 1) }", "1:29: error: the aggregate COUNT can't stand here."),
      ("SELECT ?x { ?x ?y ?z BIND(SUM(?x) AS ?s) }", "1:27: error: the aggregate SUM can't stand here."),
      ("SELECT ?x { ?x ?y ?z } GROUP BY ?x (COUNT(?y))", "1:37: error: the aggregate COUNT can't stand here."),
      ("SELECT (SUM(COUNT(?x)) AS ?s) { ?x ?y ?z }", "1:13: error: the aggregate COUNT can't stand in an aggregate."),
      ("SELECT ?x { _:a ?y ?z OPTIONAL { _:a ?b ?c } }", "1:34: error: the label «_:a» stands in two basic graph patterns."),
      ("SELECT ?x { _:a ?y ?z { } _:a ?b ?c }", "1:27: error: the label «_:a» stands in two basic graph patterns."),
      ("SELECT ?x { VALUES (?a ?b) { (1 2) (3) } }", "1:36: error: this row of VALUES has another number of terms"),
      ("SELECT ?x { VALUES (?a ?a) { } }", "1:24: error: the variable «?a» stands twice in VALUES."),
      ("SELECT ?x { ?x ?y ?z } LIMIT 99999999999999999999", "1:30: error: the number «99999999999999999999» is too large."),
    ])
  func broken(_ text: String, _ expected: String) throws {
    let line = try #require(problem(text)).line(in: .en)
    #expect(line.hasPrefix(expected), "\(line)")
  }

  @Test(
    "What only looks broken is read",
    arguments: [
      "SELECT ?x { { ?x ?y ?z } UNION { BIND(1 AS ?z) } }",
      "SELECT ?x { BIND(1 AS ?z) ?x ?y ?z }",
      "SELECT ?x { MINUS { ?x ?y ?z } BIND(1 AS ?z) }",
      "SELECT ?x { FILTER EXISTS { ?x ?y ?z } BIND(1 AS ?z) }",
      "SELECT (1 AS ?x) { { SELECT ?y { ?x ?y ?z } } }",
      "SELECT (COUNT(?x) AS ?n) { ?x ?y ?z } HAVING (COUNT(?x) > 1) ORDER BY SUM(?x) ?z",
      "SELECT (SUM(?v) AS ?s) ?v { ?x ?y ?z } GROUP BY (STRLEN(?z) AS ?v)",
      "SELECT ?x { { SELECT (COUNT(?x) AS ?n) { ?x ?y ?z } } BIND(?n AS ?x) }",
      "SELECT (COUNT(?x) AS ?n) { ?x ?y ?z FILTER EXISTS { { SELECT (MAX(?a) AS ?m) { ?a ?b ?c } } } }",
    ])
  func kept(_ text: String) { #expect(problem(text)?.line(in: .en) == nil) }
}
