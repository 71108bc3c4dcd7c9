import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL
import Store
import Synchronization
import Testing

/// SERVICE (SPARQL 1.1 Federated Query), the endpoints in memory.
struct ServiceTests {
  /// Answers every query with the same document, or fails; remembers what it was asked.
  private final class Client: ServiceClient {
    let asked = Mutex<[String]>([])
    private let answer: String?

    init(_ answer: String?) { self.answer = answer }

    func answer(_ question: ServiceQuestion, to sink: any SolutionSink) throws(Failure) {
      asked.withLock { $0.append("\(question.endpoint.text) \(question.query.text)") }
      guard let answer else { throw Failure(.serviceFailed, value: question.endpoint.text, ["reason": "HTML"]) }
      try ResultReader.read(MemoryStream(Array(answer.utf8)), format: .json, into: sink)
    }
  }

  private static let known = """
    {"head": {"vars": ["s", "n", "unknown"]}, "results": {"bindings": [
      {"s": {"type": "uri", "value": "http://e/a"}, "n": {"type": "literal", "value": "A"}, "unknown": {"type": "literal", "value": "x"}},
      {"s": {"type": "uri", "value": "http://e/b"}}, {"s": {"type": "uri", "value": "http://e/z"}, "n": {"type": "literal", "value": "Z"}},
      {"s": {"type": "bnode", "value": "a"}, "n": {"type": "literal", "value": "blank"}}]}}
    """

  private func answer(_ query: String, _ client: Client, allowed: Set<ByteString> = ["http://x/sparql"], meter: QueryMeter = QueryMeter())
    throws(Failure) -> [String]
  {
    let builder = StoreBuilder()
    let text = "@prefix : <http://e/> . :a :p 1 ; :at <http://x/sparql> . :b :p 2 ; :at <http://y/sparql> . _:s1b0 :p 3 ."
    try RDFReader.read(MemoryStream(Array(text.utf8), name: "graph"), format: .turtle, into: builder, problems: ProblemList())
    let source = EmbeddedSource(
      SnapshotHolder(try builder.makeSnapshot()), scope: .defaultOnly, threads: QueryThreads(count: 0),
      services: Services(allowed: allowed, client: client))
    let sink = CSVSink()
    try source.answerNow(QueryRequest(ByteString("PREFIX : <http://e/> " + query)), to: sink, meter: meter)
    return sink.lines.sorted()
  }

  @Test func itsSolutionsAreJoined() throws {
    let client = Client(Self.known)
    #expect(
      try answer("SELECT ?s ?v ?n { ?s :p ?v SERVICE <http://x/sparql> { ?s :n ?n } }", client) == ["http://e/a,1,A", "http://e/b,2,"])
    #expect(client.asked.withLock { $0 } == ["http://x/sparql PREFIX : <http://e/>\nSELECT * WHERE { ?s :n ?n }"])
  }

  @Test func anOptionalOneLeavesWhatHasNoPartner() throws {
    let rows = try answer("SELECT ?v ?n { ?s :p ?v OPTIONAL { SERVICE <http://x/sparql> { ?s :n ?n } } }", Client(Self.known))
    #expect(rows == ["1,A", "2,", "3,"])
  }

  @Test func theEndpointMayBeAVariablesValue() throws {
    let client = Client(Self.known)
    let rows = try answer(
      "SELECT ?s ?n { ?s :at ?e SERVICE ?e { ?s :n ?n } }", client, allowed: ["http://x/sparql", "http://y/sparql"])
    #expect(rows == ["http://e/a,A", "http://e/b,"])
    #expect(client.asked.withLock { $0.count } == 2)
  }

  @Test func anEndpointThatIsNotListedIsRefusedWithItsPlace() throws {
    let client = Client(Self.known)
    let failure = #expect(throws: Failure.self) {
      try answer("SELECT * {\n ?s :p ?v\n SERVICE <http://x/sparql?> { ?s :n ?n } }", client)
    }
    #expect(failure?.problem.code == .serviceForbidden)
    #expect(failure?.problem.place.line == 3)
    #expect(client.asked.withLock { $0.isEmpty })
  }

  @Test func silentlyItIsAsIfItSaidNothing() throws {
    #expect(try answer("SELECT ?v { ?s :p ?v SERVICE SILENT <http://none/> { ?s :n ?n } }", Client(nil)) == ["1", "2", "3"])
    #expect(try answer("SELECT ?v { ?s :p ?v SERVICE SILENT <http://x/sparql> { ?s :n ?n } }", Client(nil)) == ["1", "2", "3"])
    let failure = #expect(throws: Failure.self) { try answer("SELECT ?v { SERVICE <http://x/sparql> { ?s :n ?v } }", Client(nil)) }
    #expect(failure?.problem.code == .serviceFailed)
  }

  /// Endpoints are asked once for each place in the query, however the pattern is evaluated, and not at all for nothing.
  @Test(arguments: [
    ("SELECT ?v { ?s :p ?v FILTER EXISTS { SERVICE <http://x/sparql> { ?s :n ?n } } }", 1),
    ("SELECT ?v { ?s :p ?v FILTER NOT EXISTS { ?s :p ?w SERVICE <http://x/sparql> { ?s :n ?n } FILTER(?v = ?w) } }", 1),
    ("SELECT ?v { ?s :p ?v OPTIONAL { ?s :at ?e SERVICE ?e { ?s :n ?n } } }", 2),
    ("SELECT ?v { ?s :none ?v SERVICE <http://x/sparql> { ?s :n ?n } }", 0),
    ("SELECT ?v { { SERVICE <http://x/sparql> { ?s :n ?v } } UNION { SERVICE <http://x/sparql> { ?s :n ?v } } }", 2),
  ])
  func endpointsAreNotAskedWithoutNeed(_ query: String, _ times: Int) throws {
    let client = Client(Self.known)
    _ = try answer(query, client, allowed: ["http://x/sparql", "http://y/sparql"])
    #expect(client.asked.withLock { $0.count } == times)
  }

  /// A label of an answer's says nothing about the data's nodes, not even one that has the label that the node is given here.
  @Test func blankNodesOfAnAnswerAreNoOthers() throws {
    func document(_ label: String) -> String {
      "{\"head\": {\"vars\": [\"s\"]}, \"results\": {\"bindings\": [{\"s\": {\"type\": \"bnode\", \"value\": \"\(label)\"}}, "
        + "{\"s\": {\"type\": \"bnode\", \"value\": \"\(label)\"}}]}}"
    }
    for label in ["a", "s1b0", "a b"] {
      #expect(try answer("SELECT * { ?s :p ?v SERVICE <http://x/sparql> { ?s :n ?n } }", Client(document(label))).isEmpty)
    }
    let both = try answer("SELECT DISTINCT ?s { SERVICE <http://x/sparql> { ?s :n ?n } }", Client(document("a b")))
    #expect(both == ["_:ss1b0"])
  }

  @Test func anAnswerThatIsTooLargeForTheQueryEndsIt() throws {
    let rows = (0..<5_000).map { "{\"n\": {\"type\": \"literal\", \"value\": \"some text, the number of which is \($0)\"}}" }
    let client = Client("{\"head\": {\"vars\": [\"n\"]}, \"results\": {\"bindings\": [\(rows.joined(separator: ","))]}}")
    for silent in ["", "SILENT"] {
      let failure = #expect(throws: Failure.self) {
        try answer("SELECT * { SERVICE \(silent) <http://x/sparql> { ?s :n ?n } }", client, meter: QueryMeter(memory: 100_000))
      }
      #expect(failure?.problem.code == .queryMemory)
    }
  }

  @Test func aTruthValueIsNoAnswer() throws {
    let failure = #expect(throws: Failure.self) {
      try answer("SELECT * { SERVICE <http://x/sparql> { ?s :n ?n } }", Client("{\"boolean\": true}"))
    }
    #expect(failure?.problem.code == .serviceFailed)
  }

  @Test func whatIsNoEndpointIsRefusedByWhatItIs() throws {
    let failure = #expect(throws: Failure.self) { try answer("SELECT * { ?s :p ?v SERVICE ?v { ?s :n ?n } }", Client(Self.known)) }
    #expect(failure?.problem.code == .serviceForbidden)
    #expect(failure?.problem.value == "1")
    #expect(try answer("SELECT ?s { ?s :p ?v SERVICE SILENT ?v { ?s :n ?n } }", Client(Self.known)).count == 3)
  }
}
