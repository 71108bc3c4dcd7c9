import Bytes
import Problems
import RDF

/// Turns the text of a cell into the lexical form of its datatype, or says why it can't (tabular data model §6.4).
///
/// It is chosen once per column; per cell it works on bytes and appends to a buffer.
final class CellParser: Sendable {
  private let form: CellForm
  private let valueForm: ValueForm?
  private let pattern: Pattern?
  private let range: ValueRange?
  private let base: BuiltInDatatype
  private let length: Int?
  private let minLength: Int?
  private let maxLength: Int?
  private let scale: DecimalValue?
  private let hasFacets: Bool
  /// The datatype of values, for messages and the literal's IRI.
  let datatype: DatatypeDescription

  /// The parser of a datatype. `complain` is told of a format that is none; it then counts as absent.
  init(_ declared: DatatypeDescription, _ reading: CellReading = CellReading(), complain: (String) -> Void) {
    var datatype = declared
    if let time = reading.time {
      datatype = DatatypeDescription(base: time.datatype(declared: declared.base))
    }
    self.datatype = datatype
    base = datatype.base
    scale = reading.scale
    length = datatype.length
    minLength = datatype.minLength
    maxLength = datatype.maxLength
    range = ValueRange(datatype)
    var form = CellForm(datatype, reading)
    var pattern: Pattern?
    if let format = datatype.format, !form.use(format, of: datatype) {
      let isPattern = base.family != .number && base.family != .boolean && base.family != .date
      if isPattern { pattern = try? Pattern(ecmaScript: format) }
      if pattern == nil { complain(format) }
    }
    self.form = form
    // Where a column says what its numbers are as moments, they are read like texts.
    valueForm = reading.time == nil ? ValueForm(datatype, reading) : nil
    self.pattern = pattern
    hasFacets = pattern != nil || range != nil || length != nil || minLength != nil || maxLength != nil || scale != nil
  }

  /// Whether few texts are values, so that one that is says something of which column it belongs to.
  var isStrict: Bool {
    switch base.family {
    case .number, .boolean, .date, .duration, .binary: true
    case .text, .other: pattern != nil
    }
  }

  /// Appends the lexical form of `text` to `out`. On a fault nothing has been appended.
  func parse(_ text: ByteView, into out: inout ByteBuffer) -> CellFault? {
    let start = out.count
    if let fault = form.parse(text, into: &out) { return fault }
    return finish(text, from: start, &out)
  }

  /// Checks and scales what was appended from `start` on; where that is a fault, it is taken away again.
  @inline(__always) private func finish(_ text: ByteView, from start: Int, _ out: inout ByteBuffer) -> CellFault? {
    if !hasFacets { return nil }
    var fault = checkFacets(text, out.view(start..<out.count))
    if fault == nil, let scale { fault = multiply(by: scale, from: start, &out) }
    if fault != nil { out.truncate(to: start) }
    return fault
  }

  /// Multiplies the number that was appended from `start` on, exactly; one that gets too long, or a whole one that does not stay so, is a
  /// fault.
  private func multiply(by scale: DecimalValue, from start: Int, _ out: inout ByteBuffer) -> CellFault? {
    guard let value = DecimalValue(lexical: out.view(start..<out.count)) else { return .datatype }
    let (product, overflow) = value.coefficient.multipliedReportingOverflow(by: scale.coefficient)
    guard !overflow, let value = DecimalValue(coefficient: product, scale: value.scale + scale.scale),
      value.isInteger || base == .decimal
    else { return .datatype }
    out.truncate(to: start)
    value.append(to: &out)
    return nil
  }

  /// Appends the lexical form of a cell that came as a value and not as a text, whatever the column's format. On a fault nothing has been
  /// appended.
  func parse(value text: ByteView, into out: inout ByteBuffer) -> CellFault? {
    guard let valueForm else { return parse(text, into: &out) }
    let start = out.count
    return valueForm.parse(text, into: &out) ?? finish(text, from: start, &out)
  }

  private func checkFacets(_ text: ByteView, _ lexical: ByteView) -> CellFault? {
    if let pattern {
      switch pattern.outcome(on: text) {
      case .match: break
      case .noMatch: return .format
      case .limitReached: return .formatLimit
      }
    }
    if let range, !range.contains(lexical) { return .range }
    if length == nil, minLength == nil, maxLength == nil { return nil }
    let size = valueLength(lexical)
    if let length, size != length { return .length(size) }
    if let minLength, size < minLength { return .length(size) }
    if let maxLength, size > maxLength { return .length(size) }
    return nil
  }

  /// The length that limits speak of: characters, or the bytes that binary text stands for (§4.6.1).
  private func valueLength(_ lexical: ByteView) -> Int {
    switch base {
    case .hexBinary: return lexical.count / 2
    case .base64Binary:
      let signs = lexical.buffer.count { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: " ") }
      return signs * 3 / 4
    default: return lexical.scalarCount
    }
  }
}
