import Bytes
import Problems
import RDF

/// Turns the text of a cell into the lexical form of its datatype, or says why it can't (tabular data model §6.4).
///
/// It is chosen once per column; per cell it works on bytes and appends to a buffer.
struct CellParser: Sendable {
  private enum Kind: Sendable {
    case anything
    case number(NumberFormat)
    case integer(NumberFormat, IntegerType)
    case boolean(yes: ByteString, no: ByteString)
    case xsdBoolean
    case formattedDate(DateFormat)
    case date(BuiltInDatatype)
    case duration(DurationValue.Kind)
    case base64
    case hex
  }

  private var kind: Kind
  private var pattern: Pattern?
  private var range: ValueRange?
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
    kind = Self.plainKind(datatype)
    pattern = nil
    if let format = datatype.format {
      if let formatted = Self.formattedKind(datatype, format) {
        kind = formatted
      } else if base.family == .number || base.family == .boolean || base.family == .date {
        complain(format)
      } else if let pattern = try? Pattern(xsd: format) {
        self.pattern = pattern
      } else {
        complain(format)
      }
    }
    hasFacets = pattern != nil || range != nil || length != nil || minLength != nil || maxLength != nil
  }

  private static func plainKind(_ datatype: DatatypeDescription) -> Kind {
    switch datatype.base.family {
    case .number:
      var plain = datatype
      plain.format = nil
      return numberKind(plain) ?? .anything
    case .boolean: return .xsdBoolean
    case .date: return .date(datatype.base)
    case .duration: return .duration(DurationValue.Kind(rawValue: datatype.base.rawValue) ?? .duration)
    case .binary: return datatype.base == .hexBinary ? .hex : .base64
    case .text, .other: return .anything
    }
  }

  private static func numberKind(_ datatype: DatatypeDescription) -> Kind? {
    guard let format = NumberFormat(datatype) else { return nil }
    let integer = ByteString(datatype.base.rawValue).withView { IntegerType(name: $0) }
    return integer.map { .integer(format, $0) } ?? .number(format)
  }

  private static func formattedKind(_ datatype: DatatypeDescription, _ format: String) -> Kind? {
    switch datatype.base.family {
    case .number: return numberKind(datatype)
    case .boolean:
      let words = format.split(separator: "|", omittingEmptySubsequences: false)
      guard words.count == 2, !words[0].isEmpty, !words[1].isEmpty else { return nil }
      return .boolean(yes: ByteString(String(words[0])), no: ByteString(String(words[1])))
    case .date: return DateFormat(format, for: datatype.base).map { .formattedDate($0) }
    default: return nil
    }
  }

  /// Appends the lexical form of `text` to `out`. On a fault nothing has been appended.
  func parse(_ text: ByteView, into out: inout ByteBuffer) -> CellFault? {
    let start = out.count
    if let fault = parseForm(text, into: &out) { return fault }
    if !hasFacets { return nil }
    if let fault = checkFacets(text, out.view(start..<out.count)) {
      out.truncate(to: start)
      return fault
    }
    return nil
  }

  private func parseForm(_ text: ByteView, into out: inout ByteBuffer) -> CellFault? {
    switch kind {
    case .anything:
      out.append(text)
      return nil
    case .number(let format): return format.parse(text, into: &out)
    case .integer(let format, let type):
      let start = out.count
      if let fault = format.parse(text, into: &out) { return fault }
      if type.contains(lexical: out.view(start..<out.count)) { return nil }
      out.truncate(to: start)
      return .datatype
    case .boolean(let yes, let no):
      if yes.withView({ $0 == text }) { out.append("true") } else if no.withView({ $0 == text }) { out.append("false") } else { return .format }
      return nil
    case .xsdBoolean:
      guard let value = BooleanValue(lexical: text) else { return .datatype }
      value.append(to: &out)
      return nil
    case .formattedDate(let format): return format.parse(text, into: &out)
    case .date(let base): return append(text, to: &out, if: Self.isDate(text, base))
    case .duration(let kind): return append(text, to: &out, if: DurationValue(lexical: text, kind) != nil)
    case .hex: return append(text, to: &out, if: text.count % 2 == 0 && text.buffer.allSatisfy { hexValue($0) != nil })
    case .base64: return append(text, to: &out, if: text.buffer.allSatisfy { isLetter($0) || isDigit($0) || "+/= ".utf8.contains($0) })
    }
  }

  private func append(_ text: ByteView, to out: inout ByteBuffer, if isValid: Bool) -> CellFault? {
    if !isValid { return .datatype }
    out.append(text)
    return nil
  }

  private static func isDate(_ text: ByteView, _ base: BuiltInDatatype) -> Bool {
    switch base {
    case .date: DateValue(lexical: text) != nil
    case .time: TimeValue(lexical: text) != nil
    case .dateTime: DateTimeValue(lexical: text) != nil
    case .dateTimeStamp: DateTimeValue(stamp: text) != nil
    default: GregorianPart.Kind(rawValue: base.rawValue).map { GregorianPart(lexical: text, $0) != nil } ?? true
    }
  }

  private func checkFacets(_ text: ByteView, _ lexical: ByteView) -> CellFault? {
    if let pattern, !pattern.matches(text) { return .format }
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
