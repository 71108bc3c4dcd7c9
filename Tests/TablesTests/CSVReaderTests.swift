import Bytes
import Tables
import Testing

/// A text, how it is written, and what it says.
struct CSVCase: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  var dialect = Dialect()
  let header: [[String]]
  let rows: [[String]]
  var comments: [String] = []
  var sourceRows: [Int]?

  var testDescription: String { name }
}

let csvCases: [CSVCase] = [
  CSVCase(name: "plain", text: "a,b\n1,2\n3,4\n", header: [["a", "b"]], rows: [["1", "2"], ["3", "4"]], sourceRows: [2, 3]),
  CSVCase(name: "no line end after the last row", text: "a,b\n1,2", header: [["a", "b"]], rows: [["1", "2"]]),
  CSVCase(name: "empty cells", text: "a,b,c\n,,\n1,,\n", header: [["a", "b", "c"]], rows: [["", "", ""], ["1", "", ""]]),
  CSVCase(name: "delimiter at the end of the text", text: "a,b\n1,", header: [["a", "b"]], rows: [["1", ""]]),
  CSVCase(name: "CRLF", text: "a;b\r\n1;2\r\n", header: [["a", "b"]], rows: [["1", "2"]]),
  CSVCase(name: "bare CR only", text: "a;b\r1;2\r3;4", header: [["a", "b"]], rows: [["1", "2"], ["3", "4"]], sourceRows: [2, 3]),
  CSVCase(name: "mixed line ends", text: "a;b\r\n1;2\r3;4\n5;6", header: [["a", "b"]], rows: [["1", "2"], ["3", "4"], ["5", "6"]]),
  CSVCase(name: "quotes", text: "a,b\n\"1,5\",\"x\"\n", header: [["a", "b"]], rows: [["1,5", "x"]]),
  CSVCase(name: "doubled quotes", text: "a,b\n\"AB \"\"Bygg\"\"\",\"\"\"\"\n", header: [["a", "b"]], rows: [["AB \"Bygg\"", "\""]]),
  CSVCase(name: "empty quoted cells", text: "a,b\n\"\",\"\"\n", header: [["a", "b"]], rows: [["", ""]]),
  CSVCase(
    name: "quoted line ends", text: "a,b\n\"1\r\n2\",\"3\n\n4\"\n5,6\n", header: [["a", "b"]], rows: [["1\r\n2", "3\n\n4"], ["5", "6"]]),
  CSVCase(name: "quoted header over lines", text: "\"a\nb\",c\n1,2\n", header: [["a\nb", "c"]], rows: [["1", "2"]]),
  CSVCase(name: "blank rows stay", text: "a,b\n\n1,2\n\n", header: [["a", "b"]], rows: [[""], ["1", "2"], [""]]),
  CSVCase(name: "ragged rows stay", text: "a,b\n1\n1,2,3\n", header: [["a", "b"]], rows: [["1"], ["1", "2", "3"]]),
  CSVCase(name: "header with a space and a mark in it", text: " a ,\u{FEFF}b\n 1 ,2\n", header: [["a", "b"]], rows: [[" 1 ", "2"]]),
  CSVCase(name: "mark at the start", text: "\u{FEFF}\"a\",b\n1,2\n", header: [["a", "b"]], rows: [["1", "2"]]),
  CSVCase(name: "tab in a cell", text: "a,b\n1\t2,3\n", header: [["a", "b"]], rows: [["1\t2", "3"]]),
  CSVCase(name: "letters beyond ASCII", text: "å,ö\nÄlvsbyn,東京 🏫\n", header: [["å", "ö"]], rows: [["Älvsbyn", "東京 🏫"]]),
  CSVCase(
    name: "no header", text: "1,2\n3,4\n", dialect: dialect { $0.header = false }, header: [], rows: [["1", "2"], ["3", "4"]],
    sourceRows: [1, 2]),
  CSVCase(
    name: "the count of header rows counts", text: "a,b\nc,d\n1,2\n",
    dialect: dialect {
      $0.header = false
      $0.headerRowCount = 2
    }, header: [["a", "b"], ["c", "d"]], rows: [["1", "2"]], sourceRows: [3]),
  CSVCase(
    name: "skipped rows are comments", text: "Rapport;\n\n# om\nå;b\n1;2\n",
    dialect: dialect {
      $0.skipRows = 3
      $0.commentPrefix = "#"
    }, header: [["å", "b"]], rows: [["1", "2"]], comments: ["Rapport;", " om"], sourceRows: [5]),
  CSVCase(
    name: "comment rows", text: "a,b\n#x \"y\n1,2\n# z\n3,#4\n#",
    dialect: dialect { $0.commentPrefix = "#" }, header: [["a", "b"]], rows: [["1", "2"], ["3", "#4"]],
    comments: ["x \"y", " z", ""], sourceRows: [3, 5]),
  CSVCase(
    name: "long comment prefix", text: "a,b\n//x\n/1,2\n", dialect: dialect { $0.commentPrefix = "//" }, header: [["a", "b"]],
    rows: [["/1", "2"]], comments: ["x"], sourceRows: [3]),
  CSVCase(
    name: "blank rows skipped", text: "a,b\n\n1,2\n,\n\"\",\"\"\n3,4\n\n", dialect: dialect { $0.skipBlankRows = true },
    header: [["a", "b"]], rows: [["1", "2"], ["3", "4"]], sourceRows: [3, 6]),
  CSVCase(
    name: "columns skipped", text: "x,a,b\ny,1,2\nz\n", dialect: dialect { $0.skipColumns = 1 }, header: [["a", "b"]],
    rows: [["1", "2"], []]),
  CSVCase(
    name: "trimmed", text: "a,b\n 1 ,\" 2 \"\n\t3, \"4\" \n\" \"\"5 \",6\n", dialect: dialect { $0.trim = .both }, header: [["a", "b"]],
    rows: [["1", "2"], ["3", "4"], ["\"5", "6"]]),
  CSVCase(
    name: "trimmed at the start", text: "a,b\n 1 ,\" 2 \"\n", dialect: dialect { $0.skipInitialSpace = true }, header: [["a", "b"]],
    rows: [["1 ", "2 "]]),
  CSVCase(
    name: "trimmed at the end", text: "a,b\n 1 ,\" 2 \" \n",
    dialect: dialect {
      $0.trim = .end
      $0.skipInitialSpace = true
    }, header: [["a", "b"]], rows: [[" 1", " 2"]]),
  CSVCase(
    name: "backslash escapes", text: "a,b\n\"1\\\"2\",3\\,4\n5\\\n6,\\\\\n",
    dialect: dialect { $0.doubleQuote = false }, header: [["a", "b"]], rows: [["1\"2", "3,4"], ["5\n6", "\\"]]),
  CSVCase(
    name: "long delimiter", text: "a::b\n\"1::2\"::3:4\n", dialect: dialect { $0.delimiter = "::" }, header: [["a", "b"]],
    rows: [["1::2", "3:4"]]),
  CSVCase(
    name: "delimiter beyond ASCII", text: "a·b\n1·2\n", dialect: dialect { $0.delimiter = "·" }, header: [["a", "b"]],
    rows: [["1", "2"]]),
  CSVCase(
    name: "other quote", text: "a;b\n'1;''2';\"3\n", dialect: dialect { $0.quoteChar = "'" }, header: [["a", "b"]],
    rows: [["1;'2", "\"3"]]),
  CSVCase(
    name: "quote beyond ASCII", text: "a;b\n”1;””2”;3\n", dialect: dialect { $0.quoteChar = "”" }, header: [["a", "b"]],
    rows: [["1;”2", "3"]]),
  CSVCase(
    name: "no quote", text: "a;b\n\"1;2\"\n", dialect: dialect { $0.quoteChar = nil }, header: [["a", "b"]], rows: [["\"1", "2\""]]),
  CSVCase(
    name: "declared line ends are obeyed", text: "a;b|1\n;2|3;4",
    dialect: dialect {
      $0.lineTerminators = ["|"]
      $0.delimiter = ";"
    }, header: [["a", "b"]], rows: [["1\n", "2"], ["3", "4"]]),
  CSVCase(
    name: "a bare CR is text where LF and CRLF are declared", text: "a;b\r\n1\r2;3\n\"4\r\";5\r\n",
    dialect: dialect { $0.lineTerminators = ["\r\n", "\n"] }, header: [["a", "b"]], rows: [["1\r2", "3"], ["4\r", "5"]]),
  CSVCase(
    name: "tabs", text: "a\tb\n1\t2,3\n", dialect: dialect { $0.delimiter = "\t" }, header: [["a", "b"]], rows: [["1", "2,3"]]),
  CSVCase(
    name: "a spreadsheet's blank end", text: "a;b\r\n1;2\r\n;\r\n3;4\r\n;\r\n;\r\n\r\n\r\n", dialect: .undeclared,
    header: [["a", "b"]], rows: [["1", "2"], ["", ""], ["3", "4"]], sourceRows: [2, 3, 4]),
  CSVCase(
    name: "an end that was written with quotes stays", text: "a;b\n1;2\n\"\";\"\"\n", dialect: .undeclared, header: [["a", "b"]],
    rows: [["1", "2"], ["", ""]]),
  CSVCase(
    name: "blank lines before the header", text: "\n\n;\na;b\n1;2\n", dialect: .undeclared, header: [["a", "b"]], rows: [["1", "2"]],
    sourceRows: [5]),
  CSVCase(
    name: "a first line that declares the delimiter", text: "sep=;\r\na,c;b\r\n1,5;2\r\n", dialect: .undeclared,
    header: [["a,c", "b"]], rows: [["1,5", "2"]], sourceRows: [3]),
  CSVCase(
    name: "the same in quotes, with a tab", text: "\"sep=\t\"\na;c\tb\n1;5\t2\n", dialect: .undeclared, header: [["a;c", "b"]],
    rows: [["1;5", "2"]]),
  CSVCase(
    name: "a header that only looks like it", text: "sep=;b\n1;2\n", dialect: .undeclared, header: [["sep=", "b"]], rows: [["1", "2"]]),
]

@Suite("Delimited text in every dialect") struct CSVReaderTests {
  @Test("cells are what the text says", arguments: csvCases)
  func cells(_ example: CSVCase) throws {
    let table = try ReadTable(example.text, example.dialect)
    #expect(table.header == example.header)
    #expect(table.rows == example.rows)
    #expect(table.comments == example.comments)
    #expect(table.problems.isEmpty)
    if let sourceRows = example.sourceRows { #expect(table.sourceRows == sourceRows) }
  }

  @Test("the pieces in which a text comes make no difference", arguments: csvCases, [1, 2, 3, 7, 64])
  func pieces(_ example: CSVCase, _ piece: Int) throws {
    let bytes = Array(example.text.utf8)
    let whole = try ReadTable(bytes, example.dialect)
    #expect(try ReadTable(bytes, example.dialect, piece: piece) == whole)
    #expect(try ReadTable(bytes, example.dialect, blockSize: piece) == whole)
    #expect(try ReadTable(bytes, example.dialect, piece: 1, blockSize: piece) == whole)
  }

  @Test("only the cell that is written with quotes counts as quoted")
  func quotedCells() throws {
    let reader = try CSVReader(memory("a,b,c\n,\"\",\"x\"\"y\"\n"), problems: ignored)
    var batch = RowBatch()
    #expect(try reader.next(&batch))
    #expect((0..<3).map { batch.isQuoted(0, $0) } == [false, true, true])
  }

  @Test("a long table is read in many batches, each from where the last ended")
  func manyBatches() throws {
    let rows = (1...5000).map { "\($0);\"rad \"\"\($0)\"\"\";åäö" }
    let bytes = Array(("nr;text;mer\n" + rows.joined(separator: "\n")).utf8)
    let table = try ReadTable(bytes, blockSize: 1000)
    #expect(table.rows.count == 5000)
    #expect(table.rows.enumerated().allSatisfy { $1 == ["\($0 + 1)", "rad \"\($0 + 1)\"", "åäö"] })
    #expect(table.places.enumerated().allSatisfy { $1[0] == "\($0 + 2):1" })
    #expect(table.sourceRows == Array(2...5001))
  }

  @Test("a cell larger than a block is read whole")
  func largeCell() throws {
    let geometry = String(repeating: "1 2, ", count: 60_000)
    let table = try ReadTable("a;b\n\"\(geometry)\";2\n")
    #expect(table.rows == [[geometry, "2"]])
    #expect(table.problems.isEmpty)
  }
}
