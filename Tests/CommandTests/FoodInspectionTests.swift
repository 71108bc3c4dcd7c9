import Foundation
import TestSupport
import Testing

/// Food inspections by the specification of Sambruk: what is claimed, refused and withheld.
struct FoodInspectionTests {
  private static let examples = ProgramRun.repository + "/mappings/livsmedelskontroller/examples/"

  private func convert(_ path: String, _ options: [String] = [], in folder: TemporaryFolder) throws -> ProgramRun {
    let arguments = ["convert", "--mapping", "livsmedelskontroller", "--base", "https://data.example.se/", "--report", "report.json"]
    return try ProgramRun(arguments + options + [path], in: folder)
  }

  /// The header of the specification's own file, and one row with these cells.
  private func table(_ cells: [String: String]) throws -> String {
    let example = try String(contentsOfFile: Self.examples + "sambruk_exempel.csv", encoding: .utf8)
    let header = example.split(whereSeparator: \.isNewline)[0]
    let row = header.split(separator: ",", omittingEmptySubsequences: false).map { title in
      let cell = cells[title.trimmingCharacters(in: .whitespaces)] ?? ""
      return "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
    return header + "\r\n" + row.joined(separator: ",") + "\r\n"
  }

  @Test func allColumnsOfTheSpecificationAreKnown() throws {
    let run = try convert(Self.examples + "sambruk_exempel.csv", in: try TemporaryFolder())
    #expect(run.status == 0)
    #expect(run.errorLines.count == 1, "\(run.errors)")
  }

  @Test func nothingOfWhatIsWithheldGetsOut() throws {
    let folder = try TemporaryFolder()
    let run = try convert(Self.examples + "synthetic-flera.csv", in: folder)
    let report = try folder.text(of: "report.json")
    for secret in ["850132", "vattentorn", "Hemlig", "5900", "F-1880-900"] {
      #expect(!run.text.contains(secret))
      #expect(!run.errors.contains(secret))
      #expect(!report.contains(secret))
    }
    #expect(report.contains("\"withheld\":{\"dricksvatten\":1}"))
    #expect(report.contains("\"enskild-firma\":1"))
  }

  static let good = [
    "inspecOrg.id": "1880", "facility.type": "[\"Butik\"]", "facility.idLocal": "1", "facility.name": "Exempelbutiken",
    "inspection.idLocal": "2",
    "inspection.date": "2025-01-15T10:30:00+01:00",
  ]

  @Test(arguments: [
    (["facility.riskClass": "Riskklass 9"], "register-unknown"), (["facility.expClass": "D"], "register-unknown"),
    (["facility.active": "True"], "register-unknown"), (["inspection.assessment": "3"], "register-unknown"),
    (["inspecOrg.id": "18880", "facility.idNational": "F-1880-1"], "register-unknown"),
    (["facility.address.region": "Skone"], "register-unknown"),
    (["inspection.inspectionPoints.passed": "A01"], "cell-items"), (["inspection.inspectionPoints.remark": "[\"A1\"]"], "cell-format"),
    (["facility.location.wgs84.coordinates": "[13.000366,55.60616]"], "coordinates-swapped"),
    (["facility.location.wgs84.coordinates": "[0,0]"], "coordinates-zero"), (["inspection.prenotified": "kanske"], "cell-datatype"),
    (["facility.inspecTime": "tolv"], "cell-datatype"),
  ])
  func aWrongCellIsAnErrorAndTheRestIsWritten(_ cells: [String: String], _ code: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("t.csv", try table(Self.good.merging(cells) { $1 }))
    let run = try convert("t.csv", in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("[\(code)]"), "\(run.errors)")
    #expect(run.text.contains("Exempelbutiken"))
  }

  @Test(arguments: [
    (["facility.idNational": "F-1880-9"], "F-1880-9"), (["facility.idNational": "F-1880-1"], "F-1880-1"), ([:], "F-1880-1"),
  ])
  func theNationalNumberCountsAndIsMadeWhereItIsMissing(_ cells: [String: String], _ key: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("t.csv", try table(Self.good.merging(cells) { $1 }))
    let run = try convert("t.csv", in: folder)
    #expect(run.status == 0)
    #expect(run.text.contains("https://data.example.se/id/livsmedelsanlaggning/\(key)"))
    #expect(run.errors.contains("[cell-disagrees]") == (key == "F-1880-9"))
  }

  @Test(arguments: ["Dricksvattenanläggning", "[\"Butik\"", ""])
  func aRowThatCannotBeJudgedIsWithheldWhole(_ type: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("t.csv", try table(Self.good.merging(["facility.type": type]) { $1 }))
    let run = try convert("t.csv", in: folder)
    #expect(run.status == 0)
    #expect(run.text.contains("Exempelbutiken") == type.isEmpty)
    #expect(try folder.text(of: "report.json").contains("\"undecided\":1") == !type.isEmpty)
  }

  /// The operator has 21 days to comment, whatever the clocks do meanwhile, and whether or not there is a comment already.
  @Test(arguments: [
    ("2026-03-10T09:00:00+01:00", "2026-03-30", false), ("2026-03-10T09:00:00+01:00", "2026-03-31", true),
    ("2026-03-10T09:00:00+01:00", "2026-04-01", true), ("2026-10-12T23:30:00+02:00", "2026-11-01", false),
    ("2026-10-12T23:30:00+02:00", "2026-11-02", true), ("2026-10-12T23:30:00+02:00", "2026-11-01T22:59:59Z", false),
    ("2026-10-12T23:30:00+02:00", "2026-11-01T23:00:00Z", true), ("2026-10-12", "2026-11-01", false), ("2026-10-12", "2026-11-03", true),
  ])
  func aNewInspectionIsKeptBack(_ date: String, _ asOf: String, _ isPublic: Bool) throws {
    let folder = try TemporaryFolder()
    try folder.write("t.csv", try table(Self.good.merging(["inspection.date": date, "inspection.ownerComment": "Åtgärdat"]) { $1 }))
    let run = try convert("t.csv", ["--as-of", asOf], in: folder)
    #expect(run.status == 0)
    #expect(run.text.contains("Exempelbutiken") == isPublic)
    let report = try folder.text(of: "report.json")
    let day = date.hasPrefix("2026-03") ? "2026-03-31" : "2026-11-02"
    #expect(report.contains("\"embargoed\":{\"\(day)\":1}") == !isPublic, "\(report)")
    #expect(run.errors.contains("1 rows become public later, the first on \(day)") == !isPublic, "\(run.errors)")
  }

  @Test(arguments: [("", 0), ("i mars", 0), ("2025-01-15", 1)]) func withoutADayNoInspectionIsPublished(_ date: String, _ published: Int)
    throws
  {
    let folder = try TemporaryFolder()
    try folder.write("t.csv", try table(Self.good.merging(["inspection.date": date]) { $1 }))
    let run = try convert("t.csv", in: folder)
    #expect(run.text.contains("livsmedelskontroll/") == (published == 1))
    #expect(try folder.text(of: "report.json").contains("\"undecided\":1") == (published == 0))
  }

  /// A facility in a row of its own has no inspection to keep back.
  @Test func aFacilityAloneIsPublished() throws {
    let folder = try TemporaryFolder()
    try folder.write("t.csv", try table(Self.good.filter { !$0.key.hasPrefix("inspection.") }))
    #expect(try convert("t.csv", in: folder).text.contains("Exempelbutiken"))
  }

  @Test func withoutTheColumnThatRulesAskForNothingIsPublished() throws {
    let folder = try TemporaryFolder()
    try folder.write("t.csv", "inspecOrg.id,facility.idLocal,facility.name\n1880,1,Exempelbutiken\n")
    let run = try convert("t.csv", in: folder)
    #expect(!run.text.contains("Exempelbutiken"))
    #expect(try folder.text(of: "report.json").contains("\"withheld\":{\"dricksvatten\":1}"))
  }
}
