import Bytes
import Identifiers
import JSON
import Problems
import RDF
import Site

/// The Reconciliation Service API 0.2 of the W3C's community group, by which OpenRefine and others match names with the things of a site.
///
/// An entity's identifier is its IRI, a type's the class of a register's members. JSONP, which is optional, is not offered: CORS is.
struct Reconciliation {
  let publication: Publication
  let pages: Pages

  init(_ publication: Publication, _ pages: Pages) {
    self.publication = publication
    self.pages = pages
  }

  /// The answer to a request of the service, or of what belongs to it: suggestions, properties, previews.
  /// - Throws: ``ProblemCode/lookupParameter``, ``ProblemCode/requestUnknown`` and what queries throw.
  func response(to request: WebRequest, _ context: PageContext) async throws(Failure) -> WebResponse {
    guard let site = publication.site else { throw Failure(.requestUnknown, value: request.path.decoded) }
    let fields = try fields(of: request)
    let version = try await pages.version()
    let types = ReconciliationType.all(site.lookups.all(version: version), context.language)
    switch request.path.segments.dropFirst().joined(separator: "/") {
    case "":
      if let text = fields["queries"] { return .json(try await results(of: try ReconciliationQuery.batch(text), types, context)) }
      if let text = fields["extend"] { return .json(try await extended(text, context)) }
      if request.method == .post { throw ReconciliationQuery.fault("queries", .phrase("lookup-nothing-asked")) }
      return .json(manifest(types, request, context))
    case "suggest/entity": return .json(entities(fields, types, context))
    case "suggest/type": return .json(Self.suggestions(types.map { ($0.id, $0.name) }, fields))
    case "suggest/property": return .json(Self.suggestions(try await properties(of: types, context), fields))
    case "properties": return .json(try await proposed(fields, types, context))
    case "preview":
      guard let page = pages.preview(fields["id"] ?? "", types, context) else { throw Failure(.requestUnknown, value: fields["id"] ?? "") }
      return .page(page, context)
    default: throw Failure(.requestUnknown, value: request.path.decoded)
    }
  }

  /// The parameters of an address, and of a form that was posted.
  private func fields(of request: WebRequest) throws(Failure) -> FormFields {
    guard request.method == .post else { return request.query }
    let type = MediaType(request.headers["content-type"] ?? "")
    let form = "application/x-www-form-urlencoded"
    guard type.name == form else { throw type.refused(choices: form) }
    do throws(RequestFault) {
      return request.query.adding(try FormFields(String(decoding: request.body, as: UTF8.self)))
    } catch {
      throw ReconciliationQuery.fault("queries", .phrase("percent-encoded"))
    }
  }

  /// What the service is and can do (§3.1).
  private func manifest(_ types: [ReconciliationType], _ request: WebRequest, _ context: PageContext) -> JSONValue {
    let service = address(request, context)
    func part(_ path: String) -> JSONValue { .object([("service_url", .text(service)), ("service_path", .text(path))]) }
    let title = PageFrame(pages, context).siteTitle
    return .object([
      ("versions", .list([.text("0.2")])), ("name", .text(title)),
      ("identifierSpace", .text(KnownVocabulary.shared + "/id/")), ("schemaSpace", .text(KnownVocabulary.kg)),
      ("documentation", .text(service + "/resolve")), ("batchSize", .count(ReconciliationQuery.batchSize)),
      ("defaultTypes", .list(types.filter { $0.entry.published.kind == .register }.map(\.json))),
      ("view", .object([("url", .text(service + "/resolve?iri={{id}}"))])),
      (
        "preview",
        .object([("url", .text(service + "/reconcile/preview?id={{id}}")), ("width", .count(400)), ("height", .count(180))])
      ),
      (
        "suggest",
        .object([
          ("entity", part("/reconcile/suggest/entity")), ("type", part("/reconcile/suggest/type")),
          ("property", part("/reconcile/suggest/property")),
        ])
      ),
      ("extend", .object([("propose_properties", part("/reconcile/properties")), ("property_settings", .list([]))])),
    ])
  }

  /// What the paths of the service are relative to, as the client knows it.
  private func address(_ request: WebRequest, _ context: PageContext) -> String {
    let base = publication.addresses.base ?? ""
    let own = base.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    if request.authority.isEmpty || own.count > 2 && own[2] == request.host { return base }
    // Behind a proxy the site is reached as its base says.
    let isLocal = ["127.0.0.1", "localhost", "[::1]"].contains(request.host)
    return (isLocal ? "http:" : own.first ?? "http:") + "//" + request.authority + context.folder
  }

  /// The candidates of each query of a batch (§4.2).
  private func results(
    of batch: [(name: ByteString, query: ReconciliationQuery)], _ types: [ReconciliationType], _ context: PageContext
  ) async throws(Failure) -> JSONValue {
    let today = SwedishTime.date(at: .now)
    let words = PageWords(language: context.language)
    var answers: [(name: ByteString, candidates: [ReconciliationCandidate], query: ReconciliationQuery)] = []
    for (name, query) in batch {
      let wanted = types.filter { type in
        query.types.isEmpty ? type.entry.published.kind == .register : query.types.contains(where: type.answers)
      }
      let text = ByteString(query.text ?? "")
      let candidates = wanted.flatMap { ReconciliationCandidate.candidates(of: text, $0, limit: query.limit, today: today, words) }
      answers.append((name, candidates, query))
      // Pages are served by the same threads.
      await Task.yield()
    }
    let asked = answers.filter { !$0.query.properties.isEmpty }
    let values = try await comparable(
      Set(asked.flatMap { $0.candidates.map(\.iri) }), Set(asked.flatMap { $0.query.properties.map(\.property) }), context)
    let members = answers.map { name, candidates, query -> JSONObject.Member in
      var judged = candidates
      if !query.properties.isEmpty { Self.judge(&judged, by: query, values) }
      judged.sort { $0.score > $1.score }
      // Where two fit, none is the match.
      let sure = judged.filter(\.isSure)
      let results = judged.prefix(query.limit).map { $0.json(isMatch: $0.isSure && sure.count == 1) }
      return JSONObject.Member(name, JSONNode(.object([("result", .list(results))])))
    }
    return .object(JSONObject(members))
  }

  /// Weighs what else is known of the thing: of candidates by name the one is the match whose properties agree, where there is one.
  private static func judge(
    _ candidates: inout [ReconciliationCandidate], by query: ReconciliationQuery, _ values: [String: [String: Set<String>]]
  ) {
    let agreeing = candidates.indices.filter { number in
      query.properties.allSatisfy { property, wanted in
        let own = values[candidates[number].iri]?[property] ?? []
        return wanted.contains { own.contains($0.lowercased()) }
      }
    }
    let likely = agreeing.filter { candidates[$0].score >= 70 }
    for number in candidates.indices {
      if agreeing.contains(number) {
        candidates[number].isSure = likely == [number]
        if likely == [number] { candidates[number].score = max(candidates[number].score, 90) }
      } else {
        candidates[number].isSure = false
        candidates[number].score = candidates[number].score * 7 / 10
      }
    }
  }
}
