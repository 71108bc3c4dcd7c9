import Glibc

/// How long a server asks to be left alone, in the header `Retry-After` (RFC 9110 §10.2.3).
enum RetryAfter {
  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

  /// The seconds from now on, 0 for a moment that has passed; nil for what is neither a number of seconds nor a date.
  /// - Parameter date: the header `Date` of the answer: the server's clock may differ from ours.
  static func seconds(_ text: String, date: String?) -> Int? {
    let text = text.trimmingPrefix { $0 == " " }
    if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return Int(text) ?? .max }
    guard let moment = moment(String(text)) else { return nil }
    return max(0, moment - (date.flatMap(Self.moment) ?? time(nil)))
  }

  /// A date in one of the three forms that must be understood (§5.6.7), as seconds since 1970.
  private static func moment(_ text: String) -> Int? {
    let words = text.lowercased().split { " ,-".contains($0) }
    guard let month = words.lazy.compactMap({ word in months.firstIndex { $0 == word } }).first else { return nil }
    let times = words.first { $0.contains(":") }?.split(separator: ":").compactMap { Int32($0) } ?? []
    let numbers = words.compactMap { Int32($0) }
    guard times.count == 3, numbers.count == 2, (1...31).contains(numbers[0]), (0...9999).contains(numbers[1]) else { return nil }
    var parts = tm()
    parts.tm_mday = numbers[0]
    parts.tm_mon = Int32(month)
    parts.tm_year = numbers[1] < 100 ? numbers[1] + 100 : numbers[1] - 1900
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (times[0], times[1], times[2])
    return timegm(&parts)
  }
}
