import Bytes
import RDF

/// Functions on strings (SPARQL 1.1 §17.4.3).
extension EvaluationContext {
  /// STRLEN, UCASE, LCASE and ENCODE_FOR_URI.
  func text(_ function: BuiltIn, _ value: Value) -> Value {
    guard value.isText else { return .none }
    switch function {
    case .strlen: return .integer(value.lexical.scalarCount)
    case .encodeForURI: return string { $0.append(percentEncoding: value.lexical) }
    default:
      let isUpper = function == .ucase
      return value.with(text: text { $0.append(value.lexical, inCapitals: isUpper) })
    }
  }

  /// STRSTARTS, STRENDS, CONTAINS, STRBEFORE and STRAFTER. A tagged argument wants one of the same language, or a plain one, beside it
  /// (§17.4.3.1.2).
  func search(_ function: BuiltIn, _ value: Value, _ sought: Value) -> Value {
    guard value.isText, sought.isText else { return .none }
    if case .tagged = sought.payload {
      guard case .tagged = value.payload, value.qualifier.equalsIgnoringCase(sought.qualifier) else { return .none }
    }
    let text = value.lexical
    let part = sought.lexical
    switch function {
    case .strstarts: return .boolean(text.hasPrefix(part))
    case .strends: return .boolean(text.count >= part.count && text.dropFirst(text.count - part.count) == part)
    case .contains: return .boolean(text.firstRange(of: part) != nil)
    case .strbefore:
      // Without a match the result is the empty simple literal; an empty part matches at the start.
      guard let at = text.firstRange(of: part) else { return .string(.empty) }
      return value.with(text: text[0..<at])
    default:
      guard let at = text.firstRange(of: part) else { return .string(.empty) }
      return value.with(text: text.dropFirst(at + part.count))
    }
  }

  /// SUBSTR: characters count from 1; places are rounded (§17.4.3.3, XPath functions §5.4.3).
  func substring(_ value: Value, from start: Value, length: Value?) -> Value {
    guard value.isText, let first = start.double?.roundedHalfUp else { return .none }
    var last = Double.infinity
    if let length {
      guard let count = length.double?.roundedHalfUp else { return .none }
      last = first + count
    }
    if first.isNaN || last.isNaN { return value.with(text: .empty) }
    let text = value.lexical
    var place = 1.0
    var low: Int?
    var at = 0
    while at < text.count, place < last {
      if place >= first, low == nil { low = at }
      at += max(text.utf8Length(at: at), 1)
      place += 1
    }
    guard let low else { return value.with(text: .empty) }
    return value.with(text: text[low..<at])
  }

  /// CONCAT: keeps a language that all have (§17.4.3.12).
  func concat(_ values: [Value]) -> Value {
    guard values.allSatisfy(\.isText) else { return .none }
    let text = text { out in for value in values { out.append(value.lexical) } }
    guard let first = values.first, case .tagged = first.payload,
      values.allSatisfy({ value in
        if case .tagged = value.payload { return value.qualifier.equalsIgnoringCase(first.qualifier) }
        return false
      })
    else { return .string(text) }
    return first.with(text: text)
  }
}

extension ByteView {
  /// Whether a language tag matches a basic language range (RFC 4647 §3.3.1); `*` matches any tag but none.
  func matchesLanguageRange(_ range: ByteView) -> Bool {
    if range == "*" { return !isEmpty }
    guard count >= range.count, self[0..<range.count].equalsIgnoringCase(range) else { return false }
    return count == range.count || (!range.isEmpty && self[range.count] == UInt8(ascii: "-"))
  }
}
