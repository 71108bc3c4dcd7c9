import Bytes
import Identifiers
import Mapping
import Problems
import RDF
import RDFSyntax
import Resources
import Site
import TestSupport
import Testing

/// The registers that come with the program: what they hold, and what their codes meant before.
struct ShippedRegisterTests {
  private static func register(_ name: String) throws -> Register {
    try RegisterLoader(resources: FileSource(), problems: ProblemList()).load(
      name, metadata: ProgramRun.repository + "/vocabularies/\(name).csv-metadata.json")
  }

  private static let kommuner = Result { try register("kommun") }
  private static let counties = Result { try register("lan") }

  private func find(_ text: String, _ day: String, in register: Register) -> (match: Register.Match, key: String) {
    var key = ByteBuffer()
    let date = ByteString(day).withView { DateValue(lexical: $0)?.date }
    let match = ByteString(text).withView { register.find($0, key: &key, asOf: date) }
    return (match, key.view.text)
  }

  @Test(arguments: [
    ("Borås", "1997-12-31", "1583"), ("Borås", "1998-01-01", "1490"), ("1583", "1997-12-31", "1583"), ("1490", "1998-01-01", "1490"),
    ("Heby", "2006-12-31", "1917"), ("Heby", "2007-01-01", "0331"), ("1917", "2006-12-31", "1917"), ("Örkelljunga", "1996-12-31", "1137"),
    ("Mullsjö", "1997-06-01", "1622"), ("Mullsjö", "2024-01-01", "0642"), ("Essunga", "1983-01-01", "1603"), ("Vara", "1990-01-01", "1660"),
    ("Borås", "", "1490"), ("Heby", "", "0331"), ("Vara", "", "1470"), ("1917", "", "1917"), ("1880", "1950-01-01", "1880"),
    ("Vadstena", "1980-01-01", "0584"), ("Gnesta", "1992-07-01", "0461"), ("Knivsta", "2003-01-01", "0330"),
  ])
  func aKommunIsFoundAsOfADay(_ text: String, _ day: String, _ key: String) throws {
    let found = find(text, day, in: try Self.kommuner.get())
    #expect(found.match == .found)
    #expect(found.key == key)
  }

  @Test(arguments: [
    ("1583", "1998-01-01"), ("1490", "1997-12-31"), ("1917", "2007-01-01"), ("0331", "2006-12-31"), ("Knivsta", "2002-12-31"),
    ("Essunga", "1982-12-31"), ("Vadstena", "1979-12-31"), ("Lekeberg", "1994-12-31"),
  ])
  func aCodeThatDidNotHoldIsTold(_ text: String, _ day: String) throws {
    #expect(find(text, day, in: try Self.kommuner.get()).match == .notValid)
  }

  @Test(arguments: [
    ("Skåne län", "1997-01-01", "12"), ("Kristianstads län", "1990-01-01", "11"), ("Skaraborg", "", "16"), ("12", "", "12"),
  ])
  func aCountyIsFoundAsOfADay(_ text: String, _ day: String, _ key: String) throws {
    let found = find(text, day, in: try Self.counties.get())
    #expect(found.match == .found && found.key == key)
  }

  /// Without a day an older code keeps its own identifier, and a warning names the kommun that there is now.
  @Test(arguments: [("1583", "1490 Borås"), ("1917", "0331 Heby")])
  func anOlderCodeWithoutADayIsWarnedOf(_ code: String, _ present: String) throws {
    let register = try Self.kommuner.get()
    let member = try #require(ByteString(code).withView { register.ended($0) })
    let problem = ByteString(code).withView { register.problem(ended: member, of: $0, isSecret: false, at: Place(file: "a.csv")) }
    #expect(problem.severity == .warning)
    #expect(problem.line(in: .en).contains("«\(code)» is a kommun code that was valid until "))
    #expect(problem.line(in: .en).contains("; now there is \(present)."))
    for code in ["1880", "1490", "0331"] { #expect(ByteString(code).withView { register.ended($0) } == nil) }
  }

  @Test func aMisspeltNameSuggestsWhatThereIsNow() throws {
    let register = try Self.kommuner.get()
    #expect(ByteString("Bors").withView { register.nearest(to: $0) }.first == "1490 Borås")
  }

  /// Also names that are shorter than a code, such as Ale.
  @Test func everyNameMeansWhatHasItNow() throws {
    for register in [try Self.kommuner.get(), try Self.counties.get()] {
      for member in register.members where member.validity?.last == nil {
        for name in member.names {
          let found = find(name.text, "", in: register)
          #expect(found.match == .found && found.key == member.key.text, "\(name)")
        }
      }
    }
  }

  /// 290 kommuner and 21 counties hold today, and every code that replaced another does.
  @Test func whatHoldsTodayIsWhatThereIs() throws {
    let kommuner = try Self.kommuner.get().members.filter { $0.validity?.last == nil }
    #expect(kommuner.count == 290)
    #expect(try Self.counties.get().members.filter { $0.validity?.last == nil }.count == 21)
  }

  @Test func theGraphOfAKommunThatHasChanged() throws {
    let problems = ProblemList()
    let site = try SiteFile(path: ProgramRun.repository + "/mappings/site.yaml", resources: FileSource(), problems: problems)
    let live = LiveSite(site, library: Library(roots: [ProgramRun.repository]), resources: FileSource(), problems: problems)
    _ = try live.build()
    let prefixes = """
      PREFIX kommun: <https://w3id.org/kommungraf/id/kommun/> PREFIX lan: <https://w3id.org/kommungraf/id/lan/>
      PREFIX kg: <https://w3id.org/kommungraf/ns/> PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
      PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX owl: <http://www.w3.org/2002/07/owl#>
      PREFIX org: <http://www.w3.org/ns/org#> PREFIX cv: <http://data.europa.eu/m8g/>
      PREFIX organisation: <https://w3id.org/kommungraf/id/organisation/>
      """
    for pattern in [
      "kommun:1917 kg:giltigTill \"2006-12-31\"^^xsd:date ; dcterms:isReplacedBy kommun:0331 ; dcterms:isPartOf lan:19",
      "kommun:1814 kg:giltigFran \"1995-01-01\"^^xsd:date ; prov:wasDerivedFrom kommun:1880",
      "kommun:0584 kg:giltigFran \"1980\"^^xsd:gYear",
      "kommun:1880 skos:closeMatch <http://sws.geonames.org/2686656/>", "lan:18 skos:exactMatch <http://data.europa.eu/nuts/code/SE124>",
      "lan:16 kg:giltigTill \"1997-12-31\"^^xsd:date ; dcterms:isReplacedBy lan:14",
      "organisation:2120001967 a cv:PublicOrganisation, org:FormalOrganization ; dcterms:spatial kommun:1880 ; owl:sameAs <http://dataportal.se/organisation/SE2120001967>",
    ] {
      #expect(try live.rows("\(prefixes) SELECT (COUNT(*) AS ?n) { \(pattern) }") == ["1"], "\(pattern)")
    }
    #expect(problems.problems.filter { $0.code == .registerEnded }.isEmpty)
  }

  @Test func everyOrganisationKeepsTheRules() throws {
    let register = try Self.register("organisation")
    #expect(register.members.count >= 19)
    for member in register.members {
      var key = ByteBuffer()
      #expect(member.key.withView { register.find($0, key: &key) } == .found, "\(member.key)")
    }
  }

  @Test(arguments: ["48000763", " 82520504 "]) func aSchoolUnitNeedsNoRow(_ text: String) throws {
    #expect(find(text, "", in: try Self.register("skolenhet")).match == .found)
  }

  @Test(arguments: ["4800076", "480007631", "abcdefgh"]) func whatIsNoCodeOfASchoolUnit(_ text: String) throws {
    #expect(find(text, "", in: try Self.register("skolenhet")).match == .breaksRule)
  }
}
