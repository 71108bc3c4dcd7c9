import Glibc
import RDF

extension DateTimeValue {
  /// The moment at which it is asked for, in UTC, to the second.
  static var current: DateTimeValue {
    let seconds = Glibc.time(nil)
    let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let rest = seconds - day * 86_400
    let date = CivilDate(dayNumber: day) ?? CivilDate.epoch
    return DateTimeValue(date, CivilTime(hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60) ?? .midnight, zone: .utc)
  }
}
