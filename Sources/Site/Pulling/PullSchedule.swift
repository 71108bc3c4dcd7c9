import Bytes
import RDF

/// When a dataset's sources are asked again.
struct PullSchedule: Sendable {
  /// The longest rest after a failure, in seconds.
  private static let longest = 6 * 3600
  private let interval: DurationValue?

  /// The schedule of a dataset, as xsd:duration; nil for one that is asked only when the site is built.
  init(_ text: String?) {
    interval = text.flatMap { text in ByteString(text).withView { DurationValue(lexical: $0) } }.flatMap { $0.isForward ? $0 : nil }
  }

  /// When the sources are due that were last asked with success at a moment; nil for never.
  func due(after last: Instant) -> Instant? { interval.flatMap { last.adding($0) } }

  /// When they are due that have not answered so many times, the last time at a moment: after a minute, and after twice as long each time, up to
  /// six hours, and never later than the schedule says, which a minute is the least of.
  /// - Parameter rest: how many seconds the server wants to be left alone, which it is for six hours at most; nil where it does not say.
  func due(afterFailures count: Int, at moment: Instant, rest: Int? = nil) -> Instant {
    func later(_ seconds: Int) -> Instant { moment.adding(seconds: Int64(min(seconds, Self.longest))) }
    var next = later(60 << max(0, min(count - 1, 12)))
    if let regular = due(after: moment) { next = min(next, max(regular, later(60))) }
    return rest.map { max(next, later($0)) } ?? next
  }
}

extension DurationValue {
  /// Whether it is longer than nothing.
  fileprivate var isForward: Bool { months >= 0 && seconds.coefficient >= 0 && (months > 0 || seconds.coefficient > 0) }
}

extension Instant {
  /// The moment that lies a duration later, first its months and then its seconds (XSD 1.1 part 2, appendix E.3.3); nil beyond what is held.
  func adding(_ duration: DurationValue) -> Instant? {
    guard let value = DateTimeValue(self), duration.months.magnitude <= 12_000_000_000,
      let date = value.date.adding(months: Int(duration.months), days: 0)
    else { return nil }
    let whole = duration.seconds.coefficient / (0..<Int(duration.seconds.scale)).reduce(Int128(1)) { power, _ in power * 10 }
    guard whole.magnitude <= 400_000_000_000 else { return nil }
    return DateTimeValue(date, value.time, zone: .utc).instant.adding(seconds: Int64(whole))
  }
}
