import Bytes
import Identifiers
import JSON
import Problems
import RDF
import Site

/// What one register answers to a question.
struct LookupAnswer {
  /// A member that may be meant.
  struct Candidate {
    let member: Register.Member
    /// How well it fits, in per cent.
    let score: Int
  }

  /// The register.
  let entry: RegisterLookups.Entry
  /// What was asked.
  let text: ByteString
  /// The day on which the code was to hold; nil for now.
  let day: CivilDate?
  /// How many candidates were wanted at most.
  private let limit: Int
  /// What became of it.
  let resolution: Register.Resolution
  /// The key that was found; nil where none was.
  let key: ByteString?
  /// The members that may be meant, the likeliest first; none where one was found.
  let candidates: [Candidate]

  /// The most candidates that are offered.
  static let mostCandidates = 10
  /// The score of a member that may be meant as well as others.
  private static let doubtful = 70
  /// How many members messages name that are near to an unknown text.
  private static let named = 3

  /// Asks a register.
  /// - Parameter limit: how many candidates are offered at most. With 0 nobody looks for what is near to an unknown text, which takes long.
  init(
    _ text: ByteString, in entry: RegisterLookups.Entry, keysOnly: Bool = false, asOf day: CivilDate?, today: CivilDate,
    limit: Int = mostCandidates
  ) {
    self.entry = entry
    self.text = text
    self.day = day
    self.limit = limit
    let register = entry.register
    var key = ByteBuffer()
    let resolution = text.withView { register.resolve($0, key: &key, keysOnly: keysOnly, asOf: day, today: today) }
    self.resolution = resolution
    self.key = resolution.status.isFound ? ByteString(key.view) : nil
    switch resolution.status {
    case .ambiguous, .notValid:
      candidates = resolution.candidates.prefix(limit).map { Candidate(member: register.members[$0], score: Self.doubtful) }
    case .unknown where limit > 0:
      let length = max(text.withView { $0.scalarCount }, 1)
      candidates = text.withView { register.neighbours(of: $0, limit: limit) }.map { near in
        Candidate(member: register.members[near.member], score: max(0, min(Self.doubtful - 1, 100 - 100 * near.distance / length)))
      }
    default: candidates = []
    }
  }

  /// The member that was found; nil where none was, or a key that has no row.
  var member: Register.Member? { resolution.member.map { entry.register.members[$0] } }

  /// The IRI that was found; nil where none was.
  var iri: String? { key.map(iri(of:)) }

  /// The IRI of a key of the register.
  func iri(of key: ByteString) -> String {
    var out = ByteBuffer()
    key.withView { entry.register.append(iriOf: $0, to: &out) }
    return out.view.text
  }

  /// The members that go on in the place of the one that was found, where it has ended.
  var successors: [Register.Member] {
    (member?.successors ?? []).map { key in entry.register.member(withKey: key) ?? Register.Member(key: key, names: []) }
  }

  /// What to tell of the answer; nil where there is nothing.
  /// Where the register lies is nothing that who asks could mend.
  var problem: Problem? {
    // Of an unknown text the candidates are what is near: to look for that again would take as long.
    let isKnown = resolution.status == .unknown && limit >= Self.named
    let near = isKnown ? candidates.prefix(Self.named).map(\.member.shown) : nil
    guard let problem = text.withView({ entry.register.problem(resolution, of: $0, asOf: day, near: near) }) else { return nil }
    return Problem(
      problem.code, at: problem.place, value: problem.value, severity: problem.severity, problem.arguments.filter { $0.key != "file" })
  }

  /// The answer for programs.
  func json(in language: Language) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("register", .text(entry.published.name)), ("status", .text(resolution.status.rawValue)),
    ]
    if let ground = resolution.ground {
      members.append(("match", .text(ground.rawValue)))
      members.append(("score", .count(ground.score)))
    }
    if let key { members += json(ofKey: key, member) }
    if let type = entry.published.memberClass { members.append(("type", .text(type))) }
    if let validity = member?.validity {
      if let first = validity.first { members.append(("validFrom", .text(first.text))) }
      if let last = validity.last { members.append(("validTo", .text(last.text))) }
    }
    if !successors.isEmpty { members.append(("isReplacedBy", .list(successors.map { .object(json(ofKey: $0.key, $0)) }))) }
    if !candidates.isEmpty {
      members.append(
        ("candidates", .list(candidates.map { .object(json(ofKey: $0.member.key, $0.member) + [("score", .count($0.score))]) })))
    }
    if let problem {
      members.append(
        (
          "problem",
          .object([
            ("code", .text(problem.code.rawValue)), ("message", .text(Wording.shared.message(of: problem, in: language))),
            ("help", .text(Wording.shared.help(of: problem, in: language))),
          ])
        ))
    }
    return .object(members)
  }

  private func json(ofKey key: ByteString, _ member: Register.Member?) -> [(key: String, value: JSONValue)] {
    var members: [(key: String, value: JSONValue)] = [("iri", .text(iri(of: key))), ("key", .string(key))]
    if let name = member?.names.first { members.append(("label", .string(name))) }
    return members
  }
}

extension RegisterLookups {
  /// What registers answer: the one that is named, or of all those that have something to say, of which there may be none.
  /// - Throws: ``ProblemCode/registerMissing``.
  func answers(
    to text: ByteString, keysOnly: Bool = false, in name: String?, asOf day: CivilDate?, today: CivilDate, version: ByteString
  ) throws(Failure) -> [LookupAnswer] {
    if let name {
      return [LookupAnswer(text, in: try entry(named: name, version: version), keysOnly: keysOnly, asOf: day, today: today)]
    }
    let entries = all(version: version)
    func answers(limit: Int) -> [LookupAnswer] {
      entries.map { LookupAnswer(text, in: $0, keysOnly: keysOnly, asOf: day, today: today, limit: limit) }
    }
    // Where one register knows it, nobody wants what comes near in the others.
    let sure = answers(limit: 0)
    let telling = sure.filter { $0.resolution.status.isFound }
    if !telling.isEmpty { return telling }
    if let first = sure.first, first.resolution.status == .refused { return [first] }
    let near = answers(limit: LookupAnswer.mostCandidates).filter { !$0.candidates.isEmpty }.sorted {
      $0.candidates[0].score > $1.candidates[0].score
    }
    return Array(near.prefix(5))
  }
}
