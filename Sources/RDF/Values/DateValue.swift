package import Bytes

/// A value of xsd:date: a day, and perhaps a time zone.
package struct DateValue: Hashable, Sendable {
  /// The day.
  package let date: CivilDate
  /// The zone.
  package let zone: ZoneOffset

  /// A day, in a zone or in none.
  package init(_ date: CivilDate, zone: ZoneOffset = .none) {
    self.date = date
    self.zone = zone
  }

  /// Reads `YYYY-MM-DD` with an optional zone (XSD 1.1 part 2 §3.3.9.2), days that do not exist refused.
  package init?(lexical view: ByteView) {
    var cursor = LexicalCursor(view)
    guard let date = cursor.takeDate(), let zone = cursor.takeZoneToEnd() else { return nil }
    self.init(date, zone: zone)
  }

  /// When the day begins; a day without zone counts as one in UTC.
  package var instant: Instant { Instant(seconds: Int64(date.dayNumber) * 86_400 - zone.seconds, attoseconds: 0) }

  /// Appends the canonical form; the zone is kept as it is.
  package func append(to out: inout ByteBuffer) {
    date.append(to: &out)
    zone.append(to: &out)
  }
}

extension LexicalCursor {
  /// A year, month and day that exist.
  mutating func takeDate() -> CivilDate? {
    guard let year = takeYear(), take(UInt8(ascii: "-")), let month = takeMonth(), take(UInt8(ascii: "-")),
      let day = takeTwoDigits()
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }
}
