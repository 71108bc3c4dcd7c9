import Problems
import RDF
import Site

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
    var word: String {
      switch self {
      case .good: "status-good"
      case .kept: "status-kept"
      case .missing: "status-missing"
      case .local: "status-local"
      }
    }
  }

  /// The name of the dataset.
  let name: String
  /// What became of its graph, or nil where it has not been built.
  let part: PartReport?
  /// Its sources on the network, or nil.
  let pull: PullStatus?
  private let folder: String
  private let now: Instant

  /// A row.
  /// - Parameter folder: where the site lies, with a slash, which is nobody else's matter.
  init(name: String, part: PartReport?, pull: PullStatus?, folder: String, now: Instant) {
    self.name = name
    self.folder = folder
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

  /// What is wrong, for everybody.
  func message(of problem: Problem, in language: Language) -> String {
    switch problem.code {
    case .secretsMode, .secretsInvalid, .writeFailed, .inputUnreadable: ""
    default: Wording.shared.message(of: problem, in: language).replacing(folder, with: "")
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
