import Foundation
import TestSupport
import Testing

/// `kommungraf mint` (contract §1).
struct MintCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try Self.site() }

  /// A folder with a register of preschools that makes keys of its own.
  static func site() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path + "/vocabularies", withIntermediateDirectories: true)
    try folder.write("vocabularies/forskola.csv", "nyckel,namn\n")
    try folder.write(
      "vocabularies/forskola.csv-metadata.json",
      """
      {"@context": "http://www.w3.org/ns/csvw", "url": "forskola.csv",
       "https://w3id.org/kommungraf/ns/csvw/newKey": "sequence; prefix: 1880-",
       "tableSchema": {"aboutUrl": "https://data.example.se/id/forskola/{nyckel}", "columns": [
         {"name": "nyckel", "propertyUrl": "dcterms:identifier"},
         {"name": "namn", "titles": ["namn", "Förskola"], "propertyUrl": "rdfs:label", "lang": "sv"}]}}
      """)
    return folder
  }

  private func mint(_ arguments: String...) throws -> ProgramRun { try ProgramRun(["mint"] + arguments, in: folder) }

  @Test func aKeyIsGivenOutOnceAndKnownAgain() throws {
    let first = try mint("--register", "forskola", "--key", "1880-1", "--label", "Björken")
    #expect(first.text == "https://data.example.se/id/forskola/1880-1\n")
    #expect(first.errors == "kommungraf: 1 minted, 0 there already\n")
    let second = try mint("--register", "forskola", "--key", "1880-1", "--lang", "sv")
    #expect(second.text == first.text)
    #expect(second.errors == "kommungraf: 0 präglade, 1 fanns redan\n")
    #expect(try mint("verify", "--register", "forskola").errors == "kommungraf: the ledger holds: 1 events, 1 keys\n")
  }

  @Test func aDryRunWritesNothing() throws {
    #expect(try mint("--register", "forskola", "--new", "--dry-run").text == "https://data.example.se/id/forskola/1880-1\n")
    #expect(!FileManager.default.fileExists(atPath: folder.file("vocabularies/forskola.ledger")))
  }

  @Test func aTableComesBackWithItsIdentifiers() throws {
    try folder.write("in.csv", "Förskola,Enhet\n\"Lärkan; Norr\",F7\nTrasten,F8\nLärkan,F7\n")
    let run = try mint("--register", "forskola", "--input", "in.csv", "--natural", "Enhet")
    #expect(
      run.text == "\u{FEFF}Förskola;Enhet;iri\r\n\"Lärkan; Norr\";F7;https://data.example.se/id/forskola/1880-1\r\n"
        + "Trasten;F8;https://data.example.se/id/forskola/1880-2\r\nLärkan;F7;https://data.example.se/id/forskola/1880-1\r\n")
    #expect(try mint("--register", "forskola", "--input", "in.csv", "--natural", "Enhet").text == run.text)
  }

  @Test func aTableWithoutTheColumnIsRefusedByItsName() throws {
    try folder.write("in.csv", "Förskola,Enhet\nLärkan,F7\n")
    let run = try mint("--register", "forskola", "--input", "in.csv", "--natural", "Nummer")
    #expect(run.status == 65)
    #expect(run.errors.contains("in.csv:1: error: the column «Nummer» is missing."), "\(run.errors)")
  }

  @Test(arguments: ["Förskola,Enhet,iri\nLärkan,F7,\n", "Förskola,Enhet\nLärkan,F7\n", "iri,Enhet,Förskola\nx,F7,Lärkan\n"])
  func aTableThatCameBackHasOneColumnOfIdentifiers(_ text: String) throws {
    try folder.write("in.csv", text)
    for _ in 0..<2 {
      let run = try mint("--register", "forskola", "--input", "in.csv", "--natural", "Enhet", "-o", "in.csv")
      #expect(run.status == 0, "\(run.errors)")
    }
    let iri = "https://data.example.se/id/forskola/1880-1"
    #expect(
      try folder.text(of: "in.csv")
        == (text.hasPrefix("iri")
          ? "\u{FEFF}iri;Enhet;Förskola\r\n\(iri);F7;Lärkan\r\n" : "\u{FEFF}Förskola;Enhet;iri\r\nLärkan;F7;\(iri)\r\n"))
  }

  /// A row that could not be known again, or whose identifier would stand beside the columns, stops the whole table.
  @Test(arguments: [
    ("Enhet;namn\nF1;Lärkan\n;Utan\n", "in.csv:3:1: error: ", "[cell-required]"),
    ("namn;Enhet\nLärkan;F1\nUtan; \n", "in.csv:3:6: error: ", "[cell-required]"),
    ("namn;Enhet;Ort\nLärkan;F1;A\nUtan\n", "in.csv:3:5: error: ", "[cell-required]"),
    ("Enhet;namn\nF1;Lärkan\nF2;Tras;ten\n", "in.csv:3:1: error: the row has 3 cells but the header has 2.", "[row-ragged]"),
  ])
  func aRowThatCanGetNoIdentifierStopsAllOfThem(_ text: String, _ place: String, _ code: String) throws {
    try folder.write("in.csv", text)
    let run = try mint("--register", "forskola", "--input", "in.csv", "--natural", "Enhet")
    #expect(run.status == 65)
    #expect(run.output.isEmpty)
    #expect(run.errors.hasPrefix(place) && run.errors.contains(code), "\(run.errors)")
    #expect(try mint("verify", "--register", "forskola").status == 66)
  }

  @Test func cellsBeyondTheHeaderThatAreEmptyAreNoFault() throws {
    try folder.write("in.csv", "Enhet;namn\nF1;Lärkan;;\n")
    let run = try mint("--register", "forskola", "--input", "in.csv", "--natural", "Enhet")
    #expect(run.text == "\u{FEFF}Enhet;namn;iri\r\nF1;Lärkan;https://data.example.se/id/forskola/1880-1\r\n", "\(run.errors)")
  }

  @Test func aBadRowOfATableStopsAllOfIt() throws {
    try folder.write("in.csv", "nyckel,namn\na,A\nb/c,B\n")
    let run = try mint("--register", "forskola", "--input", "in.csv")
    #expect(run.status == 65)
    #expect(run.text.isEmpty)
    #expect(run.errors.hasPrefix("in.csv:3:"), "\(run.errors)")
    #expect(try mint("verify", "--register", "forskola").errors.contains("0 events"))
  }

  @Test func endingsAreKept() throws {
    for key in ["a", "b", "c", "d", "e"] { _ = try mint("--register", "forskola", "--key", key) }
    let day = ["--reason", "Nedlagd", "--date", "2026-08-01"]
    #expect(try ProgramRun(["mint", "retire", "--register", "forskola", "--key", "a"] + day, in: folder).status == 0)
    #expect(try ProgramRun(["mint", "merge", "--register", "forskola", "--key", "b", "--into", "c"] + day, in: folder).status == 0)
    #expect(
      try ProgramRun(["mint", "split", "--register", "forskola", "--key", "c", "--into", "d", "--into", "e"] + day, in: folder).status == 0)
    let again = try mint("--register", "forskola", "--key", "a")
    #expect(again.status == 65)
    #expect(again.errors.contains("may never be given out again"))
    let ended = try ProgramRun(["mint", "replace", "--register", "forskola", "--key", "d", "--into", "a"] + day, in: folder)
    #expect(ended.status == 65)
    #expect(ended.errors.contains("«a» has ended itself"))
    let unknown = try ProgramRun(["mint", "retire", "--register", "forskola", "--key", "z"] + day, in: folder)
    #expect(unknown.errors.contains("[key-unknown]"))
  }

  /// UM-10, where the register's table says it.
  @Test func whatTheTableHasEndedIsNeitherMintedNorASuccessor() throws {
    try folder.write("vocabularies/forskola.csv", "nyckel,namn,till\na,Björken,2020-12-31\nb,Alen,\n")
    let metadata = try folder.text(of: "vocabularies/forskola.csv-metadata.json")
    try folder.write(
      "vocabularies/forskola.csv-metadata.json",
      metadata.replacing(
        "\"lang\": \"sv\"}]",
        with: "\"lang\": \"sv\"}, {\"name\": \"till\", \"propertyUrl\": \"https://w3id.org/kommungraf/ns/giltigTill\"}]"))
    for arguments in [["--key", "a"], ["replace", "--key", "b", "--into", "a", "--reason", "x", "--date", "2026-08-01"]] {
      let command = arguments.prefix { !$0.hasPrefix("-") } + ["--register", "forskola"] + arguments.drop { !$0.hasPrefix("-") }
      let run = try ProgramRun(["mint"] + command, in: folder)
      #expect(run.status == 65)
      #expect(run.errors.contains("[key-ended]"), "\(run.errors)")
    }
    let merged = ["merge", "--register", "forskola", "--key", "a", "--into", "b", "--reason", "x", "--date", "2026-08-01"]
    #expect(try ProgramRun(["mint"] + merged, in: folder).status == 0)
  }

  @Test func aLedgerEditedByHandIsRefusedWithItsLine() throws {
    for key in ["a", "b", "c"] { _ = try mint("--register", "forskola", "--key", key, "--label", "Namn") }
    let path = folder.file("vocabularies/forskola.ledger")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing("\tb\t", with: "\tx\t").write(toFile: path, atomically: true, encoding: .utf8)
    let run = try mint("--register", "forskola", "--key", "d")
    #expect(run.status == 65)
    #expect(
      run.errors.hasPrefix("./vocabularies/forskola.ledger:3: error:") || run.errors.hasPrefix("vocabularies/forskola.ledger:3: error:"))
    #expect(run.errors.contains("[ledger-broken]"))
  }

  @Test(arguments: [
    ["--register", "forskola"], ["--register", "forskola", "--new", "--key", "a"], ["--new"],
    ["retire", "--register", "forskola", "--key", "a", "--reason", "x", "--date", "i går"],
    ["split", "--register", "forskola", "--key", "a", "--into", "b", "--reason", "x", "--date", "2026-08-01"],
    ["split", "--register", "forskola", "--key", "a", "--into", "b", "--into", "b", "--reason", "x", "--date", "2026-08-01"],
    ["retire", "--register", "forskola", "--key", "a", "--reason", "", "--date", "2026-08-01"],
    ["retire", "--register", "forskola", "--key", "a", "--reason", " ", "--date", "2026-08-01"],
  ])
  func whatDoesNotMakeSenseIsAUsageError(_ arguments: [String]) throws {
    for key in ["a", "b"] { _ = try mint("--register", "forskola", "--key", key) }
    #expect(try ProgramRun(["mint"] + arguments, in: folder).status == 64)
    #expect(try mint("verify", "--register", "forskola").errors.contains("2 events"))
  }

  /// What the program brought along is the same Örebro for everyone: no site gives out or ends anything in it.
  @Test(arguments: [
    ["--register", "forskola", "--key", "1880-9"], ["--register", "forskola", "--new", "--dry-run"],
    ["retire", "--register", "forskola", "--key", "1880-1", "--reason", "Nedlagd", "--date", "2026-08-01"],
    ["--register", "kommun", "--key", "9997", "--label", "Hittepå", "--dry-run"],
  ])
  func aRegisterThatAllSitesShareIsLeftAsItIs(_ arguments: [String]) throws {
    _ = try mint("--register", "forskola", "--key", "1880-1")
    let before = try folder.text(of: "vocabularies/forskola.ledger")
    let elsewhere = try TemporaryFolder()
    try elsewhere.writeSite()
    let run = try ProgramRun(["mint"] + arguments, environment: ["KOMMUNGRAF_HOME": folder.path], in: elsewhere)
    #expect(run.status == 65)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("/vocabularies/\(arguments.contains("kommun") ? "kommun" : "forskola").csv-metadata.json: error: "))
    #expect(run.errors.contains("registers/") && run.errors.contains("[register-foreign]"), "\(run.errors)")
    #expect(try folder.text(of: "vocabularies/forskola.ledger") == before)
  }

  @Test(arguments: [".", "./", "shared"]) func aSharedRegisterInTheWorkingFolderIsOnesOwn(_ home: String) throws {
    for name in ["forskola.csv", "forskola.csv-metadata.json"] {
      try folder.write("shared/vocabularies/" + name, try folder.text(of: "vocabularies/" + name))
      if home == "shared" { try FileManager.default.removeItem(atPath: folder.file("vocabularies/" + name)) }
    }
    let run = try ProgramRun(["mint", "--register", "forskola", "--new"], environment: ["KOMMUNGRAF_HOME": home], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text == "https://data.example.se/id/forskola/1880-1\n")
  }

  /// Each register has one name, and its ledger says it.
  @Test(arguments: ["./forskola", "../vocabularies/forskola", "forskola/../forskola", "", "."])
  func aPathIsNoRegister(_ name: String) throws {
    let run = try mint("--register", name, "--key", "a")
    #expect(run.status == 66)
    #expect(run.errors.contains("[register-missing]"), "\(run.errors)")
    #expect(try folder.names == ["vocabularies"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("vocabularies")).count == 2)
  }

  /// Killed at any moment, two processes at once: no key twice, nothing lost that was acknowledged, and the chain holds.
  @Test func killsLoseNothing() throws {
    var random = SystemRandomNumberGenerator()
    for round in 0..<(TestTier.isFull ? 200 : 30) {
      let processes = try (0..<2).map { try minter(round * 2 + $0) }
      usleep(UInt32.random(in: 0..<(TestTier.isFull ? 12_000 : 80_000), using: &random))
      for process in processes { process.kill() }
      for process in processes { _ = process.wait(seconds: 60) }
    }
    let acknowledged = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("out-") }.flatMap { name in
      try String(contentsOfFile: folder.file(name), encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        .map(String.init)
    }
    #expect(Set(acknowledged).count == acknowledged.count)
    let verified = try mint("verify", "--register", "forskola", "--lang", "en")
    #expect(verified.status == 0 || acknowledged.isEmpty, "\(verified.errors)")
    let ledger = (try? String(contentsOfFile: folder.file("vocabularies/forskola.ledger"), encoding: .utf8)) ?? ""
    let keys = ledger.split(separator: "\n").dropFirst().map { $0.split(separator: "\t", omittingEmptySubsequences: false)[2] }
    #expect(Set(keys).count == keys.count)
    for iri in acknowledged { #expect(keys.contains { iri.hasSuffix("/" + $0) }, "\(iri)") }
  }

  private func minter(_ number: Int) throws -> ChildProgram {
    try ProgramRun.started(["mint", "--register", "forskola", "--new", "--quiet"], in: folder, output: "out-\(number)")
  }
}
