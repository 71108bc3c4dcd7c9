import Bytes
package import RDF
package import Store

/// How long things are kept of a dataset that grows (`keep` in site.yaml).
///
/// A time of whole days, months and years is counted in days of Sweden: all of the day that lies so far back stays until midnight. A shorter
/// one is counted in minutes. So nothing goes too early, and a graph need not be cut more often than once a day or once a minute.
package struct KeepTime: Sendable, Equatable {
  private let months: Int
  private let seconds: Int

  private static let day = 86_400

  /// Reads an xsd:duration; nil for other text, and for one that is not above zero, has fractions of seconds or is beyond a thousand years.
  package init?(_ text: String) {
    guard let value = ByteString(text).withView({ DurationValue(lexical: $0) }), value.seconds.isInteger, value.months >= 0,
      value.seconds.coefficient >= 0, value.months <= 12_000, value.seconds.coefficient <= 366_000 * Self.day
    else { return nil }
    months = Int(value.months)
    seconds = Int(value.seconds.coefficient)
    if months == 0, seconds == 0 { return nil }
  }

  /// Where the window begins at a moment.
  package func start(at now: Instant) -> TimeWindow.Start {
    if seconds % Self.day == 0 {
      let day = SwedishTime.date(at: now).adding(months: -months, days: -seconds / Self.day) ?? .epoch
      return TimeWindow.Start(SwedishTime.beginning(of: day), local: DateTimeValue(day, .midnight).instant)
    }
    let minute = Instant(seconds: now.seconds - (now.seconds % 60 + 60) % 60, attoseconds: 0)
    let start = monthsBefore(minute).adding(seconds: Int64(-seconds))
    let zone = Int64(SwedishTime.zone(at: start).minutes ?? 0)
    return TimeWindow.Start(start, local: start.adding(seconds: zone * 60))
  }

  /// The same time on a clock in Sweden, so many months before. What a clock leaves out in spring is an hour later.
  private func monthsBefore(_ instant: Instant) -> Instant {
    let zone = SwedishTime.zone(at: instant)
    guard months > 0, let clock = DateTimeValue(instant, zone: zone), let day = clock.date.adding(months: -months) else {
      return instant
    }
    let earlier = SwedishTime.zone(ofLocal: day, clock.time) ?? SwedishTime.zone(at: SwedishTime.beginning(of: day))
    return DateTimeValue(day, clock.time, zone: earlier).instant
  }
}
