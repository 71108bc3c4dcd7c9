import Bytes
import Identifiers
import Problems
import RDF
import Testing

/// From codes and names to identifiers.
struct RegisterTests {
  private static func kommuner() throws -> Register {
    var declaration = Register.Declaration(name: "kommun", pattern: try URITemplate("https://w3id.org/kommungraf/id/kommun/{kod}"))
    declaration.steps = [.trim, .padLeft(4)]
    declaration.form = try Pattern(#"\d{4}"#, anchored: true)
    let rows = [
      ("0180", "Stockholm"), ("1880", "Örebro"), ("0880", "Kalmar"), ("1480", "Göteborg"), ("9001", "Nyköping"), ("9002", "nyköping"),
      ("1497", "Hjo"),
    ]
    return Register(declaration, members: rows.map { .init(key: ByteString($0.0), names: [ByteString($0.1)]) })
  }

  private static func organisations() throws -> Register {
    var declaration = Register.Declaration(
      name: "organisation", pattern: try URITemplate("https://w3id.org/kommungraf/id/organisation/{orgnr}"))
    declaration.steps = [.trim]
    declaration.form = try Pattern(#"(?:16)?(\d\d[2-9]\d{3})-?(\d{4})"#, anchored: true)
    declaration.check = .luhn
    declaration.isOpen = true
    return Register(declaration, members: [])
  }

  private func find(_ text: String, in register: Register) -> (Register.Match, String) {
    var key = ByteBuffer()
    key.append("before ")
    let match = ByteString(text).withView { register.find($0, key: &key) }
    return (match, String(key.view.text.dropFirst(7)))
  }

  @Test(arguments: [
    ("1880", "1880"), ("180", "0180"), (" 0180 ", "0180"), ("Örebro", "1880"), ("ÖREBRO", "1880"), (" göteborg\u{A0}", "1480"),
    ("O\u{308}rebro", "1880"), ("go\u{308}teborg", "1480"),
    ("Hjo", "1497"), (" hjo ", "1497"),
  ])
  func aCodeOrANameIsFound(_ text: String, _ key: String) throws {
    let found = find(text, in: try Self.kommuner())
    #expect(found.0 == .found)
    #expect(found.1 == key)
  }

  @Test(arguments: [
    ("18880", Register.Match.unknown), ("9999", .unknown), ("Orebro", .unknown), ("", .unknown), ("Nyköping", .ambiguous),
    ("1 880", .unknown),
  ])
  func whatIsNoneOrSeveralIsNotFound(_ text: String, _ match: Register.Match) throws {
    let found = find(text, in: try Self.kommuner())
    #expect(found.0 == match)
    #expect(found.1.isEmpty)
  }

  /// Codes that have held for some time: one that went over to another, one that came back, and a name that two have had.
  private static func counties() throws -> Register {
    var declaration = Register.Declaration(name: "lan", pattern: try URITemplate("http://example.org/lan/{kod}"))
    declaration.steps = [.trim]
    func member(_ key: String, _ name: String, _ first: String?, _ last: String?) -> Register.Member {
      func day(_ text: String?) -> CivilDate? { text.flatMap { ByteString($0).withView { DateValue(lexical: $0)?.date } } }
      return .init(key: ByteString(key), names: [ByteString(name)], validity: Validity(first: day(first), last: day(last)))
    }
    return Register(
      declaration,
      members: [
        member("01", "Stockholms län", nil, nil), member("11", "Kristianstads län", nil, "1996-12-31"),
        member("12", "Malmöhus län", nil, "1996-12-31"), member("12", "Skåne län", "1997-01-01", nil),
        member("15", "Bytt", nil, "1997-12-31"), member("16", "Bytt", "1998-01-01", nil),
      ])
  }

  @Test(arguments: [
    ("01", "1950-01-01", Register.Match.found, "01"), ("11", "1996-12-31", .found, "11"), ("11", "1997-01-01", .notValid, ""),
    ("12", "1996-12-31", .found, "12"), ("12", "1997-01-01", .found, "12"), ("Malmöhus län", "1990-05-05", .found, "12"),
    ("Malmöhus län", "2000-05-05", .notValid, ""), ("Bytt", "1997-12-31", .found, "15"), ("Bytt", "1998-01-01", .found, "16"),
    ("99", "2000-01-01", .unknown, ""), ("11", "", .found, "11"), ("Bytt", "", .found, "16"), ("Malmöhus län", "", .found, "12"),
  ])
  func aCodeHoldsForItsTime(_ text: String, _ day: String, _ match: Register.Match, _ key: String) throws {
    let register = try Self.counties()
    var found = ByteBuffer()
    let date = ByteString(day).withView { DateValue(lexical: $0)?.date }
    #expect(ByteString(text).withView { register.find($0, key: &found, asOf: date) } == match)
    #expect(found.view.text == key)
  }

  @Test func aCodeThatNoLongerHoldsIsToldWithItsTime() throws {
    let register = try Self.counties()
    let day = CivilDate(year: 2000, month: 1, day: 1)
    let problem = ByteString("11").withView { register.problem(.notValid, of: $0, isSecret: false, asOf: day, at: Place(file: "a.csv")) }
    #expect(problem.line(in: .en).contains("«11» was not a lan code on 2000-01-01, but  – 1996-12-31"))
    #expect(problem.code == .registerNotValid)
  }

  @Test(arguments: ["5563348449", "556334-8449", "16556334-8449", " 556334-8449 "])
  func anOpenRegisterHasWhateverKeepsItsRules(_ text: String) throws {
    let found = find(text, in: try Self.organisations())
    #expect(found.0 == .found)
    #expect(found.1 == "5563348449")
  }

  @Test(arguments: ["5563348448", "850101-0006", "8501010006", "55633484", "abc", "", "5563348449 AB"])
  func whatBreaksTheRulesIsNoMember(_ text: String) throws {
    let found = find(text, in: try Self.organisations())
    #expect(found.0 == .breaksRule)
    #expect(found.1.isEmpty)
  }

  @Test(arguments: [("18880", "1880 Örebro"), ("Orebro", "1880 Örebro"), ("Götebrog", "1480 Göteborg"), ("018", "0180 Stockholm")])
  func theNearestComesFirst(_ text: String, _ nearest: String) throws {
    let register = try Self.kommuner()
    #expect(ByteString(text).withView { register.nearest(to: $0) }.first == nearest)
  }

  @Test func nothingIsNearToNonsense() throws {
    let register = try Self.kommuner()
    #expect(ByteString("Trondheim kommune").withView { register.nearest(to: $0) } == [])
  }

  @Test func aSecretTextIsNotShownNorWhatResemblesIt() throws {
    let register = try Self.kommuner()
    let problem = ByteString("18880").withView { register.problem(.unknown, of: $0, isSecret: true, at: Place(file: "a.csv")) }
    let line = problem.line(in: .en)
    #expect(!line.contains("880"))
    #expect(!line.contains("Örebro"))
  }

  @Test func theIRIFollowsThePatternInForce() throws {
    var declaration = try Self.kommuner().declaration
    declaration.pattern = try URITemplate("https://kommunkoder.scb.se/{kod}")
    let register = Register(declaration, members: [])
    var iri = ByteBuffer()
    ByteString("1880").withView { register.append(iriOf: $0, to: &iri) }
    #expect(iri.view.text == "https://kommunkoder.scb.se/1880")
  }

  @Test func aRegisterThatIsMissingNamesTheNearest() throws {
    let registers = Registers([try Self.kommuner(), try Self.organisations()])
    #expect(registers.names == ["kommun", "organisation"])
    #expect(registers["komun"] == nil)
    #expect(registers.missing("komun", at: Place()).line(in: .en).contains("Nearest: kommun"))
  }
}
