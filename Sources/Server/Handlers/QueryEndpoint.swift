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
      if asked.wantsPage { return page(try await pages.queryForm(nil, context)) }
      return try await description(asked, context)
    }
    var query = QueryRequest(ByteString(text), base: publication.addresses.base.map { ByteString($0 + "/") })
    query.dataset = question.dataset
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

  /// What a request asks (Protocol §2.1.1 to §2.1.3).
  private func question(of request: WebRequest) throws(Failure) -> (Question, FormFields) {
    var fields = request.query
    var text: String?
    if request.method == .post {
      let type = (request.headers["content-type"] ?? "").prefix { $0 != ";" }.lowercased().filter { $0 != " " }
      switch type {
      case "application/x-www-form-urlencoded":
        do throws(RequestFault) {
          fields = fields.adding(try FormFields(String(decoding: request.body, as: UTF8.self)))
        } catch {
          throw Failure(.requestParameter, ["name": "query", "expected": .phrase("exactly-once")])
        }
      case "application/sparql-query":
        guard let body = String(validating: request.body, as: UTF8.self) else {
          throw Failure(.querySyntax, ["found": .phrase("query-ill-formed")])
        }
        text = body
      case "application/sparql-update": throw Failure(.queryUpdate, value: type)
      default:
        throw Failure(
          .requestMediaType, value: type, ["choices": "application/sparql-query, application/x-www-form-urlencoded"])
      }
    }
    if fields["update"] != nil { throw Failure(.queryUpdate, value: "update") }
    let queries = fields.values("query") + [text].compactMap { $0 }
    if queries.count > 1 || queries.isEmpty && request.method == .post {
      throw Failure(.requestParameter, ["name": "query", "expected": .phrase("exactly-once")])
    }
    let given = queries.first.flatMap { $0.allSatisfy(\.isWhitespace) && (fields["format"] ?? "").isEmpty ? nil : $0 }
    let dataset = DatasetClause(
      defaultGraphs: fields.values("default-graph-uri").map { ByteString($0) },
      namedGraphs: fields.values("named-graph-uri").map { ByteString($0) })
    return (Question(text: given, dataset: dataset), fields)
  }

  /// What the service is, for a request without a query (SPARQL 1.1 Service Description §2).
  private func description(_ request: WebRequest, _ context: PageContext) async throws(Failure) -> WebResponse {
    let form = try request.documentForm(of: [.turtle, .rdfxml, .jsonld, .ntriples])
    return try ServiceDescription(publication, path: context.link(to: "/sparql")).response(form, publication.prefixes)
  }

  private func resultPage(_ text: String, _ query: QueryRequest, _ context: PageContext) async throws(Failure) -> WebResponse {
    let table = ResultTable()
    let started = ContinuousClock.now
    do throws(Failure) {
      try await publication.queries.answer(query, to: table)
      try await pages.nameThings(in: table, context)
    } catch {
      let status = error.problem.code.httpStatus
      var response = page(pages.queryProblem(text, error.problem, context), status)
      if status == 503 { response.set("Retry-After", "10") }
      return response
    }
    return page(pages.queryResult(text, table, milliseconds: started.millisecondsSince, context))
  }

  private func page(_ text: String, _ status: Int = 200) -> WebResponse {
    WebResponse(status, DocumentForm.html.contentType, text: text)
  }
}
