import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL
import Store
import Testing

/// What is worked out on ids alone is what the values say.
struct IDExecutionTests {
  private static func source(
    _ graphs: [(name: String?, text: String)], scope: GraphScope = .union, leastDivided: Int = .max
  ) throws -> EmbeddedSource {
    let builder = StoreBuilder()
    for (name, text) in graphs {
      builder.begin(graph: name.map { .iri(ByteString($0)) })
      let prefixes = "@prefix : <http://e/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
      try RDFReader.read(
        MemoryStream(Array((prefixes + text).utf8), name: "graph"), format: .turtle, into: builder, problems: ProblemList())
    }
    return EmbeddedSource(
      SnapshotHolder(try builder.makeSnapshot()), scope: scope, threads: QueryThreads(count: 0), leastDivided: leastDivided)
  }

  private static func answer(_ query: String, _ source: EmbeddedSource) throws -> [String] {
    let sink = CSVSink()
    let prefixes = "PREFIX : <http://e/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
    try source.answerNow(QueryRequest(ByteString(prefixes + query)), to: sink, meter: QueryMeter())
    return sink.lines
  }

  static let exact = [
    "1", "2", "2.0", "2.50", "-3", "\"2\"^^xsd:int", "\"04\"^^xsd:byte", "1e2000", "\"2024-01-01\"^^xsd:date", "\"2024-01-01Z\"^^xsd:date",
    "\"2023-12-31\"^^xsd:date", "\"2024-01-01T00:00:00Z\"^^xsd:dateTime", "\"2024-01-01T01:00:00.5+01:00\"^^xsd:dateTime",
    "\"2024-01-01T01:00:00+01:00\"^^xsd:dateTime", "\"a\"", "\"b\"", "\"b\"@sv", "\"\"", "true", ":b", "\"x\"^^:t",
  ]
  /// Beside these, comparisons round, and some literals stand outside the order of numbers.
  static let rounded =
    exact + [
      "2e0", "\"2\"^^xsd:float", "0.1", "1e-1", "\"0.1\"^^xsd:float", "0.1000000014901161193847", "\"NaN\"^^xsd:double",
      "\"INF\"^^xsd:float",
    ]
  static let disordered = rounded + ["\"two\"^^xsd:integer", "170141183460469231731687303715884105720"]
  static let constants =
    exact + ["0.1", "1e-1", "\"0.1\"^^xsd:float", "\"NaN\"^^xsd:double", "\"INF\"^^xsd:float", "1.999", "\"aa\"", "3000000000"]

  @Test(arguments: [exact, rounded, disordered]) func aRangeOfIdsHoldsWhatTheComparisonHolds(_ values: [String]) throws {
    let text = values.enumerated().map { ":s\($0.offset) :p \($0.element) ." }.joined(separator: " ")
    let source = try Self.source([(nil, text)])
    for constant in Self.constants {
      for comparison in ["=", "!=", "<", "<=", ">", ">="] {
        for condition in ["?v \(comparison) \(constant)", "\(constant) \(comparison) ?v"] {
          let byValue = try Self.answer("SELECT ?s { ?s :p ?v FILTER(COALESCE(\(condition), false)) }", source).sorted()
          #expect(try Self.answer("SELECT ?s { ?s :p ?v FILTER(\(condition)) }", source).sorted() == byValue, "\(condition)")
          // Bound before, and by a value that the query makes.
          let bound = "SELECT ?s { ?s :p ?v OPTIONAL { :none :none ?v } FILTER(\(condition)) }"
          #expect(try Self.answer(bound, source).sorted() == byValue, "\(condition)")
        }
      }
    }
  }

  /// Conditions and choices that are put together from comparisons, parts of dates and tests.
  static let conditions = [
    "?v < 2 || ?w > 2", "?v < 2 && ?w > 2", "!(?v < 2)", "!(?v = ?w) || ?v > 1", "?v != 2 && ?v != \"a\"",
    "!(?v < 2 && ?w < 2) || ?w = :b",
    "BOUND(?w)", "!BOUND(?w) || ?w < 2", "?v IN (1, 2, \"a\", :b)", "?v NOT IN (1, \"b\")", "MONTH(?v) = 1", "1 <= MONTH(?v)",
    "YEAR(?v) < 2024", "DAY(?v) != 1", "HOURS(?v) = 1", "MINUTES(?v) >= 0", "YEAR(?v) = 2024 && HOURS(?v) > 0",
    "MONTH(?v) = 12 || DAY(?v) = 1",
    "MONTH(?v) = 1.0", "?v < 2 || STRLEN(?v) = 1", "STRLEN(?v) = 1 && ?v > \"a\"",
  ]

  @Test("What ids tell of a condition for a whole batch is what its value is for each solution", arguments: conditions)
  func batchConditions(_ condition: String) throws {
    let days = ["-0400-03-01", "0000-01-01", "1969-12-31", "2024-02-29", "20000-12-31"]
    let dates = days.map { "\"\($0)T23:30:00-00:30\"^^xsd:dateTime" }
    let values = Self.disordered + dates + ["\"2024-12-31T24:00:00\"^^xsd:dateTime", "\"13:00:00\"^^xsd:time"]
    // Enough for a whole batch, each value beside each of some others and beside none.
    let text = values.enumerated().map { number, value in
      let others = [0, 2, 3, 5].map { values[(number * 7 + $0) % values.count] }.joined(separator: ", ")
      return ":s\(number) :p \(value) . :s\(number) :q \(others) ."
    }.joined(separator: " ")
    let source = try Self.source([(nil, text)])
    func rows(_ rest: String) throws -> [String] {
      try Self.answer("SELECT ?v ?w ?r { ?s :p ?v { ?s :q ?w } UNION {} \(rest) }", source).sorted()
    }
    #expect(try rows("FILTER(\(condition))") == rows("FILTER(COALESCE(\(condition), false))"))
    let choice = "IF(\(condition), \"yes\", IF(?v > 1, ?w, 17))"
    #expect(try rows("BIND(\(choice) AS ?r)") == rows("BIND(COALESCE(\(choice)) AS ?r)"))
  }

  static let groups = [
    "SELECT ?b (COUNT(*) AS ?n) { ?a :p0 ?b . ?b :p1 ?c } GROUP BY ?b",
    "SELECT (COUNT(?c) AS ?n) (SUM(?v) AS ?s) { ?a :p1 ?c ; :value ?v }",
    "SELECT ?c (AVG(?v) AS ?s) (MIN(?v) AS ?l) (MAX(?d) AS ?m) { ?a :p1 ?c ; :value ?v ; ?p ?d } GROUP BY ?c",
    "SELECT ?k (COUNT(*) AS ?n) (MAX(?s) AS ?m) { ?a :p1 ?c ; :value ?v BIND(?v * 10 AS ?s) } GROUP BY (?v * 1000 AS ?k)",
    "SELECT (COUNT(*) AS ?n) { ?a :p0 ?b FILTER NOT EXISTS { ?b :p1 ?a . ?a :p2 ?x } }",
    "SELECT ?b (COUNT(?c) AS ?n) { ?a :p0 ?b OPTIONAL { ?b :p2 ?a . ?a :p1 ?c } } GROUP BY ?b",
    "SELECT ?b (COUNT(*) AS ?n) { ?a :p0 ?b MINUS { ?b :p1 :n3 . :n3 :p0 ?b } } GROUP BY ?b",
    "SELECT ?b (COUNT(*) AS ?n) { ?a :p0 ?b . ?b :p1+ ?z } GROUP BY ?b", "SELECT (SUM(?b) AS ?n) { ?a :value ?b . ?b ?c ?d }",
    "SELECT ?b (SUM(?big) AS ?n) { ?a :big ?big ; :p0 ?b } GROUP BY ?b", "SELECT (SUM(?b) AS ?n) { ?a :p0 ?b }",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?a :p0 ?b } } GROUP BY ?g",
    "SELECT ?a (COUNT(*) AS ?n) { { ?a :p0 ?b } UNION { ?b :p1 ?a } } GROUP BY ?a",
  ]

  @Test("Two threads group what one does, in the same order", arguments: groups)
  func twoThreads(_ query: String) throws {
    var graphs = Self.graphs()
    for (number, graph) in graphs.enumerated() {
      // Sums of these no longer fit, on one thread or on both together.
      let values = (0..<8).map { ":n\($0) :value \($0 * number), \($0).25 ; :big 9\(String(repeating: "0", count: 37)) ." }
      graphs[number].text = graph.text + " " + values.joined(separator: " ")
    }
    let one = try Self.answer(query, Self.source(graphs))
    #expect(try Self.answer(query, Self.source(graphs, leastDivided: 0)) == one)
    #expect(!one.isEmpty)
  }

  /// Some graphs over few terms, so that triples are in several of them.
  private static func graphs() -> [(name: String?, text: String)] {
    var state: UInt64 = 42
    func random(_ limit: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % limit
    }
    return ["http://e/g", "http://e/h", nil].map { name in
      (name, (0..<150).map { _ in ":n\(random(8)) :p\(random(3)) :n\(random(8)) ." }.joined(separator: " "))
    }
  }

  static let overGraphs = [
    "SELECT * { ?a ?b ?c }", "SELECT * { ?a :p1 ?c }", "SELECT * { :n1 ?b ?c }", "SELECT * { ?a ?b :n1 }", "SELECT * { :n1 ?b :n2 }",
    "SELECT * { ?a :p0 ?b . ?b :p1 ?c }", "SELECT * { ?a :p0 ?b . ?a :p1 ?b . ?a ?c ?b }", "SELECT * { ?a ?b ?a }",
    "SELECT * { ?a :p0+ ?b }", "SELECT * { ?a (:p0|^:p1)* :n3 }", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }",
    "SELECT (COUNT(*) AS ?n) { ?a :p1 ?c }", "SELECT * { ?a :p0 ?b FILTER NOT EXISTS { ?b :p1 ?a } }",
    "SELECT * { ?a :p0 ?b OPTIONAL { ?b :p2 ?a . ?a :p1 ?c } }", "SELECT * { ?a :p0 ?b FILTER(?b = :n4) }",
  ]

  @Test(arguments: overGraphs) func severalGraphsTogetherAreOneWithEachTripleOnce(_ query: String) throws {
    let graphs = Self.graphs()
    let merged = try Self.source([(nil, graphs.map(\.text).joined(separator: " "))])
    let expected = try Self.answer(query, merged).sorted()
    #expect(try Self.answer(query, try Self.source(graphs)).sorted() == expected)
    // The same graphs by name, and one of them alone.
    let source = try Self.source(graphs, scope: .defaultOnly)
    let two = try Self.answer(query, try Self.source([(nil, graphs[0].text + " " + graphs[1].text)])).sorted()
    let from = query.replacing(" {", with: " FROM :g FROM :h {", maxReplacements: 1)
    #expect(try Self.answer(from, source).sorted() == two)
    #expect(try Self.answer(query, source).sorted() == Self.answer(query, Self.source([(nil, graphs[2].text)])).sorted())
  }

  /// More rows than a sort with a limit keeps.
  private static func many() throws -> EmbeddedSource {
    let text = (0..<20_000).map { ":n\($0) :p \($0 * 7919 % 977), \"\($0 % 31)\" ." }.joined(separator: " ")
    return try source([(nil, text)])
  }

  @Test func theFirstOfAnOrderAreThoseOfTheWholeOrder() throws {
    let source = try Self.many()
    for order in ["?v ?s", "DESC(?v) ?s", "?v DESC(?s)", "STR(?v) ?s", "DESC(?v + 1) ?s"] {
      let whole = try Self.answer("SELECT ?s ?v { ?s :p ?v } ORDER BY \(order)", source)
      #expect(whole.count == 40_000)
      #expect(try Self.answer("SELECT ?s ?v { ?s :p ?v } ORDER BY \(order) LIMIT 70", source) == Array(whole.prefix(70)), "\(order)")
      let part = try Self.answer("SELECT ?s ?v { ?s :p ?v } ORDER BY \(order) OFFSET 30 LIMIT 9", source)
      #expect(part == Array(whole[30..<39]), "\(order)")
    }
  }

  @Test func sumsOfExactNumbersAreExact() throws {
    let source = try Self.source([
      (nil, ":a :p 0.1, 0.22, 3 . :b :p 1, 2 . :c :p 1, 0.5e0 . :d :p 9223372036854775807, 0.00000000000001 . :e :p \"x\", 1 . :f :p :a .")
    ])
    let sums = try Self.answer("SELECT ?s (SUM(?v) AS ?t) (AVG(?v) AS ?m) { ?s :p ?v } GROUP BY ?s ORDER BY ?s", source)
    #expect(
      sums == [
        "http://e/a,3.32,1.106666666666666666", "http://e/b,3,1.5", "http://e/c,1.5E0,7.5E-1",
        "http://e/d,9223372036854775807.00000000000001,4611686018427387903.500000000000005", "http://e/e,,", "http://e/f,,",
      ])
    let ends = try Self.answer("SELECT (MIN(?v) AS ?l) (MAX(?v) AS ?g) (COUNT(DISTINCT ?v) AS ?n) { ?s :p ?v }", source)
    #expect(ends == ["http://e/a,x,10"])
  }

  @Test func aTripleIsConstructedOnce() throws {
    let source = try Self.source([(nil, ":a :p 1, 2, 3 ; :q :b . :b :p 1 .")])
    let sink = CountingSink()
    let query = "PREFIX : <http://e/> CONSTRUCT { ?s :has ?o ; :is :thing } { ?s :p ?v OPTIONAL { ?s :q ?o } }"
    try source.answerNow(QueryRequest(ByteString(query)), to: sink, meter: QueryMeter())
    #expect(sink.rows == 3)
  }
}
