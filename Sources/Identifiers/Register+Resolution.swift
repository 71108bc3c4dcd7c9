package import Bytes
package import Problems
package import RDF

// What a code or name means, misspellings included.
extension Register {
  /// The longest text that is looked up, in bytes.
  static let longestText = 400

  /// What a text means: a key, an IRI of the register, a name, or a name with one slip. Where a member was found its key has been appended to
  /// `key`.
  ///
  /// A slip is corrected only where one name is meant: where two come within one slip of the text, or another name within one slip of the one
  /// that was found, all of them are candidates and none is the answer. So Håbo is never taken for Habo.
  /// - Parameters:
  ///   - keysOnly: whether names are no answer.
  ///   - day: the day on which the code is to hold; nil for now, when what has ended is found and said to have.
  ///   - today: the present day.
  package func resolve(
    _ text: ByteView, key: inout ByteBuffer, keysOnly: Bool = false, asOf day: CivilDate? = nil, today: CivilDate
  ) -> Resolution {
    if text.count > Self.longestText || text.hidesSomething || text.trimmedOfSpaces.isEmpty { return Resolution(status: .refused) }
    let start = key.count
    var own = ByteBuffer()
    let found =
      append(keyOfIRI: text, to: &own) ? findAsWritten(own.view, key: &key, day) : find(text, key: &key, keysOnly: keysOnly, day)
    switch found.match {
    case .found where keysOnly && found.ground != .key:
      key.truncate(to: start)
      return Resolution(status: .unknown)
    case .found:
      let status = day == nil ? ending(of: found.member, on: today).map { Resolution.Status($0) } : nil
      return Resolution(status: status ?? .found, ground: found.ground, member: found.member)
    case .ambiguous: return Resolution(status: .ambiguous, candidates: unique(found.candidates, day))
    case .notValid: return Resolution(status: .notValid, candidates: unique(found.candidates, nil))
    case .unknown: return Resolution(status: .unknown)
    case .breaksRule: return Resolution(status: .unknown, breaksRule: true)
    }
  }

  private func find(_ text: ByteView, key: inout ByteBuffer, keysOnly: Bool, _ day: CivilDate?) -> Found {
    let found = findAsWritten(text, key: &key, day)
    if keysOnly || members.isEmpty || found.match != .unknown && found.match != .breaksRule { return found }
    var folded = ByteBuffer()
    folded.append(foldingName: text)
    let names = names
    if let members = names.written(folded.view) { return result(of: choose(among: members, day), by: .form, members, to: &key) }
    guard folded.view.isSpeltAsName else { return found }
    if let members = names.lettered(folded.view) { return result(of: choose(among: members, day), by: .letters, members, to: &key) }
    return findSlip(folded.view, names, key: &key, day) ?? found
  }

  private func findSlip(_ folded: ByteView, _ names: NameIndex, key: inout ByteBuffer, _ day: CivilDate?) -> Found? {
    let (forms, isTelling) = names.slipped(folded)
    if !isTelling { return nil }
    let meant = names.members(ofForms: forms)
    let choice = choose(among: meant, day)
    guard case .one(let member) = choice else { return result(of: choice, by: .slip, meant, to: &key) }
    let others = forms.flatMap { names.neighbours(ofForm: $0) }.filter { members[$0].key != members[member].key && holds($0, day) }
    if !others.isEmpty { return Found(match: .ambiguous, candidates: [member] + others) }
    return result(of: choice, by: .slip, meant, to: &key)
  }

  /// How the key of a member has ended by a day; nil where it has not.
  package func ending(of number: Int?, on today: CivilDate) -> Ending? {
    guard let number, hasEndings else { return nil }
    guard let latest = ended[members[number].key] else { return members[number].ending }
    if let last = members[latest].validity?.last, last >= today { return nil }
    return members[latest].ending ?? .retired
  }

  /// Whether a key has ended by a day: the register has it, and none of its rows holds any longer.
  package func hasEnded(_ key: ByteString, by today: CivilDate) -> Bool {
    guard hasEndings, let number = key.withView({ index.find($0) }) else { return false }
    let rows = index.members(number).filter { members[$0].key == key }
    return !rows.isEmpty && rows.allSatisfy { ending(of: $0, on: today) != nil }
  }

  /// The members with different keys among some, those that hold on a day first; where none does, all.
  private func unique(_ numbers: [Int], _ day: CivilDate?) -> [Int] {
    let held = numbers.filter { holds($0, day) }
    var keys: Set<ByteString> = []
    return (held.isEmpty ? numbers : held).filter { keys.insert(members[$0].key).inserted }
  }

  /// Appends the key of an IRI that the register's pattern makes; false for any other text.
  private func append(keyOfIRI text: ByteView, to key: inout ByteBuffer) -> Bool {
    guard let part = shape?.key(of: text) else { return false }
    key.append(percentDecoding: part)
    // What an escape hides is no key: only what the pattern makes of the key is its IRI.
    var made = ByteBuffer()
    append(iriOf: key.view, to: &made)
    return made.view == text
  }

  /// What to tell of a text that was not found, or was with something to know; nil where there is nothing.
  /// - Parameter near: the members that come nearest to an unknown text, as ``nearest(to:limit:)`` gives them; nil where nobody has looked yet.
  package func problem(
    _ resolution: Resolution, of text: ByteView, asOf day: CivilDate? = nil, near: [String]? = nil, at place: Place = Place()
  ) -> Problem? {
    switch resolution.status {
    case .found: return nil
    case .retired, .replaced, .merged, .split:
      guard let member = resolution.member.map({ members[$0] }) else { return nil }
      var arguments = ["register": name]
      arguments["last"] = member.validity?.last?.text
      if !member.successors.isEmpty { arguments["successors"] = shown(ofKeys: member.successors).joined(separator: ", ") }
      return Problem(.lookupEnded, at: place, value: text.text, arguments)
    case .ambiguous:
      let choices = resolution.candidates.prefix(10).map { members[$0].shown }
      return Problem(.registerAmbiguous, at: place, value: text.text, ["register": name, "choices": choices.joined(separator: ", ")])
    case .notValid: return problem(.notValid, of: text, isSecret: false, asOf: day, at: place)
    case .unknown: return problem(resolution.breaksRule ? .breaksRule : .unknown, of: text, isSecret: false, near: near, at: place)
    case .refused:
      let reason: Words =
        text.count > Self.longestText
        ? .phrase("key-too-long", ["limit": "\(Self.longestText)"])
        : text.trimmedOfSpaces.isEmpty ? .phrase("key-empty") : .phrase("lookup-hidden")
      let readable = text[0..<min(text.count, 60)].text.unicodeScalars.filter { !$0.isHidden }
      return Problem(
        .lookupRefused, at: place, value: String(String.UnicodeScalarView(readable)), ["register": .text(name), "reason": reason])
    }
  }

  /// Keys as messages name them, with the names that they have now.
  func shown(ofKeys keys: [ByteString]) -> [String] {
    keys.map { key in member(withKey: key)?.shown ?? key.text }
  }

  /// The latest member with a key, or nil.
  package func member(withKey key: ByteString) -> Member? {
    guard let number = key.withView({ index.find($0) }) else { return nil }
    return index.members(number).map { members[$0] }.last { $0.key == key }
  }
}
