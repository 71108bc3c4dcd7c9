import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL
import Server
import Store
import Testing

/// Some TriG as it is served without a site: requests go to the responder.
struct ServedGraphs {
  let responder: Responder

  init(
    trig: String, budget: QueryBudget = QueryBudget(time: .seconds(60), rows: 100_000, memory: 1 << 28), threads: Int = 1
  ) throws {
    let builder = StoreBuilder()
    try RDFReader.read(MemoryStream(Array(trig.utf8), name: "data.trig"), format: .trig, into: builder, problems: ProblemList())
    // All tests of a table ask at once.
    let source = EmbeddedSource(
      SnapshotHolder(try builder.makeSnapshot()), scope: .defaultOnly, threads: QueryThreads(count: threads, limit: 10_000))
    responder = Responder(
      Publication(queries: source, pages: source, site: nil, prefixes: Prefixes(), budget: budget, bodyLimit: 1 << 20))
  }

  /// The answer to a request.
  func answer(_ request: Request) async -> WebResponse {
    do throws(RequestFault) {
      return await responder.respond(
        to: try WebRequest(
          request.method, request.target, host: "data.example.org:8080", headers: request.headers, body: request.body))
    } catch {
      return responder.respond(to: error, request.target)
    }
  }
}

/// A request as a row of a table of tests.
struct Request: Sendable, CustomTestStringConvertible {
  var method = "GET"
  var target: String
  var headers: [String: String] = [:]
  var body: [UInt8] = []

  var testDescription: String { "\(method) \(target) \(headers) \(String(decoding: body, as: UTF8.self))" }

  /// A GET with parameters, each name as often as it comes.
  static func get(_ parameters: KeyValuePairs<String, String>, _ headers: [String: String] = [:], path: String = "/sparql") -> Request {
    Request(target: path + "?" + encoded(parameters), headers: headers)
  }

  /// A POST of a form, with parameters in the address too.
  static func form(
    _ fields: KeyValuePairs<String, String>, _ parameters: KeyValuePairs<String, String> = [:],
    type: String? = "application/x-www-form-urlencoded"
  ) -> Request {
    post(encoded(fields), type, parameters)
  }

  /// A POST of a body.
  static func post(_ body: String, _ type: String?, _ parameters: KeyValuePairs<String, String> = [:]) -> Request {
    let query = parameters.isEmpty ? "" : "?" + encoded(parameters)
    return Request(
      method: "POST", target: "/sparql" + query, headers: type.map { ["content-type": $0] } ?? [:], body: Array(body.utf8))
  }

  private static func encoded(_ parameters: KeyValuePairs<String, String>) -> String {
    parameters.map { FormFields().replacing([$0.key: $0.value]).text }.joined(separator: "&")
  }
}
