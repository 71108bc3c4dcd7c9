package import Bytes

/// The time zone of a date or time: none, or minutes east of UTC from -840 to 840.
package struct ZoneOffset: Hashable, Sendable {
  private let stored: Int16

  /// No zone was given.
  package static let none = ZoneOffset(stored: .min)
  /// UTC.
  package static let utc = ZoneOffset(stored: 0)

  private init(stored: Int16) { self.stored = stored }

  /// An offset in minutes; nil beyond 14 hours.
  package init?(minutes: Int) {
    guard minutes >= -840, minutes <= 840 else { return nil }
    stored = Int16(minutes)
  }

  /// The minutes east of UTC, or nil where there is no zone.
  package var minutes: Int? { stored == .min ? nil : Int(stored) }

  /// Seconds to take from a local time to get UTC; a time without zone counts as UTC.
  var seconds: Int64 { stored == .min ? 0 : Int64(stored) * 60 }

  /// Appends nothing, `Z` or `+hh:mm` (XSD 1.1 part 2, timezoneCanonicalFragmentMap).
  package func append(to out: inout ByteBuffer) {
    guard let minutes else { return }
    if minutes == 0 { return out.append(UInt8(ascii: "Z")) }
    out.append(minutes < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    out.append(twoDigits: abs(minutes) / 60)
    out.append(UInt8(ascii: ":"))
    out.append(twoDigits: abs(minutes) % 60)
  }
}

extension ByteBuffer {
  /// Appends a number from 0 to 99 as two digits.
  mutating func append(twoDigits number: Int) {
    append(0x30 &+ UInt8(truncatingIfNeeded: number / 10))
    append(0x30 &+ UInt8(truncatingIfNeeded: number % 10))
  }
}
