import Foundation
import TestSupport
import Testing

/// `kommungraf mapping new FILE` (contract §1).
struct NewMappingCommandTests {
  private let folder: TemporaryFolder
  private static let table = "ID;Org.nr;Personnr;Datum\n1;5599990016;850101-1236;31/01/2026\n2;2120001967;900215-2388;28/02/2026\n"

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("beslut.csv", Self.table)
  }

  @Test func theMappingGoesToStandardOutputAndWhatToLookAtToTheUser() throws {
    let run = try ProgramRun(["mapping", "new", "--lang", "sv", "beslut.csv"], in: folder)
    #expect(run.status == 0)
    #expect(object(run.text)?["url"] as? String == "beslut.csv")
    #expect(run.errorLines.first == "kommungraf: 4 kolumner i 2 rader.")
    #expect(run.errorLines.contains("  Raderna skiljs åt av «ID»: id/beslut/{id}."))
    #expect(run.errorLines.contains("  «Org.nr» ser ut som koder i registret organisation (2 av 2 celler)."))
    #expect(
      run.errorLines.contains("  Titta på: «Personnr» ser ut som personnummer: regeln personnummer gör att inga av cellerna publiceras."))
    for number in ["850101", "900215"] { #expect(!(run.text + run.errors).contains(number)) }
  }

  @Test func standardInputIsAFileWithoutName() throws {
    let run = try ProgramRun(["mapping", "new", "-"], input: Array(Self.table.utf8), in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let named = try ProgramRun(["mapping", "new", "beslut.csv"], in: folder)
    #expect(
      run.text
        == named.text.replacing("beslut.csv", with: "tabell.csv").replacing("id/beslut/", with: "id/tabell/")
        .replacing("ns/Beslut\"", with: "ns/Tabell\"").replacing("\"Beslut\"", with: "\"Tabell\""))
  }

  @Test func whatItWritesValidatesAtOnceAndWithholds() throws {
    #expect(try ProgramRun(["mapping", "new", "--quiet", "-o", "m.json", "beslut.csv"], in: folder).errors.isEmpty)
    let check = try ProgramRun(["validate", "--mapping", "./m.json", "beslut.csv"], in: folder)
    #expect(check.status == 0, "\(check.errors)")
    let run = try ProgramRun(
      ["convert", "--mapping", "./m.json", "--mode", "minimal", "--base", "https://data.example.se", "--format", "ntriples", "beslut.csv"],
      in: folder)
    #expect(
      run.text.contains(
        "<https://data.example.se/id/beslut/1> <https://data.example.se/ns/orgNr> "
          + "<https://w3id.org/kommungraf/id/organisation/5599990016> ."))
    #expect(run.text.contains("\"2026-01-31\"^^<http://www.w3.org/2001/XMLSchema#date>"))
    #expect(!run.text.contains("850101"))
  }

  /// A site of what was proposed passes the checks of the graph, too.
  @Test func whatItWritesIsASiteAtOnce() throws {
    try folder.write("parker.csv", "ID;Namn;Kommunkod\n1;Björkparken;0180\n2;Ekbacken;1480\n")
    #expect(try ProgramRun(["mapping", "new", "--quiet", "-o", "csv.json", "parker.csv"], in: folder).status == 0)
    try folder.write("mappings/parker/csv.json", try folder.text(of: "csv.json"))
    try folder.write("mappings/parker/specification.yaml", "title: Parker\nvariants: [{file: csv.json, for: csv}]\n")
    try folder.writeSite(datasets: ["{name: parker, mapping: parker, source: parker.csv}"])
    let run = try ProgramRun(["validate", "--site", ".", "--lang", "en"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test(arguments: [
    (["mapping", "new", "none.csv"], 66, "input-missing"), (["mapping", "new", "empty.csv"], 65, "table-empty"),
    (["mapping", "new", "-"], 65, "table-empty"), (["mapping", "new"], 64, "FILE"),
    (["mapping", "new", "-o", "none/m.json", "beslut.csv"], 74, "write-failed"),
  ])
  func whatCanNotBeDone(_ arguments: [String], _ status: Int, _ says: String) throws {
    try folder.write("empty.csv", "")
    let run = try ProgramRun(arguments, in: folder)
    #expect(run.status == Int32(status))
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(says))
  }

  /// Published files in which nothing is wrong; they stand beside the repository where they are.
  static let samples: [String] = {
    let folder = ProgramRun.repository + "/../shared/domain/samples"
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".csv") }.sorted().map { folder + "/" + $0 }
  }()

  @Test("files as they are published validate at once by what was proposed for them", arguments: samples)
  func publishedFiles(_ file: String) throws {
    #expect(try ProgramRun(["mapping", "new", "-o", "m.json", file], in: folder).status == 0)
    let run = try ProgramRun(["validate", "--mapping", "./m.json", file], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let report = try #require(run.errorLines.last)
    #expect(report.hasSuffix("no errors"))
  }
}
