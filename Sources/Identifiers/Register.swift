package import Bytes
import Problems
package import RDF

/// A list (closed) or a rule (open) of identified things, in memory: from a code or a name to an IRI.
package final class Register: Sendable {
  /// What declares a register, as its metadata file says it.
  package struct Declaration: Sendable {
    /// The register's name, such as `kommun`.
    package var name: String
    /// The pattern of its IRIs as the register itself declares it; it has one variable, the key.
    package var declaredPattern: URITemplate
    /// The pattern in force, which a site may have moved to the register's owner.
    package var pattern: URITemplate
    /// What is done to a text before it is looked up.
    package var steps: [CleaningStep] = []
    /// The form of a key; the key is what its groups hold, joined, or all of it where it has no groups.
    package var form: Pattern?
    /// The form as a person may read it.
    package var formText = ""
    /// A rule beyond the form.
    package var check: KeyCheck?
    /// Whether any key that keeps the rules is a member.
    package var isOpen = false
    /// How it makes keys that say nothing of the thing; nil where it makes none.
    package var newKey: NewKey?
    /// Titles under which tables give its keys.
    package var keyTitles: [ByteString] = []
    /// Titles under which tables give its names.
    package var nameTitles: [ByteString] = []
    /// The names of columns of its table that point to other registers.
    package var furtherColumns: [ByteString] = []
    /// Where its rows stand, for messages.
    package var file: String?

    /// Declares a register whose pattern is in force as it stands.
    package init(name: String, pattern: URITemplate) {
      self.name = name
      declaredPattern = pattern
      self.pattern = pattern
    }
  }

  /// A member of a register.
  package struct Member: Sendable {
    /// Its key as the register writes it.
    package let key: ByteString
    /// Its names; the first is the one to show.
    package let names: [ByteString]
    /// When its key holds; nil for always.
    package let validity: Validity?
    /// What its row says in further columns, by name.
    package let further: [ByteString: ByteString]

    /// A member.
    package init(key: ByteString, names: [ByteString], validity: Validity? = nil, further: [ByteString: ByteString] = [:]) {
      self.key = key
      self.names = names
      self.validity = validity
      self.further = further
    }
  }

  /// What became of a look-up.
  package enum Match: Equatable, Sendable {
    /// The text is the key or a name of a member, or keeps the rules of an open register; the key was appended to the buffer.
    case found
    /// No member has that key or name.
    case unknown
    /// More than one member has that name.
    case ambiguous
    /// The text has not the form of a key, or fails its check.
    case breaksRule
    /// Members have had that key or name, but none has it on the day that was asked for.
    case notValid
  }

  /// What declares it.
  package let declaration: Declaration
  /// The members, in the order of the register's table.
  package let members: [Member]
  /// Keys and folded names. A string's number leads to a member through ``owners``.
  private let index: ByteTable
  /// The member of each string of ``index``; of a string that several members have -1 - n, n being its place in ``shared``.
  private let owners: [Int]
  /// The members of strings that several have.
  private let shared: [[Int]]
  /// Whether any key holds for some time only, so that it matters at which day a code is looked up.
  package let hasValidity: Bool
  /// The members of keys that hold no longer.
  private let ended: [ByteString: Int]

  /// A register of these members.
  package init(_ declaration: Declaration, members: [Member]) {
    self.declaration = declaration
    self.members = members
    hasValidity = members.contains { $0.validity != nil }
    let held = Set(members.filter { $0.validity?.last == nil }.map(\.key))
    let ended = members.indices.filter { !held.contains(members[$0].key) }
    self.ended = Dictionary(ended.map { (members[$0].key, $0) }, uniquingKeysWith: { _, last in last })
    var index = ByteTable(capacity: members.count * 2)
    var owners: [[Int]] = []
    for (number, member) in members.enumerated() { Self.note(member.key, of: number, in: &index, &owners) }
    for (number, member) in members.enumerated() {
      for name in member.names { Self.note(foldedName(name), of: number, in: &index, &owners) }
    }
    self.index = index
    shared = owners.filter { $0.count > 1 }
    var several = 0
    self.owners = owners.map { numbers in
      if numbers.count == 1 { return numbers[0] }
      several += 1
      return -several
    }
  }

  /// Notes that a string means a member.
  private static func note(_ text: ByteString, of number: Int, in index: inout ByteTable, _ owners: inout [[Int]]) {
    let (place, isNew) = text.withView { index.insert($0) }
    if isNew {
      owners.append([number])
    } else if !owners[place].contains(number) {
      owners[place].append(number)
    }
  }

  /// The register's name.
  package var name: String { declaration.name }

  /// Looks a code or a name up. On ``Match/found`` the member's key has been appended to `key`; else nothing has.
  /// - Parameter day: the day on which the code is to hold. Without one a code is found whenever it held, and of members that share a name
  ///   the one that has it still.
  package func find(_ text: ByteView, key: inout ByteBuffer, asOf day: CivilDate? = nil) -> Match {
    if declaration.steps.isEmpty { return findCleaned(text, key: &key, day) }
    guard let cleaned = declaration.steps.applied(to: text) else { return declaration.isOpen ? .breaksRule : .unknown }
    let match = cleaned.withView { findCleaned($0, key: &key, day) }
    // What tidies codes spoils names: «Hjo» is no code that has lost a zero.
    if match == .unknown, let number = foldedName(ByteString(text)).withView({ index.find($0) }) {
      return result(of: choose(number, day), to: &key)
    }
    return match
  }

  private func findCleaned(_ text: ByteView, key: inout ByteBuffer, _ day: CivilDate?) -> Match {
    let start = key.count
    if keepsForm(text, key: &key) {
      let candidate = key.view(start..<key.count)
      if declaration.check?.holds(for: candidate) ?? true {
        if declaration.isOpen, !hasValidity { return .found }
        // What looks like a key may be a name, where the register says nothing of the form of its keys.
        if let number = index.find(candidate), case let choice = choose(number, day), choice != .several {
          key.truncate(to: start)
          return result(of: choice, to: &key)
        }
        if declaration.isOpen { return .found }
      }
      key.truncate(to: start)
      if declaration.isOpen { return .breaksRule }
    }
    if members.isEmpty { return declaration.isOpen ? .breaksRule : .unknown }
    guard let number = foldedName(ByteString(text)).withView({ index.find($0) }) else { return declaration.isOpen ? .breaksRule : .unknown }
    return result(of: choose(number, day), to: &key)
  }

  /// What a string of the index means.
  private enum Choice: Equatable { case one(Int), several, none }

  /// The member that a string of the index means on a day.
  private func choose(_ number: Int, _ day: CivilDate?) -> Choice {
    let owner = owners[number]
    if owner >= 0 {
      guard hasValidity, let day, let validity = members[owner].validity, !validity.contains(day) else { return .one(owner) }
      return .none
    }
    let candidates = shared[-1 - owner]
    let held = candidates.filter { number in
      guard let validity = members[number].validity else { return true }
      return day.map { validity.contains($0) } ?? (validity.last == nil)
    }
    // Of a key that has held in several periods every row is the same thing.
    let found = held.isEmpty && day == nil ? candidates : held
    guard let first = found.first else { return .none }
    return found.allSatisfy { members[$0].key == members[first].key } ? .one(first) : .several
  }

  private func result(of choice: Choice, to key: inout ByteBuffer) -> Match {
    switch choice {
    case .one(let number):
      key.append(bytes: members[number].key)
      return .found
    case .several: return .ambiguous
    case .none: return .notValid
    }
  }

  /// Whether `text` has the form of a key; the key has then been appended to `key`.
  private func keepsForm(_ text: ByteView, key: inout ByteBuffer) -> Bool {
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

  /// Appends the IRI of the thing with `key`, which must be a key as ``find(_:key:)`` gives it.
  package func append(iriOf key: ByteView, to out: inout ByteBuffer) {
    for part in declaration.pattern.parts {
      switch part {
      case .literal(let text): out.append(bytes: text)
      case .expression(let kind, let variables):
        var isFirst = true
        for variable in variables { out.append(expanding: key, of: variable, kind, isFirst: &isFirst) }
      }
    }
  }

  /// The member whose key holds no longer; nil for a key that does, or that is none.
  package func ended(_ key: ByteView) -> Member? { ended.isEmpty ? nil : ended[ByteString(key)].map { members[$0] } }

  /// The members that hold still and share a name with one that does not, as `1490 Borås`.
  func present(instead member: Member) -> [String] {
    members.filter { ended[$0.key] == nil && !Set($0.names).isDisjoint(with: member.names) }.map(\.shown)
  }

  /// The periods in which a code or name has held, for messages.
  func periods(of text: ByteView) -> [Validity] {
    let cleaned = declaration.steps.applied(to: text) ?? ByteString(text)
    var key = ByteBuffer()
    _ = cleaned.withView { keepsForm($0, key: &key) }
    guard let number = index.find(key.view) ?? foldedName(cleaned).withView({ index.find($0) }) else { return [] }
    let owner = owners[number]
    return (owner >= 0 ? [owner] : shared[-1 - owner]).compactMap { members[$0].validity }
  }

  /// The members that come nearest to `text`, as `1880 Örebro`: for messages.
  package func nearest(to text: ByteView, limit: Int = 3) -> [String] {
    let cleaned = declaration.steps.applied(to: text) ?? ByteString(text)
    let folded = foldedName(cleaned)
    var ranked: [(member: Member, distance: Int)] = []
    let bound = max(2, cleaned.count / 3)
    for member in members {
      var distance = editDistance(member.key.text, cleaned.text)
      for name in member.names { distance = min(distance, editDistance(foldedName(name).text, folded.text)) }
      if distance <= bound { ranked.append((member, distance)) }
    }
    // What holds still is the likelier meant.
    func place(_ near: (member: Member, distance: Int)) -> (Int, Int) { (near.distance, ended[near.member.key] == nil ? 0 : 1) }
    ranked.sort { place($0) < place($1) }
    return ranked.prefix(limit).map(\.member.shown)
  }
}

extension Register.Member {
  /// The member as messages name it: `1880 Örebro`.
  fileprivate var shown: String { key.text + (names.first.map { " " + $0.text } ?? "") }
}

/// A name as look-ups compare it: without white space at the ends, lower case, and with letters that some systems write as a letter and a
/// mark as one character each.
private func foldedName(_ name: ByteString) -> ByteString {
  ByteString(name.withView { ByteString($0.trimmedOfSpaces).text.lowercased() }.composed)
}
