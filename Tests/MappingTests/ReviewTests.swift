import Bytes
import Mapping
import Problems
import Resources
import Testing

/// What a person should look at before a conversion is published (contract §1, `--review`).
struct ReviewTests {
  private static let columns = """
    {"name": "namn", "titles": "Namn", "propertyUrl": "http://example.org/n", "kgm:withhold": [
       "nr hasPersonalNumber; rule: person", "nr matches \\\\d{6}-?\\\\d{4}; rule: person; review: kan vara ett personnummer",
       "nr empty; rule: utan-nummer; only: review; review: är det en person?"]},
    {"name": "nr", "titles": "Nr", "suppressOutput": true},
    {"name": "antal", "titles": "Antal", "datatype": "integer", "propertyUrl": "http://example.org/a"}
    """

  private func convert(_ rows: String, rules: String = "") throws -> (conversion: ColumnConversion, lines: [String]) {
    let output = MemoryOutput()
    let conversion = try ColumnConversion(
      columns: Self.columns, table: "Namn,Nr,Antal\n" + rows, annotations: #""kgm:columnMatching": "title""# + rules
    ) { $0.review = ReviewList(output, in: .en) }
    #expect(output.text.hasPrefix("\u{FEFF}file;line;row;rule;outcome;column;why;Namn;Nr;Antal\r\n"))
    return (conversion, output.text.split(separator: "\r\n").dropFirst().map(String.init))
  }

  @Test(
    arguments: [
      // What is certain is withheld without a word, what is not is listed with its cells, and so is what is only pointed out.
      ("Hemlig,121212-1212,1\n", [], ["person": 1], [:]),
      (
        "Hemlig,850132-1234,1\n", ["t.csv;2;1;person;cell withheld;namn;kan vara ett personnummer;Hemlig;850132-1234;1"], ["person": 1], [:]
      ),
      ("Öppen,,1\n", ["t.csv;2;1;utan-nummer;published;namn;är det en person?;Öppen;;1"], [:], ["utan-nummer": 1]),
      ("Öppen,5563348449,1\n", ["t.csv;2;1;person;cell withheld;namn;kan vara ett personnummer;Öppen;5563348449;1"], ["person": 1], [:]),
      // Nothing is published of an empty cell, so nothing is pointed out.
      (",,1\n", [], [:], [:]),
    ] as [(String, [String], [String: Int], [String: Int])])
  func whatLeavesADoubtIsListed(_ row: String, _ lines: [String], _ cells: [String: Int], _ pointedOut: [String: Int]) throws {
    let (conversion, found) = try convert(row)
    #expect(found == lines)
    #expect(conversion.report.cellsWithheld == cells)
    #expect(conversion.report.pointedOut == pointedOut)
    #expect(conversion.values.contains("Öppen") == row.hasPrefix("Öppen,,"))
  }

  @Test(arguments: [
    ("A,x\n", "A;x", "the row has 2 cells but the header has 3"), ("\"A;B\",x\u{1}y,1\n", "\"A;B\";x\u{1}y;1", "can't be read"),
  ])
  func aRowThatCannotBeJudgedIsListedWithWhy(_ row: String, _ cells: String, _ why: String) throws {
    let (conversion, found) = try convert(row)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("t.csv;2;1;undecided;row withheld;;") == true)
    #expect(found.first?.hasSuffix(";" + cells) == true && found.first?.contains(why) == true, "\(found)")
    #expect(conversion.report.rowsWithheld == [ConversionReport.undecided: 1])
  }

  /// A rule that only points out makes no secret of a table.
  @Test func aTableWithNothingToWithholdTellsAll() throws {
    let output = MemoryOutput()
    let conversion = try ColumnConversion(
      columns: #"{"name": "a", "titles": "a", "datatype": "integer", "propertyUrl": "http://example.org/a"}"#, table: "a\nx\n1\n",
      annotations: #""kgm:columnMatching": "title", "kgm:withhold": "a matches [a-z]; only: review; rule: bokstav""#
    ) { $0.review = ReviewList(output, in: .sv) }
    #expect(conversion.problems.first?.contains("«x»") == true)
    #expect(conversion.report.pointedOut == ["bokstav": 1])
    #expect(output.text.contains("bokstav;publicerad;;bokstav;x"))
  }

  /// A spreadsheet must not take a text for the next cell.
  @Test func cellsAreQuotedWhereTheyMustBe() throws {
    let (_, found) = try convert("\"a;\"\"b\"\"\nc\",850132-1234,1\n")
    #expect(found.first?.hasSuffix(";\"a;\"\"b\"\"\nc\";850132-1234;1") == true, "\(found)")
  }

  @Test func rulesOfRowsAreListedToo() throws {
    let (conversion, found) = try convert("A,1,1\n", rules: #", "kgm:withhold": "antal = 1; rule: ett; review: varför inte""#)
    #expect(found == ["t.csv;2;1;ett;row withheld;;varför inte;A;1;1"])
    #expect(conversion.report.rowsWithheld == ["ett": 1])
  }
}
