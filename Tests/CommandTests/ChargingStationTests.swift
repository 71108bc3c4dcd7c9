import TestSupport
import Testing

/// Charging stations: NOBIL's fields and a municipality's own register, as workbooks and as text.
struct ChargingStationTests {
  private static let examples = ProgramRun.repository + "/mappings/laddstationer/examples/"
  private static let base = "https://data.example.se/id/"
  private static let header =
    "name;International_id;Municipality_ID;Position;Number_charging_points;Contact_info;User_comment;Connector number;Connector;"
    + "Charging capacity;Created\n"

  private struct Run {
    let run: ProgramRun
    let report: String

    init(_ input: String, _ options: [String] = [], files: [String: String] = [:]) throws {
      let folder = try TemporaryFolder()
      for (name, text) in files { try folder.write(name, text) }
      run = try ProgramRun(
        ["convert", "--mapping", "laddstationer", "--base", "https://data.example.se/", "--format", "ntriples", "--report", "report.json"]
          + options + [input], in: folder)
      report = try folder.names.contains("report.json") ? folder.text(of: "report.json") : ""
    }

    /// A table that is text.
    init(rows: String, _ options: [String] = []) throws {
      try self.init("t.csv", options, files: ["t.csv": ChargingStationTests.header + rows])
    }

    /// The object of the one triple of a thing's property.
    func object(_ thing: String, _ property: String) -> [String] {
      run.lines.filter { $0.hasPrefix("<\(ChargingStationTests.base)\(thing)> ") && $0.contains(property + "> ") }.map { line in
        String(line.split(separator: " ", maxSplits: 2)[2].dropLast(2))
      }
    }

    var everything: String { run.text + run.errors + report }
  }

  /// A workbook and the same as text give the same.
  @Test(arguments: ["synthetic-nobil", "synthetic-kommun"]) func aWorkbookIsLikeText(_ name: String) throws {
    let book = try Run(Self.examples + name + ".xlsx")
    let text = try Run(Self.examples + name + ".csv")
    #expect(book.run.status == 0 && text.run.status == 0, "\(book.run.errors)\(text.run.errors)")
    #expect(Set(book.run.lines) == Set(text.run.lines))
    #expect(!book.run.lines.isEmpty)
  }

  @Test func aDanishCodeIsAProblemAndNoSwedishMunicipality() throws {
    let run = try Run(rows: "Ladda;SWE_00001;183;(59.36,17.97);1;;;1;32;22 kW;\nTank;SWE_00002;0183;(59.36,17.97);1;;;1;32;22 kW;\n")
    #expect(run.run.status == 1)
    #expect(run.run.errors.contains("t.csv:2:17: error: «183»"), "\(run.run.errors)")
    #expect(run.object("laddstation/SWE_00001", "spatial").isEmpty)
    #expect(run.object("laddstation/SWE_00002", "spatial") == ["<https://w3id.org/kommungraf/id/kommun/0183>"])
    // Under a heading of a municipality's own a zero that a spreadsheet took away is put back.
    let own = try Run("t.csv", files: ["t.csv": "Namn;Kommunkod\nStadshuset;183\n"])
    #expect(own.object("laddstation/0183-stadshuset", "spatial") == ["<https://w3id.org/kommungraf/id/kommun/0183>"])
  }

  @Test(arguments: [
    ("62,5 kW DC", "62.5"), ("22 kW - 400V 3-phase max 32A", "22"), ("3,6 kW - 230V 1-phase max 16A", "3.6"), ("11", "11"),
    ("Okänd", nil),
  ])
  func thePowerStandsInTheText(_ cell: String, _ power: String?) throws {
    let run = try Run(rows: "Ladda;SWE_00001;1880;(59.27,15.21);1;;;2;39;\(cell);\n")
    #expect(run.run.status == 0, "\(run.run.errors)")
    let found = run.object("laddpunkt/SWE_00001-2", "maxeffekt").first?.split(separator: "\"").first.map(String.init)
    #expect(found == power)
    #expect(run.object("laddpunkt/SWE_00001-2", "kontakt") == ["<https://w3id.org/kommungraf/id/laddkontakt/39>"])
  }

  @Test func contactsAndCommentsAppearNowhere() throws {
    let run = try Run(rows: "Ladda;SWE_00001;1880;(59.27,15.21);två;Ring 0799-112233;Hemlig anteckning;1;32;22 kW;\n")
    #expect(!run.everything.contains("112233"))
    #expect(!run.everything.contains("Hemlig"))
    #expect(run.report.contains("\"fritext\":1"))
    #expect(run.report.contains("\"kontaktuppgift\":1"))
  }

  @Test(arguments: [("(59.27,15.21)", 0, 1), ("(59.27, 15.21)", 0, 1), ("(15.21,59.27)", 1, 0), ("(0,0)", 1, 0), ("", 0, 0)])
  func aPlaceIsLatitudeAndLongitude(_ cell: String, _ status: Int32, _ count: Int) throws {
    let run = try Run(rows: "Ladda;SWE_00001;1880;\(cell);1;;;1;32;22 kW;\n")
    #expect(run.run.status == status, "\(run.run.errors)")
    #expect(run.object("laddstation/SWE_00001/geometri", "asWKT").count == count)
  }

  @Test func timesWithoutZoneAreSwedish() throws {
    let run = try Run(rows: "Ladda;SWE_00001;1880;;1;;;1;32;22 kW;2025-07-02 08:00:00\n")
    #expect(
      run.object("laddstation/SWE_00001", "created") == ["\"2025-07-02T08:00:00+02:00\"^^<http://www.w3.org/2001/XMLSchema#dateTime>"])
  }

  /// One row a station: what it has is said of the station, for nobody knows which point has what.
  @Test func aRowAStationGivesNoPoints() throws {
    let run = try Run(
      "t.csv", ["--set", "kommun=Örebro"],
      files: ["t.csv": "Namn;Id;Kontakttyp;Effekt (kW);Dygnet runt\nStadshuset;17;Typ 2, CCS/Combo;7,4;Ja\n"])
    #expect(run.run.status == 0, "\(run.run.errors)")
    #expect(run.object("laddstation/1880-17", "kontakt").count == 2)
    #expect(run.object("laddstation/1880-17", "maxeffekt") == ["\"7.4\"^^<http://www.w3.org/2001/XMLSchema#decimal>"])
    #expect(run.object("laddstation/1880-17", "ns/utrustning") == ["<https://w3id.org/kommungraf/id/utrustning/dygnet-runt>"])
    #expect(!run.run.text.contains("/laddpunkt/"))
  }
}
