import Bytes
import Foundation
import Problems
import Resources
import Tables
import TestSupport
import Testing

@Suite("Sheets of workbooks as tables") struct ExcelReaderTests {
  @Test("the header is the first row in which something stands; rows in which nothing stands are left out")
  func blanks() throws {
    let table = try read(
      TestWorkbook([[], [.empty, ""], ["a", "b", .empty], [], [1, 2, .xml(" s=\"0\"/>")], ["", " "], [.empty], [.empty, 3]]))
    #expect(table.header == [["a", "b"]])
    #expect(table.rows == [["1", "2"], ["", " "], ["", "3"]])
    #expect(table.sourceRows == [5, 6, 8])
    #expect(table.places[2] == ["8:1", "8:2"])
    #expect(table.problems.isEmpty)
  }

  @Test("titles lose byte order marks and line breaks")
  func titles() throws {
    let table = try read(TestWorkbook([[.inline("\u{FEFF}Kommun\nkod "), .inline(" b\r\n c"), .number("2024")], [1, 2, 3]]))
    #expect(table.header == [["Kommun kod", "b c", "2024"]])
  }

  @Test("a table may begin anywhere, and what stands beside it is told of once a column")
  func beside() throws {
    let table = try read(
      TestWorkbook([
        [], [.empty, "a", .empty, "c"], ["not", 1, 2, 3, .empty, "OBS"], ["not", 4, .empty, .empty, .empty, "OBS"],
        [.empty, .empty, .empty, .empty, "OBS"], [.empty, 5],
      ]))
    #expect(table.header == [["a", "", "c"]])
    #expect(table.rows == [["1", "2", "3"], ["4", "", ""], ["5", "", ""]])
    #expect(table.places[0] == ["3:2", "3:3", "3:4"])
    #expect(table.problems == ["column-untitled 3:1", "column-untitled 3:6"])
  }

  @Test(
    "cells and rows stand where they say, else after the one before",
    arguments: [
      (
        "<row r=\"1\"><c r=\"B1\"><v>12</v></c><c r=\"A1\"><v>11</v></c></row><row r=\"3\"><c r=\"B3\"><v>32</v></c><c r=\"A3\"><v>31</v></c></row>",
        [3]
      ),
      ("<row><c><v>11</v></c><c><v>12</v></c></row><row r=\"3\"><c><v>31</v></c><c r=\"B3\"><v>32</v></c></row>", [3]),
      (
        "<row r=\"9\" spans=\"1:2\"><c r=\"a9\"><v>11</v></c><c><v>12</v></c></row><row><c r=\"B10\"><v>32</v></c><c r=\"A10\"><v>30</v></c><c r=\"A10\"><v>31</v></c></row>",
        [10]
      ),
      (
        "<row r=\"3\"><c r=\"A3\"><v>11</v></c><c r=\"B3\"><v>12</v></c></row><row r=\"2\"><c r=\"A2\"><v>31</v></c><c r=\"B2\"><v>32</v></c></row>",
        [2]
      ),
    ])
  func places(_ data: String, _ sourceRows: [Int]) throws {
    var workbook = TestWorkbook([])
    workbook.sheets[0].data = data
    let table = try read(workbook)
    #expect(table.header == [["11", "12"]])
    #expect(table.rows == [["31", "32"]])
    #expect(table.sourceRows == sourceRows)
  }

  @Test("what other vocabularies put into a sheet is passed over")
  func foreign() throws {
    var workbook = TestWorkbook([["a", "b"]])
    workbook.changed["xl/worksheets/sheet1.xml"] = """
      <?xml version="1.0"?><x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:y="urn:y"><!-- <row> -->
      <x:sheetViews><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetViews><y:row/>
      <x:sheetData><y:row><x:c><x:v>0</x:v></x:c></y:row><x:row r="1" y:r="7"><x:c r="A1" t="inlineStr"><x:is><x:t>a</x:t></x:is><x:extLst><x:v>2</x:v></x:extLst></x:c>
      </x:row><x:row r="2"><x:c r="A2"><x:v>1<!-- 2 --></x:v></x:c></x:row></x:sheetData></x:worksheet>
      """
    let table = try read(workbook)
    #expect(table.header == [["a"]])
    #expect(table.rows == [["1"]])
  }

  @Test("a cell tells whether it is a value or a text")
  func kinds() throws {
    var workbook = TestWorkbook([["a", "b", "c", "d", "e"], ["1", 1, .boolean(true), .empty, .error("#N/A")]])
    workbook.formats = [.builtIn(14)]
    let source = try reader(try workbook.bytes())
    var batch = RowBatch()
    #expect(try source.next(&batch))
    let tellsValues = batch.tellsValues
    #expect(tellsValues)
    let isValue = (0..<5).map { batch.isValue(0, $0) }
    #expect(isValue == [false, true, true, false, false])
    let isUnknown = (0..<5).map { batch.isUnknown(0, $0) }
    #expect(isUnknown == [false, false, false, false, true])
  }

  @Test("a dialect says where the table begins and how many header rows it has")
  func dialects() throws {
    let workbook = TestWorkbook([["Skolor", 2024], ["källa"], ["x", "a", "b"], ["x", "A", "B"], ["x", 1, 2]])
    let table = try read(
      workbook,
      dialect {
        $0.skipRows = 2
        $0.headerRowCount = 2
        $0.skipColumns = 1
      })
    #expect(table.header == [["a", "b"], ["A", "B"]])
    #expect(table.rows == [["1", "2"]])
    #expect(table.comments == ["Skolor, 2024", "källa"])
    #expect(table.problems == ["column-untitled 5:1"])
    let plain = try read(workbook, dialect { $0.header = false })
    #expect(plain.header == [])
    #expect(plain.rows.map(\.count) == [3, 3, 3, 3, 3])
    #expect(plain.sourceRows == [1, 2, 3, 4, 5])
  }

  @Test("the title of cells that are one is that of all of their columns, also from the row above")
  func merged() throws {
    var workbook = TestWorkbook([["Id", "Adress", .empty, .empty], [.empty, "Gata", "Ort", .empty], [1, "A", "B", "C"]])
    workbook.sheets[0].merged = ["A1:A2", "B1:C1", "C2:D2", "A9:B9"]
    #expect(try read(workbook, dialect { $0.skipRows = 0 }).header == [["Id", "Adress", "Adress"]])
    let search = HeaderSearch { row in
      let found = row.filter { ["Id", "Gata", "Ort"].contains($0.text) }.count
      return HeaderSearch.Match(found: found, isWhole: found == 4)
    }
    var rule = HeaderRule()
    rule.search = search
    let table = try read(workbook, rule: rule)
    #expect(table.header == [["Id", "Gata", "Ort", "Ort"]])
    #expect(table.rows == [["1", "A", "B", "C"]])
    #expect(table.problems == ["header-found 2:0"])
  }

  @Test(
    "a sheet is chosen by name or by number, else the first that is not hidden and not empty",
    arguments: [
      (nil, "three"), ("Hemligt", "one"), ("blad 3", "three"), ("2", "three"), ("3", "four"), ("2024", "four"), ("Tomt", nil), ("4", nil),
      ("0", nil), ("Blad", nil),
    ] as [(String?, String?)])
  func sheets(_ name: String?, _ header: String?) throws {
    var workbook = TestWorkbook(sheets: [
      .init("Hemligt", [["one"], [1]]), .init("Tomt", [[.empty]]), .init("Blad 3", [["three"], [1]]), .init("2024", [["four"], [1]]),
    ])
    workbook.sheets[0].state = "veryHidden"
    let bytes = try workbook.bytes()
    if let header {
      let table = try read(bytes, sheet: name)
      #expect(table.header == [[header]])
      #expect(table.problems == (name == nil ? ["sheets-other 0:0"] : []))
    } else {
      let problem = failure(of: { _ = try read(bytes, sheet: name) })
      #expect(problem?.code == (name == "Tomt" ? .tableEmpty : .sheetMissing))
      let line = problem?.line(in: .en) ?? ""
      #expect(name == "Tomt" || line.contains("The sheets are «Tomt», «Blad 3», «2024»."))
      #expect(name != "Blad" || line.contains("Nearest: «Blad 3»."))
    }
  }

  @Test("it is said which sheets are not read, and how to name one")
  func others() throws {
    let problems = ProblemList()
    let workbook = TestWorkbook(sheets: [.init("A", [["a"], [1]]), .init("Tomt"), .init("B&C", [["b"], [1]]), .init("D", [["d"]])])
    _ = try ReadTable(reader(try workbook.bytes(), problems), problems)
    #expect(
      problems.problems.map { $0.line(in: .sv) } == [
        "t.xlsx!A: varning: bladet «A» läses, inte «B&C», «D». Ange ett annat som «t.xlsx!B&C». [sheets-other]"
      ])
  }

  @Test("tabs without cells are no sheets")
  func charts() throws {
    var workbook = TestWorkbook(sheets: [.init("Diagram"), .init("Blad1", [["a"], [1]])])
    let entry = workbook.entries.first { $0.name == "xl/_rels/workbook.xml.rels" }
    let text = String(decoding: try #require(entry).bytes, as: UTF8.self)
    workbook.changed["xl/_rels/workbook.xml.rels"] = text.replacing(
      "worksheet\" Target=\"worksheets/sheet1.xml", with: "chartsheet\" Target=\"chartsheets/sheet1.xml")
    #expect(try read(workbook, sheet: "1").header == [["a"]])
  }

  @Test("a sheet with a header only, and one with nothing")
  func empty() throws {
    #expect(try read(TestWorkbook([["a", "b"]])).problems == ["table-without-rows 0:0"])
    #expect(failure(of: { _ = try read(TestWorkbook([])) })?.code == .tableEmpty)
  }

  @Test("the stream may come in pieces, and stand in a file")
  func streams() throws {
    let folder = try TemporaryFolder()
    let bytes = try TestWorkbook([["a"], [1]]).bytes()
    #expect(try read(bytes, piece: 7).rows == [["1"]])
    try folder.write("x", bytes)
    let source = try TableReader.open(FileSource().open(folder.file("x")), problems: ignored)
    #expect(source.kind == .xlsx)
    #expect(source.header == [["a"]])
  }

  @Test("rows, texts and findings keep their places over the borders of what is read at a time")
  func borders() throws {
    var rows: [[TestWorkbook.Cell]] = [["id", "text", "tal", "fel"]]
    for number in 1...3000 {
      let text = String(repeating: "å", count: number % 97)
      rows.append([
        .number("\(number)"), number % 2 == 0 ? .text(text) : .inline(text), .number("\(number).5"),
        number % 500 == 0 ? .error("#REF!") : .boolean(number % 3 == 0),
      ])
    }
    let table = try read(TestWorkbook(rows))
    #expect(table.rows.count == 3000)
    for number in 1...3000 {
      let expected = [
        "\(number)", String(repeating: "å", count: number % 97), "\(number).5",
        number % 500 == 0 ? "" : number % 3 == 0 ? "true" : "false",
      ]
      if table.rows[number - 1] != expected { Issue.record("row \(number): \(table.rows[number - 1])") }
    }
    #expect(table.sourceRows == Array(2...3001))
    #expect(table.problems == (1...6).map { "cell-error-value \($0 * 500 + 1):4" })
  }

  @Test(
    "a real workbook is read",
    .enabled(if: FileManager.default.fileExists(atPath: sample), "the samples are not beside the repository"))
  func sampleIsRead() throws {
    for (sheet, header) in [("Specifikation sv", "ÄNDPUNKT"), ("2", "END-POINT")] {
      let problems = ProblemList()
      let stream = try FileSource().open(Self.sample)
      let table = try ReadTable(ExcelReader(stream, sheet: sheet, problems: problems), problems)
      #expect(table.header[0].count == 7)
      #expect(table.header[0][0] == header)
      #expect(table.rows.count == 43)
      #expect(table.rows[0][1] == "lang")
      #expect(table.problems.isEmpty)
    }
  }

  static let sample = ProgramRun.repository + "/../shared/domain/samples/livsmedelskontroller/teknisk_specifikation_v2.xlsx"
}
