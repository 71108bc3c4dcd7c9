package import Bytes

/// What clocks in Sweden show (Europe/Stockholm).
///
/// From 1996 on summer time begins on the last Sunday of March and ends on the last Sunday of October, both at 01:00 UTC (Directive
/// 2000/84/EC). From 1980 to 1995 the days are those of the time zone database: in 1980 the first Sunday of April, from 1981 the last
/// Sunday of March, until the last Sunday of September. Before 1980 all time counts as +01:00; the summer of 1916 and the time before
/// 1900 are left out.
package enum SwedishTime {
  /// Minutes east of UTC in winter, and in summer.
  private static let winter = 60
  private static let summer = 120

  /// The zone in force at a moment.
  package static func zone(at instant: Instant) -> ZoneOffset {
    offset(minutes: isSummer(at: instant) ? summer : winter)
  }

  /// The day that calendars in Sweden show at a moment.
  package static func date(at instant: Instant) -> CivilDate {
    DateTimeValue(instant, zone: zone(at: instant))?.date ?? CivilDate.epoch
  }

  /// The zone in which a time on a clock in Sweden is meant: of the hour that comes twice in autumn, the first. Nil for the hour that
  /// is left out in spring.
  package static func zone(ofLocal date: CivilDate, _ time: CivilTime) -> ZoneOffset? {
    for minutes in [summer, winter] {
      let zone = offset(minutes: minutes)
      if self.zone(at: DateTimeValue(date, time, zone: zone).instant) == zone { return zone }
    }
    return nil
  }

  /// The day in Sweden of a date and time as XSD writes it. One without zone is a Swedish clock's, and a date is its own day.
  package static func date(lexical text: ByteView) -> CivilDate? {
    if let date = DateValue(lexical: text) { return date.date }
    guard let value = DateTimeValue(lexical: text) else { return nil }
    return value.zone == .none ? value.date : date(at: value.instant)
  }

  /// A moment, in whole seconds, as clocks in Sweden show it: `2026-03-31T00:00:00+02:00`.
  package static func text(at instant: Instant) -> String {
    var out = ByteBuffer()
    DateTimeValue(Instant(seconds: instant.seconds, attoseconds: 0), zone: zone(at: instant))?.append(to: &out)
    return out.view.text
  }

  /// The moment when a day begins in Sweden, likewise.
  package static func text(atBeginningOf day: CivilDate) -> String { text(at: beginning(of: day)) }

  /// The moment when a day begins in Sweden.
  package static func beginning(of day: CivilDate) -> Instant {
    let midnight = CivilTime.midnight
    return DateTimeValue(day, midnight, zone: zone(ofLocal: day, midnight) ?? .utc).instant
  }

  private static func offset(minutes: Int) -> ZoneOffset { ZoneOffset(minutes: minutes) ?? .utc }

  private static func isSummer(at instant: Instant) -> Bool {
    guard let year = DateTimeValue(instant)?.date.year, year >= 1980,
      let first = year == 1980 ? CivilDate(year: 1980, month: 4, day: 6) : lastSunday(ofMonth: 3, year),
      let last = lastSunday(ofMonth: year < 1996 ? 9 : 10, year)
    else { return false }
    return instant.seconds >= seconds(atOneOn: first) && instant.seconds < seconds(atOneOn: last)
  }

  private static func lastSunday(ofMonth month: Int, _ year: Int) -> CivilDate? {
    let last = CivilDate(year: year, month: month, day: CivilDate.days(inMonth: month, of: year))
    return last.flatMap { CivilDate(dayNumber: $0.dayNumber - $0.weekday % 7) }
  }

  /// 01:00 UTC of a day.
  private static func seconds(atOneOn date: CivilDate) -> Int64 { Int64(date.dayNumber) * 86_400 + 3600 }
}
