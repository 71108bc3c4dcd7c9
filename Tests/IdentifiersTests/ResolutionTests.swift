import Bytes
import Identifiers
import Problems
import RDF
import Testing

/// What codes and names mean, misspellings included, in a small register of municipalities.
struct ResolutionTests {
  private static let today = CivilDate(year: 2026, month: 11, day: 26) ?? .epoch

  private static func day(_ text: String) -> CivilDate? { ByteString(text).withView { DateValue(lexical: $0)?.date } }

  private static func register() throws -> Register {
    var declaration = Register.Declaration(name: "kommun", pattern: try URITemplate("https://example.org/id/kommun/{kod}"))
    declaration.steps = [.trim, .padLeft(4)]
    declaration.form = try Pattern(#"\d{4}"#, anchored: true)
    declaration.nameWords = ["kommun", "stad"]
    func member(
      _ key: String, _ names: String..., first: String? = nil, last: String? = nil, by ending: Register.Ending? = nil,
      _ successors: [String] = []
    ) -> Register.Member {
      Register.Member(
        key: ByteString(key), names: names.map { ByteString($0) },
        validity: Validity(first: first.flatMap(day), last: last.flatMap(day)), ending: ending,
        successors: successors.map { ByteString($0) })
    }
    return Register(
      declaration,
      members: [
        member("1880", "Örebro"), member("1480", "Göteborg"), member("1490", "Borås", first: "1998-01-01"),
        member("1583", "Borås", last: "1997-12-31", by: .replaced, ["1490"]), member("0305", "Håbo"),
        member("0643", "Habo", first: "1998-01-01"), member("1623", "Habo", last: "1997-12-31", by: .replaced, ["0643"]),
        member("1497", "Hjo"), member("0114", "Upplands Väsby"), member("1380", "Halmstad"), member("0120", "Värmdö"),
        member("9001", "Nedlagd", last: "2000-12-31", by: .retired),
        member("9002", "Delad", last: "2000-12-31", by: .split, ["1880", "1480"]),
        member("9003", "Kommande", last: "2099-12-31", by: .retired),
      ])
  }

  private func resolve(_ text: String, keysOnly: Bool = false, asOf day: String? = nil) throws -> (Register.Resolution, String, Register) {
    let register = try Self.register()
    var key = ByteBuffer()
    key.append("before ")
    let resolution = ByteString(text).withView {
      register.resolve($0, key: &key, keysOnly: keysOnly, asOf: day.flatMap(Self.day), today: Self.today)
    }
    return (resolution, String(key.view.text.dropFirst(7)), register)
  }

  @Test(arguments: [
    ("1880", "1880", Register.Ground.key), ("114", "0114", .key), (" 1880 ", "1880", .key),
    ("https://example.org/id/kommun/1880", "1880", .key),
    ("Örebro", "1880", .name), ("ÖREBRO", "1880", .name), ("O\u{308}REBRO", "1880", .name), ("upplands \u{A0} väsby", "0114", .name),
    ("Örebro kommun", "1880", .form), ("Örebros kommun", "1880", .form), ("GÖTEBORGS STAD", "1480", .form), ("Borås stad", "1490", .form),
    ("kommun Örebro", "1880", .form), ("Halmstad", "1380", .name), ("Halmstads kommun", "1380", .form), ("Hjo kommun", "1497", .form),
    ("Orebro", "1880", .letters), ("Goteborgs stad", "1480", .letters), ("VARMDO", "0120", .letters), ("Upplands-Väsby", "0114", .letters),
    ("Örebro.", "1880", .letters),
    ("Örebrro", "1880", .slip), ("Örbro", "1880", .slip), ("Örebor", "1880", .slip), ("Örebra", "1880", .slip),
    ("Göteborgg kommun", "1480", .slip),
    ("Götebrogs stad", "1480", .slip), ("Hjoo", "1497", .slip),
  ])
  func aTextMeansAMember(_ text: String, _ key: String, _ ground: Register.Ground) throws {
    let (resolution, found, _) = try resolve(text)
    #expect(resolution.status == .found)
    #expect(found == key)
    #expect(resolution.ground == ground)
  }

  @Test(arguments: [
    ("Habo", "0643"), ("HABO", "0643"), ("Habo kommun", "0643"), ("Håbo", "0305"), ("HÅBO", "0305"), ("Håbos kommun", "0305"),
  ])
  func namesThatLieNearEachOtherAreNotMixedUp(_ text: String, _ key: String) throws {
    let (resolution, found, _) = try resolve(text)
    #expect(resolution.status == .found)
    #expect(found == key)
  }

  /// Whether or not the slip itself is nearer to one of them.
  @Test(arguments: ["Hbo", "Hábo", "Håboo", "Haboo", "Hbao", "Hebo kommun", "Habö"])
  func aSlipThatMayMeanTwoIsNotDecided(_ text: String) throws {
    let (resolution, found, register) = try resolve(text)
    #expect(resolution.status == .ambiguous)
    #expect(found.isEmpty)
    #expect(Set(resolution.candidates.map { register.members[$0].key.text }).isSuperset(of: ["0305", "0643"]))
    let line = ByteString(text).withView { register.problem(resolution, of: $0)?.line(in: .en) }
    #expect(line?.contains("0305 Håbo") == true && line?.contains("0643 Habo") == true)
  }

  @Test(arguments: [
    "1881", "18880", "188", "9999", "Örebro kommun kommun stad x", "Hjp", "Hj", "Örebrö stift", "Trondheim", "Region Örebro", "kommun",
    "stad kommun",
    "../Örebro", "Örebro/", "/id/kommun/1880", "1880/..", "%C3%96rebro", "https://example.org/id/kommun/%31880",
    "https://example.org/id/kommun/",
    "https://example.org/id/lan/1880", "\u{41E}rebro", "Ör\u{435}bro", "Goteb\u{3BF}rg", "١٨٨٠", "１８８０", "Örebro;1880", "Örebro🙂",
  ])
  func whatIsNoMemberIsUnknown(_ text: String) throws {
    let (resolution, found, _) = try resolve(text)
    #expect(resolution.status == .unknown)
    #expect(found.isEmpty)
    #expect(resolution.score == 0)
  }

  @Test(arguments: [
    "", "   ", "\u{A0}", "1880\0", "\0", "Öre\u{202E}bro", "Öre\u{200B}bro", "Örebro\u{200F}", "Öre\u{AD}bro", "Örebro\u{7F}x", "Öre\nbro",
    String(repeating: "Örebro", count: 1700), String(repeating: "1", count: 401),
  ])
  func whatHidesWhatItSaysIsRefused(_ text: String) throws {
    let (resolution, found, register) = try resolve(text)
    #expect(resolution.status == .refused)
    #expect(found.isEmpty)
    let problem = ByteString(text).withView { register.problem(resolution, of: $0) }
    #expect(problem?.code == .lookupRefused)
    #expect((problem?.value ?? "").unicodeScalars.allSatisfy { !$0.properties.isDefaultIgnorableCodePoint && $0.value >= 0x20 })
  }

  @Test func bytesThatAreNoTextAreRefused() throws {
    let register = try Self.register()
    var key = ByteBuffer()
    let resolution = ByteString([0xD6, 0x72, 0x65]).withView { register.resolve($0, key: &key, today: Self.today) }
    #expect(resolution.status == .refused)
  }

  @Test(arguments: [
    ("1583", Register.Resolution.Status.replaced, ["1490"]), ("9001", .retired, []), ("9002", .split, ["1880", "1480"]),
    ("Delad", .split, ["1880", "1480"]),
    ("9003", .found, []), ("https://example.org/id/kommun/1583", .replaced, ["1490"]),
  ])
  func whatHasEndedIsFoundWithWhatGoesOn(_ text: String, _ status: Register.Resolution.Status, _ successors: [String]) throws {
    let (resolution, found, register) = try resolve(text)
    #expect(resolution.status == status)
    let member = try #require(resolution.member.map { register.members[$0] })
    #expect(member.key.text == found)
    #expect(member.successors.map(\.text) == successors)
  }

  @Test func whatIsToldOfAnEndNamesWhatGoesOn() throws {
    let (resolution, _, register) = try resolve("1583")
    let problem = try #require(ByteString("1583").withView { register.problem(resolution, of: $0) })
    #expect(problem.severity == .warning)
    #expect(problem.line(in: .en).contains("its last day was 1997-12-31"))
    #expect(problem.line(in: .en).contains("In its place: 1490 Borås"))
  }

  @Test(arguments: [
    ("Borås", "1990-01-01", Register.Resolution.Status.found, "1583"), ("Borås", "2020-01-01", .found, "1490"),
    ("1583", "1990-01-01", .found, "1583"),
    ("1583", "2020-01-01", .notValid, ""), ("1490", "1990-01-01", .notValid, ""), ("Borås stad", "1990-01-01", .found, "1583"),
    ("Orebro", "1990-01-01", .found, "1880"), ("Haboo", "1990-01-01", .ambiguous, ""), ("Nedlagd", "1990-01-01", .found, "9001"),
    ("Nedlagt", "2020-01-01", .notValid, ""),
  ])
  func aDaySaysWhichWasMeant(_ text: String, _ day: String, _ status: Register.Resolution.Status, _ key: String) throws {
    let (resolution, found, _) = try resolve(text, asOf: day)
    #expect(resolution.status == status)
    #expect(found == key)
  }

  @Test(arguments: [("1880", Register.Resolution.Status.found), ("Örebro", .unknown), ("Örebro kommun", .unknown), ("Orebro", .unknown)])
  func whoAsksForAKeyGetsNoName(_ text: String, _ status: Register.Resolution.Status) throws {
    #expect(try resolve(text, keysOnly: true).0.status == status)
  }

  /// A mapping takes a name with a word beside it, and corrects nothing.
  @Test(arguments: [
    ("Örebro kommun", Register.Match.found), ("Göteborgs stad", .found), ("Orebro", .unknown), ("Örebrro", .unknown),
    ("Habo kommun", .found),
  ])
  func mappingsTakeWordsAndNoSlips(_ text: String, _ match: Register.Match) throws {
    let register = try Self.register()
    var key = ByteBuffer()
    #expect(ByteString(text).withView { register.find($0, key: &key) } == match)
    #expect(key.isEmpty == (match != .found))
  }

  @Test func anOpenRegisterHasKeysWithoutRowsAndNamesWithThem() throws {
    var declaration = Register.Declaration(name: "organisation", pattern: try URITemplate("https://example.org/id/organisation/{orgnr}"))
    declaration.form = try Pattern(#"(\d{6})-?(\d{4})"#, anchored: true)
    declaration.check = .luhn
    declaration.isOpen = true
    declaration.nameWords = ["kommun", "region"]
    let register = Register(
      declaration, members: [.init(key: "2120001967", names: ["Örebro kommun"]), .init(key: "2321000164", names: ["Region Örebro län"])])
    for (text, status, key) in [
      ("556334-8449", Register.Resolution.Status.found, "5563348449"), ("2120001967", .found, "2120001967"),
      ("Örebro", .found, "2120001967"),
      ("Örebro kommun", .found, "2120001967"), ("5563348440", .unknown, ""), ("Örebro län", .found, "2321000164"), ("Kumla", .unknown, ""),
    ] {
      var found = ByteBuffer()
      let resolution = ByteString(text).withView { register.resolve($0, key: &found, today: Self.today) }
      #expect(resolution.status == status, "\(text)")
      #expect(found.view.text == key)
      #expect((resolution.member == nil) == (status == .unknown || key == "5563348449"))
    }
  }

  /// The distance by words of bits is that of the table, letter for letter.
  @Test func nearestAreThoseByEditDistance() throws {
    let register = try Self.register()
    for text in ["Götebogr", "Örero", "Upland Väsby", "Hamstd", "Värmd", "Håb", "Delda"] {
      let near = ByteString(text).withView { register.neighbours(of: $0, limit: 20) }
      for neighbour in near {
        let member = register.members[neighbour.member]
        let name = editDistance(member.names[0].text.lowercased(), text.lowercased())
        #expect(neighbour.distance == min(name, editDistance(member.key.text, text)), "\(text) \(member.key)")
      }
      #expect(!near.isEmpty, "\(text)")
      #expect(near.map(\.distance) == near.map(\.distance).sorted())
    }
  }
}
