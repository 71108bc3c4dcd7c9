import TestSupport
import Testing

/// Workbooks of Excel as tables (contract §1, §2): their sheets, and the places of what is wrong in them.
struct WorkbookTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("things.json", plainMapping)
  }

  /// A workbook of things by the titles of ``plainMapping``.
  private static func things(_ sheets: [(name: String, rows: [[TestWorkbook.Cell]])]) -> TestWorkbook {
    var workbook = TestWorkbook(sheets: sheets.map { .init($0.name, [["id", "Kommunid", "datum", "Belopp", "namn"]] + $0.rows) })
    workbook.formats = [.builtIn(14)]
    return workbook
  }

  private static let good: [TestWorkbook.Cell] = ["1", 180, .number("45352", style: 1), .number("1234.5"), "Örebro & co"]

  private func convert(_ arguments: String..., input: [UInt8] = []) throws -> ProgramRun {
    let options = ["convert", "--mapping", "./things.json", "--mode", "minimal", "--format", "ntriples"]
    return try ProgramRun(options + arguments, input: input, in: folder)
  }

  @Test func numbersDatesAndTextsBecomeTheirValues() throws {
    try folder.write("t.xlsx", Self.things([("Blad1", [Self.good])]).bytes())
    let run = try convert("t.xlsx")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errorLines.count == 1, "\(run.errors)")
    let thing = "<https://example.org/thing/1> "
    #expect(run.lines.contains(label("1", "Örebro & co")))
    #expect(run.lines.contains(thing + "<http://purl.org/dc/terms/date> \"2024-03-01\"^^<http://www.w3.org/2001/XMLSchema#date> ."))
    #expect(run.lines.contains(thing + "<https://example.org/amount> \"1234.5\"^^<http://www.w3.org/2001/XMLSchema#decimal> ."))
    #expect(run.lines.contains(thing + "<http://purl.org/dc/terms/spatial> <https://w3id.org/kommungraf/id/kommun/0180> ."))
  }

  @Test func problemsStandAtTheirCells() throws {
    let rows: [[TestWorkbook.Cell]] = [
      Self.good, ["2", 18880, .text("i går"), .text("tio"), "b"], [],
      ["3", .error("#REF!"), .formula("B1", value: nil), .number("x"), "c"],
      [.empty, .empty, .empty, .empty, "d"],
      ["5", .empty, .number("60", style: 1), .empty, .xml(" t=\"inlineStr\"><is><t>a_x0001_</t></is></c>"), "OBS"],
    ]
    try folder.write("t.xlsx", Self.things([("Blad 1", rows)]).bytes())
    let run = try convert("t.xlsx", "--report", "report.json")
    #expect(run.status == 1)
    for line in [
      "t.xlsx!Blad 1:B3: error: «18880» is not a kommun code; nearest: 1880 Örebro",
      "t.xlsx!Blad 1:C3: error: «i går» is not a date.", "t.xlsx!Blad 1:D3: error: «tio» is not a decimal number.",
      "t.xlsx!Blad 1:B5: error: the cell holds the error value #REF! and is read as empty.",
      "t.xlsx!Blad 1:C5: error: the cell has a formula but no calculated value and is read as empty.",
      "t.xlsx!Blad 1:D5: error: the cell should hold a number but has «x», and is read as empty.",
      "t.xlsx!Blad 1:A6: error: the cell is empty but «id» is required.",
      "t.xlsx!Blad 1:C7: error: the cell is shown as a date or time, but there is none for the number 60; it is read as empty.",
      "t.xlsx!Blad 1:E7: error: the cell holds the control character U+0001.",
      "t.xlsx!Blad 1:F7: warning: column F has content but no header and is left out.",
    ] { #expect(run.errorLines.contains { $0.hasPrefix(line) }, "\(line)\n\(run.errors)") }
    #expect(run.lines.contains(identifier("3")) && !run.text.contains("thing/5>"))
    let problems = try #require(object(try folder.text(of: "report.json"))?["problems"] as? [[String: Any]])
    let unknown = try #require(problems.first { $0["code"] as? String == "register-unknown" })
    #expect(unknown["file"] as? String == "t.xlsx" && unknown["sheet"] as? String == "Blad 1")
    #expect(unknown["line"] as? Int == 3 && unknown["column"] as? Int == 2 && unknown["row"] as? Int == 2)
    let swedish = try convert("--lang", "sv", "t.xlsx")
    #expect(
      swedish.errorLines.contains { $0.hasPrefix("t.xlsx!Blad 1:B3: fel: «18880» är ingen kod i registret kommun; närmast: 1880 Örebro") })
    #expect(swedish.errorLines.contains { $0.hasPrefix("t.xlsx!Blad 1:B5: fel: cellen innehåller felvärdet #REF! och läses som tom.") })
    #expect(swedish.errorLines.contains { $0.hasPrefix("t.xlsx!Blad 1:F7: varning: kolumn F har innehåll men ingen rubrik") })
  }

  @Test func validateSaysTheSame() throws {
    try folder.write("t.xlsx", Self.things([("Blad1", [["1", 18880]])]).bytes())
    let run = try ProgramRun(["validate", "--mapping", "./things.json", "t.xlsx"], in: folder)
    #expect(run.status == 1 && run.output.isEmpty)
    #expect(run.errors.contains("\nt.xlsx!Blad1:B2: error: «18880»"), "\(run.errors)")
  }

  @Test func aMissingColumnStandsInTheHeader() throws {
    var workbook = TestWorkbook([[], ["namn", "okänd"], ["a", 1]])
    workbook.sheets[0].name = "Blad1"
    try folder.write("t.xlsx", workbook.bytes())
    let run = try convert("t.xlsx")
    #expect(run.status == 65 && run.output.isEmpty)
    #expect(run.errors.contains("t.xlsx!Blad1:2: error: the column «id» is missing."), "\(run.errors)")
    #expect(run.errors.contains("t.xlsx!Blad1:B2: warning: the column «okänd» is not in the mapping"), "\(run.errors)")
  }

  static let sheets: [(input: String, ids: [String], says: String?)] = [
    ("t.xlsx", ["1"], "t.xlsx!Första: warning: the sheet «Första» is read, not «Andra». Name another like «t.xlsx!Andra»."),
    ("t.xlsx!Andra", ["2"], nil), ("t.xlsx!2", ["2"], nil), ("t.xlsx!Gömd", ["3"], nil), ("t.xlsm", ["1"], nil),
    ("noname!andra", ["2"], nil),
  ]

  @Test(arguments: sheets.indices) func aSheetIsNamedAfterTheFile(_ number: Int) throws {
    let (input, ids, says) = Self.sheets[number]
    var workbook = Self.things([
      ("Gömd", [["3"]]), ("Första", [["1"]]), ("Andra", [["2"]]),
    ])
    workbook.sheets[0].state = "hidden"
    try folder.write("t.xlsx", workbook.bytes())
    try folder.write("t.xlsm", workbook.bytes())
    let run = input.hasPrefix("noname") ? try convert("--", "-!andra", input: try workbook.bytes()) : try convert(input)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines == ids.map { identifier($0) })
    if let says { #expect(run.errorLines[0].hasPrefix(says), "\(run.errors)") }
  }

  @Test func aWorkbookComesOnStandardInput() throws {
    let run = try convert("-", input: try Self.things([("Blad1", [Self.good, ["2", 1]])]).bytes())
    #expect(run.status == 1)
    #expect(run.lines.contains(identifier("1")))
    #expect(run.errors.hasPrefix("-!Blad1:B3: error: "), "\(run.errors)")
  }

  @Test func aWorkbookComesFromTheWeb() throws {
    let bytes = try Self.things([("A", [["1"]]), ("Blad 2", [["2"]])]).bytes()
    let server = try LocalServer(["/export": LocalServer.Answer(bytes), "/t.xlsx": LocalServer.Answer(bytes)])
    defer { server.stop() }
    for (path, id) in [("/export", "1"), ("/t.xlsx!Blad%202", "2")] {
      let run = try convert("--allow-host", "127.0.0.1:\(server.port)", server.address + path)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.lines == [identifier(id)])
    }
  }

  @Test func aMappingMayNameTheSheet() throws {
    try folder.write("things.json", plainMapping.replacing("\"things.csv\"", with: "\"things.xlsx!Andra bladet\""))
    try folder.write("t.xlsx", Self.things([("A", [["1"]]), ("Andra bladet", [["2"]])]).bytes())
    try folder.write("t.csv", "id\n4\n")
    #expect(try convert("t.xlsx").lines == [identifier("2")])
    #expect(try convert("t.xlsx!A").lines == [identifier("1")])
    #expect(try convert("t.csv").lines == [identifier("4")])
    try folder.write("other.xlsx", Self.things([("A", [["1"]])]).bytes())
    let run = try convert("other.xlsx")
    #expect(run.status == 65)
    #expect(run.errors.contains("other.xlsx: error: the workbook has no sheet «Andra bladet». The sheets are «A»."), "\(run.errors)")
  }

  @Test func tablesOfAGroupAreSheetsOfOneWorkbook() throws {
    let table = { (name: String, sheet: String) in
      """
      {"url": "bok.xlsx!\(sheet)", "tableSchema": {"aboutUrl": "http://example.org/\(name)/{id}",
       "columns": [{"titles": "id"}, {"titles": "namn", "propertyUrl": "rdfs:label"}]}}
      """
    }
    try folder.write(
      "m.json",
      "{\"@context\": \"http://www.w3.org/ns/csvw\", \"tables\": [\(table("skola", "Skolor")), \(table("bad", "Badplatser åar"))]}")
    let workbook = TestWorkbook(sheets: [
      .init("Läs mig", [["x"]]), .init("Badplatser åar", [["id", "namn"], [1, "Ån"]]), .init("Skolor", [["id", "namn"], [1, "Östra"]]),
    ])
    try folder.write("bok.xlsx", workbook.bytes())
    try folder.write("mapp/bok.xlsx", workbook.bytes())
    let named = [
      "http://example.org/skola/1> <http://www.w3.org/2000/01/rdf-schema#label> \"Östra\"",
      "http://example.org/bad/1> <http://www.w3.org/2000/01/rdf-schema#label> \"Ån\"",
    ]
    for arguments in [["m.json"], ["--mapping", "./m.json", "bok.xlsx"], ["--mapping", "./m.json", "mapp/bok.xlsx"]] {
      let run = try ProgramRun(["convert", "--mode", "minimal", "--format", "ntriples"] + arguments, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      for text in named { #expect(run.text.contains(text), "\(arguments) \(run.text) \(run.errors)") }
    }
    let one = try ProgramRun(["convert", "--mode", "minimal", "--mapping", "./m.json", "bok.xlsx!Skolor"], in: folder)
    #expect(one.text.contains("Östra") && !one.text.contains("Ån"), "\(one.errors)")
  }

  @Test func metadataStandsBesideTheWorkbook() throws {
    try folder.write(
      "t.xlsx-metadata.json",
      """
      {"@context": "http://www.w3.org/ns/csvw", "url": "t.xlsx!B", "tableSchema": {"aboutUrl": "http://example.org/{id}",
       "columns": [{"titles": "id", "suppressOutput": true}, {"titles": "x", "propertyUrl": "rdfs:label"}]}}
      """)
    try folder.write("t.xlsx", TestWorkbook(sheets: [.init("A", [["y"], [1]]), .init("B", [["id", "x"], [1, "ett"]])]).bytes())
    for input in ["t.xlsx", "t.xlsx!B"] {
      let run = try ProgramRun(["convert", "--mode", "minimal", "--format", "ntriples", input], in: folder)
      #expect(run.lines == ["<http://example.org/1> <http://www.w3.org/2000/01/rdf-schema#label> \"ett\" ."], "\(run.errors)")
    }
  }

  static let unusable: [(name: String, make: @Sendable () throws -> [UInt8], says: [String])] = [
    ("gammal.xls", { [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600) }, ["workbook-kind"]),
    (
      "kalk.ods", { try TestArchive.bytes([("mimetype", Array("application/vnd.oasis.opendocument.spreadsheet".utf8))]) },
      ["an OpenDocument spreadsheet (.ods)", "save it as an Excel workbook (.xlsx) or as CSV in UTF-8", "workbook-kind"]
    ),
    (
      "t.xlsx", { try TestArchive.bytes(TestWorkbook([["a"], [1]]).entries, password: "x") }, ["remove the password", "workbook-protected"]
    ),
    ("t.xlsx", { Array(try TestWorkbook([["a"], [1]]).bytes().dropLast(40)) }, ["workbook-damaged"]),
    ("t.xlsx", { Array("id;namn\n1;a\n".utf8) }, ["it does not begin as one", "workbook-damaged"]),
    ("t.xlsx", { [] }, ["table-empty"]),
    (
      "t.xlsx",
      {
        var bomb = TestWorkbook([])
        bomb.sheets[0].data = "<row><c><v>1</v></c></row>" + String(repeating: " ", count: 72 << 20)
        return try bomb.bytes()
      }, ["the limit for bytes that one packed byte may become is 200", "limit-exceeded"]
    ),
  ]

  @Test(arguments: unusable.indices) func whatCannotBeUsedEndsWith65AndWritesNothing(_ number: Int) throws {
    let (name, make, says) = Self.unusable[number]
    try folder.write(name, make())
    try folder.write("out.nt", "as before\n")
    for arguments in [["convert", "-o", "out.nt", name], ["validate", name]] {
      let run = try ProgramRun(arguments, in: folder)
      #expect(run.status == 65, "\(run.errors)")
      #expect(run.output.isEmpty)
      for text in says { #expect(run.errors.contains(text), "\(run.errors)") }
    }
    #expect(try folder.text(of: "out.nt") == "as before\n")
    #expect(try folder.names.filter { $0.hasPrefix("out") } == ["out.nt"])
  }

  @Test func aSheetOfWhatIsNoWorkbookIsRefused() throws {
    try folder.write("t.csv", "id\n1\n")
    let run = try convert("--", "-!2", input: Array("id\n1\n".utf8))
    #expect(run.status == 65)
    #expect(run.errors.contains("the file is no workbook and has no sheet «2»"), "\(run.errors)")
    #expect(try convert("none.xlsx!A").status == 66)
    #expect(try convert("none.xlsx!A").errors.contains("there is no file «none.xlsx»"))
  }
}
