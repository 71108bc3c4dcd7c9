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
    response.set("Vary", "Accept, Accept-Language")
    response.set("Cache-Control", "no-store")
    return response
  }

  private func rows(of site: PublishedSite) -> [StatusRow] {
    let report = site.report()
    let pulls = site.pulls?.statuses ?? []
    return site.file.datasets.map { dataset in
      StatusRow(
        name: dataset.name, part: report.parts.first { $0.part.kind == .dataset && $0.part.name == dataset.name },
        pull: pulls.first { $0.dataset == dataset.name }, now: .now)
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

/// How it stands with one dataset.
struct StatusRow {
  /// In one word.
  enum State: String {
    /// Built, and in step with its source.
    case good
    /// Built from the copy that there was: its source can't be read, or what it says can't be built.
    case kept
    /// Not there.
    case missing
    /// Built from files of the publisher's own.
    case local

    /// The word of pages for it.
    var word: String { "status-\(rawValue)" }
  }

  /// The name of the dataset.
  let name: String
  /// What became of its graph, or nil where it has not been built.
  let part: PartReport?
  /// Its sources on the network, or nil.
  let pull: PullStatus?
  private let now: Instant

  init(name: String, part: PartReport?, pull: PullStatus?, now: Instant) {
    self.name = name
    self.part = part
    self.pull = pull
    self.now = now
  }

  /// How it stands.
  var state: State {
    guard let part, part.failure == nil else { return .missing }
    guard let pull else { return .local }
    return pull.problem == nil ? .good : .kept
  }

  /// What is wrong, or nil.
  var problem: Problem? { pull?.problem ?? part?.failure }

  /// How many seconds ago what is served was last known to be what its source says; nil for files.
  var ageSeconds: Int? { pull?.succeeded.map { Int(max(0, now.seconds - $0.seconds)) } }

  /// What is wrong, for everybody: where files of the publisher lie is nobody else's matter.
  func message(of problem: Problem, in language: Language) -> String {
    switch problem.code {
    case .secretsMode, .secretsInvalid, .writeFailed, .inputUnreadable: ""
    default: Wording.shared.message(of: problem, in: language)
    }
  }
}

extension Pages {
  /// The page of how it stands with the datasets.
  func status(_ rows: [StatusRow], _ context: PageContext) -> String {
    let frame = PageFrame(self, context)
    func moment(_ text: String?) -> String { text.map { $0.prefix(16).split(separator: "T").joined(separator: " ") } ?? "–" }
    func moment(_ instant: Instant?) -> String { moment(instant.map { SwedishTime.text(at: $0) }) }
    let entries = rows.map { row -> Model in
      var model: Model = [
        "name": row.name, "href": context.link(to: "/dataset/" + row.name), "state": frame.words.word(row.state.word),
        "built": moment(row.part?.moment), "checked": moment(row.pull?.succeeded), "tried": moment(row.pull?.tried),
        "due": moment(row.pull?.due),
      ]
      if let problem = row.problem { model["problem"] = row.message(of: problem, in: context.language) + " [\(problem.code.rawValue)]" }
      return model
    }
    let title = frame.words.word("status-title")
    return frame.render("status", title: title, crumbs: [.init(text: title)], ["entries": entries])
  }
}
