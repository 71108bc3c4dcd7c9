import Bytes

/// The form of cells that come as values and not as texts: numbers, dates, times and truth values of workbooks, numbers and truth values of
/// JSON.
///
/// They are written one way, as XSD writes them, so a column's format says nothing of them: with a decimal comma declared, `1.234` is still
/// one and a bit. What a column asks for may be less or more of a moment than its cells show: a date is the first instant of a day, and has
/// a year and a month.
struct ValueForm: Sendable {
  private let form: CellForm
  private let base: BuiltInDatatype

  /// The form for a datatype.
  init(_ datatype: DatatypeDescription, _ reading: CellReading) {
    var plain = datatype
    plain.format = nil
    plain.decimalCharacter = nil
    plain.groupCharacter = nil
    form = CellForm(plain, reading)
    base = datatype.base
  }

  /// Appends the lexical form of a value. On a fault nothing has been appended.
  func parse(_ text: ByteView, into out: inout ByteBuffer) -> CellFault? {
    switch base {
    case .date where text.count == 19 && text.dropFirst(10) == "T00:00:00": return form.parse(text[0..<10], into: &out)
    case .gYear where isDate(text): return form.parse(text[0..<4], into: &out)
    case .gYearMonth where isDate(text): return form.parse(text[0..<7], into: &out)
    case .dateTime where isDate(text): return parse([(text, "T00:00:00")], into: &out)
    case .duration, .dayTimeDuration:
      // Workbooks have durations as hours that count on.
      let parts = text.buffer.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      guard parts.count == 3 else { return form.parse(text, into: &out) }
      let views = parts.map { text[$0.startIndex..<$0.endIndex] }
      return parse([(.empty, "PT"), (views[0], "H"), (views[1], "M"), (views[2], "S")], into: &out)
    default: return form.parse(text, into: &out)
    }
  }

  /// Parses texts with literals after them.
  private func parse(_ parts: [(text: ByteView, after: StaticString)], into out: inout ByteBuffer) -> CellFault? {
    var whole = ByteBuffer()
    for part in parts {
      whole.append(part.text)
      whole.append(part.after)
    }
    return form.parse(whole.view, into: &out)
  }

  private func isDate(_ text: ByteView) -> Bool {
    text.count == 10 && text[4] == UInt8(ascii: "-") && text[7] == UInt8(ascii: "-")
  }
}
