package import Bytes
package import RDF

/// The value of an expression (SPARQL 1.1 §17.1): small, copied freely, owning nothing.
///
/// Bytes that it speaks of belong to whoever lent the term, to a ``Constant`` or to a ``TextScratch``, and live as long as those say.
/// A value that was read from a term keeps the term's lexical form and datatype; one that was worked out has none until asked.
package struct Value {
  /// What the value is.
  package enum Payload: Sendable {
    /// There is none: the variable is unbound, or there was an error (the language tells them apart by BOUND alone, which asks a variable).
    case none
    case iri
    case blank
    /// A plain literal, or one of xsd:string.
    case string
    /// A literal with a language tag.
    case tagged
    case boolean(Bool)
    /// xsd:integer, or a type derived from it.
    case integer(Int128)
    case decimal(DecimalValue)
    case float(Float)
    case double(Double)
    case dateTime(DateTimeValue)
    case date(DateValue)
    case time(TimeValue)
    /// A literal of another datatype, or one that its datatype does not have.
    case other
  }

  /// What the value is.
  package let payload: Payload
  /// The IRI, label or text; for numbers, booleans and dates the lexical form as it was read, no bytes where they were worked out.
  let lexical: ByteView
  /// The language tag; for literals that were read, the datatype.
  let qualifier: ByteView

  init(_ payload: Payload, _ lexical: ByteView = .empty, _ qualifier: ByteView = .empty) {
    self.payload = payload
    self.lexical = lexical
    self.qualifier = qualifier
  }

  /// No value: unbound, or an error.
  package static var none: Value { Value(.none) }
  /// A truth value.
  package static func boolean(_ value: Bool) -> Value { Value(.boolean(value)) }
  /// A number of xsd:integer.
  package static func integer(_ value: Int) -> Value { Value(.integer(Int128(value))) }
  /// A plain literal of bytes that stay.
  package static func string(_ text: ByteView) -> Value { Value(.string, text) }
  /// An IRI of bytes that stay.
  package static func iri(_ text: ByteView) -> Value { Value(.iri, text) }

  /// Whether there is no value.
  package var isNone: Bool { if case .none = payload { true } else { false } }

  /// Whether it is a literal.
  package var isLiteral: Bool {
    switch payload {
    case .none, .iri, .blank: false
    default: true
    }
  }

  /// Whether it is a number.
  package var isNumeric: Bool {
    switch payload {
    case .integer, .decimal, .float, .double: true
    default: false
    }
  }
}
