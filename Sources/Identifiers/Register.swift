package import Bytes
import Problems
package import RDF
import Synchronization

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
    /// Words that may stand beside a name and are no part of it, such as `kommun`, in small letters.
    package var nameWords: [ByteString] = []
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
    /// How its key ended; nil for one that did not.
    package let ending: Ending?
    /// The keys that go on in its place.
    package let successors: [ByteString]

    /// A member.
    package init(
      key: ByteString, names: [ByteString], validity: Validity? = nil, further: [ByteString: ByteString] = [:], ending: Ending? = nil,
      successors: [ByteString] = []
    ) {
      self.key = key
      self.names = names
      self.validity = validity
      self.further = further
      self.ending = ending
      self.successors = successors
    }
  }

  /// How a key ended (DIGG's rules UM-10 to UM-12).
  package enum Ending: String, Sendable {
    /// What it named is no more.
    case retired
    /// The same thing goes by another key.
    case replaced
    /// What it named became a part of another thing.
    case merged
    /// What it named was divided into others.
    case split

    /// How a key ended that so many keys go on for.
    /// - Parameter areDerived: whether what they name came of what it named, and is not the same.
    package init(successors count: Int, areDerived: Bool) {
      switch (count, areDerived) {
      case (0, _): self = .retired
      case (1, false): self = .replaced
      case (1, true): self = .merged
      default: self = .split
      }
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
  /// Keys and folded names.
  let index: MemberTable
  /// Whether any key holds for some time only, so that it matters at which day a code is looked up.
  package let hasValidity: Bool
  /// Whether any key has ended.
  let hasEndings: Bool
  /// The members of keys that hold no longer.
  let ended: [ByteString: Int]
  /// The names in the forms in which people write them, once somebody has asked for them.
  private let written = Mutex<NameIndex?>(nil)
  /// The shape of its IRIs; nil where they have more than a key.
  let shape: IdentifierShape?

  /// A register of these members.
  package init(_ declaration: Declaration, members: [Member]) {
    self.declaration = declaration
    self.members = members
    hasValidity = members.contains { $0.validity != nil }
    hasEndings = members.contains { $0.validity?.last != nil || $0.ending != nil }
    let held = Set(members.filter { $0.validity?.last == nil }.map(\.key))
    let ended = members.indices.filter { !held.contains(members[$0].key) }
    self.ended = Dictionary(ended.map { (members[$0].key, $0) }, uniquingKeysWith: { _, last in last })
    var index = MemberTable(capacity: members.count * 2)
    for (number, member) in members.enumerated() { member.key.withView { index.note($0, of: number) } }
    var spare = ByteBuffer()
    for (number, member) in members.enumerated() {
      for name in member.names {
        spare.truncate()
        name.withView { spare.append(foldingName: $0) }
        index.note(spare.view, of: number)
      }
    }
    self.index = index
    shape = IdentifierShape(declaration.pattern)
  }

  /// The register's name.
  package var name: String { declaration.name }

  /// The names in the forms in which people write them: made when they are first asked for.
  var names: NameIndex {
    written.withLock { known in
      if let known { return known }
      let made = NameIndex(members, words: declaration.nameWords)
      known = made
      return made
    }
  }

  /// Appends the IRI of the thing with `key`, which must be a key as ``find(_:key:asOf:)`` gives it.
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
}

extension Register.Member {
  /// The member as messages name it: `1880 Örebro`.
  package var shown: String { key.text + (names.first.map { " " + $0.text } ?? "") }
}
