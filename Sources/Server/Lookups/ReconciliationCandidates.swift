import Bytes
import Identifiers
import JSON
import Problems
import RDF
import Site

/// A thing that a query may mean.
struct ReconciliationCandidate {
  /// Its IRI, which is its identifier in answers.
  let iri: String
  /// What it is called.
  let name: String
  /// What it is: the register and the key, and whether that has ended.
  let description: String
  /// Its type.
  let type: ReconciliationType
  /// How well it fits, in per cent.
  var score: Int
  /// Whether it fits so well that nobody need look, where no other does. What is a slip may be another word.
  var isSure: Bool

  /// The candidates of a text in a register, the best first.
  static func candidates(
    of text: ByteString, _ type: ReconciliationType, limit: Int, today: CivilDate, _ words: PageWords
  ) -> [ReconciliationCandidate] {
    let answer = LookupAnswer(text, in: type.entry, asOf: nil, today: today, limit: limit)
    func candidate(_ key: ByteString, _ member: Register.Member?, _ score: Int, isSure: Bool = false) -> ReconciliationCandidate {
      var description = "\(type.name) \(key.text)"
      if let last = member?.validity?.last { description += ", " + words.until(last) }
      return ReconciliationCandidate(
        iri: answer.iri(of: key), name: (member?.names.first ?? key).text, description: description, type: type, score: score,
        isSure: isSure)
    }
    guard let key = answer.key else { return answer.candidates.map { candidate($0.member.key, $0.member, $0.score) } }
    let found = candidate(
      key, answer.member, answer.resolution.score,
      isSure: answer.resolution.status == .found && answer.resolution.ground != .slip)
    return [found] + answer.successors.map { candidate($0.key, $0, 90) }
  }

  /// The candidate as answers have it.
  func json(isMatch: Bool) -> JSONValue {
    .object([
      ("id", .text(iri)), ("name", .text(name)), ("description", .text(description)), ("score", .count(score)), ("match", .bool(isMatch)),
      ("type", .list([type.json])),
    ])
  }
}
