import Bytes
import RDF
import Site
import Store
import TestSupport
import Testing

/// `keep` in site.yaml: where the window of a dataset that grows begins.
struct KeepTimeTests {
  private static func instant(_ text: String) throws -> Instant {
    try #require(ByteString(text).withView { DateTimeValue(lexical: $0) }).instant
  }

  @Test(arguments: [
    // Days, months and years go by days in Sweden.
    ("P2Y", "2026-11-26T10:00:00+01:00", "2024-11-26T00:00:00+01:00"), ("P2Y", "2026-11-26T23:59:59+01:00", "2024-11-26T00:00:00+01:00"),
    ("P2Y", "2026-11-26T23:00:00Z", "2024-11-27T00:00:00+01:00"), ("P1D", "2026-03-30T12:00:00+02:00", "2026-03-29T00:00:00+01:00"),
    ("P7D", "2026-04-01T12:00:00+02:00", "2026-03-25T00:00:00+01:00"), ("PT48H", "2026-07-03T12:00:00+02:00", "2026-07-01T00:00:00+02:00"),
    // Where the month is too short its last day counts.
    ("P1Y", "2024-02-29T12:00:00+01:00", "2023-02-28T00:00:00+01:00"), ("P4Y", "2024-02-29T12:00:00+01:00", "2020-02-29T00:00:00+01:00"),
    ("P1M", "2026-03-31T12:00:00+02:00", "2026-02-28T00:00:00+01:00"), ("P1M", "2024-03-31T12:00:00+02:00", "2024-02-29T00:00:00+01:00"),
    ("P1M1D", "2026-03-31T12:00:00+02:00", "2026-02-27T00:00:00+01:00"), ("P14M", "2026-01-15T12:00:00+01:00", "2024-11-15T00:00:00+01:00"),
    // Hours and minutes go by minutes, through the changes of the clock.
    ("PT1H", "2026-11-26T10:00:59+01:00", "2026-11-26T09:00:00+01:00"), ("PT90M", "2026-11-26T10:31:00+01:00", "2026-11-26T09:01:00+01:00"),
    ("PT2H", "2026-03-29T04:00:00+02:00", "2026-03-29T01:00:00+01:00"), ("PT2H", "2026-10-25T03:30:00+01:00", "2026-10-25T02:30:00+02:00"),
    ("P1MT1H", "2026-04-29T02:30:00+02:00", "2026-03-29T01:30:00+01:00"),
  ])
  func beginsAt(_ keep: String, _ now: String, _ start: String) throws {
    let begin = try #require(KeepTime(keep)).start(at: Self.instant(now))
    #expect(SwedishTime.text(at: begin.instant) == SwedishTime.text(at: try Self.instant(start)))
    // What the clocks show, without the zone.
    #expect(begin.local == (try Self.instant(String(SwedishTime.text(at: begin.instant).dropLast(6)))))
  }

  @Test(arguments: ["P0D", "-P1Y", "PT0.5S", "P1.5Y", "2Y", "", "P12001M", "P999999999999D"])
  func isNoTimeToKeep(_ text: String) { #expect(KeepTime(text) == nil) }
}
