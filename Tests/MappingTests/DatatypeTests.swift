import Testing

/// What a cell's text is worth under a datatype and its format (tabular data model §6.4).
struct DatatypeTests {
  struct Case: CustomTestStringConvertible {
    let datatype: String
    let cell: String
    /// The value and its datatype; nil where the cell is none.
    let value: String?
    var testDescription: String { "\(cell) as \(datatype)" }
    init(_ datatype: String, _ cell: String, _ value: String?) { (self.datatype, self.cell, self.value) = (datatype, cell, value) }
  }

  private static let swedish = #"{"base": "decimal", "format": {"decimalChar": ",", "groupChar": " "}}"#
  private static let english = #"{"base": "decimal", "format": {"decimalChar": ".", "groupChar": ","}}"#

  static let numbers = [
    Case(swedish, "1 234,50", "1234.50 decimal"), Case(swedish, "1\u{A0}234\u{A0}567,5", "1234567.5 decimal"),
    Case(swedish, "1\u{202F}234,5", "1234.5 decimal"), Case(swedish, "-1302,03", "-1302.03 decimal"),
    Case(swedish, "\u{2212}400,68", "-400.68 decimal"), Case(swedish, "+7", "7 decimal"), Case(swedish, "1880", "1880 decimal"),
    Case(swedish, "1.5", nil), Case(swedish, "1,2,3", nil), Case(swedish, "tio", nil), Case(swedish, "1e3", nil), Case(swedish, "-", nil),
    Case(english, "1,234.50", "1234.50 decimal"), Case(english, "-0.5", "-0.5 decimal"), Case(english, "1 234", nil),
    Case("\"integer\"", "0042", "0042 integer"), Case("\"integer\"", "-7", "-7 integer"), Case("\"integer\"", "1.0", nil),
    Case("\"nonNegativeInteger\"", "-1", nil), Case("\"byte\"", "127", "127 byte"), Case("\"byte\"", "128", nil),
    Case("\"double\"", "1e3", "1e3 double"), Case("\"double\"", "NaN", "NaN double"), Case("\"double\"", "INF", "INF double"),
    Case("\"decimal\"", "1e3", nil), Case("\"decimal\"", "50%", "0.5 decimal"), Case("\"integer\"", "50%", nil),
    Case(#"{"base": "decimal", "format": "%000"}"#, "%001", "0.01 decimal"),
    Case(#"{"base": "decimal", "format": "000.0‰"}"#, "001.5‰", "0.0015 decimal"),
    Case("\"http://www.w3.org/2001/XMLSchema#integer\"", "7", "7 integer"),
  ]

  static let dates = [
    Case("\"date\"", "2025-03-31", "2025-03-31 date"), Case("\"date\"", "2024-02-29", "2024-02-29 date"),
    Case("\"date\"", "2025-02-29", nil),
    Case("\"date\"", "2025-13-01", nil), Case("\"date\"", "20250331", nil), Case("\"date\"", "31/3 2025", nil),
    Case(#"{"base": "date", "format": "yyyyMMdd"}"#, "20250331", "2025-03-31 date"),
    Case(#"{"base": "date", "format": "d/M/yyyy"}"#, "3/4/2025", "2025-04-03 date"),
    Case(#"{"base": "date", "format": "dd.MM.yyyy"}"#, "03.04.2025", "2025-04-03 date"),
    Case(#"{"base": "date", "format": "dd.MM.yyyy"}"#, "31.02.2025", nil),
    Case(#"{"base": "gYearMonth", "format": "yyyyMM"}"#, "202503", "2025-03 gYearMonth"),
    Case(#"{"base": "gYearMonth", "format": "yyyyMM"}"#, "202513", nil),
    Case("\"dateTime\"", "2025-03-31T12:00:00Z", "2025-03-31T12:00:00Z dateTime"),
    Case(#"{"base": "dateTime", "format": "yyyy-MM-dd HH:mm"}"#, "2025-03-31 12:05", "2025-03-31T12:05:00+02:00 dateTime"),
    Case("\"time\"", "23:59:59", "23:59:59 time"), Case("\"time\"", "25:00:00", nil), Case("\"gYear\"", "2025", "2025 gYear"),
  ]

  static let others = [
    Case("\"boolean\"", "true", "true boolean"), Case("\"boolean\"", "1", "true boolean"), Case("\"boolean\"", "0", "false boolean"),
    Case("\"boolean\"", "Ja", nil), Case(#"{"base": "boolean", "format": "Ja|Nej"}"#, "Ja", "true boolean"),
    Case(#"{"base": "boolean", "format": "Ja|Nej"}"#, "Nej", "false boolean"),
    Case(#"{"base": "boolean", "format": "Ja|Nej"}"#, "true", nil),
    Case(#"{"base": "string", "format": "[A-Z]{3}"}"#, "EUR", "EUR string"),
    Case(#"{"base": "string", "format": "[A-Z]{3}"}"#, "EURO", nil),
    Case(#"{"base": "string", "maxLength": 3}"#, "åäö", "åäö string"), Case(#"{"base": "string", "maxLength": 3}"#, "åäöå", nil),
    Case(#"{"base": "decimal", "minimum": 0, "maximum": 10}"#, "10", "10 decimal"),
    Case(#"{"base": "decimal", "minimum": 0, "maximum": 10}"#, "10.5", nil), Case(#"{"base": "decimal", "minExclusive": 0}"#, "0", nil),
    Case("\"anyURI\"", "http://example.org/å", "http://example.org/å anyURI"),
    Case("\"hexBinary\"", "0aFF", "0aFF hexBinary"), Case("\"hexBinary\"", "0aF", nil),
  ]

  @Test(arguments: numbers + dates + others) func theCellIsWorth(_ example: Case) throws {
    let column = #"{"name": "c", "titles": "c", "propertyUrl": "http://example.org/p", "datatype": \#(example.datatype)}"#
    let conversion = try ColumnConversion(
      columns: column, table: "c\n\"\(example.cell)\"\n", annotations: #""https://w3id.org/kommungraf/ns/csvw/columnMatching": "title""#)
    #expect(conversion.objects == (example.value.map { [$0] } ?? []))
    #expect(conversion.problems.isEmpty == (example.value != nil), "\(conversion.problems)")
    if example.value == nil { #expect(conversion.problems.first?.hasPrefix("t.csv:2:1: error: ") == true) }
  }

  /// Plain CSVW makes a string of what is no value (tabular data model §6.4).
  @Test func withoutColumnsByTitleABadCellIsAString() throws {
    let column = #"{"name": "c", "titles": "c", "propertyUrl": "http://example.org/p", "datatype": "date"}"#
    let conversion = try ColumnConversion(columns: column, table: "c\nx\n")
    #expect(conversion.objects == ["x string"])
    #expect(conversion.problems.count == 1)
  }
}
