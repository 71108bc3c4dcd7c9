import Bytes
import Fetching
import Foundation
import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL
import Store
import Synchronization
import TestSupport
import Testing

/// SERVICE over HTTP (SPARQL 1.1 Federated Query, SPARQL 1.1 Protocol §2.1.2), against a server on this machine.
struct ServiceOverHTTPTests {
  private static let json = ["Content-Type": "application/sparql-results+json"]
  private static let one =
    "{\"head\":{\"vars\":[\"n\"]},\"results\":{\"bindings\":[{\"n\":{\"type\":\"literal\",\"value\":\"A\"}}]}}"

  private static func source(_ server: LocalServer, limits: ResultReader.Limits = ResultReader.Limits(), threads: Int = 0) throws
    -> EmbeddedSource
  {
    var policy = NetworkPolicy()
    policy.allowed = [NetworkPolicy.Host(of: server.address)].compactMap { $0 }
    let client = EndpointClient(NetworkExchange(FileSource(), policy: policy), limits: limits)
    return EmbeddedSource(
      SnapshotHolder(Snapshot()), scope: .defaultOnly, threads: QueryThreads(count: threads),
      services: Services(allowed: [ByteString(server.address + "/sparql")], client: client))
  }

  private static func answer(_ server: LocalServer, silent: Bool = false, limits: ResultReader.Limits = ResultReader.Limits()) throws
    -> [String]
  {
    let sink = CSVSink()
    let query = "SELECT ?n { SERVICE \(silent ? "SILENT" : "") <\(server.address)/sparql> { ?s <http://e/n+&%> ?n } }"
    try source(server, limits: limits).answerNow(QueryRequest(ByteString(query)), to: sink, meter: QueryMeter(timeout: .seconds(60)))
    return sink.lines
  }

  @Test func theQueryIsSentAsAForm() throws {
    let asked = Mutex<LocalServer.Request?>(nil)
    let server = try LocalServer { request in
      asked.withLock { $0 = request }
      return LocalServer.Answer(Self.one, headers: Self.json)
    }
    defer { server.stop() }
    #expect(try Self.answer(server) == ["A"])
    let request = try #require(asked.withLock { $0 })
    #expect(request.method == "POST" && request.target == "/sparql")
    #expect(request.headers["content-type"] == "application/x-www-form-urlencoded")
    #expect(request.headers["accept"] == "application/sparql-results+json, application/sparql-results+xml;q=0.9")
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == "query=SELECT%20%2A%20WHERE%20%7B%20%3Fs%20%3Chttp%3A%2F%2Fe%2Fn%2B%26%25%3E%20%3Fn%20%7D")
  }

  private static let xml = """
    <sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="n"/></head><results>
    <result><binding name="n"><literal>A</literal></binding></result></results></sparql>
    """

  @Test(arguments: [
    ("application/sparql-results+json; charset=utf-8", one), ("Application/JSON", one), ("text/json", one),
    ("application/sparql-results+xml", xml), ("text/xml;charset=UTF-8", xml), ("application/xml", xml),
  ])
  func anAnswerIsReadByItsMediaType(_ type: String, _ body: String) throws {
    let server = try LocalServer { _ in LocalServer.Answer(body, headers: ["Content-Type": type]) }
    defer { server.stop() }
    #expect(try Self.answer(server) == ["A"])
  }

  private static let wrong: [(LocalServer.Answer, String)] = [
    (.init(one, headers: ["Content-Type": "text/plain"]), "it is text/plain, not the result of a query in JSON or XML"),
    (.init(one), "it does not say what format it has"),
    (.init("<html>", headers: json), "line 1, column 1 is not JSON, unexpected «<», expected a value"),
    (.init(String(one.dropLast(9)), headers: json), "line 1, column 77 is not JSON, the file ends"),
    (.init(one.replacing("literal", with: "triple"), headers: json), "line 1, column 80 is no result of a query, this is not a term"),
    (
      .init("{\"a\":" + String(repeating: "[", count: 40) + String(repeating: "]", count: 40) + "}", headers: json),
      "line 1, column 37 is JSON that is nested deeper"
    ),
    (.init(one.replacing("}]}}", with: "},{}]}}"), headers: json), "it is too long, the limit for solutions is 1"),
    (.init(String(repeating: " ", count: 100_000) + one, headers: json), "it is too long, the limit for bytes is 50000"),
    (.init("{\"boolean\":true}", headers: json), "it is a truth value, not solutions"),
    (.init("{}", status: 503, headers: json), "the server answers 503"),
    (.redirect(to: "http://127.0.0.1:1/", status: 308), "it redirects to a private address"),
  ]

  @Test(arguments: wrong.indices) func whatIsNoAnswerIsToldOrDoneWithout(_ number: Int) throws {
    let (answer, reason) = Self.wrong[number]
    let server = try LocalServer { _ in answer }
    defer { server.stop() }
    let limits = ResultReader.Limits(rows: 1, bytes: 50_000)
    let failure = #expect(throws: Failure.self) { try Self.answer(server, limits: limits) }
    let line = failure?.problem.line(in: .en) ?? ""
    #expect(failure?.problem.code == .serviceFailed && line.contains("«\(server.address)/sparql» gave no answer: \(reason)"), "\(line)")
    #expect(line.hasPrefix("1:13: error: ") && line.contains("Suggestion: ") && !line.contains("not shown"), "\(line)")
    #expect(failure?.problem.line(in: .sv).contains("Förslag: ") == true)
    #expect(try Self.answer(server, silent: true, limits: limits) == [""])
  }

  private static let endless: [LocalServer.Answer] = [
    .silence, LocalServer.Answer("{", headers: json.merging(["Content-Length": "1000"]) { $1 }).thenNothing,
    LocalServer.Answer("{\"x\":1", headers: json.merging(["Content-Length": "1000000000000"]) { $1 }).then(again: ",\"x\":{}"),
  ]

  /// A query that waits for an endpoint ends when it is cancelled or its time is up, and so does the endpoint's work.
  @Test(arguments: endless.indices) func aWaitingQueryEnds(_ number: Int) async throws {
    let answer = Self.endless[number]
    let isAsked = CountingSemaphore()
    let server = try LocalServer { _ in
      isAsked.signal()
      return answer
    }
    defer { server.stop() }
    let source = try Self.source(server, threads: 1)
    var request = QueryRequest(ByteString("SELECT * { SERVICE SILENT <\(server.address)/sparql> { ?s ?p ?o } }"))
    let waiting = Task { [request] in try await source.answer(request, to: CountingSink()) }
    Thread.detachNewThread {
      isAsked.wait()
      waiting.cancel()
    }
    let cancelled = await #expect(throws: Failure.self) { try await waiting.value }
    #expect(cancelled?.problem.code == .queryCancelled)
    #expect(await server.waitForLeaving())
    // The thread that waited answers again.
    request = QueryRequest(ByteString("SELECT * { SERVICE <\(server.address)/sparql> { ?s ?p ?o } }"))
    request.budget.time = .milliseconds(200)
    let late = await #expect(throws: Failure.self) { try await source.answer(request, to: CountingSink()) }
    #expect(late?.problem.code == .queryTimeout)
    #expect(await server.waitForLeaving())
  }

  /// Who can do without an answer has time left when it does not come.
  @Test func aSilentServiceIsNotWaitedForUntilTheEnd() async throws {
    let server = try LocalServer { _ in .silence }
    defer { server.stop() }
    let source = try Self.source(server)
    let sink = CSVSink()
    let query = "SELECT * { SERVICE SILENT <\(server.address)/sparql> { ?s ?p ?o } VALUES ?x { 1 } }"
    try source.answerNow(QueryRequest(ByteString(query)), to: sink, meter: QueryMeter(timeout: .seconds(3)))
    #expect(sink.lines == [",,,1"])
  }
}
