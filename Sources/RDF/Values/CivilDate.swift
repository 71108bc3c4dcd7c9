package import Bytes

/// A day of the proleptic Gregorian calendar. The year 0 is 1 BCE, as in XSD 1.1.
package struct CivilDate: Hashable, Sendable {
  private let storedYear: Int32
  private let storedMonth: UInt8
  private let storedDay: UInt8

  /// The year, -999 999 999 to 999 999 999.
  package var year: Int { Int(storedYear) }
  /// The month, 1 to 12.
  package var month: Int { Int(storedMonth) }
  /// The day of the month, from 1.
  package var day: Int { Int(storedDay) }

  /// 1970-01-01.
  package static let epoch = CivilDate(epoch: ())

  private init(epoch: Void) {
    storedYear = 1970
    storedMonth = 1
    storedDay = 1
  }

  /// A day; nil where there is no such day.
  package init?(year: Int, month: Int, day: Int) {
    guard year.magnitude <= 999_999_999, month >= 1, month <= 12, day >= 1, day <= Self.days(inMonth: month, of: year) else { return nil }
    storedYear = Int32(truncatingIfNeeded: year)
    storedMonth = UInt8(truncatingIfNeeded: month)
    storedDay = UInt8(truncatingIfNeeded: day)
  }

  /// The day that lies `number` days after 1970-01-01; nil beyond the years that are held.
  package init?(dayNumber number: Int) {
    guard number.magnitude < 366_000_000_000 else { return nil }
    // Counted from 0000-03-01 in eras of 400 years, so that a leap day is the last day of its year.
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    self.init(year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month, day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// Days after 1970-01-01, negative before.
  package var dayNumber: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The day so many months and then so many days later, earlier where they are negative; of a month that is too short the last day counts (XSD
  /// 1.1 part 2, appendix E.3.3). Nil beyond the years that are held.
  package func adding(months: Int, days: Int = 0) -> CivilDate? {
    let (count, tooMany) = (year * 12 + month - 1).addingReportingOverflow(months)
    if tooMany { return nil }
    let next = (count % 12 + 12) % 12
    let year = (count - next) / 12
    guard year.magnitude <= 999_999_999 else { return nil }
    let moved = CivilDate(year: year, month: next + 1, day: min(day, Self.days(inMonth: next + 1, of: year)))
    return moved.flatMap { day in
      let (number, overflow) = day.dayNumber.addingReportingOverflow(days)
      return overflow ? nil : CivilDate(dayNumber: number)
    }
  }

  /// The day of the week, 1 Monday to 7 Sunday.
  package var weekday: Int { ((dayNumber + 3) % 7 + 7) % 7 + 1 }

  /// How many days `month` (1 to 12) has in `year`.
  package static func days(inMonth month: Int, of year: Int) -> Int {
    if month == 2 { return isLeap(year) ? 29 : 28 }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
  }

  /// Whether the year has a 29 February.
  package static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  /// Appends `YYYY-MM-DD`.
  package func append(to out: inout ByteBuffer) {
    out.append(year: year)
    out.append(UInt8(ascii: "-"))
    out.append(twoDigits: month)
    out.append(UInt8(ascii: "-"))
    out.append(twoDigits: day)
  }
}

extension CivilDate {
  /// The day as `YYYY-MM-DD`.
  package var text: String {
    var out = ByteBuffer()
    append(to: &out)
    return out.view.text
  }

  /// The first and the last day of what a text names: a day, a month or a year, as XSD writes them. Nil for any other text.
  package static func span(lexical text: ByteView) -> ClosedRange<CivilDate>? {
    if let date = DateValue(lexical: text)?.date { return date...date }
    let part = GregorianPart(lexical: text, .gYearMonth) ?? GregorianPart(lexical: text, .gYear)
    guard let year = part?.year, let first = CivilDate(year: year, month: part?.month ?? 1, day: 1),
      case let month = part?.month ?? 12, let last = CivilDate(year: year, month: month, day: days(inMonth: month, of: year))
    else { return nil }
    return first...last
  }
}

extension CivilDate: Comparable {
  /// The order in time.
  package static func < (left: CivilDate, right: CivilDate) -> Bool {
    if left.year != right.year { return left.year < right.year }
    return left.month != right.month ? left.month < right.month : left.day < right.day
  }
}

extension ByteBuffer {
  /// Appends a year with a sign where it is negative and at least four digits.
  mutating func append(year: Int) {
    if year < 0 { append(UInt8(ascii: "-")) }
    var least = 1000
    while least > year.magnitude, least > 1 {
      append(UInt8(ascii: "0"))
      least /= 10
    }
    append(decimal: year.magnitude)
  }
}
