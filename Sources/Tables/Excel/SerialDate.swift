import Bytes
import Glibc

/// How a workbook counts days.
enum DateSystem: Sendable {
  /// Day 1 is 1900-01-01, and day 60 a 29 February that there never was.
  case from1900
  /// Day 0 is 1904-01-01.
  case from1904

  /// The day after 9999-12-31, the last that a workbook knows.
  private var end: Double { self == .from1900 ? 2_958_466 : 2_957_004 }

  /// The number of a day counted from 1970-01-01; nil where there is no such day.
  fileprivate func day(_ serial: Double) -> Int? {
    guard serial >= 0, serial < end else { return nil }
    let day = Int(serial)
    switch self {
    case .from1904: return day - 24_107
    case .from1900 where day == 0 || day == 60: return nil
    case .from1900: return day < 60 ? day - 25_568 : day - 25_569
    }
  }
}

extension ByteBuffer {
  /// Appends a date, a time or both, as ISO 8601 has them, for a number that counts days; false, with nothing appended, where it is no date.
  ///
  /// Times are rounded to seconds, or to milliseconds where the format shows parts of seconds; what is less is what binary numbers leave of
  /// a time. Hours that count on beyond a day are written so, `36:00:00`.
  mutating func append(serial: Double, as kind: NumberKind, _ system: DateSystem) -> Bool {
    guard serial.isFinite, serial >= 0, serial < 1e9 else { return false }
    let perDay = kind.contains(.fraction) ? 86_400_000.0 : 86_400.0
    var whole = floor(serial)
    var part = Int(((serial - whole) * perDay).rounded())
    if !kind.contains(.time) { part = 0 }
    if part == Int(perDay) {
      whole += 1
      part = 0
    }
    let milliseconds = kind.contains(.fraction) ? part : part * 1000
    if kind.contains(.date) {
      guard let day = system.day(whole) else { return false }
      append(day: day)
      if kind.contains(.time) { append(UInt8(ascii: "T")) }
    }
    if kind.contains(.time) {
      append(milliseconds: milliseconds + (kind.contains(.elapsed) && !kind.contains(.date) ? Int(whole) * 86_400_000 : 0))
    }
    return true
  }

  /// Appends `YYYY-MM-DD` for a day from 1900 to 9999, counted from 1970-01-01. The calendar of all years belongs to RDF, above this module.
  private mutating func append(day: Int) {
    // Counted from 1 March of the year 0, where a cycle of 400 years begins, so that a leap day is the last of its year.
    let days = day + 719_468
    let ofCycle = days % 146_097
    let year = (ofCycle - ofCycle / 1_460 + ofCycle / 36_524 - ofCycle / 146_096) / 365
    let ofYear = ofCycle - 365 * year - year / 4 + year / 100
    let month = (5 * ofYear + 2) / 153
    append(decimal: days / 146_097 * 400 + year + (month >= 10 ? 1 : 0))
    append(UInt8(ascii: "-"))
    append(twoDigits: month >= 10 ? month - 9 : month + 3)
    append(UInt8(ascii: "-"))
    append(twoDigits: ofYear - (153 * month + 2) / 5 + 1)
  }

  /// Appends `hh:mm:ss`, and parts of seconds where there are any.
  private mutating func append(milliseconds: Int) {
    let seconds = milliseconds / 1000
    append(twoDigits: seconds / 3600)
    append(UInt8(ascii: ":"))
    append(twoDigits: seconds / 60 % 60)
    append(UInt8(ascii: ":"))
    append(twoDigits: seconds % 60)
    var parts = milliseconds % 1000
    if parts == 0 { return }
    append(UInt8(ascii: "."))
    var scale = 100
    while parts > 0 {
      append(0x30 + UInt8(truncatingIfNeeded: parts / scale))
      parts %= scale
      scale /= 10
    }
  }

  /// Appends a number with at least two digits.
  private mutating func append(twoDigits number: Int) {
    if number < 10 { append(0x30) }
    append(decimal: number)
  }
}
