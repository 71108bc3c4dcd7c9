import Bytes
import RDF
import Testing

/// What clocks in Sweden show. The moments of change are those of the time zone database.
struct SwedishTimeTests {
  private static func moment(_ text: String) throws -> Instant {
    try #require(ByteString(text).withView { DateTimeValue(lexical: $0) }).instant
  }

  @Test(arguments: [
    ("2026-03-29T00:59:59Z", 60), ("2026-03-29T01:00:00Z", 120), ("2026-10-25T00:59:59Z", 120), ("2026-10-25T01:00:00Z", 60),
    ("2024-03-31T01:00:00Z", 120), ("2024-10-27T01:00:00Z", 60), ("2025-03-30T00:59:59Z", 60), ("2000-02-29T12:00:00Z", 60),
    ("1996-10-27T00:59:59Z", 120), ("1996-10-27T01:00:00Z", 60), ("1995-09-24T00:59:59Z", 120), ("1995-09-24T01:00:00Z", 60),
    ("1995-10-15T12:00:00Z", 60), ("1980-04-06T00:59:59Z", 60), ("1980-04-06T01:00:00Z", 120), ("1980-09-28T01:00:00Z", 60),
    ("1981-03-29T01:00:00Z", 120), ("1979-07-01T12:00:00Z", 60), ("1950-07-01T12:00:00Z", 60), ("2037-07-01T00:00:00Z", 120),
  ])
  func theZoneIs(_ text: String, _ minutes: Int) throws {
    #expect(SwedishTime.zone(at: try Self.moment(text)).minutes == minutes)
  }

  @Test(arguments: [
    ("2026-06-09T21:59:59Z", "2026-06-09"), ("2026-06-09T22:00:00Z", "2026-06-10"), ("2026-01-09T22:59:59Z", "2026-01-09"),
    ("2026-01-09T23:00:00Z", "2026-01-10"), ("2026-01-01T00:30:00+14:00", "2025-12-31"), ("2026-03-29", "2026-03-29"),
    ("2026-03-29T23:59:59", "2026-03-29"), ("2022-05-01Z", "2022-05-01"),
  ])
  func theDayIs(_ text: String, _ day: String) {
    #expect(ByteString(text).withView { SwedishTime.date(lexical: $0) }?.text == day)
  }

  @Test(arguments: ["", "i dag", "2026-13-01", "2026-01-01T25:00:00"]) func noDayIsFound(_ text: String) {
    #expect(ByteString(text).withView { SwedishTime.date(lexical: $0) } == nil)
  }
}
