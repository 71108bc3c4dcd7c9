package import Bytes

/// xsd:integer and the types derived from it, each with the numbers that it holds (XSD 1.1 part 2 §3.4.13–25).
package enum IntegerType: String, CaseIterable, Sendable {
  case integer, nonPositiveInteger, negativeInteger, nonNegativeInteger, positiveInteger
  case long, int, short, byte, unsignedLong, unsignedInt, unsignedShort, unsignedByte

  /// The type of this local name in the XSD namespace, such as `unsignedByte`.
  package init?(name: ByteView) {
    guard name.count <= 18, let found = Self.allCases.first(where: { ByteString($0.rawValue).withView { $0 == name } }) else { return nil }
    self = found
  }

  /// The least number, or nil where there is none.
  package var least: Int128? {
    switch self {
    case .integer, .nonPositiveInteger, .negativeInteger: nil
    case .nonNegativeInteger, .unsignedLong, .unsignedInt, .unsignedShort, .unsignedByte: 0
    case .positiveInteger: 1
    case .long: Int128(Int64.min)
    case .int: Int128(Int32.min)
    case .short: Int128(Int16.min)
    case .byte: Int128(Int8.min)
    }
  }

  /// The greatest number, or nil where there is none.
  package var greatest: Int128? {
    switch self {
    case .integer, .nonNegativeInteger, .positiveInteger: nil
    case .nonPositiveInteger: 0
    case .negativeInteger: -1
    case .long: Int128(Int64.max)
    case .int: Int128(Int32.max)
    case .short: Int128(Int16.max)
    case .byte: Int128(Int8.max)
    case .unsignedLong: Int128(UInt64.max)
    case .unsignedInt: Int128(UInt32.max)
    case .unsignedShort: Int128(UInt16.max)
    case .unsignedByte: Int128(UInt8.max)
    }
  }

  /// Whether `view` is in the lexical space of the type: `[+-]?\d+` and within its range. Numbers beyond 38 digits
  /// are held by the types that have no bound on that side.
  package func contains(lexical view: ByteView) -> Bool {
    var cursor = LexicalCursor(view)
    let isNegative = cursor.takeSign()
    guard cursor.takeDigits() > 0, cursor.isAtEnd else { return false }
    guard let value = IntegerValue(lexical: view) else { return isNegative ? least == nil : greatest == nil }
    return contains(value)
  }

  /// Whether the number is within the type's range.
  package func contains(_ value: IntegerValue) -> Bool {
    if let least, value.number < least { return false }
    if let greatest, value.number > greatest { return false }
    return true
  }
}

/// A number of xsd:integer, exactly, of up to 38 digits.
package struct IntegerValue: Hashable, Comparable, Sendable {
  /// The number.
  package let number: Int128

  /// This number.
  package init(_ number: Int128) { self.number = number }

  /// Reads `[+-]?\d+` (XSD 1.1 part 2 §3.4.13.1); nil for other text and for numbers that do not fit.
  package init?(lexical view: ByteView) {
    guard !view.isEmpty, view.firstIndex(of: UInt8(ascii: ".")) == nil, let value = DecimalValue(lexical: view) else { return nil }
    number = value.coefficient
  }

  /// The order of the numbers.
  package static func < (left: IntegerValue, right: IntegerValue) -> Bool { left.number < right.number }

  /// Appends the canonical form: no plus, no leading zeros.
  package func append(to out: inout ByteBuffer) {
    if number < 0 { out.append(UInt8(ascii: "-")) }
    out.append(decimal: number.magnitude)
  }
}
