package import Bytes
package import RDF

extension Value {
  /// The term that the value is, nil where there is none. What has to be worked out is put into `scratch`.
  package func term(_ scratch: TextScratch) -> TermView? {
    switch payload {
    case .none: nil
    case .iri: TermView(.iri, lexical)
    case .blank: TermView(.blankNode, lexical)
    case .string: TermView(.string, lexical)
    case .tagged: TermView(.tagged, lexical, qualifier: qualifier)
    default: TermView(.typed, text(scratch), qualifier: datatype)
    }
  }

  /// Appends the term that the value is, and its datatype or tag; nil where there is none.
  package func append(to arena: inout TermArena, _ scratch: TextScratch) -> TermID? {
    guard let term = term(scratch) else { return nil }
    var qualifier: TermID = 0
    if term.kind == .typed { qualifier = arena.add(.iri, term.qualifier) }
    if term.kind == .tagged { qualifier = arena.add(.tag, term.qualifier) }
    return arena.add(term.kind, term.lexical, qualifier: qualifier)
  }

  /// The datatype of a literal; no bytes for what is none.
  package var datatype: ByteView {
    switch payload {
    case .none, .iri, .blank: .empty
    case .string: DatatypeIRI.string
    case .tagged: languageAndDirection.direction.isEmpty ? DatatypeIRI.langString : DatatypeIRI.dirLangString
    case .other: qualifier
    case _ where !qualifier.isEmpty: qualifier
    case .boolean: DatatypeIRI.boolean
    case .integer: DatatypeIRI.integer
    case .decimal: DatatypeIRI.decimal
    case .float: DatatypeIRI.float
    case .double: DatatypeIRI.double
    case .dateTime: DatatypeIRI.dateTime
    case .date: DatatypeIRI.date
    case .time: DatatypeIRI.time
    }
  }

  /// The lexical form of a literal, the IRI or the label.
  package func text(_ scratch: TextScratch) -> ByteView {
    if !lexical.isEmpty { return lexical }
    var out = ByteBuffer(capacity: 64)
    switch payload {
    case .none, .iri, .blank, .string, .tagged, .other: return lexical
    case .boolean(let value): BooleanValue(value).append(to: &out)
    case .integer(let value): IntegerValue(value).append(to: &out)
    case .decimal(let value): value.append(to: &out)
    case .float(let value): FloatingText.append(value, to: &out)
    case .double(let value): FloatingText.append(value, to: &out)
    case .dateTime(let value): value.append(to: &out)
    case .date(let value): value.append(to: &out)
    case .time(let value): value.append(to: &out)
    }
    return scratch.copy(out.view)
  }
}
