package import Bytes
package import Problems
import RDF

/// Gives things identifiers: sees whether they have one, judges keys, and says which events that makes.
///
/// It writes nothing: the events are for ``LedgerFile/append(_:)``, all of them or none.
package struct Minting: ~Copyable {
  /// A thing that wants an identifier.
  package struct Thing: Sendable {
    /// The key that it is to have; nil for a new one.
    package var key: ByteString?
    /// The key that it has where it comes from, by which it is known again.
    package var naturalKey: ByteString?
    /// What it is called.
    package var label: ByteString?

    /// A thing.
    package init(key: ByteString? = nil, naturalKey: ByteString? = nil, label: ByteString? = nil) {
      self.key = key
      self.naturalKey = naturalKey
      self.label = label
    }
  }

  /// The identifier of a thing.
  package struct Identifier: Sendable {
    /// Its key.
    package let key: ByteString
    /// Its IRI.
    package let iri: ByteString
    /// Whether it came to be now.
    package let isNew: Bool
  }

  /// Who mints, when and why.
  package struct Occasion: Sendable {
    /// Seconds since 1970-01-01T00:00:00Z.
    package var time: Int
    /// Who does it.
    package var actor: ByteString
    /// Why.
    package var reason: ByteString

    /// An occasion.
    package init(time: Int, actor: ByteString, reason: ByteString) {
      self.time = time
      self.actor = actor
      self.reason = reason
    }
  }

  /// What is to be written.
  package private(set) var events: [LedgerEvent] = []
  private let register: Register
  private let policy: IdentifierPolicy
  private let occasion: Occasion
  /// The day, by which some of what the table lists has ended; nil beyond the calendar.
  private let today: CivilDate?
  private var maker: NewKey.Maker?
  /// The keys of the register's table, which no new key may be; none where no key is made.
  private let listed: Set<ByteString>
  /// Keys of ``events``, and natural keys both ways.
  private var mintedKeys: Set<ByteString> = []
  private var mintedNatural: [ByteString: ByteString] = [:]
  private var notedNatural: [ByteString: ByteString] = [:]

  /// Minting for a register, after what its table and its ledger hold.
  /// - Parameter newKey: how it makes keys where a thing brings none; nil where it makes none.
  /// - Throws: ``ProblemCode/patternInvalid``.
  package init(_ register: Register, newKey: NewKey?, after ledger: borrowing Ledger, _ occasion: Occasion) throws(Failure) {
    self.register = register
    self.occasion = occasion
    today = CivilDate(dayNumber: occasion.time / 86_400)
    policy = try IdentifierPolicy(register)
    listed = newKey == nil ? [] : Set(register.members.map(\.key))
    if let newKey { maker = NewKey.Maker(newKey, after: ledger, listed) } else { maker = nil }
  }

  /// The identifier of a thing: the one that it has, else a new one.
  /// - Throws: ``ProblemCode/keyInvalid``, ``ProblemCode/keyEnded``, ``ProblemCode/keyTaken``, ``ProblemCode/keyNotMade``.
  package mutating func identifier(of thing: Thing, in ledger: borrowing Ledger) throws(Failure) -> Identifier {
    var thing = thing
    let given = thing.naturalKey
    thing.naturalKey = given?.withView(\.normalized)
    if let known = known(thing.naturalKey, ledger) ?? known(given, ledger) {
      if let own = thing.key, try own.withView({ view throws(Failure) in try policy.key(view) }) != known {
        throw fault(.keyTaken, own, ["reason": .phrase("key-taken-thing", ["key": known.text])])
      }
      // What has ended is not given out again; what took its place is another thing.
      if hasEnded(known, ledger) { throw fault(.keyEnded, known) }
      return identifier(known, isNew: false)
    }
    let key = try self.key(of: thing, in: ledger)
    if hasEnded(key, ledger) { throw fault(.keyEnded, key) }
    let isNew = key.withView { ledger.entry(of: $0)?.standing } != .alive && !mintedKeys.contains(key)
    if isNew {
      note(.minted, key, thing)
    } else if let natural = thing.naturalKey {
      if let other = notedNatural[key] ?? key.withView({ ledger.naturalKey(of: $0) }) {
        throw fault(.keyTaken, key, ["reason": .phrase("key-taken-natural", ["natural": natural.text, "other": other.text])])
      }
      // The thing is known again by it from now on.
      note(.note, key, thing)
    }
    return identifier(key, isNew: isNew)
  }

  /// The key of the thing with a natural key; a ledger may have it as it was typed.
  private func known(_ natural: ByteString?, _ ledger: borrowing Ledger) -> ByteString? {
    guard let natural else { return nil }
    return mintedNatural[natural] ?? natural.withView { ledger.key(forNatural: $0) }
  }

  /// Whether a key names nothing any more, by the ledger or by the register's table.
  private func hasEnded(_ key: ByteString, _ ledger: borrowing Ledger) -> Bool {
    key.withView { ledger.entry(of: $0)?.standing.isEnded } == true || today.map { register.hasEnded(key, by: $0) } ?? false
  }

  private mutating func key(of thing: Thing, in ledger: borrowing Ledger) throws(Failure) -> ByteString {
    if let own = thing.key { return try own.withView { view throws(Failure) in try policy.key(view) } }
    guard maker != nil else { throw fault(.keyNotMade, nil) }
    // What the ledger speaks of, if only as a successor, is taken; so is what the register's table has.
    while let made = maker?.next() {
      let key = try made.withView { view throws(Failure) in try policy.key(view) }
      if key.withView({ ledger.entry(of: $0) }) == nil, !listed.contains(key), !mintedKeys.contains(key) { return key }
    }
    throw fault(.keyNotMade, nil)
  }

  private mutating func note(_ kind: LedgerEvent.Kind, _ key: ByteString, _ thing: Thing) {
    var event = LedgerEvent(kind, key, time: occasion.time)
    event.naturalKey = thing.naturalKey
    event.label = thing.label
    event.actor = occasion.actor
    event.reason = occasion.reason
    events.append(event)
    mintedKeys.insert(key)
    if let natural = thing.naturalKey {
      mintedNatural[natural] = key
      notedNatural[key] = natural
    }
  }

  private func identifier(_ key: ByteString, isNew: Bool) -> Identifier {
    var iri = ByteBuffer()
    key.withView { register.append(iriOf: $0, to: &iri) }
    return Identifier(key: key, iri: ByteString(iri.view), isNew: isNew)
  }

  private func fault(_ code: ProblemCode, _ key: ByteString?, _ arguments: [String: Words] = [:]) -> Failure {
    var arguments = arguments
    arguments["register"] = .text(register.name)
    return Failure(code, value: key?.text, arguments)
  }
}
