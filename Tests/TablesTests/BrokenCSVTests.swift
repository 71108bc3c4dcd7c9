import Bytes
import Problems
import Resources
import Tables
import Testing

/// A broken text: what is still read, and what is said.
struct BrokenCase: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  var dialect = Dialect()
  let rows: [[String]]
  let problems: [String]
  var damaged: [Int] = []

  var testDescription: String { name }
}

private let manyLines = String(repeating: "x;y\n", count: 200)
private let manyRows = [[String]](repeating: ["x", "y"], count: 200)

@Suite("Broken tables: one problem at its place, and the rest is read") struct BrokenCSVTests {
  static let cases: [BrokenCase] = [
    BrokenCase(
      name: "a quote in the middle of a cell", text: "a;b\nrör 5\" grått;2\n3;4\n", rows: [["rör 5\" grått", "2"], ["3", "4"]],
      problems: ["quote-stray 2:6"]),
    BrokenCase(
      name: "several quotes in one cell are one problem", text: "a;b\nAB \"Bygg\" och \"Fix\";2\n",
      rows: [["AB \"Bygg\" och \"Fix\"", "2"]], problems: ["quote-stray 2:4"]),
    BrokenCase(
      name: "text after the closing quote", text: "a;b\n\"Firma \"Bra\" AB\";2\n3;4\n",
      rows: [["\"Firma \"Bra\" AB\"", "2"], ["3", "4"]],
      problems: ["quote-stray 2:8"]),
    BrokenCase(
      name: "a space after the closing quote", text: "a;b\n\"1\" ;2\n", rows: [["\"1\" ", "2"]], problems: ["quote-stray 2:3"]),
    BrokenCase(
      name: "open until the end", text: "a;b\n1;\"2\n3;4\n", rows: [["1", "\"2"], ["3", "4"]], problems: ["quote-open 2:3"]),
    BrokenCase(
      name: "open, and a quoted cell later", text: "a;b\n1;\"2\n3;4\n\"5\";6\n7;8\n",
      rows: [["1", "\"2"], ["3", "4"], ["5", "6"], ["7", "8"]], problems: ["quote-open 2:3"]),
    BrokenCase(
      name: "open for more than a hundred lines", text: "a;b\n1;\"2\n\(manyLines)3;\";\n",
      rows: [["1", "\"2"]] + manyRows + [["3", "\"", ""]],
      problems: ["quote-open 2:3", "quote-open 203:3"]),
    BrokenCase(name: "open in the last cell", text: "a;b\n1;\"", rows: [["1", "\""]], problems: ["quote-open 2:3"]),
    BrokenCase(
      name: "NUL", text: "a;b\n1;x\0y\n3;4\n", rows: [["1", "x\0y"], ["3", "4"]], problems: ["cell-control-character 2:4"], damaged: [1]),
    BrokenCase(
      name: "control character within quotes", text: "a;b\n1;\"x\n\u{1F}\"\n3;4\n", rows: [["1", "x\n\u{1F}"], ["3", "4"]],
      problems: ["cell-control-character 3:1"], damaged: [1]),
    BrokenCase(
      name: "control character in another dialect", text: "a::b\n1::\u{B}\n", dialect: dialect { $0.delimiter = "::" },
      rows: [["1", "\u{B}"]], problems: ["cell-control-character 2:4"], damaged: [1]),
    BrokenCase(name: "no rows", text: "a;b\n", rows: [], problems: ["table-without-rows 0:0"]),
    BrokenCase(name: "no rows and no line end", text: "a;b", rows: [], problems: ["table-without-rows 0:0"]),
  ]

  @Test("what can be read is read", arguments: cases)
  func recovery(_ example: BrokenCase) throws {
    let bytes = Array(example.text.utf8)
    for (piece, blockSize) in [(Int.max, 256 << 10), (1, 256 << 10), (7, 3), (.max, 64)] {
      let table = try ReadTable(bytes, example.dialect, piece: piece, blockSize: blockSize)
      #expect(table.rows == example.rows)
      #expect(table.problems == example.problems)
      #expect(table.damaged == example.damaged)
    }
  }

  @Test("an open quote is given up after 64 KiB when a line has ended, and no sooner")
  func openBytes() throws {
    let line = String(repeating: "x", count: 40_000)
    let open = try ReadTable("a;b\n1;\"2\n\(line)\n\(line)\n3;4\"\n")
    #expect(open.rows.count == 4)
    #expect(open.problems.first == "quote-open 2:3")
    let closed = try ReadTable("a;b\n1;\"2\n\(line)\n3\"\n")
    #expect(closed.rows.count == 1)
    #expect(closed.problems.isEmpty)
  }

  @Test("an empty file is no table", arguments: ["", "\n", " \r\n\r\n", "\u{FEFF}"])
  func emptyFile(_ text: String) {
    #expect(failure(of: { _ = try ReadTable(text) })?.code == .tableEmpty)
  }

  @Test("a file that ends before its header is no table")
  func endsBeforeHeader() {
    #expect(failure(of: { _ = try ReadTable("x\ny\n", dialect { $0.skipRows = 5 }) })?.code == .tableEmpty)
  }

  @Test("a stray quote within a skipped column is nobody's business")
  func skippedColumn() throws {
    let table = try ReadTable("x;a\n5\" rör;1\n", dialect { $0.skipColumns = 1 })
    #expect(table.rows == [["1"]])
    #expect(table.problems.isEmpty)
  }

  /// What was opened far into a large file is told at the place where it was opened.
  @Test func aQuoteThatIsNeverClosedIsToldWhereItWasOpened() throws {
    let row = Array("1;ett;tu\n".utf8)
    var text = Array("a;b;c\n".utf8)
    for _ in 1..<500_000 { text += row }
    text += Array("1;\"ett;tu\n".utf8)
    for _ in 0..<200 { text += row }
    let problems = ProblemList()
    let reader = try CSVReader(MemoryStream(text, name: "t.csv"), problems: problems)
    var batch = RowBatch()
    var rows = 0
    while try reader.next(&batch) { rows += batch.rowCount }
    #expect(rows == 500_200)
    #expect(problems.problems.map { "\($0.code.rawValue) \(ReadTable.text($0.place))" } == ["quote-open 500001:3"])
  }

  /// A row of which no end is found within the limit is refused, however long it goes on; one within the limit is read.
  @Test(arguments: [(999, true), (1_000, true), (5_000, false), (100_000, false)])
  func aRowBeyondTheLimitIsRefused(_ length: Int, _ isRead: Bool) throws {
    let problems = ProblemList()
    // The row's length counts its line end.
    let text = "a\n1\n" + String(repeating: "x", count: length - 1) + "\n2\n"
    let found = failure {
      let reader = try CSVReader(MemoryStream(Array(text.utf8), name: "t.csv"), problems: problems, blockSize: 64, longestRow: 1_000)
      var batch = RowBatch()
      while try reader.next(&batch) {}
    }
    #expect(found?.code == (isRead ? nil : .limitExceeded))
    #expect(isRead || found?.place.line == 3)
  }
}
