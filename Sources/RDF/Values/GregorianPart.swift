package import Bytes

/// A value of xsd:gYear, gYearMonth, gMonth, gMonthDay or gDay: some parts of a date, and perhaps a time zone.
package struct GregorianPart: Hashable, Sendable {
  /// Which parts.
  package enum Kind: String, CaseIterable, Sendable {
    case gYear, gYearMonth, gMonth, gMonthDay, gDay
  }

  /// Which parts there are.
  package let kind: Kind
  /// The year, or nil for the kinds without.
  package let year: Int?
  /// The month, or nil for the kinds without.
  package let month: Int?
  /// The day, or nil for the kinds without.
  package let day: Int?
  /// The zone.
  package let zone: ZoneOffset

  /// Reads `YYYY`, `YYYY-MM`, `--MM`, `--MM-DD` or `---DD`, as the kind wants, with an optional zone
  /// (XSD 1.1 part 2 §3.3.10–14). A gMonthDay must exist in a leap year.
  package init?(lexical view: ByteView, _ kind: Kind) {
    var cursor = LexicalCursor(view)
    var year: Int?
    var month: Int?
    var day: Int?
    let dash = UInt8(ascii: "-")
    switch kind {
    case .gYear, .gYearMonth:
      year = cursor.takeYear()
      if year == nil { return nil }
    case .gMonth, .gMonthDay, .gDay:
      guard cursor.take(dash), cursor.take(dash) else { return nil }
    }
    if kind != .gYear, kind != .gDay {
      if kind == .gYearMonth, !cursor.take(dash) { return nil }
      month = cursor.takeMonth()
      if month == nil { return nil }
    }
    if kind == .gMonthDay || kind == .gDay {
      guard cursor.take(dash), let number = cursor.takeTwoDigits(), number >= 1,
        number <= CivilDate.days(inMonth: month ?? 1, of: 2000)
      else { return nil }
      day = number
    }
    guard let zone = cursor.takeZoneToEnd() else { return nil }
    self.kind = kind
    self.year = year
    self.month = month
    self.day = day
    self.zone = zone
  }

  /// When the part first begins, in 1972 (a leap year) where it has no year; without zone it counts as UTC.
  package var instant: Instant {
    let date = CivilDate(year: year ?? 1972, month: month ?? 1, day: day ?? 1)
    return Instant(seconds: Int64(date?.dayNumber ?? 0) * 86_400 - zone.seconds, attoseconds: 0)
  }
}
