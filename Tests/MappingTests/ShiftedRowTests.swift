import Bytes
import Mapping
import RDF
import Testing

/// Rows whose cells stand beside their columns, because a delimiter has no quotes around it (contract §4).
struct ShiftedRowTests {
  private static let columns = """
    {"name": "namn", "titles": "namn", "propertyUrl": "http://example.org/n"},
    {"name": "dag", "titles": "dag", "datatype": "date", "propertyUrl": "http://example.org/d"},
    {"name": "text", "titles": "text", "propertyUrl": "http://example.org/t"},
    {"name": "belopp", "titles": "belopp", "datatype": "decimal", "propertyUrl": "http://example.org/b"},
    {"name": "not", "titles": "not", "propertyUrl": "http://example.org/o"},
    {"name": "slut", "titles": "slut", "propertyUrl": "http://example.org/s"}
    """
  private static let byTitle = #""kgm:columnMatching": "title""#

  private func convert(_ rows: String, rules: Bool) throws -> ColumnConversion {
    try ColumnConversion(
      columns: Self.columns, table: "namn,dag,text,belopp,not,slut\n" + rows,
      annotations: Self.byTitle + (rules ? #", "kgm:withhold": "namn = hemlig; rule: r""# : ""))
  }

  /// A good row before and after.
  private static let good = "Ett,2026-01-01,a,10.5,b,c\n"

  static let shifted = [
    // One comma too many, and the last cells empty; two; one in a text between; one comma too few.
    "Bygg, Betong AB,2026-01-02,x,20.5,y\n", "Bygg, Betong, Rör AB,2026-01-02,x,20.5\n", "Bygg,2026-01-02,x, y,20.5,z\n",
  ]

  @Test(arguments: shifted.prefix(2)) func isToldOfAndLeftOut(_ row: String) throws {
    let conversion = try convert(Self.good + row + Self.good, rules: false)
    #expect(conversion.report.rowsPublished == 2)
    #expect(!conversion.values.contains { $0.contains("Bygg") || $0.contains("20.5") || $0.contains("Betong") })
    #expect(conversion.problems.count == 1)
    #expect(conversion.problems[0].hasPrefix("t.csv:3:"), "\(conversion.problems)")
    #expect(conversion.problems[0].contains("«dag»") && conversion.problems[0].hasSuffix("[row-shifted]"))
  }

  @Test(arguments: shifted) func isWithheldInATableWithRules(_ row: String) throws {
    let conversion = try convert(Self.good + row + Self.good, rules: true)
    #expect(conversion.report.rowsPublished == 2)
    #expect(conversion.report.rowsWithheld == [ConversionReport.undecided: 1])
    for text in conversion.values + conversion.problems {
      #expect(!text.contains("Bygg") && !text.contains("20.5") && !text.contains("t.csv:3"))
    }
  }

  @Test func aRowThatIsTooWideSaysWhereItGoesWrong() throws {
    let conversion = try convert("Bygg, Betong AB,2026-01-02,x,20.5,y,z\n", rules: false)
    #expect(conversion.problems.count == 1)
    #expect(conversion.problems[0].contains("from the column «dag» on it looks shifted"), "\(conversion.problems)")
    #expect(conversion.quads.isEmpty)
    let plain = try convert("Bygg,2026-01-02,x,20.5,y,z,w\n", rules: false)
    #expect(!plain.problems[0].contains("shifted"), "\(plain.problems)")
  }

  /// One wrong cell is one wrong cell, and the rest of the row is published.
  @Test(
    arguments: [
      "Ett,2026-13-01,a,10.5,b,c\n", "Ett,2026-01-01,a,tio,b,c\n", "Ett,x,y,z,,\n", "Ett,okänt,a,okänt,b,c\n", "Ett,i går,a,1,2,3\n",
    ], [true, false])
  func aWrongCellIsNoShift(_ row: String, _ rules: Bool) throws {
    let conversion = try convert(row, rules: rules)
    #expect(conversion.report.rowsPublished == 1)
    #expect(conversion.report.rowsWithheld == [:])
    #expect(!conversion.problems.isEmpty && conversion.problems.allSatisfy { $0.contains("[cell-") })
  }

  /// What one cell alone says is enough where something may be secret, and not where nothing is.
  @Test(arguments: ["Ett,2026-01-01,a,tio,20,\n", "Ett,,a,tio,5,6\n", "Ett,i går,2026-01-01,,,\n"])
  func inDoubtOnlyATableWithRulesWithholds(_ row: String) throws {
    let open = try convert(row, rules: false)
    #expect(open.report.rowsPublished == 1)
    #expect(open.problems.count == 1 && open.problems[0].contains("[cell-datatype]"))
    let secretive = try convert(row, rules: true)
    #expect(secretive.report.rowsWithheld == [ConversionReport.undecided: 1])
    #expect(secretive.quads.isEmpty)
  }

  /// Running numbers leave no gap that tells of a row that is not there.
  @Test func numbersGoOnPastAShiftedRow() throws {
    let conversion = try ColumnConversion(
      columns: Self.columns + #", {"name": "nr", "virtual": true, "propertyUrl": "http://example.org/nr", "kgm:ordinal": "x"}"#,
      table: "namn,dag,text,belopp,not,slut\n" + Self.good + Self.shifted[0] + Self.good,
      annotations: Self.byTitle + #", "kgm:withhold": "namn = hemlig; rule: r""#)
    let numbers = conversion.quads.filter { $0.predicate == .iri("http://example.org/nr") }.map(\.object)
    #expect(numbers == [.literal("1", .datatype(XSD.string)), .literal("2", .datatype(XSD.string))])
  }

  /// Plain CSVW has its own rules: a cell that is no value is a string.
  @Test func withoutColumnsByTitleRowsStayAsTheyAre() throws {
    let conversion = try ColumnConversion(columns: Self.columns, table: "namn,dag,text,belopp,not,slut\n" + Self.shifted[0])
    #expect(conversion.report.rowsPublished == 1)
    #expect(conversion.problems.allSatisfy { $0.contains("[cell-") })
  }
}
