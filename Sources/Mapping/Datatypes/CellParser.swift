import Bytes
import Problems
import RDF

/// Turns the text of a cell into the lexical form of its datatype, or says why it can't (tabular data model §6.4).
///
/// It is chosen once per column; per cell it works on bytes and appends to a buffer.
final class CellParser: Sendable {
  private let form: CellForm
  private let valueForm: ValueForm
  private let pattern: Pattern?
  private let range: ValueRange?
  private let base: BuiltInDatatype
  private let length: Int?
  private let minLength: Int?
  private let maxLength: Int?
  private let hasFacets: Bool
  /// The datatype, for messages and the literal's IRI.
  let datatype: DatatypeDescription

  /// The parser of a datatype. `complain` is told of a format that is none; it then counts as absent.
  init(_ datatype: DatatypeDescription, complain: (String) -> Void) {
    self.datatype = datatype
    base = datatype.base
    length = datatype.length
    minLength = datatype.minLength
    maxLength = datatype.maxLength
    range = ValueRange(datatype)
    var form = CellForm(datatype)
    var pattern: Pattern?
    if let format = datatype.format, !form.use(format, of: datatype) {
      let isPattern = base.family != .number && base.family != .boolean && base.family != .date
      if isPattern { pattern = try? Pattern(ecmaScript: format) }
      if pattern == nil { complain(format) }
    }
    self.form = form
    valueForm = ValueForm(datatype)
    self.pattern = pattern
    hasFacets = pattern != nil || range != nil || length != nil || minLength != nil || maxLength != nil
  }

  /// Appends the lexical form of `text` to `out`. On a fault nothing has been appended.
  func parse(_ text: ByteView, into out: inout ByteBuffer) -> CellFault? {
    let start = out.count
    if let fault = form.parse(text, into: &out) { return fault }
    if !hasFacets { return nil }
    if let fault = checkFacets(text, out.view(start..<out.count)) {
      out.truncate(to: start)
      return fault
    }
    return nil
  }

  /// Appends the lexical form of a cell that came as a value and not as a text, whatever the column's format. On a fault nothing has been
  /// appended.
  func parse(value text: ByteView, into out: inout ByteBuffer) -> CellFault? {
    let start = out.count
    if let fault = valueForm.parse(text, into: &out) { return fault }
    if hasFacets, let fault = checkFacets(text, out.view(start..<out.count)) {
      out.truncate(to: start)
      return fault
    }
    return nil
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
