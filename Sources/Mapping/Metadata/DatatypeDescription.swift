import Bytes
import RDF

/// A datatype of cells (§5.11.2): a built-in base, a format and limits.
struct DatatypeDescription: Sendable {
  /// The built-in datatype that it restricts.
  var base = BuiltInDatatype.string
  /// The IRI of the datatype itself, where it has one of its own.
  var id: ByteString?
  /// The format as written; for numbers the pattern.
  var format: String?
  var decimalCharacter: String?
  var groupCharacter: String?
  var length: Int?
  var minLength: Int?
  var maxLength: Int?
  var minInclusive: String?
  var maxInclusive: String?
  var minExclusive: String?
  var maxExclusive: String?

  /// The IRI that literals of this datatype carry.
  var iri: ByteString { id ?? base.iri }
}

/// The built-in datatypes (§5.11.1).
enum BuiltInDatatype: String, Sendable, CaseIterable {
  case anyAtomicType, anyURI, base64Binary, boolean, date, dateTime, dateTimeStamp, decimal, integer, long, int, short, byte
  case nonNegativeInteger, positiveInteger, unsignedLong, unsignedInt, unsignedShort, unsignedByte, nonPositiveInteger
  case negativeInteger, double, duration, dayTimeDuration, yearMonthDuration, float, gDay, gMonth, gMonthDay, gYear, gYearMonth
  case hexBinary, string, normalizedString, token, language, time
  case xml, html, json
  case qualifiedName = "QName"
  case name = "Name"
  case nameToken = "NMTOKEN"

  /// The datatype with a name of the metadata vocabulary, its short forms included.
  init?(name: String) {
    switch name {
    case "any": self = .anyAtomicType
    case "binary": self = .base64Binary
    case "datetime": self = .dateTime
    case "number": self = .double
    default: self.init(rawValue: name)
    }
  }

  /// The IRI of the datatype in RDF (csv2rdf §4.5.1).
  var iri: ByteString {
    switch self {
    case .xml: RDFTerms.xmlLiteral
    case .html: RDFTerms.html
    case .json: ByteString(CSVWContext.namespace + "JSON")
    default: ByteString(XSD.namespace.text + rawValue)
    }
  }

  /// What kind of value it has, which decides how formats and limits are read.
  var family: Family {
    switch self {
    case .decimal, .integer, .long, .int, .short, .byte, .nonNegativeInteger, .positiveInteger, .unsignedLong, .unsignedInt,
      .unsignedShort, .unsignedByte, .nonPositiveInteger, .negativeInteger, .double, .float:
      .number
    case .boolean: .boolean
    case .date, .dateTime, .dateTimeStamp, .time, .gDay, .gMonth, .gMonthDay, .gYear, .gYearMonth: .date
    case .duration, .dayTimeDuration, .yearMonthDuration: .duration
    case .base64Binary, .hexBinary: .binary
    case .anyURI, .qualifiedName: .other
    default: .text
    }
  }

  enum Family: Sendable { case number, boolean, date, duration, binary, text, other }

  /// Whether lengths may be limited (§5.11.2: only text, binary and IRIs).
  var allowsLength: Bool { family == .text || family == .binary || self == .anyURI }

  /// Whether values may be limited (numbers, dates and durations).
  var allowsRange: Bool { family == .number || family == .date || family == .duration }

  /// Whether white space in cells counts; for all other datatypes it is collapsed (tabular data model §6.4).
  var keepsWhiteSpace: Bool {
    switch self {
    case .string, .json, .xml, .html, .anyAtomicType: true
    default: false
    }
  }

  /// Whether line ends and tabs become spaces but runs are kept: only normalizedString.
  var keepsRuns: Bool { keepsWhiteSpace || self == .normalizedString }
}
