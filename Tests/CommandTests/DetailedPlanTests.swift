import TestSupport
import Testing

/// Key figures of detailed plans, as portals and people write them.
struct DetailedPlanTests {
  private static let observation = "nyckeltal-observation/2480/2021/"
  private static let umea = ["--set", "kommun=2480"]

  @Test(arguments: [
    ("ar;handlaggningstid_medel\n2021;33.69\n", umea), ("År,\"Handläggningstid, medel\"\n2021,\"33,69\"\n", umea),
    ("AR\tHANDLAGGNINGSTID\n2021\t33.69\n", umea), ("fields.ar,fields.handlaggningstid_medel,recordid\n2021,33.69,0a1b\n", umea),
    ("\u{FEFF}Årtal;Handläggningstid (dagar)\n2021;33,69 dagar\n", ["--set", "kommun=Umeå"]),
    ("Kommunkod;Kommun;Artal;Genomsnittlig handläggningstid\n2480;Umeå;2021;33,69\n", []),
    ("Kommun;ar;Handläggningstid\nUmeå;2021-01-01;33,69\n", []),
  ])
  func whatVariesMakesNoDifference(_ table: String, _ options: [String]) throws {
    let file = try MappedFile("detaljplaner", table, options)
    #expect(file.run.status == 0, "\(file.run.errors)")
    #expect(file.run.errorLines.count == 1, "\(file.run.errors)")
    let subject = Self.observation + "handlaggningstid"
    #expect(file.values(subject, "handlaggningstid") == ["33.69"], "\(file.run.text)")
    #expect(file.values(subject, "refArea") == ["kommun/2480"])
    #expect(file.values(subject, "refPeriod") == ["2021"])
    #expect(file.values(subject, "measureType") == ["nyckeltal/handlaggningstid"])
    #expect(file.values(subject, "dataSet") == ["https://data.example.se/dataset/nyckeltal-detaljplan-2480"])
    #expect(
      file.values("https://data.example.se/dataset/nyckeltal-detaljplan-2480", "structure") == ["datastruktur/kommun-ar"])
  }

  @Test func columnsMayDifferInHowTheirNumbersAreWritten() throws {
    let file = try MappedFile(
      "detaljplaner", "ar;handlaggningstid;andel_overklagade;planbesked\n2021;33.69;12,5 %;1 204\n", Self.umea)
    #expect(file.values(Self.observation + "handlaggningstid", "handlaggningstid") == ["33.69"])
    #expect(file.values(Self.observation + "andel-overklagade", "andel-overklagade") == ["12.5"])
    #expect(file.values(Self.observation + "antal-planbesked", "antal-planbesked") == ["1204"])
    #expect(file.run.text.contains("\"1204\"^^<http://www.w3.org/2001/XMLSchema#integer>"))
  }

  @Test func anEmptyCellIsNoObservationAndAMissingOneHasNoValue() throws {
    let file = try MappedFile("detaljplaner", "ar;handlaggningstid;planbesked;laga_kraft\n2021;;-;..\n", Self.umea)
    #expect(file.subjects("type", "http://purl.org/linked-data/cube#Observation") == [Self.observation + "antal-laga-kraft"])
    #expect(
      file.values(Self.observation + "antal-laga-kraft", "obsStatus") == ["http://purl.org/linked-data/sdmx/2009/code#obsStatus-M"])
  }

  @Test func aWrongNumberIsAnErrorWithItsPlace() throws {
    let file = try MappedFile("detaljplaner", "ar;handlaggningstid;planbesked\n2021;33.69;4\n2022;trettio;5\n", Self.umea)
    #expect(file.run.status == 1)
    #expect(file.run.errors.contains("table.csv:3:6: error: «trettio»"), "\(file.run.errors)")
    #expect(file.values("nyckeltal-observation/2480/2022/antal-planbesked", "antal-planbesked") == ["5"])
  }

  @Test func withoutAMunicipalityNobodyKnowsWhose() throws {
    let file = try MappedFile("detaljplaner", "ar;handlaggningstid\n2021;33.69\n")
    #expect(file.run.status == 65)
    #expect(file.run.errors.contains("kommunkod") && file.run.errors.contains("--set"), "\(file.run.errors)")
  }

  @Test func anUnknownFigureIsToldOf() throws {
    let file = try MappedFile("detaljplaner", "ar;handlaggningstid;antal_planbeske\n2021;33.69;4\n", Self.umea)
    #expect(file.run.errors.contains("«antal_planbeske»"))
    #expect(file.run.errors.contains("Is «Antal planbesked» meant?"), "\(file.run.errors)")
  }
}
