package import Bytes
package import Problems
package import RDF

extension Register {
  /// What to tell of a text that the register does not know.
  /// - Parameters:
  ///   - isSecret: whether the text may not be shown; then nothing that resembles it is either.
  ///   - day: the day as of which it was looked up.
  ///   - known: the members that come nearest to it, as ``nearest(to:limit:)`` gives them; nil where nobody has looked yet.
  package func problem(
    _ match: Match, of text: ByteView, isSecret: Bool, asOf day: CivilDate? = nil, near known: [String]? = nil, at place: Place
  ) -> Problem {
    var arguments = ["register": name]
    let value = isSecret ? nil : text.text
    if match == .notValid {
      arguments["day"] = day?.text
      if !isSecret { arguments["periods"] = periods(of: text).map(\.text).joined(separator: ", ") }
      return Problem(.registerNotValid, at: place, value: value, arguments)
    }
    if match == .breaksRule {
      arguments["rule"] = declaration.ruleText
      return Problem(.registerRule, at: place, value: value, arguments)
    }
    let near = isSecret ? [] : known ?? nearest(to: text)
    if match == .ambiguous {
      arguments["choices"] = near.joined(separator: ", ")
      return Problem(.registerAmbiguous, at: place, value: value, arguments)
    }
    if !near.isEmpty { arguments["nearest"] = near.joined(separator: ", ") }
    arguments["file"] = declaration.file
    return Problem(.registerUnknown, at: place, value: value, arguments)
  }

  /// What to tell of a text whose key held once and was looked up without a day: the key stands, for only the publisher knows of which time
  /// the data are.
  package func problem(ended member: Member, of text: ByteView, isSecret: Bool, at place: Place) -> Problem {
    var arguments = ["register": name]
    arguments["last"] = member.validity?.last?.text
    let present = present(instead: member)
    if !isSecret, !present.isEmpty { arguments["present"] = present.joined(separator: ", ") }
    return Problem(.registerEnded, at: place, value: isSecret ? nil : text.text, arguments)
  }
}

extension Register.Declaration {
  /// The rules of the register's keys, for people.
  var ruleText: String {
    ([formText] + [check.map(\.rawValue)].compactMap { $0 }).filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
