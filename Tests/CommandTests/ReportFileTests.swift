import TestSupport
import Testing

/// `--report FILE` and `--report-format`: how reports are written, and to where.
struct ReportFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("things.json", plainMapping)
    try folder.write("table.csv", "id,Kommunid,namn,datum\n1,18880,<b>a</b>,31/01/2026\n")
  }

  private func validate(_ options: String...) throws -> ProgramRun {
    try ProgramRun(["validate", "--mapping", "./things.json"] + options + ["table.csv"], in: folder)
  }

  @Test(arguments: [
    (["--report", "r.json"], "r.json", "{"), (["--report", "r.html"], "r.html", "<!DOCTYPE html>"),
    (["--report", "r.txt"], "r.txt", "Check of table.csv"), (["--report", "r"], "r", "{"),
    (["--report", "r", "--report-format", "html"], "r", "<!DOCTYPE html>"),
    (["--report", "r", "--report-format", "text"], "r", "Check of table.csv"),
    (["--report", "r.json", "--report-format", "text"], "r.json", "{"),
    (["--report", "r.html", "--report-format", "json"], "r.html", "<!DOCTYPE html>"),
  ])
  func theEndingSaysHowElseTheOption(_ options: [String], _ file: String, _ beginning: String) throws {
    for command in [["validate"], ["convert", "-o", "out.ttl"]] {
      let run = try ProgramRun(command + ["--mapping", "./things.json"] + options + ["table.csv"], in: folder)
      #expect(run.status == 1)
      #expect(run.output.isEmpty)
      #expect(try folder.text(of: file).hasPrefix(beginning), "\(command)")
    }
  }

  @Test func htmlWithoutAFileGoesToStandardOutput() throws {
    let run = try validate("--report-format", "html", "--lang", "sv")
    #expect(run.text.hasPrefix("<!DOCTYPE html>\n<html lang=\"sv\">"))
    #expect(run.text.contains("Är filen rätt?"))
    #expect(run.status == 1)
  }

  @Test func problemsStandTogetherByKindAndColumn() throws {
    let run = try validate("--lang", "sv")
    let lines = run.errorLines
    let code = try #require(lines.firstIndex(of: "1 fel i kolumnen «kommun»: koden finns inte i registret"))
    #expect(lines[code + 1].hasPrefix("table.csv:2:3: fel: «18880» är ingen kod i registret kommun; närmast: 1880 Örebro"))
    #expect(lines.contains { $0.hasPrefix("  förslag: 1 av 1 felaktiga celler i «datum» är datum på formen dd/MM/yyyy") })
    #expect(lines.contains("Är filen rätt? Nej. Kontrollen hittade 2 fel."))
    #expect(lines.contains { $0.hasPrefix("Får den publiceras? Det är inte prövat") })
    #expect(lines.last == "kommungraf: 1 rader lästa, 2 fel")
  }

  @Test func aFileThatCanNotBeReadHasAReportToo() throws {
    try folder.write("table.csv", "namn\na\n")
    let run = try validate("--report", "r.html")
    #expect(run.status == 65)
    #expect(run.errors.contains("[column-missing]"))
    let page = try folder.text(of: "r.html")
    #expect(page.contains("The file has not the columns that the mapping needs."))
    #expect(page.contains("column-missing"))
  }

  @Test func aReportThatCanNotBeWrittenIsAFailure() throws {
    let run = try validate("--report", "none/r.html")
    #expect(run.status == 74)
    #expect(run.errors.contains("write-failed"))
  }

  @Test(arguments: ["r.json", "r.html", "r.txt"]) func aSiteHasReportsInAllForms(_ file: String) throws {
    let run = try ProgramRun(
      ["validate", "--site", ProgramRun.repository + "/mappings", "--report", file, "--lang", "sv"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try folder.text(of: file).contains("livsmedelskontroller-1880"))
  }

  @Test func secretsStandInNoReportOfALedger() throws {
    let header = "kopare_id;kopare;verifikationsnummer;leverantor;leverantor_id;datum;belopp;okand\n"
    let rows =
      "2120009903;X;1;Hemlig Persson;850132-1234;2025-01-01;Hemligt;1880\n2120009903;X;2;A;5599990016;fel;1;0180\n"
      + "2120009903;X;3;Hemlig;8501321234;i går;x;1480\n2120009903;X\n"
    try folder.write("ledger.csv", header + rows)
    for file in ["r.json", "r.html", "r.txt"] {
      let run = try ProgramRun(["validate", "--mapping", "leverantorsreskontra", "--report", file, "ledger.csv"], in: folder)
      let all = run.errors + run.text + (try folder.text(of: file))
      #expect(run.status == 1)
      for secret in ["Hemlig", "Persson", "850132"] { #expect(!all.contains(secret), "\(file) \(secret)") }
    }
  }
}
