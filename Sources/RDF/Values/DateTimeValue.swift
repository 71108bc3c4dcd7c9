package import Bytes
import Glibc

/// A value of xsd:dateTime: a day, a time of day, and perhaps a time zone.
package struct DateTimeValue: Hashable, Sendable {
  /// The day.
  package let date: CivilDate
  /// The time of day.
  package let time: CivilTime
  /// The zone.
  package let zone: ZoneOffset

  /// A day and time, in a zone or in none.
  package init(_ date: CivilDate, _ time: CivilTime, zone: ZoneOffset = .none) {
    self.date = date
    self.time = time
    self.zone = zone
  }

  /// A moment as clocks at `zone` show it, in UTC where that is none; nil beyond the years that are held.
  package init?(_ instant: Instant, zone: ZoneOffset = .utc) {
    let local = instant.seconds + zone.seconds
    let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
    let rest = Int(local - day * 86_400)
    guard let date = CivilDate(dayNumber: Int(day)),
      let time = CivilTime(hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60, attoseconds: instant.attoseconds)
    else { return nil }
    self.init(date, time, zone: zone)
  }

  /// Reads `YYYY-MM-DDThh:mm:ss` with optional fraction and zone (XSD 1.1 part 2 §3.3.7.2). `24:00:00` is the next
  /// day's midnight.
  package init?(lexical view: ByteView) {
    var cursor = LexicalCursor(view)
    guard let date = cursor.takeDate(), cursor.take(UInt8(ascii: "T")), let (time, isEndOfDay) = cursor.takeTime(),
      let zone = cursor.takeZoneToEnd()
    else { return nil }
    guard let day = isEndOfDay ? CivilDate(dayNumber: date.dayNumber + 1) : date else { return nil }
    self.init(day, time, zone: zone)
  }

  /// Reads an xsd:dateTimeStamp: a dateTime whose zone is given (XSD 1.1 part 2 §3.4.28).
  package init?(stamp view: ByteView) {
    guard let value = DateTimeValue(lexical: view), value.zone != .none else { return nil }
    self = value
  }

  /// The moment; a dateTime without zone counts as UTC.
  package var instant: Instant {
    Instant(
      seconds: Int64(date.dayNumber) * 86_400 + Int64(time.secondOfDay) - zone.seconds, attoseconds: time.attoseconds)
  }

  /// Appends the canonical form; the zone is kept as it is.
  package func append(to out: inout ByteBuffer) {
    date.append(to: &out)
    out.append(UInt8(ascii: "T"))
    time.append(to: &out)
    zone.append(to: &out)
  }
}

/// A moment: seconds since 1970-01-01T00:00:00Z and the fraction of the next one.
package struct Instant: Hashable, Comparable, Sendable {
  /// Whole seconds, rounded down.
  package let seconds: Int64
  /// What is left, in units of 10⁻¹⁸ seconds.
  package let attoseconds: UInt64

  /// A moment.
  package init(seconds: Int64, attoseconds: UInt64) {
    self.seconds = seconds
    self.attoseconds = attoseconds
  }

  /// How far any zone is from UTC, in seconds: 14 hours.
  package static let widestZone: Int64 = 14 * 3600

  /// The moment so many seconds later.
  package func adding(seconds count: Int64) -> Instant { Instant(seconds: seconds + count, attoseconds: attoseconds) }

  /// The present moment, to the second.
  package static var now: Instant { Instant(seconds: Int64(Glibc.time(nil)), attoseconds: 0) }

  /// The order in time.
  package static func < (left: Instant, right: Instant) -> Bool {
    left.seconds == right.seconds ? left.attoseconds < right.attoseconds : left.seconds < right.seconds
  }
}
