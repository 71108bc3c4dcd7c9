import TestSupport
import Testing

/// `--log-level` (contract §1): what is done is told on standard error, for whoever asks.
struct LogLevelTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      "ledger.csv",
      "kopare_id;kopare;verifikationsnummer;leverantor;leverantor_id;datum;belopp\n"
        + "2120009903;Exempelstad;1;Fantasi Energi AB;5599990024;2019-01-02;12,00\n")
  }

  private func convert(_ level: [String]) throws -> ProgramRun {
    try ProgramRun(
      ["convert", "--mapping", "leverantorsreskontra", "--base", "https://data.example.se/", "--format", "ntriples"] + level + [
        "ledger.csv"
      ],
      in: folder)
  }

  @Test func nothingIsLoggedUnlessItIsAskedFor() throws {
    let plain = try convert([])
    #expect(plain.errorLines.count == 1, "\(plain.errors)")
    let error = try convert(["--log-level", "error"])
    #expect(error.errorLines.count == 1)
    #expect(error.text == plain.text)
  }

  @Test func infoSaysWhatBecameOfTheTables() throws {
    let run = try convert(["--log-level", "info"])
    let line = run.errorLines.first { $0.contains("tables read") } ?? ""
    for word in [" info kommungraf: ", "rows=1", "published=1", "triples="] { #expect(line.contains(word), "\(run.errors)") }
    #expect(!run.errors.contains(" debug "))
  }

  @Test func debugSaysWhatIsOpenedAndByWhichMapping() throws {
    let run = try convert(["--log-level", "debug"])
    #expect(run.errorLines.contains { $0.contains("opened") && $0.contains("name=ledger.csv") }, "\(run.errors)")
    #expect(run.errorLines.contains { $0.contains("mapping") && $0.contains("leverantorsreskontra/verifikat.json") }, "\(run.errors)")
    #expect(run.errorLines.contains { $0.contains("table") && $0.contains("input=ledger.csv") && $0.contains("kind=csv") })
    // Facts stay in the data.
    #expect(!run.errors.contains("Fantasi"))
  }

  @Test func aServerSaysWhatItBuildsAndAnswers() throws {
    try folder.writeSite(datasets: ["{name: ledger, mapping: leverantorsreskontra, source: ledger.csv}"])
    let server = try ServedProgram([".", "--log-level", "debug"], in: folder.path)
    #expect(server.said.contains { $0.contains("graph built") && $0.contains("graph=https://data.example.se/dataset/ledger") })
    #expect(server.said.contains { $0.contains("mapping") && $0.contains("verifikat.json") })
    #expect(try server.get("/catalog?lang=sv").status == 200)
    var lines: [String] = []
    while let line = server.nextLine() {
      lines.append(line)
      if line.contains("text=lang=sv") { break }
    }
    #expect(lines.contains { $0.contains(" info ") && $0.contains("path=/catalog ") && $0.contains("status=200") }, "\(lines)")
  }

  @Test func aServerIsQuietOtherwise() throws {
    try folder.writeSite()
    let server = try ServedProgram(["."], in: folder.path)
    #expect(!server.said.contains { $0.contains("graph built") })
  }

  @Test func aLevelThatThereIsNotIsTold() throws {
    let run = try convert(["--log-level", "loud"])
    #expect(run.status == 64)
    for level in ["trace", "debug", "info", "notice", "warning", "error", "critical"] { #expect(run.errors.contains("- \(level)")) }
  }
}
