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

/// The endpoints of a test: web servers on this machine, each of which answers from the documents that the manifest names, and may ask the
/// others. What the product asks of `http://example.org/sparql` goes to one of them, over HTTP.
final class LocalServices: Sendable {
  /// What queries may ask.
  let services: Services
  private let servers: [LocalServer]

  init(_ documents: [String: [String]], _ files: FileSource) throws(Failure) {
    let places = Places()
    services = Services(
      allowed: Set(documents.keys.map { ByteString($0) }), client: EndpointClient(places, limits: ResultReader.Limits()))
    var servers: [LocalServer] = []
    for (endpoint, documents) in documents {
      let builder = StoreBuilder()
      for document in documents {
        try RDFReader.read(
          try files.open(document), format: Format(path: document) ?? .turtle, options: RDFReader.Options(base: ByteString(document)),
          into: builder, problems: ProblemList())
      }
      let source = EmbeddedSource(
        SnapshotHolder(try builder.makeSnapshot()), scope: .defaultOnly, threads: QueryThreads(count: 0), services: services)
      guard let server = try? LocalServer({ source.answer(to: $0) }) else { throw Failure(.portUnavailable) }
      servers.append(server)
      places.put(endpoint, at: server.address + "/sparql")
    }
    self.servers = servers
  }

  deinit { for server in servers { server.stop() } }
}

/// The product's own way over HTTP, to where the endpoints are on this machine.
private final class Places: ByteExchange {
  private let addresses = Mutex<[String: String]>([:])

  func put(_ endpoint: String, at address: String) { addresses.withLock { $0[endpoint] = address } }

  func answer(to question: PostedQuestion, watch: @escaping () throws(Failure) -> Void) throws(Failure) -> PostedAnswer {
    var question = question
    guard let address = addresses.withLock({ $0[question.name] }) else {
      throw Failure(.networkFailed, ["name": .text(question.name), "reason": .phrase("network-broken")])
    }
    question.name = address
    var policy = NetworkPolicy()
    policy.allowed = [NetworkPolicy.Host(of: address)].compactMap { $0 }
    return try NetworkExchange(FileSource(), policy: policy).answer(to: question, watch: watch)
  }
}

extension EmbeddedSource {
  /// The answer to a query that comes as a form (SPARQL 1.1 Protocol §2.1.2), worked out on the server's thread: the pool that tests share
  /// may be full of those that wait for it. In XML, so that both formats are read: what is asked over HTTP elsewhere is answered in JSON.
  fileprivate func answer(to request: LocalServer.Request) -> LocalServer.Answer {
    let body = String(decoding: request.body, as: UTF8.self)
    guard request.method == "POST", request.headers["content-type"] == "application/x-www-form-urlencoded", body.hasPrefix("query="),
      let query = body.dropFirst(6).description.removingPercentEncoding
    else { return LocalServer.Answer("no query", status: 400) }
    let output = MemoryOutput()
    do throws(Failure) {
      let writer = AnswerWriter(.init(solutions: .xml, graph: nil), to: output, prefixes: Prefixes())
      try answerNow(QueryRequest(ByteString(query)), to: writer, meter: QueryMeter(timeout: .seconds(60)))
      return LocalServer.Answer(output.bytes, 200, ["Content-Type": ResultFormat.xml.mediaType])
    } catch {
      return LocalServer.Answer(error.problem.line(in: .en), status: 500)
    }
  }
}
