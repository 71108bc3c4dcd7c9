import Bytes
import RDF
import Testing

@Suite struct DateTests {
  @Test(arguments: [
    "2024-02-29", "2000-02-29", "0000-02-29", "-0004-02-29", "12024-01-01", "-12024-12-31", "2024-05-17Z", "2024-05-17+02:00",
    "2024-05-17-14:00",
  ])
  func datesKeepTheirForm(_ lexical: String) throws {
    let value = try #require(withBytes(lexical) { DateValue(lexical: $0) })
    #expect(written { value.append(to: &$0) } == lexical)
  }

  @Test(arguments: [
    "2023-02-29", "1900-02-29", "2024-04-31", "2024-13-01", "2024-00-01", "2024-01-00", "24-01-01", "02024-01-01", "2024-1-1", "2024/01/01",
    "2024-01-01+14:01", "2024-01-01+2:00", "2024-01-01z", "2024-01-01 ", "+2024-01-01", "20240101", "", "2024-01-01T00:00:00", "-2024",
    "12345678901-01-01",
  ])
  func otherTextIsNoDate(_ text: String) {
    #expect(withBytes(text) { DateValue(lexical: $0) } == nil)
  }

  @Test(arguments: [
    ("2024-05-17T24:00:00", "2024-05-18T00:00:00"), ("2024-12-31T24:00:00.000Z", "2025-01-01T00:00:00Z"),
    ("2024-05-17T12:30:00.500+00:00", "2024-05-17T12:30:00.5Z"),
    ("2024-05-17T12:30:00.123456789012345678-03:30", "2024-05-17T12:30:00.123456789012345678-03:30"),
    ("-0001-01-01T00:00:00", "-0001-01-01T00:00:00"), ("2024-05-17T12:30:00-00:00", "2024-05-17T12:30:00Z"),
  ])
  func dateTimesInCanonicalForm(_ lexical: String, _ canonical: String) throws {
    let value = try #require(withBytes(lexical) { DateTimeValue(lexical: $0) })
    #expect(written { value.append(to: &$0) } == canonical)
  }

  @Test(arguments: [
    "2024-05-17", "2024-05-17 12:00:00", "2024-05-17T12:00", "2024-05-17T24:00:01", "2024-05-17T25:00:00", "2024-05-17T12:60:00",
    "2024-05-17T12:00:60", "2024-05-17T12:00:00.", "2024-05-17t12:00:00", "2024-05-17T12:00:00Z+01:00", "2024-02-30T24:00:00",
  ])
  func otherTextIsNoDateTime(_ text: String) {
    #expect(withBytes(text) { DateTimeValue(lexical: $0) } == nil)
  }

  @Test func instantsCompareAcrossZonesAndZonelessCountsAsUTC() throws {
    func instant(_ text: String) throws -> Instant { try #require(withBytes(text) { DateTimeValue(lexical: $0) }).instant }
    #expect(try instant("2024-05-17T12:00:00+02:00") == instant("2024-05-17T10:00:00Z"))
    #expect(try instant("2024-05-17T10:00:00") == instant("2024-05-17T10:00:00Z"))
    #expect(try instant("2024-05-17T10:00:00.1Z") > instant("2024-05-17T10:00:00.09Z"))
    #expect(try instant("1970-01-01T00:00:01Z") == Instant(seconds: 1, attoseconds: 0))
    #expect(try instant("1969-12-31T23:59:59.5Z") == Instant(seconds: -1, attoseconds: 500_000_000_000_000_000))
  }

  @Test func aStampHasAZone() {
    #expect(withBytes("2024-05-17T10:00:00") { DateTimeValue(stamp: $0) } == nil)
    #expect(withBytes("2024-05-17T10:00:00Z") { DateTimeValue(stamp: $0) } != nil)
  }

  @Test(arguments: [("24:00:00", "00:00:00"), ("23:59:59.10", "23:59:59.1"), ("08:00:00+01:00", "08:00:00+01:00")])
  func times(_ lexical: String, _ canonical: String) throws {
    let value = try #require(withBytes(lexical) { TimeValue(lexical: $0) })
    #expect(written { value.append(to: &$0) } == canonical)
  }

  @Test(arguments: [
    ("2024", GregorianPart.Kind.gYear, true), ("-0044Z", .gYear, true), ("24", .gYear, false), ("2024-05", .gYear, false),
    ("2024-05", .gYearMonth, true), ("2024-05+01:00", .gYearMonth, true), ("202405", .gYearMonth, false), ("2024-13", .gYearMonth, false),
    ("--05", .gMonth, true), ("--5", .gMonth, false), ("--05--", .gMonth, false), ("--02-29", .gMonthDay, true),
    ("--02-30", .gMonthDay, false),
    ("--04-31", .gMonthDay, false), ("---31", .gDay, true), ("---32", .gDay, false), ("---00", .gDay, false), ("31", .gDay, false),
  ])
  func partsOfDates(_ lexical: String, _ kind: GregorianPart.Kind, _ isLexical: Bool) {
    #expect((withBytes(lexical) { GregorianPart(lexical: $0, kind) } != nil) == isLexical)
  }

  @Test func dayNumbersCountWithoutGapsInBothDirections() throws {
    #expect(CivilDate(year: 1970, month: 1, day: 1)?.dayNumber == 0)
    #expect(CivilDate(year: 2000, month: 3, day: 1)?.dayNumber == 11_017)
    #expect(CivilDate(year: 2024, month: 5, day: 17)?.weekday == 5)
    var previous = try #require(CivilDate(dayNumber: -1_000_001))
    for number in stride(from: -1_000_000, to: 1_000_000, by: 1) {
      let date = try #require(CivilDate(dayNumber: number))
      if date.dayNumber != number || !(previous < date) { Issue.record("day \(number) is \(date)") }
      previous = date
    }
  }
}
