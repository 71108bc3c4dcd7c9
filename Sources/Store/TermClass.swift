/// The classes of terms in the order of their ids.
///
/// Ids follow one total order: first these classes, and within
/// - ``blankNode``, ``iri`` and ``string`` by bytes;
/// - ``number`` by exact value, then ``NumericType``, then the bytes of the lexical form; not-a-number comes after all others;
/// - ``dateTime`` and ``date`` by instant (without zone as in UTC), then datatype, then lexical form;
/// - ``boolean`` false before true, then by lexical form;
/// - ``tagged`` by the bytes of the language tag in lower case, then of the text;
/// - ``other`` by the bytes of the datatype, then of the lexical form.
///
/// Literals that are not in their datatype's lexical space are ``other``, and so are decimals of more than 38 digits.
@frozen @usableFromInline package enum TermClass: UInt8, Sendable, CaseIterable, Comparable {
  /// A blank node.
  case blankNode
  /// An IRI.
  case iri
  /// A well-formed literal of one of ``NumericType``.
  case number
  /// A well-formed xsd:dateTime or xsd:dateTimeStamp.
  case dateTime
  /// A well-formed xsd:date.
  case date
  /// A well-formed xsd:boolean.
  case boolean
  /// An xsd:string.
  case string
  /// A literal with a language.
  case tagged
  /// Any other literal.
  case other

  /// The order of the classes.
  @inlinable package static func < (left: TermClass, right: TermClass) -> Bool { left.rawValue < right.rawValue }
}
