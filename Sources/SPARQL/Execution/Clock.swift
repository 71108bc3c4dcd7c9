import RDF

extension DateTimeValue {
  /// The moment at which it is asked for, in UTC, to the second.
  static var current: DateTimeValue { DateTimeValue(.now) ?? DateTimeValue(CivilDate.epoch, .midnight, zone: .utc) }
}
