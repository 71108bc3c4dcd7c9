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
  /// Answers every query with the same solutions, or fails; remembers what it was asked.
  private final class Client: ServiceClient {
    let asked = Mutex<[String]>([])
    private let answer: ServiceAnswer?

    init(_ answer: ServiceAnswer?) { self.answer = answer }

    func solutions(of query: ByteString, at endpoint: ByteString, meter: QueryMeter) throws(Failure) -> ServiceAnswer {
      asked.withLock { $0.append("\(endpoint.text) \(query.text)") }
      guard let answer else { throw Failure(.serviceFailed, value: endpoint.text, ["reason": "HTML"]) }
      return answer
    }
  }

  private static let known = ServiceAnswer(
    variables: ["s", "n", "unknown"],
    rows: [
      [.iri("http://e/a"), .string("A"), .string("x")], [.iri("http://e/b"), nil, nil], [.iri("http://e/z"), .string("Z"), nil],
      [.blankNode("a"), .string("blank"), nil],
    ])

  private func answer(_ query: String, _ client: Client, allowed: Set<ByteString> = ["http://x/sparql"]) throws(Failure) -> [String] {
    let builder = StoreBuilder()
    let text = "@prefix : <http://e/> . :a :p 1 ; :at <http://x/sparql> . :b :p 2 ; :at <http://y/sparql> . _:a :p 3 ."
    try RDFReader.read(MemoryStream(Array(text.utf8), name: "graph"), format: .turtle, into: builder, problems: ProblemList())
    let source = EmbeddedSource(
      SnapshotHolder(try builder.makeSnapshot()), scope: .defaultOnly, threads: QueryThreads(count: 0),
      services: Services(allowed: allowed, client: client))
    let sink = CSVSink()
    try source.answerNow(QueryRequest(ByteString("PREFIX : <http://e/> " + query)), to: sink, meter: QueryMeter())
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
}
