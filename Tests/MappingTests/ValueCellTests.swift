import Mapping
import TestSupport
import Testing

/// Cells that come as values and not as texts: a column's format says how texts are written, and nothing of them.
struct ValueCellTests {
  struct Case: CustomTestStringConvertible {
    let datatype: String
    let cell: TestWorkbook.Cell
    /// The value and its datatype; nil where the cell is none.
    let value: String?
    var testDescription: String { "\(cell) as \(datatype)" }
    init(_ datatype: String, _ cell: TestWorkbook.Cell, _ value: String?) {
      (self.datatype, self.cell, self.value) = (datatype, cell, value)
    }
  }

  private static let swedish = #"{"base": "decimal", "format": {"decimalChar": ",", "groupChar": "."}}"#
  private static let pattern = ##"{"base": "decimal", "format": {"pattern": "#,##0.00", "decimalChar": ".", "groupChar": ","}}"##
  private static let day = #"{"base": "date", "format": "dd/MM/yyyy"}"#
  /// 2024-03-01, a moment on it, a time, and hours beyond a day, by the formats of ``sheet(_:)``.
  private static let date = TestWorkbook.Cell.number("45352", style: 1)
  private static let moment = TestWorkbook.Cell.number("45352.75", style: 2)
  private static let midnight = TestWorkbook.Cell.number("45352", style: 2)
  private static let time = TestWorkbook.Cell.number("0.75", style: 3)
  private static let hours = TestWorkbook.Cell.number("1.5", style: 4)

  static let cases = [
    Case(swedish, .number("1234.567"), "1234.567 decimal"), Case(swedish, .text("1.234,5"), "1234.5 decimal"),
    Case(swedish, .text("1.234"), "1234 decimal"), Case(swedish, .number("1.234"), "1.234 decimal"),
    Case(pattern, .number("1234.5"), "1234.5 decimal"), Case(pattern, .text("1,234.50"), "1234.50 decimal"),
    Case("\"decimal\"", .number("1E20"), "100000000000000000000 decimal"), Case("\"double\"", .number("0.1"), "0.1 double"),
    Case("\"integer\"", .number("180.0"), "180 integer"), Case("\"integer\"", .number("180.5"), nil),
    Case(#"{"base": "decimal", "format": {"decimalChar": ","}, "maximum": 10}"#, .number("10.5"), nil),
    Case(day, date, "2024-03-01 date"), Case(day, midnight, "2024-03-01 date"), Case(day, moment, nil),
    Case(day, .text("01/03/2024"), "2024-03-01 date"), Case(day, .text("2024-03-01"), nil), Case(day, .number("45352"), nil),
    Case("\"date\"", date, "2024-03-01 date"), Case("\"dateTime\"", date, "2024-03-01T00:00:00+01:00 dateTime"),
    Case(#"{"base": "dateTime", "format": "yyyy-MM-dd HH:mm"}"#, moment, "2024-03-01T18:00:00+01:00 dateTime"),
    Case(#"{"base": "gYearMonth", "format": "yyyyMM"}"#, date, "2024-03 gYearMonth"), Case("\"gYear\"", date, "2024 gYear"),
    Case(#"{"base": "gYearMonth", "format": "yyyyMM"}"#, .number("202403"), nil), Case("\"gYear\"", .number("2024"), "2024 gYear"),
    Case("\"time\"", time, "18:00:00 time"), Case("\"time\"", hours, nil), Case("\"duration\"", hours, "PT36H00M00S duration"),
    Case("\"duration\"", .text("PT36H"), "PT36H duration"), Case("\"dayTimeDuration\"", time, "PT18H00M00S dayTimeDuration"),
    Case(#"{"base": "boolean", "format": "Ja|Nej"}"#, .boolean(true), "true boolean"),
    Case(#"{"base": "boolean", "format": "Ja|Nej"}"#, .text("Nej"), "false boolean"),
    Case(#"{"base": "boolean", "format": "Ja|Nej"}"#, .text("true"), nil), Case("\"boolean\"", .number("1"), "true boolean"),
    Case("\"string\"", date, "2024-03-01 string"), Case("\"string\"", .number("0.30000000000000004"), "0.3 string"),
    Case("\"string\"", .boolean(false), "false string"),
    Case(#"{"base": "string", "format": "[0-9]{4}"}"#, .number("1880"), "1880 string"),
    Case(#"{"base": "string", "format": "[0-9]{4}"}"#, .number("180"), nil),
  ]

  private static func sheet(_ cell: TestWorkbook.Cell) throws -> [UInt8] {
    var workbook = TestWorkbook([["x"], [cell]])
    workbook.formats = [.builtIn(14), .builtIn(22), .builtIn(20), .builtIn(46)]
    return try workbook.bytes()
  }

  private static let byTitle = #""https://w3id.org/kommungraf/ns/csvw/columnMatching": "title""#

  @Test(arguments: cases) func isReadAsItIs(_ example: Case) throws {
    let column = #"{"name": "x", "titles": "x", "propertyUrl": "http://example.org/p", "datatype": \#(example.datatype)}"#
    let result = try ColumnConversion(columns: column, table: Self.sheet(example.cell), annotations: Self.byTitle)
    #expect(result.objects == [example.value].compactMap { $0 }, "\(result.problems)")
    #expect(result.problems.isEmpty == (example.value != nil))
    #expect(result.problems.allSatisfy { $0.hasPrefix("t.csv!Blad1:A2: error: ") }, "\(result.problems)")
  }

  @Test(
    arguments: [
      (#"{"base": "decimal", "format": {"decimalChar": ",", "groupChar": "."}}"#, "1.234", "1.234 decimal"),
      (#"{"base": "decimal", "format": {"decimalChar": ",", "groupChar": "."}}"#, "\"1.234\"", "1234 decimal"),
      (#"{"base": "boolean", "format": "Ja|Nej"}"#, "true", "true boolean"), ("\"decimal\"", "\"1,5\"", nil),
    ] as [(String, String, String?)])
  func soAreNumbersAndTruthValuesOfJSON(_ datatype: String, _ value: String, _ expected: String?) throws {
    let column = #"{"name": "x", "titles": "x", "propertyUrl": "http://example.org/p", "datatype": \#(datatype)}"#
    let result = try ColumnConversion(columns: column, table: "[{\"x\": \(value)}]", annotations: Self.byTitle)
    #expect(result.objects == [expected].compactMap { $0 }, "\(result.problems)")
  }

  @Test func cleaningComesFirst() throws {
    let column = """
      {"name": "x", "titles": "x", "propertyUrl": "http://example.org/p",
       "https://w3id.org/kommungraf/ns/csvw/clean": ["padLeft(4)"]}
      """
    #expect(try ColumnConversion(columns: column, table: Self.sheet(180), annotations: Self.byTitle).objects == ["0180 string"])
  }

  @Test func valuesFitAnyFormOfAColumn() throws {
    let columns = """
      {"name": "komma", "titles": "x", "propertyUrl": "http://example.org/p", "datatype": {"base": "decimal", "format": {"decimalChar": ","}}},
      {"name": "punkt", "titles": "x", "propertyUrl": "http://example.org/p", "datatype": {"base": "decimal", "format": {"decimalChar": "."}}}
      """
    let result = try ColumnConversion(columns: columns, table: Self.sheet(.number("1234.5")), annotations: Self.byTitle)
    #expect(result.objects == ["1234.5 decimal"])
    #expect(result.problems.isEmpty)
  }

  /// What can't be read can't be judged: the error value of a formula withholds its row.
  @Test(arguments: [
    (TestWorkbook.Cell.error("#N/A"), 1), (.error("#REF!"), 1), (.formula("A1", value: nil), 1), (.text("N"), 0), (.empty, 0),
  ])
  func aRowThatCannotBeJudgedIsWithheld(_ cell: TestWorkbook.Cell, _ withheld: Int) throws {
    let columns = """
      {"name": "id", "titles": "id", "propertyUrl": "http://example.org/p"}, {"name": "sekretess", "titles": "sekretess", "suppressOutput": true}
      """
    let rules = Self.byTitle + #", "https://w3id.org/kommungraf/ns/csvw/withhold": "sekretess = J""#
    let table = try TestWorkbook([["id", "sekretess"], ["hemlig", cell], ["öppen", "N"]]).bytes()
    let result = try ColumnConversion(columns: columns, table: table, annotations: rules)
    #expect(result.report.rowsWithheld == (withheld > 0 ? ["undecided": 1] : [:]))
    #expect(result.objects == (withheld > 0 ? [] : ["hemlig string"]) + ["öppen string"])
  }
}
