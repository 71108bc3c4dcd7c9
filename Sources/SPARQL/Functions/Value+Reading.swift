import Bytes
import RDF

extension Value {
  /// The value of a term. A literal that its datatype does not have is ``Payload/other``, as is a number of too many digits.
  package init(_ term: TermView) {
    switch term.kind {
    case .iri, .tag: self.init(.iri, term.lexical)
    case .blankNode: self.init(.blank, term.lexical)
    case .string: self.init(.string, term.lexical)
    case .tagged: self.init(.tagged, term.lexical, term.qualifier)
    case .typed:
      let payload = DatatypeIRI.name(term.qualifier).flatMap { Self.payload(term.lexical, $0) }
      self.init(payload ?? .other, term.lexical, term.qualifier)
    }
  }

  /// What a lexical form means in the datatype of this name of XML Schema; nil for a form or datatype without meaning here.
  static func payload(_ lexical: ByteView, _ name: ByteView) -> Payload? {
    if name == "integer" { return IntegerValue(lexical: lexical).map { .integer($0.number) } }
    if name == "decimal" { return DecimalValue(lexical: lexical).map { .decimal($0) } }
    if name == "string" { return .string }
    if name == "boolean" { return BooleanValue(lexical: lexical).map { .boolean($0.isTrue) } }
    if name == "date" { return DateValue(lexical: lexical).map { .date($0) } }
    if name == "dateTime" { return DateTimeValue(lexical: lexical).map { .dateTime($0) } }
    if name == "double" { return FloatingText.double(lexical).map { .double($0) } }
    if name == "float" { return FloatingText.float(lexical).map { .float($0) } }
    if name == "time" { return TimeValue(lexical: lexical).map { .time($0) } }
    if name == "dateTimeStamp" { return DateTimeValue(stamp: lexical).map { .dateTime($0) } }
    guard let type = IntegerType(name: name), let value = IntegerValue(lexical: lexical), type.contains(value) else { return nil }
    return .integer(value.number)
  }
}
