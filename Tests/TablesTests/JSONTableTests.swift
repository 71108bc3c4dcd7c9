import Bytes
import Problems
import Resources
import Tables
import Testing

private func table(_ text: String, rowsPerBatch: Int = 2048) throws -> ReadTable {
  let problems = ProblemList()
  return try ReadTable(JSONTable(memory(text, name: "t.json"), problems: problems, rowsPerBatch: rowsPerBatch), problems)
}

@Suite("JSON arrays of flat objects as tables") struct JSONTableTests {
  @Test(
    "columns are the keys in order of first appearance, cells the values as written",
    arguments: [
      (#"[{"a":"1","b":2.50},{"a":null,"c":true}]"#, ["a", "b", "c"], [["1", "2.50", ""], ["", "", "true"]]),
      (#"[{"a":1},{"b":2},{"b":3,"a":4}]"#, ["a", "b"], [["1", ""], ["", "2"], ["4", "3"]]),
      (#"{"next":"x","results":[{"a":-1e5}]}"#, ["a"], [["-1e5"]]),
      (#"{"meta":{"fields":["x"],"deep":[[1]]},"results":[{"a":"x"}],"empty":[]}"#, ["a"], [["x"]]),
      (#"[{"a":"\u00c5m\u00e5l \uD83C\uDFEB \"\\\/\n\t","b":"x"}]"#, ["a", "b"], [["Åmål 🏫 \"\\/\n\t", "x"]]),
      (
        "\u{FEFF} [ {\"\u{FEFF}kopare_id\" : \"2120002080\"} ,\n {\" \\uFEFFkopare_id\" : \"1\"} ] ", ["kopare_id"],
        [["2120002080"], ["1"]]
      ),
    ])
  func cells(_ text: String, _ header: [String], _ rows: [[String]]) throws {
    for rowsPerBatch in [1, 2, 2048] {
      let table = try table(text, rowsPerBatch: rowsPerBatch)
      #expect(table.header == [header])
      #expect(table.rows == rows)
      #expect(table.problems.isEmpty)
      #expect(table.sourceRows == Array(1...rows.count))
    }
  }

  @Test("a place has line, column and JSON Pointer")
  func places() throws {
    let text = """
      {"results": [
        {"datum": "2025-01-01", "belopp/år": "å"}, {"datum": "\\u0041", "belopp/år": 5},
        {"belopp/år": null}
      ]}
      """
    for rowsPerBatch in [1, 2048] {
      let source = try JSONTable(memory(text), problems: ignored, rowsPerBatch: rowsPerBatch)
      var batch = RowBatch()
      var places: [String] = []
      while try source.next(&batch) {
        for row in 0..<batch.rowCount { places += [batch.place(row, 0).prefix, batch.place(row, 1).prefix] }
      }
      #expect(
        places == [
          "t.csv:2:13:/results/0/datum", "t.csv:2:40:/results/0/belopp~1år",
          "t.csv:2:56:/results/1/datum", "t.csv:2:79:/results/1/belopp~1år",
          "t.csv:3:3:/results/2/datum", "t.csv:3:17:/results/2/belopp~1år",
        ])
    }
  }

  @Test("a string counts as quoted, so that an empty one differs from null")
  func quoted() throws {
    let source = try JSONTable(memory(#"[{"a":"","b":null,"c":1}]"#), problems: ignored)
    var batch = RowBatch()
    #expect(try source.next(&batch))
    #expect((0..<3).map { batch.isQuoted(0, $0) } == [true, false, false])
  }

  @Test(
    "what is no table is refused with its pointer",
    arguments: [
      (#"[{"a":1},5]"#, "/1", "1:10"), (#"[1,2]"#, "/0", "1:2"),
    ])
  func noObjects(_ text: String, _ pointer: String, _ place: String) {
    let problem = failure(of: { _ = try table(text) })
    #expect(problem?.code == .tableNotRecognised)
    #expect(problem?.place.pointer == pointer)
    #expect(problem.map { ReadTable.text($0.place) } == place)
  }

  @Test("an object or array within an object is a cell of its own text, told of once a column")
  func nested() throws {
    let table = try table(#"[{"a":1},{"a":{"b":[2, "\u00e5"]},"c~d":[1,"x"]},{"c~d":[],"a":"z"}]"#)
    #expect(table.rows == [["1", ""], [#"{"b":[2, "\u00e5"]}"#, #"[1,"x"]"#], ["z", "[]"]])
    #expect(table.problems == ["column-nested 1:15", "column-nested 1:41"])
  }

  @Test("XML and HTML are no tables", arguments: ["<?xml version='1.0'?><a/>", "\u{FEFF}\n<!DOCTYPE html>", "<HTML><body>"])
  func markup(_ text: String) {
    let problem = failure(of: { _ = try TableReader.open(MemoryStream(Array(text.utf8), name: "t.csv"), kind: .csv, problems: ignored) })
    #expect(problem?.code == .tableNotRecognised)
  }

  @Test(
    "an object must have exactly one array of objects",
    arguments: [#"{"a":1}"#, #"{"a":[{"x":1}],"b":[{"y":1}]}"#, #"{"a":[1]}"#, "5", #"{"a":{"b":[{"c":1}]}}"#])
  func notOne(_ text: String) { #expect(failure(of: { _ = try table(text) })?.code == .tableNotRecognised) }

  @Test("the last of equal keys counts, with a warning at its place")
  func duplicates() throws {
    let table = try table(#"[{"a":"x\ty","b":1,"a":"z"},{"a":"q","a":"\u0041"}]"#)
    #expect(table.rows == [["z", "1"], ["A", ""]])
    #expect(table.problems == ["json-key-duplicate 1:20", "json-key-duplicate 1:38"])
  }

  @Test("an empty array is a table without rows", arguments: ["[]", #"{"results":[],"n":0}"#])
  func emptyArray(_ text: String) throws {
    let table = try table(text)
    #expect(table.rows.isEmpty)
    #expect(table.problems == ["table-without-rows 0:0"])
  }

  @Test("an empty file is no table", arguments: ["", " \n", "\u{FEFF}"])
  func emptyFile(_ text: String) { #expect(failure(of: { _ = try table(text) })?.code == .tableEmpty) }
}

@Suite("Which kind of table a stream holds") struct TableReaderTests {
  private func header(_ bytes: [UInt8], _ kind: TableReader.Kind? = nil) throws -> [String] {
    try TableReader.open(MemoryStream(bytes, name: "t", piece: 3), kind: kind, problems: ignored).header[0].map(\.text)
  }

  @Test(
    "the content says it",
    arguments: [
      ("a;b\n1;2\n", nil, ["a", "b"]), ("\u{FEFF} [ {\"a\":1}]", nil, ["a"]), (#"{"r":[{"a":1}]}"#, .json, ["a"]),
      ("{\"a\";b}\n1;2\n", nil, ["{\"a\"", "b}"]), ("[id],b\n1,2\n", nil, ["[id]", "b"]), ("[{\"a\":1}]\n", .csv, ["[{\"a\":1}]"]),
    ] as [(String, TableReader.Kind?, [String])])
  func kinds(_ text: String, _ kind: TableReader.Kind?, _ expected: [String]) throws {
    #expect(try header(Array(text.utf8), kind) == expected)
  }

  @Test(
    "a name's ending says it",
    arguments: [
      ("x.json", .json), ("HTTP://a/x.JSON?y=1", .json), ("x.csv", .csv), ("x.tsv#a", .csv), ("X.XLSX", .xlsx), ("a.xlsm?b", .xlsx),
      ("x", nil), ("x.txt", nil), ("x.xls", nil),
    ] as [(String, TableReader.Kind?)])
  func names(_ name: String, _ kind: TableReader.Kind?) { #expect(TableReader.Kind(name: name) == kind) }

  @Test("what must be JSON and is not, is a syntax error")
  func demanded() { #expect(failure(of: { _ = try header(Array("a;b\n".utf8), .json) })?.code == .jsonSyntax) }
}
