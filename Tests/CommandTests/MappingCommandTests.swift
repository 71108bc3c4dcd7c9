import TestSupport
import Testing

/// `mapping list` and `mapping show`, and where mappings are found (contract §1).
struct MappingCommandTests {
  @Test(arguments: [("sv", "Leverantörsreskontra"), ("en", "Supplier ledger")])
  func listNamesThemInTheLanguageOfTheUser(_ language: String, _ title: String) throws {
    let run = try ProgramRun(["mapping", "list", "--lang", language], in: TemporaryFolder())
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    let line = try #require(run.lines.first { $0.hasPrefix("leverantorsreskontra ") })
    #expect(line.hasSuffix(" " + title))
  }

  @Test(arguments: [("sv", "Leverantörsreskontra", "Konteringar av"), ("en", "Supplier ledger", "Postings of")])
  func showTellsWhatItIsAndItsVariants(_ language: String, _ title: String, _ description: String) throws {
    let run = try ProgramRun(["mapping", "show", "leverantorsreskontra", "--lang", language], in: TemporaryFolder())
    #expect(run.status == 0)
    #expect(run.lines.first == title)
    for text in [description, "https://lankadedata.se/spec/leverantorsreskontra/1.1", "verifikat", "rader", "belopp/nettobelopp"] {
      #expect(run.text.contains(text), "\(text)")
    }
  }

  @Test func showOfNoMappingNamesTheNearest() throws {
    let run = try ProgramRun(["mapping", "show", "leverantorreskontra"], in: TemporaryFolder())
    #expect(run.status == 66)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("Nearest: leverantorsreskontra."))
  }

  @Test func theFolderOfTheUserComesFirst() throws {
    let folder = try TemporaryFolder()
    try folder.write("mappings/own/specification.yaml", "title: {sv: Egen, en: Own}\nvariants:\n  - {file: m.json, for: csv}\n")
    try folder.write("mappings/own/m.json", plainMapping)
    try folder.write("things.csv", "id,Kommunid\n1,180\n")
    #expect(try ProgramRun(["mapping", "list", "--lang", "sv"], in: folder).text.contains("own                   Egen\n"))
    let run = try ProgramRun(
      ["convert", "--mapping", "own", "--base", "https://data.example.se", "--format", "ntriples", "things.csv"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.contains("<https://w3id.org/kommungraf/id/kommun/0180>"))
    let elsewhere = try ProgramRun(["mapping", "list"], environment: ["KOMMUNGRAF_HOME": folder.path], in: TemporaryFolder())
    #expect(elsewhere.text.contains("own                   Own\n"))
  }

  @Test func aNameWithoutBaseIsToldOfTheDefault() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "l.csv", "kopare_id;verifikationsnummer;leverantor;leverantor_id;datum;belopp\n2120009903;1;A;5599990024;2025-01-02;1\n")
    let run = try ProgramRun(["convert", "--mapping", "leverantorsreskontra", "l.csv"], in: folder)
    #expect(run.status == 0)
    #expect(run.errors.contains("https://data.example.se/"))
    #expect(run.errors.contains("[base-missing]"))
  }
}
