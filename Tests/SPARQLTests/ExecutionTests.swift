import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL
import Store
import Testing

/// What queries answer over a small graph (SPARQL 1.1 §5 to §18).
struct ExecutionTests {
  struct Case: CustomTestStringConvertible {
    let query: String
    /// The rows of the answer as CSV without header, sorted unless the query orders them.
    let rows: [String]
    var testDescription: String { query }
    init(_ query: String, _ rows: String...) { (self.query, self.rows) = (query, rows) }
  }

  static let graph = """
    @prefix : <http://e/> .
    :a :p 1, 2 ; :n "A" . :b :p 3 ; :n "B"@sv ; :knows :a . :c :p 2.5 ; :knows :b . :d :same :d ; :same :a .
    """

  static let cases = [
    Case("SELECT ?v WHERE { :a :p ?v }", "1", "2"),
    Case("SELECT ?s WHERE { ?s :same ?s }", "http://e/d"),
    Case("SELECT ?s ?v WHERE { ?s :p ?v } ORDER BY DESC(?v) LIMIT 2", "http://e/b,3", "http://e/c,2.5"),
    Case("SELECT ?s WHERE { ?s :p ?v } ORDER BY ?v OFFSET 3", "http://e/b"),
    Case("SELECT ?s ?n WHERE { ?s :p ?v OPTIONAL { ?s :n ?n } FILTER(?v > 2) }", "http://e/b,B", "http://e/c,"),
    Case(
      "SELECT ?s ?n WHERE { ?s :p ?v OPTIONAL { ?s :n ?n FILTER(?v > 2) } }", "http://e/a,", "http://e/a,", "http://e/b,B", "http://e/c,"),
    Case(
      "SELECT ?s ?m WHERE { ?s :p ?v OPTIONAL { ?s :knows ?k OPTIONAL { ?k :n ?m } } }", "http://e/a,", "http://e/a,", "http://e/b,A",
      "http://e/c,B"),
    Case("SELECT ?x WHERE { { :a :n ?x } UNION { :c :p ?x } }", "2.5", "A"),
    // What is joined with a pattern without solutions has none, whatever comes after it.
    Case("SELECT ?x WHERE { :a :p 77 { :a :n ?x } UNION { :c :p ?x } }"),
    Case("SELECT ?s WHERE { ?s :p ?v MINUS { ?s :n ?n } }", "http://e/c"),
    Case("SELECT ?s WHERE { ?s :p ?v MINUS { ?other :n ?n } }", "http://e/a", "http://e/a", "http://e/b", "http://e/c"),
    Case("SELECT DISTINCT ?s WHERE { ?s :p ?v FILTER EXISTS { ?s :knows ?k } }", "http://e/b", "http://e/c"),
    Case("SELECT DISTINCT ?s WHERE { ?s :p ?v FILTER NOT EXISTS { ?s :knows ?k } }", "http://e/a"),
    Case("SELECT ?s ?w WHERE { ?s :p ?v BIND(?v * 2 AS ?w) FILTER(?w >= 5) }", "http://e/b,6", "http://e/c,5"),
    // What is bound from several variables may be asked about before it is bound; where it has no value there is nothing to ask.
    Case(
      "SELECT ?s ?w WHERE { ?s :p ?v ; :n ?n BIND(CONCAT(STR(?v), STR(?n)) AS ?w) FILTER(?w > \"2\") }", "http://e/a,2A", "http://e/b,3B"),
    Case("SELECT ?s ?w WHERE { ?s :p ?v ; :n ?n BIND(?v / (?v - STRLEN(?n)) AS ?w) FILTER(!BOUND(?w)) }", "http://e/a,"),
    Case("SELECT ?s ?w WHERE { ?s :p ?v ; :n ?n BIND(?v / (?v - STRLEN(?n)) AS ?w) FILTER(COALESCE(?w, 9) = 9) }", "http://e/a,"),
    Case("SELECT ?s WHERE { ?s :p ?v ; :n ?n BIND(?v / (?v - STRLEN(?n)) AS ?w) FILTER(?w < 2 || ?v = 1) }", "http://e/a", "http://e/b"),
    Case(
      "SELECT ?s ?x WHERE { ?s :p ?v ; :n ?n BIND(?v + STRLEN(?n) AS ?w) BIND(?w + ?v AS ?x) FILTER(?x > 4) }", "http://e/a,5",
      "http://e/b,7"),
    Case("SELECT ?s WHERE { ?s :p ?v ; :n ?n BIND(IF(STRLEN(?n) = ?v, \"yes\", \"no\") AS ?w) FILTER(?w = \"yes\") }", "http://e/a"),
    Case("SELECT ?s ?v WHERE { VALUES (?s ?v) { (:a 2) (UNDEF 3) } ?s :p ?v }", "http://e/a,2", "http://e/b,3"),
    Case(
      "SELECT ?s (SUM(?v) AS ?t) (COUNT(*) AS ?c) WHERE { ?s :p ?v } GROUP BY ?s HAVING (SUM(?v) > 2.6)", "http://e/a,3,2", "http://e/b,3,1"
    ),
    Case("SELECT (COUNT(*) AS ?c) WHERE { ?s :nothing ?v }", "0"),
    Case("SELECT (COUNT(DISTINCT ?s) AS ?c) (AVG(?v) AS ?m) WHERE { ?s :p ?v }", "3,2.125"),
    Case("SELECT ?s ?m WHERE { { SELECT ?s (MAX(?v) AS ?m) WHERE { ?s :p ?v } GROUP BY ?s } ?s :n ?n }", "http://e/a,2", "http://e/b,3"),
    Case("SELECT ?v WHERE { :c :knows/:knows/:p ?v }", "1", "2"),
    Case("SELECT ?k WHERE { :c :knows+ ?k }", "http://e/a", "http://e/b"),
    Case("SELECT ?k WHERE { :c :knows* ?k }", "http://e/a", "http://e/b", "http://e/c"),
    Case("SELECT ?k WHERE { ?k ^:knows :c }", "http://e/b"),
    Case("SELECT ?x WHERE { ?x !(:p|:n|:knows) :a }", "http://e/d"),
    // A filter sees only its own group: ?v is not in scope inside the braces (§18.2.1).
    Case("SELECT ?s WHERE { ?s :p ?v { ?s :n ?n FILTER(?v > 1) } }"),
    // EXISTS sees the solution's values wherever its variables stand (§18.6, substitute).
    Case("SELECT DISTINCT ?s WHERE { ?s :p ?v FILTER EXISTS { ?t :knows ?u FILTER(?u = ?s) } }", "http://e/a", "http://e/b"),
    Case("SELECT DISTINCT ?s WHERE { ?s :p ?v FILTER(false || EXISTS { ?t :knows ?u FILTER(?u = ?s) }) }", "http://e/a", "http://e/b"),
    Case("SELECT ?s ?v WHERE { ?s :p ?v FILTER NOT EXISTS { ?t :p ?w FILTER(?w > ?v) } }", "http://e/b,3"),
    Case(
      "SELECT DISTINCT ?s WHERE { ?s :p ?v FILTER EXISTS { ?t :knows ?u FILTER EXISTS { ?t :n ?n FILTER(?u = ?s) } } }", "http://e/a"),
    Case(
      "SELECT DISTINCT ?s WHERE { ?s :p ?v FILTER NOT EXISTS { ?s :knows ?u OPTIONAL { ?x :same ?v } } }", "http://e/a"),
    Case(
      "SELECT ?s ?v WHERE { ?s :p ?v FILTER EXISTS { { :a :p ?w } UNION { :b :p ?w } FILTER(?w = ?v) } }", "http://e/a,1", "http://e/a,2",
      "http://e/b,3"),
    Case("SELECT ?s ?v WHERE { ?s :p ?v FILTER EXISTS { BIND(?v + 1 AS ?w) FILTER(?w > 3) } }", "http://e/b,3", "http://e/c,2.5"),
    Case("SELECT DISTINCT ?s WHERE { ?s :p ?v FILTER EXISTS { SELECT ?s { ?s :n ?v } } }", "http://e/a", "http://e/b"),
    // A pattern of constants that the graph lacks leaves nothing, whatever follows it.
    Case("ASK { :a :p 99 { { :a :p ?x } UNION { :b :p ?x } } }", "false"),
    Case("SELECT * WHERE { :a :p 99 GRAPH ?g { ?s ?p ?o } }"),
    // BNODE gives one name the same node in one solution, and another in the next (§17.4.2.9).
    Case(
      "SELECT (COUNT(DISTINCT ?x) AS ?n) (COUNT(DISTINCT ?z) AS ?m) (SUM(IF(?x = ?y, 1, 0)) AS ?same) WHERE { { SELECT (BNODE(\"a\") AS ?x)"
        + " (1 AS ?one) (BNODE(CONCAT(\"a\", \"\")) AS ?y) (BNODE() AS ?z) WHERE { ?s :p ?v } } }", "4,4,4"),
    Case("ASK { :b :knows :a }", "true"), Case("ASK { :a :knows :b }", "false"),
  ]

  @Test(arguments: cases) func answers(_ test: Case) throws {
    let rows = try answer("PREFIX : <http://e/> " + test.query)
    #expect((test.query.contains("ORDER BY") ? rows : rows.sorted()) == test.rows)
  }

  @Test func graphsAreApartUnlessTheDefaultIsTheirUnion() throws {
    let query = "PREFIX : <http://e/> SELECT ?g ?o WHERE { GRAPH ?g { :s :p ?o } }"
    let graphs = [":g": ":s :p 1 .", ":h": ":s :p 1, 2 ."]
    #expect(try answer(query, graphs: graphs).sorted() == ["http://e/g,1", "http://e/h,1", "http://e/h,2"])
    let plain = "PREFIX : <http://e/> SELECT ?o WHERE { :s :p ?o }"
    #expect(try answer(plain, graphs: graphs) == [])
    // A triple in two graphs counts once.
    #expect(try answer(plain, graphs: graphs, scope: .union).sorted() == ["1", "2"])
    #expect(try answer("PREFIX : <http://e/> SELECT ?o FROM :g WHERE { :s :p ?o }", graphs: graphs) == ["1"])
    #expect(
      try answer("PREFIX : <http://e/> SELECT ?o FROM NAMED :h WHERE { GRAPH ?g { :s :p ?o } }", graphs: graphs).sorted() == ["1", "2"])
  }

  @Test func aQueryThatIsTooSlowEndsWithItsCode() throws {
    var request = QueryRequest("SELECT (COUNT(*) AS ?c) WHERE { ?a ?b ?c1 . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }")
    request.budget.time = .milliseconds(30)
    let source = try Self.source([:], scope: .defaultOnly)
    let failure = #expect(throws: Failure.self) {
      try source.answerNow(request, to: CSVSink(), meter: QueryMeter(timeout: request.budget.time))
    }
    #expect(failure?.problem.code == .queryTimeout)
  }

  private static func source(_ graphs: [String: String], scope: GraphScope) throws -> EmbeddedSource {
    let builder = StoreBuilder()
    func read(_ text: String) throws {
      let stream = MemoryStream(Array(("@prefix : <http://e/> . " + text).utf8), name: "graph")
      try RDFReader.read(stream, format: .turtle, into: builder, problems: ProblemList())
    }
    if graphs.isEmpty { try read(graph) }
    for (name, text) in graphs {
      builder.begin(graph: .iri("http://e/" + name.dropFirst()))
      try read(text)
    }
    return EmbeddedSource(SnapshotHolder(try builder.makeSnapshot()), scope: scope, threads: QueryThreads(count: 0))
  }

  private func answer(_ query: String, graphs: [String: String] = [:], scope: GraphScope = .defaultOnly) throws -> [String] {
    let sink = CSVSink()
    try Self.source(graphs, scope: scope).answerNow(QueryRequest(ByteString(query)), to: sink, meter: QueryMeter())
    return sink.lines
  }
}

/// Keeps an answer as lines of CSV, the header left out; a truth value as `true` or `false`. Used by one thread.
final class CSVSink: AnswerSink, @unchecked Sendable {
  private let output = MemoryOutput()
  private lazy var writer = ResultFormat.csv.writer(to: output)
  private var truth: Bool?

  func begin(_ head: AnswerHead) throws(Failure) {
    switch head.kind {
    case .solutions(let variables): try writer.begin(variables)
    case .truth(let value): truth = value
    case .quads: break
    }
  }

  func append(_ solutions: SolutionBatch) throws(Failure) { try writer.append(solutions) }

  func append(_ quads: borrowing QuadBatch) throws(Failure) {}

  func finish() throws(Failure) { if truth == nil { try writer.finish() } }

  /// The rows.
  var lines: [String] {
    if let truth { return ["\(truth)"] }
    let text = String(decoding: output.bytes.filter { $0 != 13 }, as: UTF8.self)
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().dropLast().map(String.init)
  }
}
