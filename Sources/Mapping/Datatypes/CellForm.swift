import Bytes
import RDF

/// How the cells of a column are read beside its datatype.
struct CellReading: Sendable {
  /// Whether dates and times are those of calendars and clocks in Sweden: one without zone gets it, and a date has none.
  var isLocal = false
  /// A form that no datatype has (contract §4, `time`).
  var time: TimeForm?
  /// What numbers are multiplied by (contract §4, `scale`).
  var scale: DecimalValue?
}

/// How the texts of a datatype are written: as XSD has it, or by a format of the column's own (tabular data model §6.4.2 to §6.4.5).
struct CellForm: Sendable {
  /// How a text is read; what that needs stands beside it, so that choosing copies nothing.
  private enum Kind: Sendable {
    case anything, number, integer, boolean, xsdBoolean, formattedDate, date, localDate, time, duration, base64, hex
  }

  private var kind = Kind.anything
  private var number: NumberFormat?
  private var integer = IntegerType.integer
  private var words: (yes: ByteString, no: ByteString)?
  private var dateFormat: DateFormat?
  private var durationKind = DurationValue.Kind.duration
  private var timeForm = TimeForm.yyyymm
  private let base: BuiltInDatatype
  /// Whether dates and times are those of calendars and clocks in Sweden.
  private let isLocal: Bool

  /// The form that XSD gives a datatype, but for what `reading` says; of numbers, with the characters that the datatype names.
  init(_ datatype: DatatypeDescription, _ reading: CellReading) {
    base = datatype.base
    isLocal = reading.isLocal && (base == .date || base == .dateTime)
    if let time = reading.time {
      timeForm = time
      kind = .time
      return
    }
    switch base.family {
    case .number:
      var plain = datatype
      plain.format = nil
      _ = useNumbers(plain)
    case .boolean: kind = .xsdBoolean
    case .date: kind = isLocal ? .localDate : .date
    case .duration:
      kind = .duration
      durationKind = DurationValue.Kind(rawValue: base.rawValue) ?? .duration
    case .binary: kind = base == .hexBinary ? .hex : .base64
    case .text, .other: kind = .anything
    }
  }

  /// Takes on a format; false where it is none, or a regular expression.
  mutating func use(_ format: String, of datatype: DatatypeDescription) -> Bool {
    switch base.family {
    case .number: return useNumbers(datatype)
    case .boolean:
      let words = format.split(separator: "|", omittingEmptySubsequences: false)
      guard words.count == 2, !words[0].isEmpty, !words[1].isEmpty else { return false }
      self.words = (ByteString(String(words[0])), ByteString(String(words[1])))
      kind = .boolean
    case .date:
      guard let format = DateFormat(format, for: base) else { return false }
      dateFormat = format
      kind = .formattedDate
    default: return false
    }
    return true
  }

  private mutating func useNumbers(_ datatype: DatatypeDescription) -> Bool {
    guard let format = NumberFormat(datatype) else { return false }
    number = format
    kind = .number
    if let type = ByteString(base.rawValue).withView({ IntegerType(name: $0) }) {
      integer = type
      kind = .integer
    }
    return true
  }

  /// Appends the lexical form of `text` as XSD writes it. On a fault nothing has been appended.
  func parse(_ text: ByteView, into out: inout ByteBuffer) -> CellFault? {
    switch kind {
    case .anything:
      out.append(text)
      return nil
    case .number: return number?.parse(text, into: &out)
    case .integer:
      let start = out.count
      if let fault = number?.parse(text, into: &out) { return fault }
      if integer.contains(lexical: out.view(start..<out.count)) { return nil }
      out.truncate(to: start)
      return .datatype
    case .boolean:
      if words?.yes.withView({ $0 == text }) == true {
        out.append("true")
      } else if words?.no.withView({ $0 == text }) == true {
        out.append("false")
      } else {
        return .format
      }
      return nil
    case .xsdBoolean:
      guard let value = BooleanValue(lexical: text) else { return .datatype }
      value.append(to: &out)
      return nil
    case .formattedDate:
      let start = out.count
      if let fault = dateFormat?.parse(text, into: &out) { return fault }
      return isLocal ? localise(from: start, &out) : nil
    case .localDate:
      let start = out.count
      return append(text, to: &out, if: isDate(text)) ?? localise(from: start, &out)
    case .time: return timeForm.parse(text, as: base, into: &out)
    case .date: return append(text, to: &out, if: isDate(text))
    case .duration: return append(text, to: &out, if: DurationValue(lexical: text, durationKind) != nil)
    case .hex: return append(text, to: &out, if: text.count % 2 == 0 && text.buffer.allSatisfy { hexValue($0) != nil })
    case .base64: return append(text, to: &out, if: text.buffer.allSatisfy { isLetter($0) || isDigit($0) || "+/= ".utf8.contains($0) })
    }
  }

  private func append(_ text: ByteView, to out: inout ByteBuffer, if isValid: Bool) -> CellFault? {
    if !isValid { return .datatype }
    out.append(text)
    return nil
  }

  /// Gives a date and time without zone the one of clocks in Sweden, and takes a date's away. On a fault nothing is left.
  private func localise(from start: Int, _ out: inout ByteBuffer) -> CellFault? {
    if base == .date {
      // `2026-03-31` is ten bytes, and most years have four digits.
      if out.count - start == 10 { return nil }
      guard let value = DateValue(lexical: out.view(start..<out.count)), value.zone != .none else { return nil }
      out.truncate(to: start)
      value.date.append(to: &out)
      return nil
    }
    guard let value = DateTimeValue(lexical: out.view(start..<out.count)), value.zone == .none else { return nil }
    if let zone = SwedishTime.zone(ofLocal: value.date, value.time) {
      zone.append(to: &out)
      return nil
    }
    out.truncate(to: start)
    return .clockChange
  }

  private func isDate(_ text: ByteView) -> Bool {
    switch base {
    case .date: DateValue(lexical: text) != nil
    case .time: TimeValue(lexical: text) != nil
    case .dateTime: DateTimeValue(lexical: text) != nil
    case .dateTimeStamp: DateTimeValue(stamp: text) != nil
    default: GregorianPart.Kind(rawValue: base.rawValue).map { GregorianPart(lexical: text, $0) != nil } ?? true
    }
  }
}
