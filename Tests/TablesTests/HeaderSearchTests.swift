import Bytes
import Problems
import Resources
import Tables
import TestSupport
import Testing

@Suite("Headers that do not stand in the first row") struct HeaderSearchTests {
  /// A search for the titles `id`, which must be there, `namn` and `ort`.
  private static var rule: HeaderRule {
    var rule = HeaderRule()
    rule.search = HeaderSearch { row in
      let found = Set(row.map(\.text)).intersection(["id", "namn", "ort"])
      return HeaderSearch.Match(found: found.count, isWhole: found.contains("id"))
    }
    return rule
  }

  private func readText(_ text: String, _ dialect: Dialect = .undeclared, _ rule: HeaderRule = Self.rule) throws -> ReadTable {
    let problems = ProblemList()
    return try ReadTable(CSVReader(memory(text), dialect: dialect, rule: rule, problems: problems), problems)
  }

  @Test(
    "lines before it are passed over, and told of",
    arguments: [
      ("id;namn\n1;a\n", ["id", "namn"], [["1", "a"]], [], []),
      ("\n\nid;namn\n1;a\n", ["id", "namn"], [["1", "a"]], [], []),
      ("Skolor 2024\nid;namn\n1;a\n", ["id", "namn"], [["1", "a"]], ["header-found 2:0"], ["Skolor 2024"]),
      (
        "Skolor, i Örebro\n\n\"x\ny\"\nid;namn\n1;a\n", ["id", "namn"], [["1", "a"]], ["header-found 5:0"],
        ["Skolor, i Örebro", "\"x\ny\""]
      ),
      (
        "Skolor;;\nUttag;2024-01-01;\nid;namn;ort\n1;a;b\n", ["id", "namn", "ort"], [["1", "a", "b"]], ["header-found 3:0"],
        ["Skolor;;", "Uttag;2024-01-01;"]
      ),
      // Without what must be there, the row with the most titles is it.
      ("x;y\nnamn;ort\na;b\n", ["namn", "ort"], [["a", "b"]], ["header-found 2:0"], ["x;y"]),
      ("x;y\n1;a\n", ["x", "y"], [["1", "a"]], [], []),
      ("namn;x\n1;a\nort;b\n", ["namn", "x"], [["1", "a"], ["ort", "b"]], [], []),
      ("sep=;\nSkolor\nid;namn\n1;a\n", ["id", "namn"], [["1", "a"]], ["header-found 3:0"], ["Skolor"]),
      ("A, B, C, D\n\nid\tnamn\n1\ta\n", ["id", "namn"], [["1", "a"]], ["header-found 3:0"], ["A, B, C, D"]),
    ])
  func search(_ text: String, _ header: [String], _ rows: [[String]], _ problems: [String], _ comments: [String]) throws {
    for text in [text, text.replacing("\n", with: "\r\n")] {
      let table = try readText(text)
      #expect(table.header == [header])
      #expect(table.rows == rows)
      #expect(table.problems == problems)
      #expect(table.comments.map { $0.replacing("\r\n", with: "\n") } == comments)
    }
  }

  @Test("it is looked for in the first twenty rows")
  func bound() throws {
    let lines = { (count: Int) in (1...count).map { "rad \($0)\n" }.joined() + "id;namn\n1;a\n" }
    #expect(try readText(lines(19)).header == [["id", "namn"]])
    #expect(try readText(lines(20)).header == [["rad 1"]])
  }

  @Test("the rows before it count as rows of the file")
  func sourceRows() throws {
    let table = try readText("Skolor\n\nid;namn\n1;a\n2;b\n")
    #expect(table.sourceRows == [4, 5])
    #expect(table.places[0] == ["4:1", "4:3"])
  }

  @Test("the row that is told is the one to give", arguments: ["Skolor\n\"x\ny\"\nid;namn\n1;a\n", "sep=;\nSkolor\nid;namn\n1;a\n"])
  func row(_ text: String) throws {
    let problems = ProblemList()
    _ = try ReadTable(CSVReader(memory(text), rule: Self.rule, problems: problems), problems)
    #expect(problems.problems.first?.line(in: .en).contains("the header stands in row 3;") == true)
    var rule = HeaderRule()
    rule.firstRow = 3
    #expect(try readText(text, .undeclared, rule).header == [["id", "namn"]])
  }

  @Test("it is not looked for where it is known", arguments: [1, 2])
  func known(_ firstRow: Int) throws {
    var rule = Self.rule
    rule.firstRow = firstRow
    let table = try readText("x;y\na;b\nid;namn\n1;a\n", .undeclared, rule)
    #expect(table.header == [firstRow == 1 ? ["x", "y"] : ["a", "b"]])
    #expect(table.problems.isEmpty)
    #expect(
      try readText(
        "x;y\nid;namn\n1;a\n",
        dialect {
          $0.skipRows = 0; $0.header = false
        }
      ).rows.count == 3)
    #expect(try readText("x;y\na;b\nid;namn\n1;a\n", dialect { $0.skipRows = 1 }).header == [["a", "b"]])
  }

  @Test("titles may come from another file")
  func titles() throws {
    var rule = HeaderRule()
    rule.titles = ("rubriker.csv", ["id", "namn"])
    let table = try readText("1;a\n2;b\n", .undeclared, rule)
    #expect(table.header == [["id", "namn"]])
    #expect(table.rows == [["1", "a"], ["2", "b"]])
    rule.firstRow = 2
    #expect(try readText("Skolor;\n2;b\n", .undeclared, rule).rows == [["2", "b"]])
    let workbook = TestWorkbook([["Skolor"], [1, "a", "OBS"], [2]])
    let read = try read(workbook, rule: rule)
    #expect(read.header == [["id", "namn"]])
    #expect(read.rows == [["1", "a"], ["2", ""]])
    #expect(read.sourceRows == [2, 3])
    #expect(read.problems == ["column-untitled 2:3"])
  }

  @Test("a sheet is searched in the same way")
  func sheet() throws {
    let rows: [[TestWorkbook.Cell]] = [["Skolor"], [], ["Uttag", 2024], ["id", "namn"], [1, "a"]]
    let table = try read(TestWorkbook(rows), rule: Self.rule)
    #expect(table.header == [["id", "namn"]])
    #expect(table.rows == [["1", "a"]])
    #expect(table.comments == ["Skolor", "Uttag, 2024"])
    #expect(table.problems == ["header-found 4:0"])
    var rule = Self.rule
    rule.firstRow = 3
    #expect(try read(TestWorkbook(rows), rule: rule).header == [["Uttag", "2024"]])
  }

  @Test("of several sheets the one is read that has the header")
  func sheets() throws {
    let workbook = TestWorkbook(sheets: [
      .init("Om", [["Saker"], ["namn"]]), .init("Tomt"), .init("Gömd", [["id"], [0]]),
      .init("Data", [["Lista"], ["id", "ort"], [1, "a"]]),
      .init("Mer", [["id"], [2]]),
    ])
    var hiding = workbook
    hiding.sheets[2].state = "hidden"
    let table = try read(hiding, rule: Self.rule)
    #expect(table.rows == [["1", "a"]])
    #expect(table.problems == ["sheets-other 0:0", "header-found 2:0"])
    #expect(try read(hiding, sheet: "Om", rule: Self.rule).header == [["namn"]])
    #expect(try read(TestWorkbook(sheets: [.init("A", [["x"], [1]]), .init("B", [["namn"], [2]])]), rule: Self.rule).header == [["x"]])
  }

  @Test("JSON has no header that could stand elsewhere")
  func json() throws {
    let problems = ProblemList()
    var rule = Self.rule
    rule.firstRow = 2
    rule.titles = ("x.csv", ["x"])
    let rows = try TableReader.open(memory(#"[{"a": 1}]"#, name: "t.json"), rule: rule, problems: problems)
    #expect(rows.header == [["a"]])
    #expect(problems.problems.map(\.code) == [.headerOptionUnused, .headerOptionUnused])
  }
}
