package import Bytes
package import RDF

// Looking up: a text as it stands, then without the words beside a name. What is only near is for ``resolve(_:key:asOf:today:keysOnly:)``.
extension Register {
  /// What a look-up found.
  struct Found {
    /// What became of it.
    let match: Match
    /// By what; nil where nothing was found.
    var ground: Ground?
    /// The member's place in ``members``; nil where nothing was found, or a key that has no row.
    var member: Int?
    /// Where several were found, or none on the day: all of them.
    var candidates: [Int] = []
  }

  /// Looks a code or a name up. On ``Match/found`` the member's key has been appended to `key`; else nothing has.
  ///
  /// In a closed register a name may have the register's own words beside it (`Örebro kommun`, `Göteborgs stad`). A misspelling is not
  /// corrected.
  /// - Parameter day: the day on which the code is to hold. Without one a code is found whenever it held, and of members that share a name
  ///   the one that has it still.
  package func find(_ text: ByteView, key: inout ByteBuffer, asOf day: CivilDate? = nil) -> Match {
    let found = findAsWritten(text, key: &key, day)
    guard found.match == .unknown, !declaration.nameWords.isEmpty else { return found.match }
    var folded = ByteBuffer()
    folded.append(foldingName: text)
    guard let members = names.written(folded.view) else { return .unknown }
    return result(of: choose(among: members, day), by: .form, members, to: &key).match
  }

  /// Looks up a text as it stands: a key by the register's rules, or a name without regard to case.
  func findAsWritten(_ text: ByteView, key: inout ByteBuffer, _ day: CivilDate?) -> Found {
    if declaration.steps.isEmpty { return findCleaned(text, key: &key, day) }
    guard let cleaned = declaration.steps.applied(to: text) else { return Found(match: declaration.isOpen ? .breaksRule : .unknown) }
    let found = cleaned.withView { findCleaned($0, key: &key, day) }
    if found.match != .unknown { return found }
    // What tidies codes spoils names: «Hjo» is no code that has lost a zero.
    return findName(text, key: &key, day) ?? found
  }

  private func findCleaned(_ text: ByteView, key: inout ByteBuffer, _ day: CivilDate?) -> Found {
    let start = key.count
    if keepsForm(text, key: &key) {
      let candidate = key.view(start..<key.count)
      if declaration.check?.holds(for: candidate) ?? true {
        // What looks like a key may be a name, where the register says nothing of the form of its keys.
        if let number = index.find(candidate), case let choice = choose(number, day), choice != .several {
          let isKey = self.isKey(candidate, number)
          key.truncate(to: start)
          return result(of: choice, by: isKey ? .key : .name, index.members(number), to: &key)
        }
        if declaration.isOpen { return Found(match: .found, ground: .key) }
      }
      key.truncate(to: start)
      if declaration.isOpen { return Found(match: .breaksRule) }
    }
    return (members.isEmpty ? nil : findName(text, key: &key, day)) ?? Found(match: declaration.isOpen ? .breaksRule : .unknown)
  }

  private func findName(_ text: ByteView, key: inout ByteBuffer, _ day: CivilDate?) -> Found? {
    var folded = ByteBuffer()
    folded.append(foldingName: text)
    guard let number = index.find(folded.view) else { return nil }
    return result(of: choose(number, day), by: .name, index.members(number), to: &key)
  }

  /// Whether a string of the index is the key of a member that it means, and not only a name.
  private func isKey(_ text: ByteView, _ number: Int) -> Bool {
    if let owner = index.only(number) { return members[owner].key.withView { $0 == text } }
    return index.members(number).contains { owner in members[owner].key.withView { $0 == text } }
  }

  /// Which of some members is meant.
  enum Choice: Equatable { case one(Int), several, none }

  /// The member that a string of the index means on a day.
  private func choose(_ number: Int, _ day: CivilDate?) -> Choice {
    if let owner = index.only(number) {
      guard hasValidity, let day, let validity = members[owner].validity, !validity.contains(day) else { return .one(owner) }
      return .none
    }
    return choose(among: index.members(number), day)
  }

  /// The member that is meant on a day: of those that share a name the one that has it then.
  func choose(among candidates: [Int], _ day: CivilDate?) -> Choice {
    let held = candidates.filter { holds($0, day) }
    // Of a key that has held in several periods every row is the same thing.
    let found = held.isEmpty && day == nil ? candidates : held
    guard let first = found.first else { return .none }
    return found.allSatisfy { members[$0].key == members[first].key } ? .one(first) : .several
  }

  /// Whether a member's key holds on a day, or without one still.
  func holds(_ number: Int, _ day: CivilDate?) -> Bool {
    guard let validity = members[number].validity else { return true }
    return day.map { validity.contains($0) } ?? (validity.last == nil)
  }

  /// What a choice comes to; the key of the one that was chosen is appended.
  func result(of choice: Choice, by ground: Ground, _ candidates: @autoclosure () -> [Int], to key: inout ByteBuffer) -> Found {
    switch choice {
    case .one(let number):
      key.append(bytes: members[number].key)
      return Found(match: .found, ground: ground, member: number)
    case .several: return Found(match: .ambiguous, candidates: candidates())
    case .none: return Found(match: .notValid, candidates: candidates())
    }
  }

  /// Whether `text` has the form of a key; the key has then been appended to `key`.
  func keepsForm(_ text: ByteView, key: inout ByteBuffer) -> Bool {
    guard let form = declaration.form else {
      key.append(text)
      return true
    }
    return form.append(groupsIn: text, to: &key)
  }

  /// The code that a text is or has as its name; nil where it is none.
  package func code(of text: ByteString) -> ByteString? {
    var key = ByteBuffer()
    return text.withView { find($0, key: &key) } == .found ? ByteString(key.view) : nil
  }
}
