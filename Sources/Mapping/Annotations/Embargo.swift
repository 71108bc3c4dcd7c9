import Bytes
import Problems
import RDF

/// How long after a day rows are kept back (contract §4): `COLUMN, …; P21D; about: COLUMN, …; absent: publish`.
struct Embargo: Sendable {
  /// The columns that hold the day; the first that has a value counts.
  let columns: [ByteString]
  /// The columns that hold what is kept back. A row in which all of them are empty, and the day too, has nothing to keep back.
  let about: [ByteString]
  /// Whether a file without any of the columns is published.
  let publishesWhenAbsent: Bool
  /// How long: so many months, and then so many days.
  let months: Int
  let days: Int
  /// The embargo as it was written.
  let source: String

  /// Reads an embargo.
  init(_ text: String) throws(AnnotationFault) {
    source = text
    let parts = try OptionText(text, known: ["about", "absent"])
    publishesWhenAbsent = try parts.says("absent", "publish")
    about = (parts.options["about"] ?? "").commaParts.map { ByteString($0) }
    let halves = parts.text.split(separator: ";").map { String($0).trimmingSpaces }
    guard halves.count == 2, !halves[0].commaParts.isEmpty else { throw AnnotationFault(reason: .phrase("embargo-form", ["text": text])) }
    columns = halves[0].commaParts.map { ByteString($0) }
    let day = DecimalValue(86_400)
    guard let length = ByteString(halves[1]).withView({ DurationValue(lexical: $0) }), length.seconds.isInteger,
      length.seconds.coefficient % day.coefficient == 0, length.months >= 0, length.seconds.coefficient >= 0, length.months <= 12_000,
      length.seconds.coefficient / day.coefficient <= 366_000
    else { throw AnnotationFault(reason: .phrase("embargo-duration", ["text": halves[1]])) }
    months = Int(length.months)
    days = Int(length.seconds.coefficient / day.coefficient)
  }

  /// The day from whose beginning on, in Sweden, a row of `day` is public.
  func end(after day: CivilDate) -> CivilDate { day.adding(months: months, days: days) ?? day }
}
