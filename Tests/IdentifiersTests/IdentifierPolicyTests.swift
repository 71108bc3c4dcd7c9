import Bytes
import Identifiers
import Problems
import RDF
import Testing

/// What identifiers may look like, before any is minted (DIGG's rules BI-1 to BI-7).
struct IdentifierPolicyTests {
  private func register(_ pattern: String, form: String? = nil, check: KeyCheck? = nil, steps: [CleaningStep] = []) throws -> Register {
    var declaration = Register.Declaration(name: "forskola", pattern: try URITemplate(ByteString(pattern)))
    declaration.form = try form.map { try Pattern($0, anchored: true) }
    declaration.formText = form ?? ""
    declaration.check = check
    declaration.steps = steps
    return Register(declaration, members: [])
  }

  @Test(arguments: [
    "https://data.example.se/id/forskola/{nyckel}", "http://data.example.se/id/{kod}", "https://data.example.se/id/val/2026/{kod}",
    "https://data.example.se/id/kommun/1880-{nr}",
  ])
  func aPatternThatKeepsTheRulesIsTaken(_ pattern: String) throws {
    _ = try IdentifierPolicy(try register(pattern))
  }

  @Test(arguments: [
    ("BI-1", "ftp://data.example.se/id/{kod}", "does not begin with"), ("BI-2", "https://localhost/id/{kod}", "no domain name"),
    ("BI-2", "https://192.0.2.1/id/{kod}", "no domain name"), ("BI-3", "https://data.example.se:8080/id/{kod}", "port"),
    ("BI-3", "https://anna:hemligt@data.example.se/id/{kod}", "user name"), ("BI-4", "https://data.example.se/id?kod={kod}", "query"),
    ("BI-4", "https://data.example.se/id{?kod}", "one identifier of two keys"), ("BI-5", "https://data.example.se/id#{kod}", "fragment"),
    ("BI-6", "https://data.example.se/v2/id/{kod}", "«v2» is a version"),
    ("BI-6", "https://data.example.se/1.0/id/{kod}", "«1.0» is a version"),
    ("BI-7", "https://data.example.se/id/{kod}.ttl", "file's name"), ("BI-7", "https://data.example.se/id/{kod}.jsonld", "file's name"),
    ("BI-7", "https://data.example.se/id/{kod}.geojson", "file's name"), ("BI-7", "https://data.example.se/id/{kod}.7z", "file's name"),
    ("two keys", "https://data.example.se/id/{+kod}", "one identifier of two keys"),
    ("two keys", "https://data.example.se/id/{kod:4}", "beginning of the key"), ("no key", "https://data.example.se/id/", "one variable"),
    ("host", "https://{kod}.example.se/id", "no domain name"), ("segments", "https://data.example.se/id//{kod}", "is empty"),
    ("segments", "https://data.example.se/id/../{kod}", "only dots"), ("segments", "https://data.example.se/id/%2e%2E/{kod}", "only dots"),
    ("segments", "https://data.example.se/id/.%2e/{kod}", "only dots"),
  ])
  func aPatternThatBreaksARuleIsRefused(_ rule: String, _ pattern: String, _ said: String) throws {
    let register = try register(pattern)
    let failure = #expect(throws: Failure.self, "\(rule)") { _ = try IdentifierPolicy(register) }
    #expect(failure?.problem.code == .patternInvalid)
    #expect(failure?.problem.line(in: .en).contains(said) == true, "\(failure?.problem.line(in: .en) ?? "")")
  }

  /// UM-7: what is not below `/id/` answers 200, if it answers.
  @Test(arguments: [
    ("https://data.example.se/id/{kod}", true), ("https://data.example.se/id/sak/{kod}", true), ("https://annan.example.se/{kod}", true),
    ("https://data.example.se.example/{kod}", true), ("https://data.example.se/{kod}", false), ("https://data.example.se/id{kod}", false),
    ("https://data.example.se/doc/{kod}", false), ("https://data.example.se/dataset/{kod}", false),
    ("https://data.example.se/ting/sak/{kod}", false), ("http://data.example.se/ting/{kod}", false),
    ("https://DATA.example.se/ting/{kod}", false),
  ])
  func belowABaseThingsHaveOnePlace(_ pattern: String, _ isTaken: Bool) throws {
    let fault = IdentifierPolicy.fault(of: try URITemplate(ByteString(pattern)), base: "https://data.example.se")
    #expect((fault == nil) == isTaken)
    #expect(fault.map { $0.text(in: .en).contains("https://data.example.se/id/") } ?? true)
  }

  @Test(arguments: [
    ("1880-1", "1880-1"), ("bjorken", "bjorken"), ("a1-b2-c3", "a1-b2-c3"), ("0", "0"),
  ])
  func aPlainKeyIsTaken(_ text: String, _ key: String) throws {
    let policy = try IdentifierPolicy(try register("https://data.example.se/id/{kod}"))
    #expect(try ByteString(text).withView { try policy.key($0) } == ByteString(key))
  }

  @Test(arguments: [
    "", "a/b", "..", ".", "%2e%2e", "a%2Fb", "a b", "a\u{0}b", "a\nb", "A", "Å", "аbc", "a\u{202E}b", "a\u{200D}b", "-a", "a-", "a--b",
    "a.ttl", "a?b", "a#b",
    String(repeating: "a", count: 101), String(repeating: "a", count: 10_240),
  ])
  func aKeyThatCouldBeTakenForSomethingElseIsRefused(_ text: String) throws {
    let policy = try IdentifierPolicy(try register("https://data.example.se/id/{kod}"))
    let failure = #expect(throws: Failure.self) { try ByteString(text).withView { _ = try policy.key($0) } }
    #expect(failure?.problem.code == .keyInvalid)
    #expect(failure.map { !$0.problem.line(in: .sv).unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E } } == true)
  }

  /// A register may allow more by its own form, but nothing that ends a path's segment or hides.
  @Test(arguments: [
    ("Å1", true), ("a.b.9", true), ("a/b", false), ("a\\b", false), ("a\u{202E}b", false), ("a b", false), ("a.pdf", false), ("..", false),
    ("a.jsonld", false), ("a.geojson", false), ("a.7z", false), ("a.topojson", false), ("a.mp3", false), ("a.2024", true), ("a.", true),
    ("St.Eriksgatan", true),
    ("a%41", false), ("a\u{A0}b", false),
  ])
  func aFormOfItsOwnCannotAllowWhatNoKeyMayHold(_ text: String, _ isTaken: Bool) throws {
    let policy = try IdentifierPolicy(try register("https://data.example.se/id/{kod}", form: "(?s).+"))
    let key = ByteString(text).withView { try? policy.key($0) }
    #expect((key != nil) == isTaken)
  }

  @Test(arguments: [("212000-1967", "2120001967"), ("2120001967", "2120001967"), ("2120001968", nil), ("21200019", nil)])
  func stepsFormAndCheckAreTheRegisters(_ text: String, _ key: String?) throws {
    let policy = try IdentifierPolicy(
      try register("https://data.example.se/id/{kod}", form: #"(\d{6})-?(\d{4})"#, check: .luhn, steps: [.trim]))
    #expect(ByteString(text).withView { try? policy.key($0) } == key.map { ByteString($0) })
  }
}
