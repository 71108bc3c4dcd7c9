import Bytes
import Identifiers
import JSON
import Problems
import RDF
import Resources
import Site
import Tables

/// Which identifier a code or name means (contract §5, `/resolve`): one by GET, those of a column by POST.
struct Lookups {
  private let publication: Publication
  private let pages: Pages
  private let documents: Documents

  init(_ publication: Publication, _ pages: Pages, _ documents: Documents) {
    self.publication = publication
    self.pages = pages
    self.documents = documents
  }

  /// The answer to a request.
  /// - Throws: ``ProblemCode/lookupParameter``, ``ProblemCode/registerMissing``, ``ProblemCode/requestUnacceptable`` and what queries throw.
  func response(to request: WebRequest, _ context: PageContext) async throws(Failure) -> WebResponse {
    guard let site = publication.site else { throw Failure(.requestUnknown, value: request.path.decoded) }
    let question = try LookupQuestion(request.query)
    if request.method == .post { return try await table(question, request, site.lookups, context) }
    if case .iri(let iri)? = question.sought { return try await other(identifier: iri, request, context) }
    let isPage = try isPage(request)
    let version = try await pages.version()
    guard let (text, keysOnly) = question.sought.map(Self.text) else {
      if isPage { return .page(pages.lookup(question, nil, [], site.lookups.all(version: version).map(\.published), context), context) }
      throw LookupQuestion.fault("q", .phrase("lookup-nothing-asked"))
    }
    let answers = try site.lookups.answers(
      to: text, keysOnly: keysOnly, in: question.register, asOf: question.day, today: SwedishTime.date(at: .now), version: version)
    if isPage {
      let known = site.lookups.all(version: version).map(\.published)
      return .page(pages.lookup(question, text.text, answers, known, context), context)
    }
    var members: [(key: String, value: JSONValue)] = [("query", .string(text))]
    if let day = question.day { members.append(("date", .text(day.text))) }
    members.append(("results", .list(answers.map { $0.json(in: context.language) })))
    return .json(.object(members)).with("Content-Language", context.language.rawValue)
  }

  private static func text(_ sought: LookupQuestion.Sought) -> (text: ByteString, keysOnly: Bool) {
    switch sought {
    case .key(let key): (ByteString(key), true)
    case .text(let text), .iri(let text): (ByteString(text), false)
    }
  }

  /// Whether the client wants the page, and not JSON.
  private func isPage(_ request: WebRequest) throws(Failure) -> Bool {
    if let name = request.formatName {
      if name == "json" || name == "application/json" { return false }
      if DocumentForm(named: name) == .html { return true }
      throw Failure(.requestUnacceptable, value: name, ["choices": "json, html"])
    }
    let best = AcceptedTypes(request.headers["accept"]).best(of: ["application/json", "text/html"])
    guard let best else {
      throw Failure(.requestUnacceptable, value: request.headers["accept"], ["choices": "application/json, text/html"])
    }
    return best == "text/html"
  }

  /// The answer at the other identifier of a thing: as at its own, and with that as the canonical one (UM-9).
  private func other(identifier iri: String, _ request: WebRequest, _ context: PageContext) async throws(Failure) -> WebResponse {
    guard publication.addresses.path(of: iri) != nil, var response = try await documents.foreignThing(iri, request, context) else {
      throw Failure(.requestUnknown, value: iri)
    }
    let own = "<\(documents.encoded(iri))>; rel=\"canonical\""
    let links = (response.header("Link") ?? "").split(separator: ", ").map(String.init).filter { !$0.contains("rel=\"alternate\"") }
    response.set("Link", (links.filter { $0 != own } + [own]).joined(separator: ", "))
    return response
  }

  /// How many times longer than what was sent the answer may be.
  private static let growth = 8

  /// The table that was posted, with what its column means.
  private func table(
    _ question: LookupQuestion, _ request: WebRequest, _ lookups: RegisterLookups, _ context: PageContext
  ) async throws(Failure) -> WebResponse {
    let type = MediaType(request.headers["content-type"] ?? "")
    guard ["text/csv", "text/tab-separated-values"].contains(type.name) else {
      throw type.refused(choices: "text/csv")
    }
    guard let name = question.register else {
      throw LookupQuestion.fault("register", .phrase("lookup-register"), example: "/resolve?register=kommun&column=kommun")
    }
    let register = try lookups.entry(named: name, version: try await pages.version()).register
    var dialect = Dialect.undeclared
    dialect.encoding = type.parameters("charset").first
    // RFC 4180 §3: what stands in the first row is said beside the type.
    if type.parameters("header").first == "absent" || request.query["header"] == "absent" { dialect.header = false }
    var out = ByteBuffer(capacity: request.body.count * 3)
    do throws(Failure) {
      let quiet = ProblemList(kept: 0)
      let rows = try TableReader.open(MemoryStream(request.body, name: "text/csv"), kind: .csv, dialect: dialect, problems: quiet)
      var table = try ResolvedTable(
        rows, column: request.query["column"], in: register, asOf: question.day, today: SwedishTime.date(at: .now), problems: quiet)
      while try table.next(&out) {
        if out.count > publication.lookupLimit * Self.growth {
          throw Failure(.requestBody, ["limit": .text("\(publication.lookupLimit)")])
        }
        // Pages are served by the same threads.
        await Task.yield()
      }
    } catch {
      // Whatever is wrong with the table, it is the client's.
      let status = error.problem.code.httpStatus
      return ProblemAnswer(error, status: status == 500 ? 400 : status).response(to: request, pages, context)
    }
    return WebResponse(200, "text/csv; charset=utf-8", Array(out.view.buffer))
  }
}

extension WebResponse {
  /// An answer in JSON.
  static func json(_ value: JSONValue) -> WebResponse {
    var out = ByteBuffer()
    JSONWriter.write(value, to: &out)
    out.append("\n")
    return WebResponse(200, "application/json", Array(out.view.buffer))
  }
}
