import Foundation
import TestSupport
import Testing

/// Tables as they were published, read without a hand edit: by the mapping that `mapping new` proposes, to the last value.
@Suite(.enabled(if: SampleFacts.isPresent, "the folder of samples does not stand beside the repository"))
struct SampleTableTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: SampleFacts.all) func whatComesOut(_ sample: SampleFacts) throws {
    let path = SampleFacts.folder + "/" + sample.file
    let proposal = try ProgramRun(["mapping", "new", "-o", "m.json", path], in: folder)
    #expect(proposal.status == 0)
    let mark = "  Look at: "
    #expect(proposal.errorLines.filter { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count)) } == sample.doubts)
    let run = try ProgramRun(
      [
        "convert", "--mapping", "./m.json", "--mode", "minimal", "--base", "https://data.example.se/", "--format", "ntriples", "--report",
        "r.json", path,
      ], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let report = try #require(try JSONSerialization.jsonObject(with: Data(try folder.bytes(of: "r.json"))) as? [String: Any])
    let rows = try #require(report["rows"] as? [String: Any])
    #expect("\(rows["read"] ?? "") read, \(rows["published"] ?? "") published" == sample.rows)
    #expect(report["triples"] as? Int == sample.triples)
    #expect(run.lines.count == sample.triples)
    let problems = report["problems"] as? [[String: Any]] ?? []
    #expect(problems.map { "\($0["line"] ?? ""):\($0["column"] ?? "") \($0["code"] ?? "")" } == sample.problems)
    let facts = FactText.facts(of: run.lines)
    for thing in sample.things { #expect(facts[thing.subject] == thing.facts.sorted(), "\(thing.subject)") }
  }

  @Test func everyTableIsKnown() throws {
    let names = try FileManager.default.subpathsOfDirectory(atPath: SampleFacts.folder)
    let others = [
      "utegym/file2.json", "leverantorsreskontra/vasteras_2025_rowstore_sample.json", "livsmedelskontroller/teknisk_specifikation_v2.xlsx",
    ]
    #expect(SampleFacts.all.map(\.file).sorted() == (names.filter { $0.hasSuffix(".csv") } + others).sorted())
    for sample in SampleFacts.all { #expect(sample.things.count > 0, "\(sample.file)") }
  }

  @Test(
    arguments: ["convert", "validate", "mapping new"],
    [
      (
        "badplatser/harryda_badplatser.json", ":404:2: error: this is not JSON: unexpected «\"», expected nothing more. ", "[json-syntax]"
      ),
      (
        "leverantorsreskontra/sambruk_xmlsie_minimal_example.NOT-WELLFORMED.xml",
        ": error: this is not a table: the file begins as XML or HTML. ", "[table-not-recognised]"
      ),
    ])
  func whatIsNoTableIsToldOf(_ command: String, _ sample: (file: String, says: String, code: String)) throws {
    let path = SampleFacts.folder + "/" + sample.file
    let run = try ProgramRun(command.split(separator: " ").map(String.init) + [path], in: folder)
    #expect(run.status == 65)
    #expect(run.output.isEmpty)
    let line = run.errorLines.last { $0.hasPrefix(path) } ?? ""
    #expect(line.hasPrefix(path + sample.says) && line.hasSuffix(sample.code), "\(run.errors)")
  }
}
