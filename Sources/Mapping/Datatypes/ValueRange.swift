import Bytes
import Problems
import RDF

/// The least and greatest value of a datatype (tabular data model §4.6.2), compared as the datatype orders them.
struct ValueRange: Sendable {
  /// A value on the datatype's own line.
  enum Position: Sendable, Comparable {
    case number(DecimalValue)
    case floating(Double)
    case instant(Instant)
    case duration(months: Int128, seconds: DecimalValue)

    static func < (left: Position, right: Position) -> Bool {
      switch (left, right) {
      case (.number(let a), .number(let b)): a < b
      case (.floating(let a), .floating(let b)): a < b
      case (.instant(let a), .instant(let b)): a < b
      case (.duration(let m, let s), .duration(let n, let t)): m == n ? s < t : m < n
      default: false
      }
    }
  }

  private var least: Position?
  private var leastIsOpen = false
  private var greatest: Position?
  private var greatestIsOpen = false
  private let base: BuiltInDatatype

  /// The limits of a datatype; nil where it has none.
  init?(_ datatype: DatatypeDescription) {
    base = datatype.base
    func position(_ text: String?) -> Position? {
      text.flatMap { text in ByteString(text).withView { Self.position($0, of: datatype.base) } }
    }
    least = position(datatype.minInclusive ?? datatype.minExclusive)
    leastIsOpen = datatype.minExclusive != nil
    greatest = position(datatype.maxInclusive ?? datatype.maxExclusive)
    greatestIsOpen = datatype.maxExclusive != nil
    if least == nil, greatest == nil { return nil }
  }

  /// Whether the value with a lexical form lies within the limits. A text that is no value does not.
  func contains(_ lexical: ByteView) -> Bool {
    guard let value = Self.position(lexical, of: base) else { return false }
    if let least, value < least || (leastIsOpen && value == least) { return false }
    if let greatest, value > greatest || (greatestIsOpen && value == greatest) { return false }
    return true
  }

  /// What contradicts itself in the limits of a datatype, or nil (metadata vocabulary §5.11.2).
  static func contradiction(in datatype: DatatypeDescription) -> Words? {
    guard let range = ValueRange(datatype), let least = range.least, let greatest = range.greatest else { return nil }
    if least > greatest { return .phrase("range-reversed") }
    if least == greatest, range.leastIsOpen != range.greatestIsOpen { return .phrase("range-empty") }
    return nil
  }

  private static func position(_ text: ByteView, of base: BuiltInDatatype) -> Position? {
    switch base.family {
    case .number:
      if base == .double || base == .float { return Double(text.text).map { .floating($0) } }
      return DecimalValue(lexical: text).map { .number($0) }
    case .date:
      switch base {
      case .date: return DateValue(lexical: text).map { .instant($0.instant) }
      case .time: return TimeValue(lexical: text).map { .instant($0.instant) }
      case .dateTime, .dateTimeStamp: return DateTimeValue(lexical: text).map { .instant($0.instant) }
      default:
        return GregorianPart.Kind(rawValue: base.rawValue).flatMap { GregorianPart(lexical: text, $0) }.map { .instant($0.instant) }
      }
    case .duration: return DurationValue(lexical: text).map { .duration(months: $0.months, seconds: $0.seconds) }
    default: return nil
    }
  }
}
