package import Bytes

/// A value of xsd:time: a time of day, and perhaps a time zone.
package struct TimeValue: Hashable, Sendable {
  /// The time of day.
  package let time: CivilTime
  /// The zone.
  package let zone: ZoneOffset

  /// A time, in a zone or in none.
  package init(_ time: CivilTime, zone: ZoneOffset = .none) {
    self.time = time
    self.zone = zone
  }

  /// Reads `hh:mm:ss` with optional fraction and zone (XSD 1.1 part 2 §3.3.8.2). `24:00:00` is `00:00:00`.
  package init?(lexical view: ByteView) {
    var cursor = LexicalCursor(view)
    guard let (time, _) = cursor.takeTime(), let zone = cursor.takeZoneToEnd() else { return nil }
    self.init(time, zone: zone)
  }

  /// The time on 1970-01-01, for comparison; a time without zone counts as UTC.
  package var instant: Instant { Instant(seconds: Int64(time.secondOfDay) - zone.seconds, attoseconds: time.attoseconds) }

  /// Appends the canonical form; the zone is kept as it is.
  package func append(to out: inout ByteBuffer) {
    time.append(to: &out)
    zone.append(to: &out)
  }
}

/// A time of day, seconds with a fraction of up to 18 digits kept exactly.
package struct CivilTime: Hashable, Sendable {
  /// Whole seconds since midnight, 0 to 86 399.
  package let secondOfDay: Int32
  /// The fraction of a second in units of 10⁻¹⁸.
  package let attoseconds: UInt64

  /// A time; nil where a part is out of range.
  package init?(hour: Int, minute: Int, second: Int, attoseconds: UInt64 = 0) {
    guard hour >= 0, hour < 24, minute >= 0, minute < 60, second >= 0, second < 60, attoseconds < 1_000_000_000_000_000_000 else {
      return nil
    }
    secondOfDay = Int32(truncatingIfNeeded: (hour * 60 + minute) * 60 + second)
    self.attoseconds = attoseconds
  }

  private init(midnight: Void) {
    secondOfDay = 0
    attoseconds = 0
  }

  /// 00:00:00.
  package static let midnight = CivilTime(midnight: ())

  /// The hour, 0 to 23.
  package var hour: Int { Int(secondOfDay) / 3600 }
  /// The minute, 0 to 59.
  package var minute: Int { Int(secondOfDay) / 60 % 60 }
  /// The whole second, 0 to 59.
  package var second: Int { Int(secondOfDay) % 60 }

  /// Appends `hh:mm:ss` and the fraction without trailing zeros.
  package func append(to out: inout ByteBuffer) {
    out.append(twoDigits: hour)
    out.append(UInt8(ascii: ":"))
    out.append(twoDigits: minute)
    out.append(UInt8(ascii: ":"))
    out.append(twoDigits: second)
    guard attoseconds > 0 else { return }
    out.append(UInt8(ascii: "."))
    var rest = attoseconds
    var place: UInt64 = 100_000_000_000_000_000
    while rest > 0 {
      out.append(0x30 &+ UInt8(truncatingIfNeeded: rest / place))
      rest %= place
      place /= 10
    }
  }
}

extension LexicalCursor {
  /// `hh:mm:ss` with an optional fraction; `24:00:00` gives midnight and true.
  mutating func takeTime() -> (time: CivilTime, isEndOfDay: Bool)? {
    guard let hour = takeTwoDigits(), take(UInt8(ascii: ":")), let minute = takeTwoDigits(), take(UInt8(ascii: ":")),
      let second = takeTwoDigits()
    else { return nil }
    var attoseconds: UInt64 = 0
    if take(UInt8(ascii: ".")) {
      guard let fraction = takeFraction() else { return nil }
      attoseconds = fraction
    }
    if hour == 24 { return minute == 0 && second == 0 && attoseconds == 0 ? (.midnight, true) : nil }
    guard let time = CivilTime(hour: hour, minute: minute, second: second, attoseconds: attoseconds) else { return nil }
    return (time, false)
  }

  /// The digits of a fraction in units of 10⁻¹⁸; nil without digits and where more than 18 say something.
  mutating func takeFraction() -> UInt64? {
    let start = index
    guard takeDigits() > 0 else { return nil }
    var value: UInt64 = 0
    for at in start..<max(start &+ 18, index) {
      let digit = at < index ? view.start[at] &- 0x30 : 0
      if at < start &+ 18 {
        value = value &* 10 &+ UInt64(digit)
      } else if digit != 0 {
        return nil
      }
    }
    return value
  }
}
