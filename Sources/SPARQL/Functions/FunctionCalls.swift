import Bytes
import RDF

/// The functions by name, their arguments evaluated.
extension EvaluationContext {
  /// A function of up to two arguments; an argument that is an error makes the result one.
  func call(_ function: BuiltIn, _ count: Int, _ first: Value, _ second: Value) -> Value {
    if count > 0, first.isNone { return .none }
    if count > 1, second.isNone { return .none }
    switch function {
    case .sameTerm: return .boolean(Value.sameTerm(first, second, scratch))
    case .isIRI, .isURI, .isBlank, .isLiteral, .isNumeric, .str, .lang, .langdir, .hasLang, .hasLangdir, .datatype:
      return term(function, first)
    case .iri, .uri: return iri(first)
    case .bnode: return count == 0 ? blankNode(nil) : first.isString ? blankNode(first.lexical) : .none
    case .strdt: return typed(first, second)
    case .strlang: return tagged(first, second, direction: nil)
    case .uuid: return Value(.iri, uuid(prefix: "urn:uuid:"))
    case .struuid: return Value(.string, uuid(prefix: ""))
    case .strlen, .ucase, .lcase, .encodeForURI: return text(function, first)
    case .strstarts, .strends, .contains, .strbefore, .strafter: return search(function, first, second)
    case .langMatches:
      guard first.isString, second.isString else { return .none }
      return .boolean(first.lexical.matchesLanguageRange(second.lexical))
    case .substr: return substring(first, from: second, length: nil)
    case .regex: return regex(first, second, flags: .string(.empty))
    case .abs, .round, .ceil, .floor: return number(function, first)
    case .rand: return Value(.double(Double.random(in: 0..<1)))
    case .now: return Value(.dateTime(now))
    case .year, .month, .day, .hours, .minutes, .seconds, .timezone, .tz: return date(function, first)
    case .md5, .sha1, .sha256, .sha384, .sha512: return hash(function, first)
    case .bound, .if, .coalesce, .concat, .replace, .strlangdir: return .none
    }
  }

  /// A function of three or four arguments.
  func call(_ function: BuiltIn, _ first: Value, _ second: Value, _ third: Value, _ fourth: Value, count: Int) -> Value {
    switch function {
    case .substr: substring(first, from: second, length: third)
    case .regex: regex(first, second, flags: third)
    case .replace: replace(first, second, by: third, flags: fourth)
    case .strlangdir: tagged(first, second, direction: third)
    default: .none
    }
  }
}

extension Value {
  /// Whether it is a plain literal or one of xsd:string.
  var isString: Bool { if case .string = payload { true } else { false } }

  /// Whether it is a string, with or without language tag (a *string literal* of §17.4.3).
  var isText: Bool {
    switch payload {
    case .string, .tagged: true
    default: false
    }
  }

  /// Another text of the same kind and language.
  func with(text: ByteView) -> Value { Value(payload, text, qualifier) }
}
