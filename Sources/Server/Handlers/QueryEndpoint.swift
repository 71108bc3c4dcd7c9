import Bytes
import Problems
import RDFSyntax
import SPARQL
import Site

/// The SPARQL 1.1 Protocol (§2.1): a query by GET, as a form by POST, or as the body of a POST.
struct QueryEndpoint {
  /// What a client asks.
  struct Question {
    var text: String?
    var dataset = DatasetClause()
    /// The version of the language that was announced (SPARQL 1.2 Protocol §2.1).
    var version: QueryVersion?
  }

  private let publication: Publication
  private let pages: Pages

  init(_ publication: Publication, _ pages: Pages) {
    self.publication = publication
    self.pages = pages
  }

  /// The answer to a request.
  /// - Throws: what the query throws before a byte of its answer was sent, and `request-…` for what is no question.
  func response(to request: WebRequest, _ context: PageContext) async throws(Failure) -> WebResponse {
    let (question, parameters) = try question(of: request)
    var asked = request
    // A form's own parameters may say the format, as those of the address do.
    asked.query = parameters
    guard let text = question.text else {
      if asked.wantsPage { return .page(try await pages.queryForm(nil, context), context) }
      return try await description(asked, context)
    }
    // Relative IRIs start from the site, or, without one, from where the query was sent (RFC 3986 §5.1.3).
    let here = request.authority.isEmpty ? nil : request.address(context)
    var query = QueryRequest(ByteString(text), base: (publication.addresses.base.map { $0 + "/" } ?? here).map { ByteString($0) })
    query.dataset = question.dataset
    query.version = question.version
    query.budget = publication.budget
    if asked.wantsPage { return try await resultPage(text, query, context) }
    return try await answer(query, NegotiatedFormats(asked), publication.queries)
  }

  /// The answer to a query, streamed where it is long.
  func answer(_ query: QueryRequest, _ formats: NegotiatedFormats, _ source: any GraphSource) async throws(Failure) -> WebResponse {
    let pipe = AnswerPipe(deadline: query.budget.time.map { ContinuousClock.now + $0 })
    let sink = NegotiatedAnswer(formats, pipe, publication.prefixes)
    let task = Task {
      do throws(Failure) {
        try await source.answer(query, to: sink)
        pipe.end(.success(()))
      } catch {
        pipe.end(.failure(error))
      }
    }
    pipe.onAbandon { task.cancel() }
    let begun = await withTaskCancellationHandler {
      await Self.beginning(of: pipe)
    } onCancel: {
      pipe.abandon()
    }
    var response = WebResponse(200)
    if let whole = try begun.get() { response.body = .bytes(whole) } else { response.body = .stream(pipe) }
    response.set("Content-Type", sink.contentType)
    return response
  }

  private static func beginning(of pipe: AnswerPipe) async -> Result<[UInt8]?, Failure> {
    do throws(Failure) { return .success(try await pipe.beginning()) } catch { return .failure(error) }
  }

  private static let form = "application/x-www-form-urlencoded"
  private static let query = "application/sparql-query"

  /// What a request asks (Protocol §2.1.1 to §2.1.3).
  private func question(of request: WebRequest) throws(Failure) -> (Question, FormFields) {
    var fields = request.query
    var text: String?
    var versions: [String] = []
    if request.method == .post {
      let type = MediaType(request.headers["content-type"] ?? "")
      switch type.name {
      case Self.form: fields = fields.adding(try Self.fields(of: request.body))
      case Self.query:
        text = try Self.text(of: request.body, type)
        versions = type.parameters("version")
      case "application/sparql-update": throw Failure(.queryUpdate, value: type.name)
      default: throw Self.unknown(type)
      }
    }
    if fields["update"] != nil { throw Failure(.queryUpdate, value: "update") }
    let queries = fields.values("query") + [text].compactMap { $0 }
    if queries.count > 1 || queries.isEmpty && request.method == .post {
      throw Failure(.requestParameter, ["name": "query", "expected": .phrase("exactly-once")])
    }
    versions += fields.values("version")
    if versions.count > 1 { throw Failure(.requestParameter, ["name": "version", "expected": .phrase("once-at-most")]) }
    // A page is asked for with the field empty; a program that asks nothing is told.
    var asked = request
    asked.query = fields
    let given = queries.first.flatMap { asked.wantsPage && $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    let dataset = DatasetClause(
      defaultGraphs: fields.values("default-graph-uri").map { ByteString($0) },
      namedGraphs: fields.values("named-graph-uri").map { ByteString($0) })
    return (Question(text: given, dataset: dataset, version: versions.first.flatMap(QueryVersion.init)), fields)
  }

  private static func fields(of body: [UInt8]) throws(Failure) -> FormFields {
    do throws(RequestFault) {
      return try FormFields(String(decoding: body, as: UTF8.self))
    } catch {
      let expected: Words = error == .tooMany ? .phrase("not-so-often") : .phrase("percent-encoded")
      throw Failure(.requestParameter, ["name": "query", "expected": expected])
    }
  }

  /// A query that is the body: in UTF-8, whatever else it says it is in (§2.1.3).
  private static func text(of body: [UInt8], _ type: MediaType) throws(Failure) -> String {
    if let charset = type.parameters("charset").first, charset != "utf-8", charset != "us-ascii" { throw unknown(type) }
    guard let text = String(validating: body, as: UTF8.self) else { throw Failure(.querySyntax, ["found": .phrase("query-ill-formed")]) }
    return text
  }

  private static func unknown(_ type: MediaType) -> Failure {
    type.refused(choices: query + ", " + form)
  }

  /// What the service is, for a request without a query (SPARQL 1.1 Service Description §2).
  private func description(_ request: WebRequest, _ context: PageContext) async throws(Failure) -> WebResponse {
    let form = try request.documentForm(of: [.turtle, .rdfxml, .jsonld, .ntriples])
    return try ServiceDescription(publication, address: request.address(context)).response(form, publication.prefixes)
  }

  private func resultPage(_ text: String, _ query: QueryRequest, _ context: PageContext) async throws(Failure) -> WebResponse {
    let table = ResultTable()
    let started = ContinuousClock.now
    do throws(Failure) {
      try await publication.queries.answer(query, to: table)
      try await pages.nameThings(in: table, context)
    } catch {
      let status = error.problem.code.httpStatus
      var response = WebResponse.page(pages.queryProblem(text, error.problem, context), context)
      response.status = status
      if status == 503 { response.set("Retry-After", "10") }
      return response
    }
    return .page(pages.queryResult(text, table, milliseconds: started.millisecondsSince, context), context)
  }
}

extension WebRequest {
  /// The address of the endpoint as the client knows it; its path alone where the client did not say whom it asks.
  fileprivate func address(_ context: PageContext) -> String {
    (authority.isEmpty ? "" : "http://" + authority) + context.link(to: "/sparql")
  }
}
