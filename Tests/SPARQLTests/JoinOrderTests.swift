import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL
import Store
import Testing

/// In what order parts of a query are joined, as `--explain` tells it.
struct JoinOrderTests {
  /// Ten hubs with a thousand members each, a hundred of which are marked and all of which stand in one of forty classes, those in a tree.
  private static let source = Result { try makeSource() }

  private static func makeSource() throws -> EmbeddedSource {
    var text = "@prefix : <http://e/> ."
    for member in 0..<10_000 {
      text += " :h\(member % 10) :has :m\(member) . :m\(member) :in :c\(member % 40) ."
      if member % 100 == 0 { text += " :m\(member) :mark :yes ." }
    }
    for hub in 0..<10 { text += " :h\(hub) a :Hub ." }
    for number in 0..<40 { text += " :c\(number) :up :c\(number / 3 + 40) ." }
    text += " :c40 :up :top ."
    let builder = StoreBuilder()
    try RDFReader.read(MemoryStream(Array(text.utf8), name: "hubs"), format: .turtle, into: builder, problems: ProblemList())
    return EmbeddedSource(SnapshotHolder(try builder.makeSnapshot()), scope: .defaultOnly, threads: QueryThreads(count: 0))
  }

  private static func explained(_ query: String, memory: Int? = nil) throws -> (steps: [QueryPlan.Step], rows: Int) {
    let sink = CountingSink()
    let request = QueryRequest(ByteString("PREFIX : <http://e/> " + query))
    let plan = try source.get().explainNow(request, to: sink, meter: QueryMeter(memory: memory))
    func flat(_ steps: [QueryPlan.Step]) -> [QueryPlan.Step] { steps.flatMap { [$0] + flat($0.parts) } }
    return (flat(plan.steps), sink.rows)
  }

  @Test("The pattern with the fewest rows is not first where what comes after it would be many")
  func wholeOrders() throws {
    let (steps, rows) = try Self.explained("SELECT * { ?h a :Hub ; :has ?m . ?m :mark :yes }")
    #expect(rows == 100)
    let scans = steps.filter { $0.operation.hasPrefix("scan") }
    #expect(scans.map(\.rows) == [100, 100, 100])
    #expect(scans.first?.operation == "scan ?m <http://e/mark> <http://e/yes>")
  }

  /// A hub that all know and that knows all, and who knows some others.
  private static func makeHub() throws -> EmbeddedSource {
    var text = "@prefix : <http://e/> ."
    for number in 1..<2000 {
      text += " :n\(number) :knows :n0, :n\(number % 77 + 1) ; :likes :n\(number * 7 % 501) . :n0 :knows :n\(number) ."
    }
    let builder = StoreBuilder()
    // Twice, in two graphs, of which a solution is one all the same.
    for graph in ["http://e/g", "http://e/h"] {
      builder.begin(graph: .iri(ByteString(graph)))
      try RDFReader.read(MemoryStream(Array(text.utf8), name: "hub"), format: .turtle, into: builder, problems: ProblemList())
    }
    return EmbeddedSource(SnapshotHolder(try builder.makeSnapshot()), scope: .union, threads: QueryThreads(count: 0))
  }

  @Test(
    "Circles around a hub are gone through variable by variable, and give what joins of two patterns give",
    arguments: [
      ("?a :knows ?b . ?b :knows ?c", "?c :knows ?a"), ("?a :knows ?b . ?b :knows ?c", "?a :likes ?c"),
      ("?a :likes ?c . ?a :knows ?b . ?b :knows ?c . ?d :knows ?c", "?a :likes ?d"),
      ("?a :knows ?b . ?b :knows ?c . ?c :likes :n7", "?a :likes ?c"),
      ("?a :knows ?b . :n5 :likes ?a . ?b :knows ?c", "?c :knows ?a"),
    ])
  func circles(patterns: String, closing: String) throws {
    let source = try Self.makeHub()
    func rows(_ query: String) throws -> [String] {
      let sink = CSVSink()
      try source.answerNow(QueryRequest(ByteString("PREFIX : <http://e/> " + query)), to: sink, meter: QueryMeter())
      return sink.lines.sorted()
    }
    let whole = "SELECT ?a ?b ?c { \(patterns) . \(closing) }"
    #expect(try rows(whole) == rows("SELECT ?a ?b ?c { \(patterns) FILTER EXISTS { \(closing) } }"))
  }

  @Test("Two circles that share a side are joined without the solutions that only one of them closes")
  func hubs() throws {
    let sink = CountingSink()
    let query = "SELECT * { ?a :knows ?b . ?b :knows ?c . ?c :knows ?a . ?b :knows ?d . ?d :knows ?a FILTER(?c != ?d) }"
    let plan = try Self.makeHub().explainNow(QueryRequest(ByteString("PREFIX : <http://e/> " + query)), to: sink, meter: QueryMeter())
    func flat(_ steps: [QueryPlan.Step]) -> [QueryPlan.Step] { steps.flatMap { [$0] + flat($0.parts) } }
    let steps = flat(plan.steps)
    #expect(steps.contains { $0.operation.hasPrefix("circle of ") })
    #expect(sink.rows > 0)
  }

  @Test("A subquery that stands twice is worked out once")
  func repeated() throws {
    let sums = "{ SELECT ?h (COUNT(*) AS ?n) { ?h :has ?m } GROUP BY ?h }"
    let (steps, rows) = try Self.explained(
      "SELECT * { { \(sums) FILTER(?n > 0) } UNION { ?h a :Hub . \(sums) } FILTER EXISTS { SELECT ?h { ?h a :Hub } } }")
    #expect(rows == 20)
    #expect(steps.filter { $0.operation.hasPrefix("group") }.map(\.rows) == [10])
    // A number that is drawn anew is another each time.
    let drawn = "{ SELECT (RAND() AS ?r) {} }"
    #expect(try Self.explained("SELECT DISTINCT ?r { \(drawn) UNION \(drawn) }").rows == 2)
  }

  @Test("A path from a known node is followed before a pattern of many rows is read")
  func pathsFirst() throws {
    let (steps, rows) = try Self.explained("SELECT * { ?m :in ?c . ?c :up+ :top }")
    #expect(rows == 750)
    #expect(steps.filter { $0.operation.hasPrefix("path") }.map(\.rows) == [4])
    #expect(steps.filter { $0.operation.hasPrefix("scan") }.map(\.rows) == [750])
  }

  @Test(
    "The first solutions of a UNION or GRAPH over many come before all of them are at hand",
    arguments: ["{ ?a :has ?x } UNION { ?a :in ?x }", "{ ?a :none ?x } UNION { ?a :in ?x } UNION { ?m :in ?x }"])
  func early(union: String) throws {
    // All solutions of what stands before it would have many times the memory that there is.
    let (_, rows) = try Self.explained("SELECT * { ?a :has|:in ?b . ?m :in ?c . \(union) } LIMIT 5", memory: 1 << 20)
    #expect(rows == 5)
  }
}
