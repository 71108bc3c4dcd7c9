import RDF

/// Moments as headers write them (RFC 9110 §5.6.7): `Mon, 30 Jun 2025 22:00:00 GMT`.
enum HTTPDate {
  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// A moment in whole seconds; nil where no calendar has it.
  static func text(_ instant: Instant) -> String? {
    guard let moment = DateTimeValue(instant) else { return nil }
    let (date, second) = (moment.date, Int(moment.time.secondOfDay))
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
    return "\(weekdays[date.weekday % 7]), \(two(date.day)) \(months[date.month - 1]) \(date.year) "
      + "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60)) GMT"
  }
}
