import TestSupport
import Testing

/// Tables whose header does not stand in the first row, or elsewhere altogether (contract §1, `--first-row`, `--header-from`).
struct HeaderOptionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let lines = "Saker i Örebro\nUttag;2024-03-01\n"

  @Test func linesBeforeTheHeaderArePassedOverAndToldOf() throws {
    let run = try convertPlain(Self.lines + "id;namn\n1;a\n2\n", in: folder)
    #expect(run.status == 1)
    #expect(run.lines == [identifier("1"), label("1", "a")])
    #expect(
      run.errorLines[0]
        == "table.csv:3: warning: the header stands in row 3; the rows before it are no part of the table. "
        + "If that is the wrong row, give the right one with --first-row N. [header-found]")
    #expect(run.errorLines[1].hasPrefix("table.csv:5:"))
    let swedish = try convertPlain(Self.lines + "id;namn\n1;a\n", ["--lang", "sv"], in: folder)
    #expect(swedish.errorLines[0].hasPrefix("table.csv:3: varning: rubrikerna står på rad 3; raderna före hör inte till tabellen."))
  }

  @Test func whatIsMissingIsMissingInTheHeaderThatWasFound() throws {
    let run = try convertPlain(Self.lines + "namn;datum\na;2024-01-01\n", in: folder)
    #expect(run.status == 65 && run.output.isEmpty)
    #expect(run.errors.contains("table.csv:3: error: the column «id» is missing."), "\(run.errors)")
  }

  @Test func theRowMayBeGiven() throws {
    let table = "id;namn\n1;a\nid;namn\n2;b\n"
    #expect(try convertPlain(table, ["--first-row", "3"], in: folder).lines == [identifier("2"), label("2", "b")])
    #expect(try convertPlain(table, ["--first-row", "3"], in: folder).errorLines.count == 1)
    #expect(try convertPlain(table, ["--first-row", "0"], in: folder).status == 64)
    try folder.write("t.xlsx", TestWorkbook([["id", "namn"], [1, "a"], ["id", "namn"], [2, "b"]]).bytes())
    let run = try ProgramRun(
      ["convert", "--mapping", "./things.json", "--mode", "minimal", "--format", "ntriples", "--first-row", "3", "t.xlsx"], in: folder)
    #expect(run.lines == [identifier("2"), label("2", "b")], "\(run.errors)")
  }

  @Test func titlesMayComeFromAnotherFile() throws {
    try folder.write("rubriker.csv", "namn;id\n")
    #expect(try convertPlain("a;1\nb;2\n", ["--header-from", "rubriker.csv"], in: folder).lines.count == 4)
    try folder.write("t.xlsx", TestWorkbook([["Saker"], ["a", 1]]).bytes())
    try folder.write("rubriker.xlsx", TestWorkbook(sheets: [.init("A", [["x"]]), .init("B", [["namn", "id"]])]).bytes())
    let run = try ProgramRun(
      [
        "convert", "--mapping", "./things.json", "--mode", "minimal", "--format", "ntriples", "--first-row", "2", "--header-from",
        "rubriker.xlsx!B", "t.xlsx",
      ], in: folder)
    #expect(run.lines == [identifier("1"), label("1", "a")], "\(run.errors)")
    try folder.write("rubriker.csv", "namn\n")
    let missing = try convertPlain("a\n", ["--header-from", "rubriker.csv"], in: folder)
    #expect(missing.status == 65)
    #expect(missing.errors.contains("rubriker.csv:1: error: the column «id» is missing."), "\(missing.errors)")
    #expect(try convertPlain("a\n", ["--header-from", "none.csv"], in: folder).status == 66)
  }

  @Test func theyGoWithValidateToo() throws {
    try folder.write("things.json", plainMapping)
    try folder.write("t.csv", "x\nid;Kommunid\n1;18880\n")
    let run = try ProgramRun(["validate", "--mapping", "./things.json", "--first-row", "2", "t.csv"], in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("\nt.csv:3:3: error: «18880»"), "\(run.errors)")
  }

  @Test func aMappingByNameFindsItsHeaderToo() throws {
    let ledger =
      "Leverantörsreskontra, 2025\n\nkopare_id;verifikationsnummer;leverantor;leverantor_id;datum;belopp\n"
      + "2120009903;1;Luftslott IT AB;5599990164;2025-01-02;1,50\n"
    let run = try LedgerRun(ledger)
    #expect(run.run.status == 0, "\(run.run.errors)")
    #expect(run.run.errors.contains("ledger.csv: warning: the header stands in row 3;"), "\(run.run.errors)")
    #expect(run.values("netAmount").count == 1)
  }
}
