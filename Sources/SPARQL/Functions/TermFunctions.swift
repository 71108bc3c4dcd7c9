import Bytes
import Glibc
import RDF

/// Functions on terms (SPARQL 1.1 §17.4.2, and for base directions SPARQL 1.2).
extension EvaluationContext {
  func term(_ function: BuiltIn, _ value: Value) -> Value {
    switch function {
    case .isIRI, .isURI: return .boolean(value.isIRI)
    case .isBlank: if case .blank = value.payload { return .boolean(true) } else { return .boolean(false) }
    case .isLiteral: return .boolean(value.isLiteral)
    case .isNumeric: return .boolean(value.isNumeric)
    case .str:
      if case .blank = value.payload { return .none }
      return .string(value.text(scratch))
    case .lang, .langdir:
      let (language, direction) = value.languageAndDirection
      return value.isLiteral ? .string(function == .lang ? language : direction) : .none
    case .hasLang: return .boolean(!value.languageAndDirection.language.isEmpty)
    case .hasLangdir: return .boolean(!value.languageAndDirection.direction.isEmpty)
    default: return value.isLiteral ? .iri(value.datatype) : .none
    }
  }

  /// IRI: a string is resolved against the base (§17.4.2.8). What can't be an IRI is an error.
  func iri(_ value: Value) -> Value {
    if value.isIRI { return value }
    guard value.isString, value.lexical.firstForbiddenInIRI == nil else { return .none }
    if let base { return .iri(text { base.resolve(value.lexical, into: &$0) }) }
    return value.lexical.isAbsoluteIRI ? .iri(value.lexical) : .none
  }

  /// STRDT (§17.4.2.10).
  func typed(_ text: Value, _ datatype: Value) -> Value {
    // The datatypes of literals with a language have none without it.
    guard text.isString, datatype.isIRI, datatype.lexical != DatatypeIRI.langString, datatype.lexical != DatatypeIRI.dirLangString else {
      return .none
    }
    if datatype.lexical == DatatypeIRI.string { return .string(text.lexical) }
    return Value(TermView(.typed, text.lexical, qualifier: datatype.lexical))
  }

  /// STRLANG (§17.4.2.11), and with a direction STRLANGDIR. What is no language tag makes no literal that could be written.
  func tagged(_ text: Value, _ tag: Value, direction: Value?) -> Value {
    guard text.isString, tag.isString, tag.lexical.isLanguageTag else { return .none }
    guard let direction else { return Value(.tagged, text.lexical, tag.lexical) }
    guard direction.isString, BaseDirection(direction.lexical) != nil else { return .none }
    let qualifier = self.text { out in
      out.append(tag.lexical)
      out.append("--")
      out.append(direction.lexical)
    }
    return Value(.tagged, text.lexical, qualifier)
  }

  /// A random UUID of version 4 (§17.4.2.12, RFC 4122 §4.4).
  func uuid(prefix: StaticString) -> ByteView {
    text { out in
      out.append(prefix)
      out.appendRandomUUID()
    }
  }
}

extension Value {
  /// The language and the base direction of a literal; no bytes where it has none.
  var languageAndDirection: (language: ByteView, direction: ByteView) {
    if case .tagged = payload { qualifier.languageAndDirection } else { (.empty, .empty) }
  }

  /// Whether it is an IRI.
  var isIRI: Bool { if case .iri = payload { true } else { false } }
}
