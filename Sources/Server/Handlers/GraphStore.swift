import Bytes
import Problems
import RDF
import SPARQL

/// The SPARQL 1.1 Graph Store HTTP Protocol, as far as it reads (§5.2 and §5.6), with graphs named by `?graph=IRI` or `?default` (§4.2).
struct GraphStore {
  private let publication: Publication
  private let endpoint: QueryEndpoint

  init(_ publication: Publication, _ endpoint: QueryEndpoint) {
    self.publication = publication
    self.endpoint = endpoint
  }

  /// The graph that a request names.
  /// - Throws: ``ProblemCode/requestParameter`` where it names none or more than one, ``ProblemCode/requestUnknown`` for a graph that is
  ///   not there, and what the query throws.
  func response(to request: WebRequest) async throws(Failure) -> WebResponse {
    let names = request.query.values("graph")
    let isDefault = !request.query.values("default").isEmpty
    guard names.count + (isDefault ? 1 : 0) == 1 else {
      throw Failure(.requestParameter, ["name": "graph", "expected": .phrase("once-or-default")])
    }
    guard let name = names.first else { return try await answer("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", request) }
    guard DocumentQueries.isSafe(name) else { throw Failure(.iriInvalid, value: name) }
    guard ByteString(name).withView({ $0.isAbsoluteIRI }) else { throw Failure(.requestUnknown, value: name) }
    var query = QueryRequest(ByteString("ASK { GRAPH <\(name)> { ?s ?p ?o } }"))
    query.budget = publication.budget
    guard try await publication.queries.ask(query) else { throw Failure(.requestUnknown, value: name) }
    return try await answer(DocumentQueries.graph(name), request)
  }

  private func answer(_ text: String, _ request: WebRequest) async throws(Failure) -> WebResponse {
    var query = QueryRequest(ByteString(text))
    query.budget = publication.budget
    return try await endpoint.answer(query, NegotiatedFormats(request), publication.queries)
  }
}
