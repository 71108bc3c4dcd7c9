import Bytes
import RDF

/// How a cell says a time that no datatype of CSVW reads (contract §4, `time`).
enum TimeForm: String, Sendable, CaseIterable {
  /// A moment, whose day in Sweden is the value.
  case instantToLocalDate
  /// Milliseconds since 1970-01-01T00:00:00Z; the value is that moment on a Swedish clock, or the day where the column is a date.
  case epochMilliseconds
  /// A month as `202503` or `2025-03`.
  case yyyymm

  /// The datatype of values in a column that is declared as `declared`.
  func datatype(declared: BuiltInDatatype) -> BuiltInDatatype {
    switch self {
    case .instantToLocalDate: .date
    case .epochMilliseconds: declared == .date ? .date : .dateTime
    case .yyyymm: .gYearMonth
    }
  }

  /// Appends the value as XSD writes it. Nothing is appended where the text is none.
  /// - Parameter base: a datatype that ``datatype(declared:)`` gives.
  func parse(_ text: ByteView, as base: BuiltInDatatype, into out: inout ByteBuffer) -> CellFault? {
    switch self {
    case .instantToLocalDate:
      guard let date = SwedishTime.date(lexical: text) else { return .wants(.moment) }
      date.append(to: &out)
    case .epochMilliseconds:
      guard let moment = Self.moment(milliseconds: text) else { return .wants(.milliseconds) }
      if base == .date { moment.date.append(to: &out) } else { moment.append(to: &out) }
    case .yyyymm:
      guard let (year, month) = Self.month(text), (1...12).contains(month) else { return .wants(.month) }
      out.append(year)
      out.append(UInt8(ascii: "-"))
      if month < 10 { out.append(UInt8(ascii: "0")) }
      out.append(decimal: month)
    }
    return nil
  }

  private static func moment(milliseconds text: ByteView) -> DateTimeValue? {
    // Beyond eighteen digits lies no year that is held.
    guard text.count <= 18, let number = Int64(text.text) else { return nil }
    let seconds = number >= 0 ? number / 1000 : (number - 999) / 1000
    let instant = Instant(seconds: seconds, attoseconds: UInt64(number - seconds * 1000) * 1_000_000_000_000_000)
    return DateTimeValue(instant, zone: SwedishTime.zone(at: instant))
  }

  private static func month(_ text: ByteView) -> (year: ByteView, month: Int)? {
    let digits = text.buffer.prefix { isDigit($0) }.count
    let hasHyphen = digits == 4 && text.count == 7 && text[4] == UInt8(ascii: "-")
    guard hasHyphen || digits == 6 && text.count == 6, let month = Int(text[(text.count - 2)..<text.count].text) else { return nil }
    return (text[0..<4], month)
  }
}
