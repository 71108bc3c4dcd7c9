import TestSupport
import Testing

/// The supplier ledger as a workbook: the same triples as from CSV, and the same secrets kept.
struct LedgerWorkbookTests {
  private static let header: [TestWorkbook.Cell] = [
    "kopare_id", "kopare", "verifikationsnummer", "leverantor", "leverantor_id", "konto_nr", "konto_text", "datum", "belopp", "kommun_id",
  ]

  private static func row(_ number: Int, supplier: (name: TestWorkbook.Cell, id: TestWorkbook.Cell)) -> [TestWorkbook.Cell] {
    [
      .number("2120009903"), "Exempelstads kommun", .number("\(number)"), supplier.name, supplier.id, .number("64100"), "El",
      .number("45719", style: 1), .number("-1234.5599999999999"), 180,
    ]
  }

  private static func ledger(_ rows: [[TestWorkbook.Cell]]) throws -> [UInt8] {
    var workbook = TestWorkbook([header] + rows)
    workbook.formats = [.builtIn(14)]
    return try workbook.bytes()
  }

  @Test func givesTheTriplesOfCSV() throws {
    let workbook = try LedgerRun(named: "ledger.xlsx", Self.ledger([Self.row(7, supplier: ("Luftslott IT AB", .number("5599990164")))]))
    let text = try LedgerRun(
      """
      kopare_id;kopare;verifikationsnummer;leverantor;leverantor_id;konto_nr;konto_text;datum;belopp;kommun_id
      2120009903;Exempelstads kommun;7;Luftslott IT AB;5599990164;64100;El;2025-03-03;-1234,56;180
      """)
    #expect(workbook.run.status == 0, "\(workbook.run.errors)")
    #expect(workbook.run.lines.sorted() == text.run.lines.sorted())
    #expect(workbook.run.lines.count > 10)
  }

  @Test(
    arguments: [
      (.number("8501321234"), "enskild-firma"), (.number("501010000"), "enskild-firma"), (.text("850132-1234"), "enskild-firma"),
      (.number("8.501321234E9"), "enskild-firma"), (.number("198501321234"), "enskild-firma"), (.error("#N/A"), "undecided"),
      (.formula("A1", value: nil), "undecided"), (.formula("A1", value: "8501321234"), "enskild-firma"),
    ] as [(TestWorkbook.Cell, String)])
  func keepsItsSecrets(_ id: TestWorkbook.Cell, _ rule: String) throws {
    let rows = [
      Self.row(1, supplier: ("Luftslott IT AB", .number("5599990164"))), Self.row(77, supplier: ("Hemlig Persson", id)),
      Self.row(99, supplier: ("Luftslott IT AB", .number("5599990164"))),
    ]
    let run = try LedgerRun(named: "ledger.xlsx", Self.ledger(rows))
    for secret in ["Hemlig", "501321234", "501010000", "#N/A", "!Blad1:E", "!Blad1:3"] {
      #expect(!run.everything.contains(secret), "\(run.everything)")
    }
    #expect(run.report.contains("\"\(rule)\":"), "\(run.report)")
    #expect(run.values("reference").values.contains(["99"]))
  }

  @Test func aVariantForWorkbooksComesBeforeOneForText() throws {
    let folder = try TemporaryFolder()
    let xlsx = plainMapping.replacing("example.org/thing", with: "example.org/sheet").replacing("things.csv", with: "x.xlsx!Data")
    try folder.write("mappings/own/csv.json", plainMapping)
    try folder.write("mappings/own/xlsx.json", xlsx)
    try folder.write("t.xlsx", TestWorkbook(sheets: [.init("Om", [["Saker"]]), .init("Data", [["Lista"], ["id"], [1]])]).bytes())
    try folder.write("t.csv", "id\n1\n")
    func convert(_ variants: String, _ input: String) throws -> ProgramRun {
      try folder.write("mappings/own/specification.yaml", "title: Egen\nvariants: [\(variants)]\n")
      return try ProgramRun(
        ["convert", "--mapping", "own", "--base", "https://data.example.se", "--format", "ntriples", input], in: folder)
    }
    let both = "{file: csv.json, for: csv}, {file: xlsx.json, for: xlsx}"
    let sheet = try convert(both, "t.xlsx")
    #expect(sheet.text.contains("<https://example.org/sheet/1>"), "\(sheet.errors)")
    #expect(sheet.errors.contains("t.xlsx!Data:2: warning: the header stands in row 2;"), "\(sheet.errors)")
    #expect(!sheet.errors.contains("sheets-other"))
    #expect(try convert(both, "t.csv").text.contains("<https://example.org/thing/1>"))
    let text = try convert("{file: csv.json, for: csv}", "t.xlsx!Data")
    #expect(text.text.contains("<https://example.org/thing/1>"), "\(text.errors)")
    let json = try convert("{file: csv.json, for: json}", "t.xlsx!Data")
    #expect(json.status == 65)
    #expect(json.errors.contains("t.xlsx!Data: error: no variant of the mapping own fits files of the kind xlsx."), "\(json.errors)")
    let none = try convert("{file: xlsx.json, for: xlsx}", "t.csv")
    #expect(none.errors.contains("fits files of the kind csv"), "\(none.errors)")
  }

  @Test func aSiteNamesSheetsAsSources() throws {
    let folder = try TemporaryFolder()
    try folder.write("mappings/own/specification.yaml", "title: Egen\nvariants: [{file: csv.json, for: csv}]\n")
    try folder.write("mappings/own/csv.json", plainMapping)
    try folder.write("data/a.xlsx", TestWorkbook(sheets: [.init("A", [["id"], [1]]), .init("B 2", [["id"], [2]])]).bytes())
    try folder.writeSite(datasets: ["{name: saker, mapping: own, source: [\"data/*.xlsx!B 2\", \"data/a.xlsx!1\"]}"])
    let query = "SELECT ?i { ?s <http://purl.org/dc/terms/identifier> ?i FILTER(STRSTARTS(STR(?s), \"https://example.org/\")) } ORDER BY ?i"
    let run = try ProgramRun(["query", "--site", "site.yaml", "--results", "csv", query], in: folder)
    #expect(run.text == "i\r\n1\r\n2\r\n", "\(run.text) \(run.errors)")
    #expect(try ProgramRun(["validate", "--site", "site.yaml"], in: folder).status == 0)
  }
}
