package import Bytes
import RDF

/// The datatypes whose literals are numbers, in the order that they have among literals of equal value.
@frozen @usableFromInline package enum NumericType: UInt8, Sendable, CaseIterable, Comparable {
  case integer, nonPositiveInteger, negativeInteger, nonNegativeInteger, positiveInteger
  case long, int, short, byte, unsignedLong, unsignedInt, unsignedShort, unsignedByte
  case decimal, float, double

  /// The type of a datatype's IRI, or nil where its literals are no numbers.
  package init?(datatype: ByteView) {
    let prefix = XSD.namespace.count
    guard datatype.count > prefix, XSD.namespace.withView({ datatype.hasPrefix($0) }) else { return nil }
    let name = datatype.dropFirst(prefix)
    for type in Self.allCases where type.name.utf8CodeUnitCount == name.count && name == type.name {
      self = type
      return
    }
    return nil
  }

  /// The local name in the namespace of XML Schema.
  package var name: StaticString {
    switch self {
    case .integer: "integer"
    case .nonPositiveInteger: "nonPositiveInteger"
    case .negativeInteger: "negativeInteger"
    case .nonNegativeInteger: "nonNegativeInteger"
    case .positiveInteger: "positiveInteger"
    case .long: "long"
    case .int: "int"
    case .short: "short"
    case .byte: "byte"
    case .unsignedLong: "unsignedLong"
    case .unsignedInt: "unsignedInt"
    case .unsignedShort: "unsignedShort"
    case .unsignedByte: "unsignedByte"
    case .decimal: "decimal"
    case .float: "float"
    case .double: "double"
    }
  }

  /// The IRI of the datatype.
  package var iri: ByteString { Self.iris[Int(rawValue)] }

  /// The order that literals of equal value have.
  @inlinable package static func < (left: NumericType, right: NumericType) -> Bool { left.rawValue < right.rawValue }

  /// Whether it is xsd:integer or derived from it.
  @inlinable package var isInteger: Bool { rawValue < NumericType.decimal.rawValue }

  /// The integer type of the same name; nil for decimal, float and double.
  var integerType: IntegerType? { isInteger ? IntegerType.allCases[Int(rawValue)] : nil }

  private static let iris: [ByteString] = allCases.map { type in
    var bytes = XSD.namespace.bytes
    bytes.append(contentsOf: UnsafeBufferPointer(start: type.name.utf8Start, count: type.name.utf8CodeUnitCount))
    return ByteString(bytes)
  }
}
