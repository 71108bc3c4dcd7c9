import TestSupport
import Testing

/// What a person is told about a damaged table, and what is written all the same (contract §1, §2).
struct BrokenTableTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let table: [UInt8]
    let status: Int32
    /// What the problem line begins with.
    let place: String
    let code: String
    /// Things whose rows are written.
    let kept: [String]
    /// Things whose rows are not.
    let lost: [String]
    var testDescription: String { name }

    init(
      _ name: String, _ table: String, _ status: Int32, _ place: String, _ code: String, kept: [String] = [], lost: [String] = []
    ) {
      self.init(name, Array(table.utf8), status, place, code, kept: kept, lost: lost)
    }

    init(
      _ name: String, _ table: [UInt8], _ status: Int32, _ place: String, _ code: String, kept: [String] = [], lost: [String] = []
    ) {
      (self.name, self.table, self.status, self.place, self.code) = (name, table, status, place, code)
      (self.kept, self.lost) = (kept, lost)
    }
  }

  static let cases = [
    Case("empty", "", 65, "table.csv: error: ", "table-empty"),
    Case("header only", "id,namn\n", 0, "table.csv: warning: ", "table-without-rows"),
    Case("too few cells", "id,namn\n1,a\n2\n3,d\n", 1, "table.csv:3:", "row-ragged", kept: ["1", "3"], lost: ["2"]),
    Case("too many cells", "id,namn\n1,a\n2,b,c\n3,d\n", 1, "table.csv:3:", "row-ragged", kept: ["1", "3"], lost: ["2"]),
    Case("stray quote", "id,namn\n1,a\n2,b\"c\n3,d\n", 1, "table.csv:3:4: error: ", "quote-stray", kept: ["1", "2", "3"]),
    Case("text after a quote", "id,namn\n1,a\n2,\"b\"c\n3,d\n", 1, "table.csv:3:5: error: ", "quote-stray", kept: ["1", "2", "3"]),
    Case("open quote", "id,namn\n1,a\n2,\"b\n3,d\n", 1, "table.csv:3:3: error: ", "quote-open", kept: ["1", "2", "3"]),
    Case("NUL", "id,namn\n1,a\u{0}b\n2,d\n", 1, "table.csv:2:4: error: ", "cell-control-character", kept: ["2"], lost: ["1"]),
    Case(
      "invalid UTF-8", Array("id,namn\n1,å".utf8) + [0xC3, 0xFF] + Array("\n2,d\n".utf8), 1, "table.csv:2:4: error: ", "encoding-invalid",
      kept: ["2"], lost: ["1"]),
    Case(
      "date that no calendar has", "id,datum\n1,2025-02-30\n2,2025-02-28\n", 1, "table.csv:2:3: error: «2025-02-30»", "cell-datatype",
      kept: ["1", "2"]),
    Case("amount that is none", "id,Belopp\n1,tio\n2,10\n", 1, "table.csv:2:3: error: «tio»", "cell-datatype", kept: ["1", "2"]),
    Case("unknown column", "id,namnn\n1,a\n", 0, "table.csv:1", "column-extra", kept: ["1"]),
    Case("required column missing", "namn\na\n", 65, "table.csv:1", "column-missing"),
    Case("required cell empty", "id,namn\n,a\n2,b\n", 1, "table.csv:2:1: error: ", "cell-required", kept: ["2"]),
    Case("two lines in a cell", "id,namn,datum\n1,\"a\nb\",x\n", 1, "table.csv:3:4: error: ", "cell-datatype", kept: ["1"]),
    Case("CRLF", "id,datum\r\n1,2025-01-01\r\n2,x\r\n", 1, "table.csv:3:3: error: ", "cell-datatype", kept: ["1", "2"]),
    Case("bare CR", "id,datum\r1,2025-01-01\r2,x\r", 1, "table.csv:3:3: error: ", "cell-datatype", kept: ["1", "2"]),
  ]

  @Test(arguments: cases) func isReportedAtItsPlaceAndTheRestIsWritten(_ example: Case) throws {
    let folder = try TemporaryFolder()
    let run = try convertPlain(example.table, in: folder)
    #expect(run.status == example.status)
    let line = run.errorLines.first { $0.hasSuffix("[\(example.code)]") }
    #expect(line?.hasPrefix(example.place) == true, "\(run.errors)")
    for id in example.kept { #expect(run.lines.contains(identifier(id)), "\(id)") }
    for id in example.lost { #expect(!run.text.contains("thing/\(id)>"), "\(id)") }
    if example.status == 65 { #expect(run.output.isEmpty) }
  }

  struct Code: CustomTestStringConvertible {
    let cell: String
    let nearest: String
    var testDescription: String { cell }
  }

  @Test(arguments: [
    Code(cell: "18880", nearest: "nearest: 1880 Örebro"), Code(cell: "Orebro", nearest: "nearest: 1880 Örebro"),
    Code(cell: "Götebord", nearest: "nearest: 1480 Göteborg"),
  ])
  func unknownKommunNamesTheNearest(_ example: Code) throws {
    let folder = try TemporaryFolder()
    let run = try convertPlain("id,Kommunid\n1,\(example.cell)\n2,180\n", in: folder)
    #expect(run.status == 1)
    let line = run.errorLines.first ?? ""
    #expect(line.hasPrefix("table.csv:2:3: error: «\(example.cell)» is not a kommun code; \(example.nearest)"))
    #expect(line.hasSuffix("[register-unknown]"))
    #expect(run.text.contains("<https://w3id.org/kommungraf/id/kommun/0180>"))
    #expect(!run.text.contains("<https://w3id.org/kommungraf/id/kommun/\(example.cell)>"))
  }

  @Test func aThousandBadCellsAreCountedAndNotAllShown() throws {
    let folder = try TemporaryFolder()
    let rows = (1...1000).map { "\($0),x" }.joined(separator: "\n")
    let run = try convertPlain("id,datum\n\(rows)\n", ["--report", "report.json"], in: folder)
    #expect(run.status == 1)
    #expect(run.errorLines.count < 1000)
    #expect(try folder.text(of: "report.json").contains("\"problemCounts\":{\"cell-datatype\":1000}"))
    #expect(run.lines.count == 1000)
  }
}
