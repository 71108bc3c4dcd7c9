import Bytes
import Fetching
import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL
import Server
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
    let client = EndpointClient(places, limits: ResultReader.Limits())
    services = Services(allowed: Set(documents.keys.map { ByteString($0) }), client: client)
    var servers: [LocalServer] = []
    for (endpoint, documents) in documents {
      let builder = StoreBuilder()
      for document in documents {
        try RDFReader.read(
          try files.open(document), format: Format(path: document) ?? .turtle, options: RDFReader.Options(base: ByteString(document)),
          into: builder, problems: ProblemList())
      }
      let source = EmbeddedSource(
        SnapshotHolder(try builder.makeSnapshot()), scope: .defaultOnly, threads: QueryThreads(count: 1), services: services)
      let responder = Responder(
        Publication(
          queries: source, pages: source, site: nil, prefixes: Prefixes(), budget: QueryBudget(time: .seconds(60)), bodyLimit: 1 << 20))
      guard let server = try? LocalServer({ responder.answer(to: $0) }) else { throw Failure(.portUnavailable) }
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

extension Responder {
  /// The answer to a request that a server of the test's received.
  fileprivate func answer(to request: LocalServer.Request) -> LocalServer.Answer {
    let done = CountingSemaphore()
    let answer = Mutex(LocalServer.Answer("", status: 500))
    Task.detached {
      var response = WebResponse(400)
      if let read = try? WebRequest(request.method, request.target, headers: request.headers, body: request.body) {
        response = await self.respond(to: read)
      }
      var body: [UInt8] = []
      switch response.body {
      case .none: break
      case .bytes(let bytes): body = bytes
      case .stream(let pipe): while let block = try? await pipe.next() { body += block }
      }
      let whole = LocalServer.Answer(body, response.status, Dictionary(response.headers, uniquingKeysWith: { "\($0), \($1)" }))
      answer.withLock { $0 = whole }
      done.signal()
    }
    done.wait()
    return answer.withLock { $0 }
  }
}
