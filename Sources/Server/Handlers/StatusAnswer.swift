import Bytes
import JSON
import Mapping
import Problems
import RDF
import Site

/// How it stands with the datasets of a site (contract §5, `/status`): JSON, or a page for people. It tells what is served and how old that is,
/// and nothing that a source knows us by.
struct StatusAnswer {
  private let publication: Publication
  private let pages: Pages

  init(_ publication: Publication, _ pages: Pages) {
    self.publication = publication
    self.pages = pages
  }

  /// The answer to a request.
  /// - Throws: ``ProblemCode/requestUnknown`` where there is no site.
  func response(to request: WebRequest, _ context: PageContext) async throws(Failure) -> WebResponse {
    guard let site = publication.site else { throw Failure(.requestUnknown, value: request.path.decoded) }
    let rows = rows(of: site)
    var response: WebResponse
    if request.wantsPage {
      response = WebResponse(200, DocumentForm.html.contentType, text: pages.status(rows, context))
    } else {
      response = WebResponse(200, "application/json", json(rows, in: context.language))
    }
    response.set("Content-Language", context.language.rawValue)
    response.set("Cache-Control", "no-store")
    return response
  }

  private func rows(of site: PublishedSite) -> [StatusRow] {
    let report = site.report()
    let pulls = site.pulls?.statuses ?? []
    return site.file.datasets.map { dataset in
      StatusRow(
        name: dataset.name, part: report.parts.first { $0.part.kind == .dataset && $0.part.name == dataset.name },
        pull: pulls.first { $0.dataset == dataset.name }, folder: site.file.folder + "/", now: .now)
    }
  }

  private func json(_ rows: [StatusRow], in language: Language) -> [UInt8] {
    let isGood = rows.allSatisfy { $0.state == .good || $0.state == .local }
    let datasets = rows.map { row -> JSONValue in
      var members: [(key: String, value: JSONValue)] = [("name", .text(row.name)), ("state", .text(row.state.rawValue))]
      members.append(("built", row.part?.moment.map { .text($0) } ?? .null))
      members.append(("triples", .count(row.part?.conversion.triples ?? 0)))
      if let pull = row.pull {
        func moment(_ instant: Instant?) -> JSONValue { instant.map { .text(SwedishTime.text(at: $0)) } ?? .null }
        members += [
          ("sources", .list(pull.sources.map { .text($0) })), ("schedule", pull.schedule.map { .text($0) } ?? .null),
          ("tried", moment(pull.tried)), ("succeeded", moment(pull.succeeded)), ("ageSeconds", row.ageSeconds.map { .count($0) } ?? .null),
          ("due", moment(pull.due)), ("failures", .count(pull.failures)), ("files", .count(pull.files)), ("bytes", .count(pull.size)),
        ]
      }
      let problem = row.problem.map { problem -> JSONValue in
        .object([("code", .text(problem.code.rawValue)), ("message", .text(row.message(of: problem, in: language)))])
      }
      members.append(("problem", problem ?? .null))
      return .object(members)
    }
    var out = ByteBuffer()
    JSONWriter.write(.object([("state", .text(isGood ? "good" : "degraded")), ("datasets", .list(datasets))]), to: &out, layout: .pretty)
    return Array(out.view.buffer)
  }
}
