import Bytes
import RDF

/// A dateTime or date as the dictionary's columns keep it, in ten bytes.
///
/// `seconds` are those of the instant. `flags` hold the zone in minutes + 840 (2047 for none), and two bits: whether the datatype is
/// xsd:dateTimeStamp, and whether there is a fraction of a second, which is then read from the lexical form.
@frozen @usableFromInline package struct PackedMoment: Sendable {
  @usableFromInline var seconds: Int64
  @usableFromInline var flags: UInt16

  @usableFromInline static let zoneMask: UInt16 = 2047
  @usableFromInline static let stamp: UInt16 = 1 << 11
  @usableFromInline static let fraction: UInt16 = 1 << 12

  @inlinable init(seconds: Int64, flags: UInt16) {
    self.seconds = seconds
    self.flags = flags
  }

  init(_ instant: Instant, _ zone: ZoneOffset, isStamp: Bool) {
    seconds = instant.seconds
    flags = zone.minutes.map { UInt16($0 + 840) } ?? Self.zoneMask
    if isStamp { flags |= Self.stamp }
    if instant.attoseconds > 0 { flags |= Self.fraction }
  }

  /// Seconds after 1970-01-01T00:00:00Z, rounded down; without a zone as if in UTC.
  @inlinable package var secondsSinceEpoch: Int64 { seconds }

  /// Minutes east of UTC, or nil where no zone was given.
  @inlinable package var zoneMinutes: Int? {
    let stored = flags & Self.zoneMask
    return stored == Self.zoneMask ? nil : Int(stored) - 840
  }

  /// Whether there is a fraction of a second, which these columns do not hold.
  @inlinable package var hasFraction: Bool { flags & Self.fraction != 0 }

  /// Whether the datatype is xsd:dateTimeStamp.
  @inlinable package var isStamp: Bool { flags & Self.stamp != 0 }

  /// The instant; the fraction is read from the lexical form.
  func instant(_ view: @autoclosure () -> ByteView) -> Instant {
    if hasFraction, let value = DateTimeValue(lexical: view()) { return value.instant }
    return Instant(seconds: seconds, attoseconds: 0)
  }
}
