package import Bytes
package import Problems
package import RDF

/// What a register's ledger says of its keys today: its events taken in order (a fold), and the chain that ties them together.
///
/// A ledger is read whole and checked whole: every line's hash, every event against what came before. A key is minted at most once for ever.
package struct Ledger: ~Copyable {
  /// What a key is today.
  package enum Standing: UInt8, Sendable {
    /// The ledger speaks of it only as a successor or in a note.
    case mentioned
    /// It is in use.
    case alive
    /// It is no more, and nothing took its place.
    case retired
    /// It is another key now.
    case replaced
    /// It was merged into another.
    case merged
    /// It was split into others.
    case split

    /// Whether the key names nothing any more.
    package var isEnded: Bool { self != .alive && self != .mentioned }
  }

  /// What is known of a key.
  package struct Entry: Sendable {
    /// What it is today.
    package internal(set) var standing = Standing.mentioned
    /// The keys that go on in its place, or that it was split into while it lives on, as numbers of entries.
    package internal(set) var successors: [Int] = []
    /// The line of its last event other than a note, from 1; 0 where there is none.
    package internal(set) var line = 0
    /// When it was minted: seconds since 1970; nil where it never was.
    package internal(set) var minted: Int?
    /// The day from which its ending holds, as the ledger gives it; else the day on which that was written down.
    package internal(set) var ended: CivilDate?
    /// What it is called.
    package internal(set) var label: ByteString?
    /// Why it ended.
    package internal(set) var reason: ByteString?
    /// The number of the key that the thing has where it comes from; nil where none was said.
    var natural: Int?
  }

  /// The register's name, as the first line says it.
  package let register: ByteString
  /// The file's name, for messages.
  package let file: String
  /// How many lines there are, the first included.
  package private(set) var lineCount = 1
  /// The hash of the last line.
  private(set) var lastHash: ByteString
  /// When the last event was written down.
  package private(set) var lastTime = Int.min
  /// Keys; a key's number leads to its entry.
  private var keys = ByteTable(capacity: 1024)
  private var entries: [Entry] = []
  /// Natural keys as they stand in the file, and the entry of each.
  private var naturalKeys = ByteTable(capacity: 1024)
  private var naturalOwners: [Int] = []
  private let chain: LedgerChain

  /// The ledger of a register in which nothing has happened yet.
  package init(register: ByteString, file: String) {
    self.register = register
    self.file = file
    chain = LedgerChain()
    lastHash = chain.hash(ofHeader: LedgerChain.header(register))
  }

  /// The first line of the file, with its line feed.
  package var header: ByteString { LedgerChain.header(register) }

  /// How many keys were ever minted or spoken of.
  package var count: Int { entries.count }

  /// The entry of a key, or nil where the ledger does not speak of it.
  package func entry(of key: ByteView) -> Entry? { keys.find(key).map { entries[$0] } }

  /// The key of an entry.
  package func key(_ number: Int) -> ByteString { ByteString(keys.view(number)) }

  /// An entry by its number.
  package func entry(_ number: Int) -> Entry { entries[number] }

  /// The key that was minted for a thing with this key of its own, or nil.
  package func key(forNatural natural: ByteView) -> ByteString? {
    var escaped = ByteBuffer()
    LedgerLine.append(escaping: natural, to: &escaped)
    return naturalKeys.find(escaped.view).map { key(naturalOwners[$0]) }
  }

  /// The key that the thing of a key has where it comes from; nil where the ledger does not say.
  package func naturalKey(of key: ByteView) -> ByteString? {
    entry(of: key)?.natural.flatMap { LedgerLine.unescaped(naturalKeys.view($0)) }
  }

  /// Takes the lines of a file after its first one.
  /// - Returns: how many bytes were whole lines; what comes after them is an event that was not written to its end.
  /// - Throws: ``ProblemCode/ledgerBroken`` with the line at which the chain does not hold, ``ProblemCode/ledgerLineEnds`` where its line ends
  ///   are the cause, ``ProblemCode/ledgerInvalid`` with that of an event which can't be.
  package mutating func take(lines text: ByteView) throws(Failure) -> Int {
    var start = 0
    while let end = text.firstIndex(of: UInt8(ascii: "\n"), from: start) {
      try take(line: text[start..<end])
      start = end + 1
    }
    return start
  }

  /// Takes one line, without its line feed.
  mutating func take(line: ByteView) throws(Failure) {
    let number = lineCount + 1
    // A hash is digits and letters, so that a line never ends so by itself.
    if line.buffer.last == UInt8(ascii: "\r") { throw lineEnds(number) }
    guard let tab = line.count > LedgerLine.hashLength ? line.count - LedgerLine.hashLength - 1 : nil, line[tab] == UInt8(ascii: "\t")
    else {
      throw broken(number)
    }
    let body = line[0..<tab]
    let hash = chain.hash(of: body, after: lastHash)
    guard hash.withView({ $0 == line[(tab + 1)..<line.count] }) else { throw broken(number) }
    guard let fields = LedgerFields(body) else { throw invalid(number, .phrase("ledger-line-form")) }
    try apply(fields, line: number, isNew: false)
    lastHash = hash
    lineCount = number
  }

  /// Whether a line that lacks only its line feed is whole.
  func isWhole(_ line: ByteView) -> Bool {
    guard let tab = line.count > LedgerLine.hashLength ? line.count - LedgerLine.hashLength - 1 : nil, line[tab] == UInt8(ascii: "\t")
    else {
      return false
    }
    return chain.hash(of: line[0..<tab], after: lastHash).withView { $0 == line[(tab + 1)..<line.count] }
  }

  /// Takes an event and appends its line, with the line feed.
  /// - Throws: ``ProblemCode/ledgerInvalid`` where the event can't be; nothing has changed then.
  package mutating func append(_ event: LedgerEvent, to out: inout ByteBuffer) throws(Failure) {
    let start = out.count
    LedgerLine.append(event, to: &out)
    let body = out.view(start..<out.count)
    guard let fields = LedgerFields(body) else { throw invalid(lineCount + 1, .phrase("ledger-line-form")) }
    do throws(Failure) {
      try apply(fields, line: lineCount + 1, isNew: true)
    } catch {
      out.truncate(to: start)
      throw error
    }
    lastHash = chain.hash(of: out.view(start..<out.count), after: lastHash)
    out.append(UInt8(ascii: "\t"))
    out.append(bytes: lastHash)
    out.append(UInt8(ascii: "\n"))
    lineCount += 1
  }

  private func broken(_ line: Int) -> Failure {
    Failure(.ledgerBroken, at: Place(file: file, line: line), ["register": .text(register.text)])
  }

  /// The failure of a line that ends with CRLF.
  func lineEnds(_ line: Int) -> Failure {
    Failure(.ledgerLineEnds, at: Place(file: file, line: line), ["register": .text(register.text), "file": .text(file)])
  }

  private func invalid(_ line: Int, _ reason: Words) -> Failure {
    Failure(.ledgerInvalid, at: Place(file: file, line: line), ["register": .text(register.text), "reason": reason])
  }
}

// MARK: - The fold

extension Ledger {
  /// Checks an event against what came before it, and makes it part of the state.
  /// - Parameter isNew: whether it is to be written now. What stands written is never changed, so a split into one key twice is read as it
  ///   stands: it could be written once.
  private mutating func apply(_ fields: LedgerFields, line: Int, isNew: Bool) throws(Failure) {
    guard fields.time >= lastTime else { throw invalid(line, .phrase("ledger-time-back")) }
    let known = keys.find(fields.key)
    let standing = known.map { entries[$0].standing } ?? .mentioned
    let key = ["key": fields.key.text]
    switch fields.kind {
    case .minted:
      if standing == .alive { throw invalid(line, .phrase("ledger-minted-twice", key)) }
      if standing.isEnded { throw invalid(line, .phrase("ledger-minted-after-end", key)) }
    case .retired, .replaced, .merged, .split:
      if standing.isEnded { throw invalid(line, .phrase("ledger-ended-twice", key)) }
    case .note: break
    }
    if let natural = fields.naturalKey, fields.kind == .minted || fields.kind == .note {
      if naturalKeys.find(natural) != nil { throw invalid(line, .phrase("ledger-natural-twice", key)) }
      if let known, entries[known].natural != nil { throw invalid(line, .phrase("ledger-natural-other", key)) }
      // Only what is in use can be known again.
      if fields.kind == .note, standing != .alive { throw invalid(line, .phrase("ledger-natural-unused", key)) }
    }
    switch fields.kind {
    case .replaced, .merged:
      guard fields.successors.count == 1, !(fields.successors[0] == fields.key) else {
        throw invalid(line, .phrase("ledger-one-successor", key))
      }
    case .split:
      let count = isNew ? Set(fields.successors.map { ByteString($0) }).count : fields.successors.count
      guard count >= 2 else { throw invalid(line, .phrase("ledger-two-successors", key)) }
    case .minted, .retired, .note:
      guard fields.successors.isEmpty else { throw invalid(line, .phrase("ledger-no-successor", key)) }
    }
    // A successor that has ended itself would lead nowhere.
    for successor in fields.successors {
      if let number = keys.find(successor), entries[number].standing.isEnded {
        throw invalid(line, .phrase("ledger-successor-ended", ["key": successor.text]))
      }
    }
    lastTime = fields.time
    change(fields, line: line)
  }

  private mutating func change(_ fields: LedgerFields, line: Int) {
    let number = entryNumber(of: fields.key)
    var successors: [Int] = []
    for successor in fields.successors {
      let other = entryNumber(of: successor)
      if !successors.contains(other) { successors.append(other) }
    }
    if fields.kind != .note { entries[number].line = line }
    switch fields.kind {
    case .minted:
      entries[number].standing = .alive
      entries[number].minted = fields.time
      entries[number].label = fields.label
      note(fields.naturalKey, of: number)
      return
    case .note:
      note(fields.naturalKey, of: number)
      return
    case .retired: entries[number].standing = .retired
    case .replaced: entries[number].standing = .replaced
    case .merged: entries[number].standing = .merged
    case .split: if !successors.contains(number) { entries[number].standing = .split }
    }
    entries[number].successors = successors
    entries[number].ended = fields.day ?? CivilDate(dayNumber: fields.time / 86_400)
    entries[number].reason = fields.reason
  }

  private mutating func note(_ natural: ByteView?, of number: Int) {
    guard let natural else { return }
    entries[number].natural = naturalOwners.count
    _ = naturalKeys.insert(natural)
    naturalOwners.append(number)
  }

  private mutating func entryNumber(of key: ByteView) -> Int {
    let (number, isNew) = keys.insert(key)
    if isNew { entries.append(Entry()) }
    return number
  }
}
