import Bytes
import Identifiers
import Problems
import RDF
import Testing

/// Who gets which identifier.
struct MintingTests {
  private let register: Register
  private let occasion = Minting.Occasion(time: 1_790_000_000, actor: "anna", reason: "ny")

  init() throws { register = try Self.register([]) }

  private static func register(_ members: [Register.Member]) throws -> Register {
    Register(
      Register.Declaration(name: "forskola", pattern: try URITemplate("https://data.example.se/id/forskola/{nyckel}")), members: members)
  }

  /// The keys of things, `key`, `key/natural` or `/natural`, minted one after another with a ledger between any two.
  private func keys(_ things: [String], _ newKey: NewKey?, listed: [String] = []) throws -> [String] {
    let register = try Self.register(listed.map { Register.Member(key: ByteString($0), names: []) })
    var ledger = Ledger(register: "forskola", file: "f")
    var text = ByteBuffer()
    return try things.map { thing in
      let parts = thing.split(separator: "/", omittingEmptySubsequences: false).map { $0.isEmpty ? nil : ByteString(String($0)) }
      var minting = try Minting(register, newKey: newKey, after: ledger, occasion)
      let minted = try minting.identifier(of: Minting.Thing(key: parts[0], naturalKey: parts.count > 1 ? parts[1] : nil), in: ledger)
      for event in minting.events { try ledger.append(event, to: &text) }
      return minted.key.text
    }
  }

  @Test func aSequenceGoesOnAfterWhatThereIs() throws {
    #expect(
      try keys(["", "", "1880-7", "", "other"], NewKey(.sequence, prefix: "1880-")) == ["1880-1", "1880-2", "1880-7", "1880-8", "other"])
  }

  /// The table of a register names things as its ledger does.
  @Test(arguments: [
    (NewKey(.sequence, prefix: "a-"), ["a-1"], ["a-2", "a-3"]),
    (NewKey(.sequence, prefix: "a-"), ["a-12", "b-99", "a-x"], ["a-13", "a-14"]),
    (NewKey(.sequence), ["007"], ["8", "9"]), (NewKey(.checkedSequence), ["18", "26"], ["34", "42"]),
    // Beyond what a sequence counts, but a key of its form.
    (NewKey(.sequence), ["1", "1000000000000000000000"], ["2", "3"]),
  ])
  func aKeyOfTheTableIsNeverGivenOut(_ newKey: NewKey, _ listed: [String], _ expected: [String]) throws {
    #expect(try keys(["", ""], newKey, listed: listed) == expected)
  }

  @Test func aCheckedSequenceHasACheckDigit() throws {
    let keys = try keys(Array(repeating: "", count: 12), NewKey(.checkedSequence))
    #expect(keys == ["18", "26", "34", "42", "59", "67", "75", "83", "91", "109", "117", "125"])
    for key in keys { #expect(ByteString(key).withView { KeyCheck.luhn.holds(for: $0) }) }
  }

  @Test func aUUIDIsOfVersionFourAndNeverTheSame() throws {
    let keys = try keys(Array(repeating: "", count: 50), NewKey(.uuid))
    let form = try Pattern("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", anchored: true)
    var scratch = ByteBuffer()
    for key in keys { #expect(ByteString(key).withView { form.append(groupsIn: $0, to: &scratch) }, "\(key)") }
    #expect(Set(keys).count == 50)
  }

  @Test func theSameThingGetsTheSameIdentifier() throws {
    #expect(try keys(["/F1", "/F2", "/F1", "2", "2/F2", "2"], NewKey(.sequence)) == ["1", "2", "1", "2", "2", "2"])
  }

  /// A letter with its mark is typed in two ways, and is one.
  @Test func howALetterWasTypedMakesNoSecondIdentifier() throws {
    var declaration = register.declaration
    declaration.form = try Pattern(#"[\p{L}\p{M}0-9-]+"#, anchored: true)
    let register = Register(declaration, members: [])
    var ledger = Ledger(register: "forskola", file: "f")
    var text = ByteBuffer()
    var keys: [String] = []
    for (key, natural) in [
      ("bj\u{F6}rk", nil), ("bjo\u{308}rk", nil), (nil, "\u{C5}-1"), (nil, "A\u{30A}-1"), (nil, "\u{212B}-1"), ("a\u{323}\u{308}", nil),
      ("a\u{308}\u{323}", nil),
    ] {
      var minting = try Minting(register, newKey: NewKey(.sequence), after: ledger, occasion)
      let thing = Minting.Thing(key: key.map { ByteString($0) }, naturalKey: natural.map { ByteString($0) })
      let minted = try minting.identifier(of: thing, in: ledger)
      for event in minting.events { try ledger.append(event, to: &text) }
      keys.append(minted.key.text.unicodeScalars.map { String($0.value, radix: 16) }.joined(separator: " "))
    }
    #expect(keys == ["62 6a f6 72 6b", "62 6a f6 72 6b", "31", "31", "31", "1ea1 308", "1ea1 308"])
  }

  /// Where the key had none, the natural key is written down when it comes.
  @Test(arguments: [["a", "a/F1", "/F1", "a", "/F2"], ["a/F1", "a", "/F1", "a/F1", "/F2"]])
  func aNaturalKeyThatComesLaterIsKept(_ things: [String]) throws {
    #expect(try keys(things, NewKey(.sequence)) == ["a", "a", "a", "a", "1"])
    // In one go as well.
    let ledger = Ledger(register: "forskola", file: "f")
    var minting = try Minting(register, newKey: NewKey(.sequence), after: ledger, occasion)
    let minted = try things.map { thing in
      let parts = thing.split(separator: "/", omittingEmptySubsequences: false).map { $0.isEmpty ? nil : ByteString(String($0)) }
      return try minting.identifier(of: Minting.Thing(key: parts[0], naturalKey: parts.count > 1 ? parts[1] : nil), in: ledger)
    }
    #expect(minted.map(\.key.text) == ["a", "a", "a", "a", "1"])
    #expect(minted.map(\.isNew) == [true, false, false, false, true])
    var read = Ledger(register: "forskola", file: "f")
    var text = ByteBuffer()
    for event in minting.events { try read.append(event, to: &text) }
    #expect(ByteString("F1").withView { read.key(forNatural: $0) } == "a")
  }

  @Test func inOneGoAsWell() throws {
    let ledger = Ledger(register: "forskola", file: "f")
    var minting = try Minting(register, newKey: NewKey(.sequence), after: ledger, occasion)
    let minted = try ["F1", "F2", "F1"].map { try minting.identifier(of: Minting.Thing(naturalKey: ByteString($0)), in: ledger) }
    #expect(minted.map(\.key) == ["1", "2", "1"])
    #expect(minted.map(\.isNew) == [true, true, false])
    #expect(minted.map(\.iri).last == "https://data.example.se/id/forskola/1")
    #expect(minting.events.count == 2)
  }

  @Test(arguments: [["a/F1", "b/F1"], ["a/F1", "a/F2"], ["a", "a/F1", "a/F2"], ["a/F1", "b", "b/F1"]])
  func aThingWithAKeyCannotGetAnother(_ things: [String]) throws {
    let failure = #expect(throws: Failure.self) { try keys(things, nil) }
    #expect(failure?.problem.code == .keyTaken)
  }

  @Test func whatHasEndedIsNeverGivenOutAgain() throws {
    var ledger = Ledger(register: "forskola", file: "f")
    var text = ByteBuffer()
    try ledger.append(LedgerEvent(.minted, "a", time: 0), to: &text)
    try ledger.append(LedgerEvent(.retired, "a", time: 0), to: &text)
    var minting = try Minting(register, newKey: nil, after: ledger, occasion)
    let failure = #expect(throws: Failure.self) { try minting.identifier(of: Minting.Thing(key: "a"), in: ledger) }
    #expect(failure?.problem.code == .keyEnded)
  }

  /// UM-10: what the table says has ended has, and a code that is used again has not. The day is 2026-09-21.
  @Test(arguments: [
    ([("a", "2020-12-31")], true), ([("a", "2026-09-20")], true), ([("a", "2026-09-21")], false), ([("a", "2030-01-01")], false),
    ([("a", nil)], false), ([("a", "2020-12-31"), ("a", nil)], false), ([("b", "2020-12-31")], false),
  ])
  func whatTheTableSaysHasEndedIsNeverGivenOutAgain(_ rows: [(String, String?)], _ isEnded: Bool) throws {
    let register = try Self.register(
      try rows.map { key, last in
        let last = try last.map { text in try #require(ByteString(text).withView { DateValue(lexical: $0)?.date }) }
        return Register.Member(key: ByteString(key), names: [], validity: Validity(first: nil, last: last))
      })
    var ledger = Ledger(register: "forskola", file: "f")
    var text = ByteBuffer()
    var event = LedgerEvent(.minted, "a", time: 0)
    event.naturalKey = "F1"
    var outcomes: [Bool] = []
    // Before the ledger knows it, and after; by its key and by its natural one.
    for thing in [Minting.Thing(key: "a"), Minting.Thing(key: "a"), Minting.Thing(naturalKey: "F1")] {
      var minting = try Minting(register, newKey: nil, after: ledger, occasion)
      do throws(Failure) {
        _ = try minting.identifier(of: thing, in: ledger)
        outcomes.append(false)
      } catch {
        #expect(error.problem.code == .keyEnded)
        outcomes.append(true)
      }
      if outcomes.count == 1 { try ledger.append(event, to: &text) }
    }
    #expect(outcomes == [isEnded, isEnded, isEnded])
  }

  @Test func aRegisterThatMakesNoKeysSaysSo() throws {
    let failure = #expect(throws: Failure.self) { try keys([""], nil) }
    #expect(failure?.problem.code == .keyNotMade)
  }
}
