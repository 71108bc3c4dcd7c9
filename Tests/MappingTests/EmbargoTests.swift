import Bytes
import Mapping
import RDF
import Testing

/// Rows that are public from a day on (contract §4, `embargo`).
struct EmbargoTests {
  private static let columns = """
    {"name": "dag", "titles": "datum", "datatype": "date", "propertyUrl": "http://example.org/d"},
    {"name": "tid", "titles": "datum", "datatype": "dateTime", "propertyUrl": "http://example.org/t"},
    {"name": "nr", "titles": "nr", "propertyUrl": "http://example.org/nr"},
    {"name": "namn", "titles": "namn", "propertyUrl": "http://example.org/n"}
    """

  private func convert(_ rows: String, asOf: String, _ embargo: String = "dag, tid; P21D", more: String = "") throws -> ColumnConversion {
    let day = try #require(ByteString(asOf).withView { SwedishTime.date(lexical: $0) })
    return try ColumnConversion(
      columns: Self.columns, table: "datum,nr,namn\n" + rows,
      annotations: #""kgm:columnMatching": "title", "kgm:embargo": "\#(embargo)""# + more
    ) { $0.asOf = day }
  }

  struct Case: CustomTestStringConvertible {
    let day: String
    let asOf: String
    let isPublic: Bool
    var testDescription: String { "\(day) as of \(asOf)" }
    init(_ day: String, _ asOf: String, _ isPublic: Bool) { (self.day, self.asOf, self.isPublic) = (day, asOf, isPublic) }
  }

  /// Day 20, 21 and 22 after inspections before both changes of summer time, at the last and first moments of days in Sweden.
  static let cases = [
    // Summer time begins on 2026-03-29: day 21 is 31 March and begins at 22:00 UTC the evening before.
    Case("2026-03-10", "2026-03-30", false), Case("2026-03-10", "2026-03-31", true), Case("2026-03-10", "2026-04-01", true),
    Case("2026-03-10", "2026-03-30T21:59:59Z", false), Case("2026-03-10", "2026-03-30T22:00:00Z", true),
    Case("2026-03-10T23:59:59", "2026-03-30T21:59:59Z", false), Case("2026-03-10T23:59:59", "2026-03-30T22:00:00Z", true),
    Case("2026-03-10T22:59:59Z", "2026-03-30T22:00:00Z", true), Case("2026-03-10T23:00:00Z", "2026-03-30T22:00:00Z", false),
    Case("2026-03-10T23:00:00Z", "2026-03-31T21:59:59Z", false), Case("2026-03-10T23:00:00Z", "2026-03-31T22:00:00Z", true),
    // It ends on 2026-10-25: day 21 is 2 November and begins at 23:00 UTC.
    Case("2026-10-12", "2026-11-01", false), Case("2026-10-12", "2026-11-02", true), Case("2026-10-12", "2026-11-03", true),
    Case("2026-10-12", "2026-11-01T22:59:59Z", false), Case("2026-10-12", "2026-11-01T23:00:00Z", true),
    Case("2026-10-12T23:59:59+02:00", "2026-11-01T22:59:59Z", false), Case("2026-10-12T23:59:59+02:00", "2026-11-01T23:00:00Z", true),
    Case("2026-10-12T22:00:00Z", "2026-11-01T23:00:00Z", false), Case("2026-10-12T22:00:00Z", "2026-11-02T23:00:00Z", true),
    Case("2026-10-12T21:59:59Z", "2026-11-01T23:00:00Z", true),
    // A moment with another zone is a day in Sweden too.
    Case("2026-06-09T18:30:00-05:00", "2026-07-01", true), Case("2026-06-09T18:30:00-05:00", "2026-06-30", false),
  ]

  @Test(arguments: cases) func aRowIsPublicFromItsDayOn(_ example: Case) throws {
    let conversion = try convert("\(example.day),1,Hemlig\n", asOf: example.asOf)
    #expect(conversion.quads.isEmpty == !example.isPublic)
    #expect(conversion.report.rowsEmbargoed.values.reduce(0, +) == (example.isPublic ? 0 : 1))
    #expect(conversion.report.rowsPublished == (example.isPublic ? 1 : 0))
    #expect(conversion.report.rowsWithheld == [:])
    #expect(!conversion.problems.contains { $0.contains("Hemlig") })
  }

  @Test func theReportCountsByTheDayOnWhichRowsBecomePublic() throws {
    let conversion = try convert(
      "2026-03-10,1,a\n2026-03-10,2,b\n2026-03-12T08:00:00+01:00,3,c\n2026-03-01,4,d\n", asOf: "2026-03-30", "tid, dag; P21D")
    #expect(
      conversion.report.rowsEmbargoed.map { ($0.text, $1) }.sorted { $0.0 < $1.0 }.map { "\($0.0) \($0.1)" } == [
        "2026-03-31 2", "2026-04-02 1",
      ])
    #expect(conversion.values.contains("d"))
    #expect(conversion.values.count == 3)
  }

  @Test(arguments: ["i går", "2026-02-30", "", "31/3 2026", "2026-03-10T25:00:00"]) func aDayThatCannotBeReadIsUndecided(_ day: String)
    throws
  {
    let conversion = try convert("\"\(day)\",1,Hemlig\n2025-01-01,2,x\n", asOf: "2026-12-31")
    #expect(conversion.report.rowsWithheld == [ConversionReport.undecided: 1])
    #expect(conversion.values.contains("2") && !conversion.values.contains("1"))
    for line in conversion.problems { #expect(!line.contains("Hemlig") && !line.contains("t.csv:2"), "\(line)") }
  }

  /// A month is over with its last day.
  @Test(arguments: [("2026-04-20", 0), ("2026-04-21", 1)]) func ofAMonthTheLastDayCounts(_ asOf: String, _ published: Int) throws {
    let conversion = try ColumnConversion(
      columns: #"{"name": "m", "titles": "m", "datatype": {"base": "gYearMonth", "format": "yyyyMM"}}"#, table: "m\n202603\n",
      annotations: #""kgm:columnMatching": "title", "kgm:embargo": "m; P21D""#
    ) { $0.asOf = ByteString(asOf).withView { SwedishTime.date(lexical: $0) } ?? .epoch }
    #expect(conversion.report.rowsPublished == published)
  }

  @Test(arguments: [
    ("P1M", "2026-01-31", "2026-02-28"), ("P1Y", "2024-02-29", "2025-02-28"), ("P1M1D", "2026-01-31", "2026-03-01"),
    ("P0D", "2026-01-31", "2026-01-31"),
  ])
  func monthsAreThoseOfTheCalendar(_ duration: String, _ day: String, _ end: String) throws {
    let conversion = try convert("\(day),1,a\n", asOf: "2020-01-01", "dag, tid; \(duration)")
    #expect(conversion.report.rowsEmbargoed.keys.map(\.text) == [end])
  }

  /// Facilities stand in rows of their own, which have no day and need none.
  @Test func aRowWithNothingToKeepBackNeedsNoDay() throws {
    let conversion = try convert(",,Anläggning\n,7,Kontroll\n2026-03-10,8,Kontroll 8\n", asOf: "2026-03-20", "dag, tid; P21D; about: nr")
    #expect(conversion.values == ["Anläggning"])
    #expect(conversion.report.rowsWithheld == [ConversionReport.undecided: 1])
    #expect(conversion.report.rowsEmbargoed.count == 1)
  }

  @Test(arguments: [("nr; P21D", 0), ("dag, tid; P21D; absent: publish", 1), ("dag, tid; P21D; about: nr", 0), ("dag, tid; P21D", 0)])
  func aFileWithoutTheDay(_ embargo: String, _ published: Int) throws {
    let conversion = try ColumnConversion(
      columns: Self.columns, table: "nr,namn\n1,a\n", annotations: #""kgm:columnMatching": "title", "kgm:embargo": "\#(embargo)""#)
    #expect(conversion.report.rowsPublished == published)
    #expect(conversion.report.rowsWithheld == (published == 0 ? [ConversionReport.undecided: 1] : [:]))
  }

  /// Of two columns that could be meant neither is believed.
  @Test func theDayTwiceCannotBeJudged() throws {
    let conversion = try ColumnConversion(
      columns: Self.columns, table: "datum,datum,datum,nr\n2020-01-01,2020-01-01,2026-03-10,1\n",
      annotations: #""kgm:columnMatching": "title", "kgm:embargo": "dag, tid; P21D""#)
    #expect(conversion.quads.isEmpty)
  }

  @Test func rulesComeBeforeEmbargoes() throws {
    let conversion = try convert("2026-03-10,1,a\n", asOf: "2026-03-11", more: #", "kgm:withhold": "nr = 1; rule: regel""#)
    #expect(conversion.report.rowsWithheld == ["regel": 1])
    #expect(conversion.report.rowsEmbargoed == [:])
  }
}
