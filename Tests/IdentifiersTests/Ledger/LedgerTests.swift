import Bytes
import Identifiers
import Problems
import RDF
import TestSupport
import Testing

/// What a ledger says of its keys, and what it refuses.
struct LedgerTests {
  private static let time = 1_790_000_000

  private func event(
    _ kind: LedgerEvent.Kind, _ key: String, into successors: [String] = [], natural: String? = nil, label: String? = nil,
    at time: Int = time
  ) -> LedgerEvent {
    var event = LedgerEvent(kind, ByteString(key), time: time)
    event.successors = successors.map { ByteString($0) }
    event.naturalKey = natural.map { ByteString($0) }
    event.label = label.map { ByteString($0) }
    return event
  }

  private func text(_ events: [LedgerEvent]) throws -> String {
    var ledger = Ledger(register: "forskola", file: "forskola.ledger")
    var out = ByteBuffer()
    out.append(bytes: ledger.header)
    for event in events { try ledger.append(event, to: &out) }
    return out.view.text
  }

  private func standing(_ key: String, in text: String) throws -> Ledger.Standing? {
    try ByteString(text).withView { view in
      try Ledger(view, register: "forskola", file: "forskola.ledger", problems: ProblemList()).standing(of: key)
    }
  }

  @Test func aKeyIsWhatItsEventsHaveMadeOfIt() throws {
    let text = try text([
      event(.minted, "1880-1", natural: "F12", label: "Björken\toch\nAlen"), event(.minted, "1880-2"), event(.minted, "1880-3"),
      event(.minted, "1880-4"), event(.minted, "1880-7"), event(.minted, "1880-10"), event(.retired, "1880-2"),
      event(.replaced, "1880-3", into: ["1880-1"]), event(.merged, "1880-4", into: ["1880-6"]), event(.minted, "1880-6"),
      event(.split, "1880-7", into: ["1880-8", "1880-9"]), event(.split, "1880-10", into: ["1880-10", "1880-11"]), event(.note, "1880-1"),
    ])
    let expected: [(String, Ledger.Standing?)] = [
      ("1880-1", .alive), ("1880-2", .retired), ("1880-3", .replaced), ("1880-4", .merged), ("1880-6", .alive), ("1880-7", .split),
      ("1880-8", .mentioned), ("1880-10", .alive), ("1880-99", nil),
    ]
    for (key, standing) in expected { #expect(try self.standing(key, in: text) == standing, "\(key)") }
    try ByteString(text).withView { view in
      let ledger = try Ledger(view, register: "forskola", file: "forskola.ledger", problems: ProblemList())
      #expect(ByteString("F12").withView { ledger.key(forNatural: $0) } == "1880-1")
      #expect(ByteString("1880-1").withView { ledger.entry(of: $0)?.label } == "Björken\toch\nAlen")
      let replaced = try #require(ByteString("1880-3").withView { ledger.entry(of: $0) })
      #expect(replaced.successors.map { ledger.key($0) } == ["1880-1"])
      #expect(replaced.ended?.text == "2026-09-21")
      #expect(ledger.lineCount == 14)
    }
  }

  @Test(arguments: [
    ("ledger-minted-twice", [LedgerEvent.Kind.minted]), ("ledger-minted-after-end", [.retired, .minted]),
    ("ledger-ended-twice", [.retired, .retired]), ("ledger-one-successor", [.replaced]), ("ledger-two-successors", [.split]),
  ])
  func whatCannotBeIsRefused(_ reason: String, _ kinds: [LedgerEvent.Kind]) throws {
    var ledger = Ledger(register: "forskola", file: "forskola.ledger")
    var out = ByteBuffer()
    try ledger.append(event(.minted, "a"), to: &out)
    for kind in kinds.dropLast() { try ledger.append(event(kind, "a"), to: &out) }
    let before = out.view.text
    var said = ""
    do throws(Failure) {
      try ledger.append(event(kinds[kinds.count - 1], "a"), to: &out)
    } catch {
      said = "\(error.problem.arguments["reason"].map { "\($0)" } ?? "")"
    }
    #expect(said.contains(reason))
    #expect(out.view.text == before)
  }

  @Test(arguments: [["b", "b"], ["a", "a"], ["b", "b", "b"]])
  func aSplitIsIntoDifferentKeys(_ successors: [String]) throws {
    let failure = #expect(throws: Failure.self) { try text([event(.minted, "a"), event(.split, "a", into: successors)]) }
    #expect(failure?.problem.code == .ledgerInvalid)
    _ = try text([event(.minted, "a"), event(.split, "a", into: successors + ["c"])])
  }

  /// What was written once is never changed: a split into one key twice, which is not written any more, is read.
  @Test func aLedgerThatSplitsIntoOneKeyTwiceIsRead() throws {
    let text =
      "kommungraf-ledger\t1\tforskola\n"
      + "2026-09-21T14:13:20Z\tminted\ta\t\t\t\t\t\t\td8d7f18977038f5a28e6edfda0ea1a0a\n"
      + "2026-09-21T14:13:20Z\tsplit\ta\tb b\t\t\t\t\t\tde9be67037fd9857daf2e9a63057cfa1\n"
    try ByteString(text).withView { view in
      let ledger = try Ledger(view, register: "forskola", file: "forskola.ledger", problems: ProblemList())
      let split = try #require(ByteString("a").withView { ledger.entry(of: $0) })
      #expect(split.standing == .split)
      #expect(split.successors.map { ledger.key($0) } == ["b"])
    }
  }

  @Test func aNoteCanGiveANaturalKeyOnce() throws {
    var ledger = Ledger(register: "forskola", file: "forskola.ledger")
    var out = ByteBuffer()
    for given in [event(.minted, "a"), event(.note, "a", natural: "F\t1"), event(.note, "a"), event(.minted, "b")] {
      try ledger.append(given, to: &out)
    }
    #expect(ByteString("F\t1").withView { ledger.key(forNatural: $0) } == "a")
    #expect(ByteString("a").withView { ledger.naturalKey(of: $0) } == "F\t1")
    let before = out.view.text
    for refused in [event(.note, "a", natural: "F2"), event(.note, "b", natural: "F\t1"), event(.note, "c", natural: "F3")] {
      let failure = #expect(throws: Failure.self) { try ledger.append(refused, to: &out) }
      #expect(failure?.problem.code == .ledgerInvalid)
    }
    #expect(out.view.text == before)
  }

  /// What git makes of it where `core.autocrlf` is set, of all of it or of what came last.
  @Test(arguments: [(1, 1), (2, 2), (3, 3), (1, 3)])
  func lineEndsThatWereChangedAreTheCause(_ first: Int, _ last: Int) throws {
    let lines = try text([event(.minted, "a"), event(.minted, "b")]).split(separator: "\n")
    let changed = lines.enumerated().map { $1 + ((first...last).contains($0 + 1) ? "\r\n" : "\n") }.joined()
    let failure = #expect(throws: Failure.self) { _ = try standing("a", in: changed) }
    #expect(failure?.problem.code == .ledgerLineEnds)
    #expect(failure?.problem.place.line == first)
    #expect(failure?.problem.line(in: .en).contains("«*.ledger -text»") == true)
  }

  @Test func theSameThingGetsNoSecondKey() throws {
    #expect(throws: Failure.self) { try text([event(.minted, "a", natural: "F\t1"), event(.minted, "b", natural: "F\t1")]) }
  }

  @Test func timeGoesForward() throws {
    #expect(throws: Failure.self) { try text([event(.minted, "a"), event(.minted, "b", at: Self.time - 1)]) }
  }

  /// A line that is changed, taken out, put in or moved is found, and named.
  @Test(arguments: [
    ("changed", 3), ("removed", 3), ("moved", 3), ("repeated", 4), ("added", 5), ("hash", 2),
  ])
  func aLedgerEditedByHandIsRefusedWithItsLine(_ edit: String, _ line: Int) throws {
    var lines = try text(["a", "b", "c"].map { event(.minted, $0, label: "Namn") }).split(separator: "\n").map(String.init)
    switch edit {
    case "changed": lines[2] = lines[2].replacing("Namn", with: "Namm")
    case "removed": lines.remove(at: 2)
    case "moved": lines.swapAt(2, 3)
    case "repeated": lines.insert(lines[2], at: 3)
    case "added": lines.append("2026-11-26T00:00:00Z\tretired\ta\t\t\t\t\t\t\t" + String(repeating: "0", count: 32))
    default: lines[1].removeLast()
    }
    let text = lines.joined(separator: "\n") + "\n"
    let failure = #expect(throws: Failure.self) {
      try ByteString(text).withView { _ = try Ledger($0, register: "forskola", file: "forskola.ledger", problems: ProblemList()).count }
    }
    #expect(failure?.problem.code == .ledgerBroken)
    #expect(failure?.problem.place.line == line)
  }

  @Test(arguments: ["", "kommungraf-led", "kommungraf-ledger\t1\tforskola\n"])
  func aLedgerThatIsBeingBegunIsEmpty(_ text: String) throws {
    let count = try ByteString(text).withView { try Ledger($0, register: "forskola", file: "f", problems: ProblemList()).count }
    #expect(count == 0)
  }

  @Test(arguments: ["kommungraf-ledger\t1\tskola\n", "orgnr,namn\n5565,Bolaget med det långa namnet AB\n"])
  func anotherFileIsNoLedger(_ text: String) throws {
    let failure = #expect(throws: Failure.self) {
      try ByteString(text).withView { _ = try Ledger($0, register: "forskola", file: "f", problems: ProblemList()).count }
    }
    #expect(failure?.problem.code == .ledgerForeign)
  }
}

extension Ledger {
  fileprivate borrowing func standing(of key: String) -> Standing? { ByteString(key).withView { entry(of: $0)?.standing } }
}
