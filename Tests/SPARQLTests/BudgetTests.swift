import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL
import Store
import Synchronization
import Testing

/// Queries that would run for ever, or keep more than there is, end with the code of the budget that they break.
struct BudgetTests {
  /// A ring of 400 nodes with two predicates, and a text for each node.
  static let source: Result<EmbeddedSource, any Error> = Result { try makeSource(threads: 0) }

  static func makeSource(threads: Int) throws -> EmbeddedSource {
    EmbeddedSource(SnapshotHolder(try makeSnapshot()), scope: .defaultOnly, threads: QueryThreads(count: threads))
  }

  static func makeSnapshot() throws -> Snapshot {
    var text = "@prefix : <http://e/> ."
    for node in 0..<400 { text += " :n\(node) :p :n\((node + 1) % 400) ; :q :n\((node + 1) % 400) ; :t \"text of node \(node)\" ." }
    let builder = StoreBuilder()
    try RDFReader.read(MemoryStream(Array(text.utf8), name: "ring"), format: .turtle, into: builder, problems: ProblemList())
    return try builder.makeSnapshot()
  }

  static func failure(_ query: String, rows: Int? = nil, meter: QueryMeter, to sink: CountingSink = CountingSink()) throws -> Failure? {
    var request = QueryRequest(ByteString("PREFIX : <http://e/> " + query))
    request.budget.rows = rows
    let source = try source.get()
    return #expect(throws: Failure.self) { try source.answerNow(request, to: sink, meter: meter) }
  }

  static let endless = [
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    // Nothing stands at both ends of a triple here, so that no step ever gives a row.
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?x ?y ?x }",
    "SELECT (COUNT(*) AS ?n) { { SELECT * { ?a ?b ?c } } { SELECT * { ?d ?e ?f } } { SELECT * { ?g ?h ?i } } { SELECT * { ?j ?k ?l } } }",
    "SELECT (COUNT(*) AS ?n) { ?a (:p*)* ?b . ?c (:q*)* ?d . ?e (:p|:q)* ?f }",
    "SELECT (COUNT(*) AS ?n) { ?a !(:t) ?b . ?c !(:t) ?d . ?e !(:t) ?f . ?g !(:t) ?h }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = ?f || ?c = ?i) }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER EXISTS { ?g ?h ?i . ?j ?k ?l FILTER(?i = \"nothing\" && ?l = ?g) } }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(?a = ?d || EXISTS { ?g ?h ?i . ?j ?k ?l FILTER(STR(?i) = STR(?k)) }) }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i MINUS { ?a :none ?g } }",
    "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT (MAX(?c) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } GROUP BY ?b",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a LIMIT 5",
    "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(CONCAT(STR(?c), STR(?f), STR(?i)) = \"nothing\") }",
    "SELECT * { { ?a ?b ?c } UNION { ?d ?e ?f } { ?g ?h ?i . ?j ?k ?l } UNION { ?m ?n ?o . ?x ?y ?x } ?u ?v ?w . ?r ?r ?s }",
  ]

  @Test(arguments: endless) func anEndlessQueryEndsWhenItsTimeIsUp(_ query: String) throws {
    let failure = try Self.failure(query, meter: QueryMeter(timeout: .milliseconds(40)))
    #expect(failure?.problem.code == .queryTimeout)
    #expect(failure.map { Wording.shared.message(of: $0.problem, in: .en).contains("0.04 s") } == true)
  }

  /// Those whose answer begins before their work does.
  static let begun = endless.filter { $0.hasPrefix("SELECT") }

  @Test(arguments: begun) func anEndlessQueryEndsWhenItIsCancelled(_ query: String) throws {
    let meter = QueryMeter()
    let sink = CountingSink { meter.cancel() }
    #expect(try Self.failure(query, meter: meter, to: sink)?.problem.code == .queryCancelled)
    #expect(sink.hasBegun)
  }

  static let greedy = [
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY CONCAT(STR(?a), STR(?f))",
    "SELECT DISTINCT ?a ?d ?f { ?a ?b ?c . ?d ?e ?f }",
    "SELECT ?c ?f (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?c ?f",
    "SELECT (COUNT(DISTINCT *) AS ?n) { ?a ?b ?c . ?d ?e ?f }",
    "SELECT (COUNT(DISTINCT CONCAT(?c, ?f)) AS ?n) { ?a :t ?c . ?d :t ?f }",
    "SELECT (GROUP_CONCAT(?c) AS ?n) { ?a ?b ?c . ?d ?e ?f }",
    "SELECT (SAMPLE(?x) AS ?n) { ?a :t ?c . ?d :t ?f . BIND(CONCAT(?c, ?f) AS ?x) }",
    "SELECT * { ?a :p ?b . { SELECT ?d ?f { ?d ?e ?f . ?g ?h ?i } } }",
    "SELECT * { ?a :p ?b OPTIONAL { SELECT ?d ?f { ?d ?e ?f . ?g ?h ?i } } }",
    "SELECT * { ?a :p ?b MINUS { SELECT ?a ?f { ?d ?e ?f . ?a ?h ?i } } }",
    "SELECT * { :n1 (:none|(" + Array(repeating: "(:p|:q)", count: 24).joined(separator: "/") + ")) ?x }",
    "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }",
    // Each text is as long as the two before it together.
    "SELECT ?z { BIND(\"0123456789\" AS ?a) "
      + (0..<20).map { "BIND(CONCAT(?x\($0), ?x\($0)) AS ?x\($0 + 1))" }.joined(separator: " ").replacing("?x0,", with: "?a,")
      .replacing("?x0)", with: "?a)") + " BIND(?x20 AS ?z) }",
  ]

  @Test(arguments: greedy) func aQueryThatKeepsTooMuchEndsWithTheMemoryOfItsBudget(_ query: String) throws {
    let failure = try Self.failure(query, meter: QueryMeter(memory: 1 << 20))
    #expect(failure?.problem.code == .queryMemory)
    #expect(failure.map { Wording.shared.message(of: $0.problem, in: .en).contains("1 MiB") } == true)
  }

  /// What operators keep counts together: one DISTINCT has room, one within another has not.
  @Test func memoryIsThatOfTheWholeQuery() throws {
    let memory = 8 << 20
    let one = "SELECT DISTINCT ?u ?v { ?u :p ?b . ?v :p ?d }"
    let request = QueryRequest(ByteString("PREFIX : <http://e/> SELECT (COUNT(*) AS ?n) { { \(one) } }"))
    try Self.source.get().answerNow(request, to: CountingSink(), meter: QueryMeter(memory: memory))
    let two = "SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT ?u ?v { { \(one) } } } }"
    #expect(try Self.failure(two, meter: QueryMeter(memory: memory))?.problem.code == .queryMemory)
  }

  static let manyRows = [
    "SELECT * { ?a ?b ?c . ?d ?e ?f }", "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", "CONSTRUCT { [] ?b ?f } { ?a ?b ?c . ?d ?e ?f }",
    "DESCRIBE * { ?a ?b ?c }",
  ]

  @Test(arguments: manyRows) func aQueryThatGivesTooMuchEndsWithTheRowsOfItsBudget(_ query: String) throws {
    #expect(try Self.failure(query, rows: 1000, meter: QueryMeter())?.problem.code == .queryRows)
  }

  @Test func whatFitsIntoItsBudgetIsAnswered() throws {
    var request = QueryRequest("SELECT * { ?a ?b ?c }")
    request.budget.rows = 1200
    let sink = CountingSink()
    try Self.source.get().answerNow(request, to: sink, meter: QueryMeter(timeout: .seconds(600), memory: 1 << 30))
    #expect(sink.rows == 1200)
  }

  /// Each variable is a column of the answer, bound or not, on a stack no deeper than for one.
  @Test func aQueryMayNameVeryManyVariables() throws {
    let names = (0..<40_000).map { "?v\($0)" }.joined(separator: " ")
    let sink = CountingSink()
    try Self.source.get().answerNow(
      QueryRequest(ByteString("PREFIX : <http://e/> SELECT \(names) { :n1 :p|:q ?v7 }")), to: sink, meter: QueryMeter(memory: 16 << 20))
    #expect(sink.rows == 2)
  }

  /// Queries of so many patterns that to find their order, or what each of them must give, takes seconds.
  static let long = [
    "SELECT ?b { " + (0..<40_000).map { "?a\($0 % 3) :p ?b" }.joined(separator: " . ") + " }",
    "SELECT (COUNT(?b) AS ?n) { " + (0..<40_000).map { "?a\($0 % 3) :p ?b" }.joined(separator: " . ") + " }",
    "SELECT ?v0 { " + (0..<10_000).map { "?v\($0) :p ?v\($0 + 1)" }.joined(separator: " . ") + " }",
  ]

  /// An answer begins when the plan is made.
  @Test(arguments: long.indices) func aQueryThatIsLongToPlanEndsWhenItsTimeIsUp(_ number: Int) throws {
    let text = "PREFIX : <http://e/> " + Self.long[number]
    let reading = try ContinuousClock().measure { _ = try QueryParser.parse(ByteString(text)) }
    let sink = CountingSink()
    let failure = try Self.failure(Self.long[number], meter: QueryMeter(timeout: reading * 2 + .milliseconds(200)), to: sink)
    #expect(failure?.problem.code == .queryTimeout)
    #expect(!sink.hasBegun)
  }

  // MARK: - The queue

  @Test func aQueryWhoseTimePassedWhileItWaitedIsNotRun() async throws {
    var request = QueryRequest("SELECT * { ?a ?b ?c }")
    request.budget.time = .zero
    let sink = CountingSink()
    let source = try Self.makeSource(threads: 1)
    let failure = await #expect(throws: Failure.self) { try await source.answer(request, to: sink) }
    #expect(failure?.problem.code == .queryTimeout)
    #expect(!sink.hasBegun)
  }

  @Test func aQueryThatIsCancelledWhileItWaitsLeavesTheQueue() async throws {
    // Nobody ever takes work from this queue, and it has room for one.
    let source = EmbeddedSource(
      SnapshotHolder(try Self.makeSnapshot()), scope: .defaultOnly, threads: QueryThreads(count: 0, limit: 1))
    for _ in 0..<3 {
      let waiting = Task { try await source.answer(QueryRequest("ASK {}"), to: CountingSink()) }
      waiting.cancel()
      let failure = await #expect(throws: Failure.self) { try await waiting.value }
      #expect(failure?.problem.code == .queryCancelled)
    }
  }

  @Test func aQueryForWhichThereIsNoRoomIsTurnedAway() async throws {
    let source = EmbeddedSource(
      SnapshotHolder(try Self.makeSnapshot()), scope: .defaultOnly, threads: QueryThreads(count: 0, limit: 0))
    let failure = await #expect(throws: Failure.self) { try await source.answer(QueryRequest("ASK {}"), to: CountingSink()) }
    #expect(failure?.problem.code == .queryBusy)
  }

  /// Threads of a source whose first ones, by their number from 1, can't be had; `count` is how many were asked for.
  static func makeSource(without missing: Set<Int>, _ count: Counter) throws -> EmbeddedSource {
    let threads = QueryThreads(count: 1) { work in
      missing.contains(count.next()) ? false : startThread(isDetached: true, work) != nil
    }
    return EmbeddedSource(SnapshotHolder(try makeSnapshot()), scope: .defaultOnly, threads: threads)
  }

  @Test func aThreadThatCouldNotBeHadIsAskedForAgain() async throws {
    let source = try Self.makeSource(without: [1, 2], Counter())
    let failure = await #expect(throws: Failure.self) { try await source.answer(QueryRequest("ASK {}"), to: CountingSink()) }
    #expect(failure?.problem.code == .queryBusy)
    for _ in 0..<2 {
      let sink = CountingSink()
      try await source.answer(QueryRequest("ASK {}"), to: sink)
      #expect(sink.hasBegun)
    }
  }

  /// A long query steps back for a thread that takes its place. The next one does so too, though none could be had for the first.
  @Test func aQueryThatCouldNotStepBackTakesNobodysPlace() async throws {
    let count = Counter()
    let source = try Self.makeSource(without: [2], count)
    var request = QueryRequest(ByteString(Self.endless[0]))
    request.budget.time = .milliseconds(500)
    for asked in 2...3 {
      let failure = await #expect(throws: Failure.self) { try await source.answer(request, to: CountingSink()) }
      #expect(failure?.problem.code == .queryTimeout)
      #expect(count.value == asked)
    }
  }

  // MARK: - The state of the data

  @Test func eachSnapshotHasAVersionOfItsOwn() throws {
    let holder = SnapshotHolder(try Self.makeSnapshot())
    let source = EmbeddedSource(holder, scope: .defaultOnly, threads: QueryThreads(count: 0))
    var versions: [ByteString] = []
    for _ in 0..<3 {
      for _ in 0..<2 {
        let sink = CountingSink()
        try source.answerNow(QueryRequest("ASK {}"), to: sink, meter: QueryMeter())
        versions.append(sink.version)
      }
      // The old one is let go, so that its memory may be used again.
      holder.replace(with: try Self.makeSnapshot())
    }
    #expect(Set(versions).count == 3)
    #expect(versions[0] == versions[1] && versions[2] == versions[3] && versions[4] == versions[5])
  }
}

/// Counts up from 1.
final class Counter: Sendable {
  private let count = Atomic(0)

  var value: Int { count.load(ordering: .relaxed) }

  func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}

/// Counts what comes.
final class CountingSink: AnswerSink {
  private struct State {
    var rows = 0
    var version: ByteString?
  }

  private let state = Mutex(State())
  private let whenBegun: @Sendable () -> Void

  init(whenBegun: @escaping @Sendable () -> Void = {}) { self.whenBegun = whenBegun }

  var rows: Int { state.withLock { $0.rows } }
  var hasBegun: Bool { state.withLock { $0.version != nil } }
  var version: ByteString { state.withLock { $0.version ?? "" } }

  func begin(_ head: AnswerHead) throws(Failure) {
    state.withLock { $0.version = head.version }
    whenBegun()
  }

  func append(_ solutions: SolutionBatch) throws(Failure) {
    let count = solutions.count
    state.withLock { $0.rows += count }
  }

  func append(_ quads: borrowing QuadBatch) throws(Failure) {
    let count = quads.count
    state.withLock { $0.rows += count }
  }

  func finish() throws(Failure) {}
}
