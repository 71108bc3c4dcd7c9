import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL
import Store
import TestSupport
import Testing

/// What DESCRIBE and CONSTRUCT make (SPARQL 1.1 §16.2, §16.4).
struct DescribeTests {
  /// A cycle of blank nodes, one that is shared, and triples that point to what is described.
  static let graph = """
    @prefix : <http://e/> .
    :a :p _:x ; :n "A" . _:x :q _:y ; :n "x" . _:y :r _:x ; :s :b ; :t _:y . :b :p :a ; :n "B" . _:z :q :a . :c :p _:shared .
    :d :p _:shared . _:shared :n "shared" .
    """

  static let descriptions: [(query: String, expected: String)] = [
    ("DESCRIBE :a", ":a :p _:x ; :n \"A\" . _:x :q _:y ; :n \"x\" . _:y :r _:x ; :s :b ; :t _:y ."),
    ("DESCRIBE :b", ":b :p :a ; :n \"B\" ."),
    ("DESCRIBE :none", ""), ("DESCRIBE ?x { ?x :n \"nothing\" }", ""),
    // What two share is described once.
    ("DESCRIBE :c :d", ":c :p _:s . :d :p _:s . _:s :n \"shared\" ."),
    ("DESCRIBE ?x { ?x :p :a }", ":b :p :a ; :n \"B\" ."), ("DESCRIBE ?x ?none { ?x :p :a }", ":b :p :a ; :n \"B\" ."),
    ("DESCRIBE * { ?x :p :a }", ":b :p :a ; :n \"B\" ."),
    ("DESCRIBE ?x { :a :n ?x }", ""), ("DESCRIBE ?x { ?x :n \"shared\" }", "_:s :n \"shared\" ."),
    ("DESCRIBE ?x { { :c :p ?x } UNION { :d :p ?x } }", "_:s :n \"shared\" ."),
    ("DESCRIBE :b ?x { ?x :n \"shared\" } ORDER BY ?x LIMIT 1", ":b :p :a ; :n \"B\" . _:s :n \"shared\" ."),
    ("DESCRIBE ?x { BIND(BNODE() AS ?x) }", ""),
    // Templates: blank nodes are new for each solution, and what can't be a triple is none.
    ("CONSTRUCT { [] :of ?n } { ?s :n ?n FILTER(isIRI(?s)) }", "[] :of \"A\" . [] :of \"B\" ."),
    ("CONSTRUCT { _:n :of ?s . _:n :is ?n } { ?s :n ?n FILTER(isIRI(?s)) }", "[] :of :a ; :is \"A\" . [] :of :b ; :is \"B\" ."),
    ("CONSTRUCT { ?n :of ?s . ?s ?n 1 . ?s :of ?none } { ?s :n ?n }", ""),
    ("CONSTRUCT { :x :y (1 ?n) } { :a :n ?n }", ":x :y (1 \"A\") ."),
    ("CONSTRUCT { ?x :q ?y } { :a :p ?x . ?x :q ?y }", "_:x :q _:y ."),
    ("CONSTRUCT WHERE { :b :p ?x }", ":b :p :a ."),
  ]

  @Test(arguments: descriptions) func made(query: String, expected: String) throws {
    let found = try answer(query, over: Self.graph)
    #expect(try isomorphic(try collected("@prefix : <http://e/> . " + expected), found))
  }

  /// Whatever labels the data's own blank nodes have.
  @Test func newBlankNodesAreNoneOfTheData() throws {
    let graph = (0..<20).map { "_:c\($0)n0 :p \($0) . _:q\($0) :p \($0) ." }.joined(separator: " ")
    let made = try answer(
      "CONSTRUCT { [] :made ?v . ?s :p ?v . ?b :also ?v } { ?s :p ?v BIND(BNODE() AS ?b) }", over: "@prefix : <http://e/> . " + graph)
    let subjects = Dictionary(grouping: made.quads, by: \.subject)
    #expect(subjects.count == 120)
    #expect(subjects.values.allSatisfy { $0.count == 1 })
  }

  private func collected(_ turtle: String) throws(Failure) -> QuadCollector {
    let graph = QuadCollector()
    try RDFReader.read(MemoryStream(Array(turtle.utf8), name: "expected"), format: .turtle, into: graph, problems: ProblemList())
    return graph
  }

  private func answer(_ query: String, over turtle: String) throws -> QuadCollector {
    let builder = StoreBuilder()
    try RDFReader.read(MemoryStream(Array(turtle.utf8), name: "graph"), format: .turtle, into: builder, problems: ProblemList())
    let source = EmbeddedSource(SnapshotHolder(try builder.makeSnapshot()), scope: .defaultOnly, threads: QueryThreads(count: 0))
    let sink = GraphSink()
    try source.answerNow(QueryRequest(ByteString("PREFIX : <http://e/> " + query)), to: sink, meter: QueryMeter())
    return sink.graph
  }

  /// Keeps quads; used by one thread.
  private final class GraphSink: AnswerSink, @unchecked Sendable {
    let graph = QuadCollector()
    func begin(_ head: AnswerHead) throws(Failure) { #expect(head.kind == .quads) }
    func append(_ solutions: SolutionBatch) throws(Failure) {}
    func append(_ quads: borrowing QuadBatch) throws(Failure) { try graph.append(quads) }
    func finish() throws(Failure) {}
  }
}
