import TestSupport
import Testing

/// Queries that are large, or ask for what can't be, given to the program one after the other: each is answered or told, and the next one is
/// asked all the same (contract §1).
struct BadQueryCommandTests {
  @Test func eachQueryHasItsOwnAnswerAndTheOthersAreStillAsked() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "ring.ttl",
      "@prefix : <http://e/> ." + (0..<100).map { " :n\($0) :p :n\(($0 + 1) % 100) ; :t \"node \($0)\" ." }.joined())
    let prefix = "PREFIX : <http://e/> "
    let brackets = String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000)
    let regex = "REGEX(\"\(String(repeating: "a", count: 60))!\", \"^(a+)+$\")"
    let queries: [(text: String, output: String, error: String)] = [
      (
        "SELECT (COUNT(*) AS ?n) { ?a :p ?b FILTER(?a IN (" + (0..<60_000).map { ":n\($0 % 99)" }.joined(separator: ",") + ")) } # "
          + String(repeating: "x", count: 600_000), "n\r\n99\r\n", ""
      ),
      ("ASK { FILTER\(brackets) }", "", "[query-depth]"),
      ("SELECT * { ?s ?p ", "", "[query-syntax]"),
      (
        "SELECT ?x5000 { :n0 :p ?x0 . " + (0..<5_000).map { "?x\($0) :p ?x\($0 + 1) . " }.joined() + "}", "x5000\r\nhttp://e/n1\r\n", ""
      ),
      ("SELECT (COUNT(*) AS ?n) { ?a (:p*)* ?b FILTER(isIRI(?b)) }", "n\r\n10000\r\n", ""),
      ("SELECT (\(regex) AS ?x) (1e308 * 10 AS ?y) (1/0 AS ?z) {}", "x,y,z\r\n,INF,\r\n", ""),
      (
        "SELECT (99999999999999999999.5 * 99999999999999999999.5 AS ?x) (170141183460469231731687303715884105727 + 1 AS ?y) {}",
        "x,y\r\n,\r\n", ""
      ),
      ("SELECT (STRLEN(GROUP_CONCAT(?t)) AS ?n) { ?a :t ?t . ?b :p ?c }", "n\r\n78999\r\n", ""),
      ("DELETE WHERE { ?s ?p ?o }", "", "[query-update]"),
      ("SELECT (1 + 1 AS ?x) {}", "x\r\n2\r\n", ""),
    ]
    var arguments = ["query", "--lang", "en", "--data", "ring.ttl", "--results", "csv", "--timeout", "50"]
    for (number, query) in queries.enumerated() {
      arguments += ["--query-file", try folder.write("\(number).rq", prefix + query.text)]
    }
    let run = try ProgramRun(arguments, in: folder)
    #expect(run.status == 1)
    #expect(run.text == queries.map(\.output).joined())
    let told = queries.enumerated().filter { !$0.element.error.isEmpty }
    #expect(run.errorLines.count == told.count, "\(run.errors)")
    for (line, item) in zip(run.errorLines, told) { #expect(line.contains(item.element.error), "\(line)") }
  }

  @Test func aQueryThatTakesTooLongIsTheOnlyOneThatIsStopped() throws {
    let folder = try TemporaryFolder()
    try folder.write("ring.ttl", "@prefix : <http://e/> ." + (0..<100).map { " :n\($0) :p :n\(($0 + 1) % 100) ." }.joined())
    try folder.write("endless.rq", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?q }")
    try folder.write("next.rq", "SELECT (1 + 1 AS ?x) {}")
    let run = try ProgramRun(
      ["query", "--data", "ring.ttl", "--results", "csv", "--timeout", "1", "--query-file", "endless.rq", "--query-file", "next.rq"],
      in: folder)
    #expect(run.status == 1)
    #expect(run.text == "x\r\n2\r\n")
    #expect(run.errors.contains("[query-timeout]"))
  }
}
