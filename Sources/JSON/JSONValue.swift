package import Bytes

/// A JSON value (RFC 8259 §3) that keeps what JSON-LD and CSVW need: numbers as written and members in order.
package indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  /// A number as it is written, such as `1.0` or `5e2`.
  case number(ByteString)
  case string(ByteString)
  case array([JSONNode])
  case object(JSONObject)
}

/// A value with the place where it begins in its text.
package struct JSONNode: Sendable {
  /// The value.
  package let value: JSONValue
  /// The line, from 1; 0 for a value that was not read from a text.
  package let line: Int32
  /// The column in scalar values, from 1; 0 for a value that was not read from a text.
  package let column: Int32

  /// A value at a place, or at none.
  package init(_ value: JSONValue, line: Int32 = 0, column: Int32 = 0) {
    self.value = value
    self.line = line
    self.column = column
  }
}

extension JSONValue {
  /// The text, if this is a string.
  package var string: String? { bytes?.text }

  /// The text as bytes, if this is a string.
  package var bytes: ByteString? { if case .string(let bytes) = self { bytes } else { nil } }

  /// The number, if this is one written as an integer that fits.
  package var int: Int? { if case .number(let digits) = self { Int(digits.text) } else { nil } }

  /// The number as written, if this is one.
  package var number: ByteString? { if case .number(let digits) = self { digits } else { nil } }

  /// The truth value, if this is one.
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

  /// The elements, if this is an array.
  package var array: [JSONNode]? { if case .array(let elements) = self { elements } else { nil } }

  /// The object, if this is one.
  package var object: JSONObject? { if case .object(let object) = self { object } else { nil } }

  /// Whether this is `null`.
  package var isNull: Bool { if case .null = self { true } else { false } }
}

extension JSONNode {
  /// The text, if this is a string.
  package var string: String? { value.string }
  /// The text as bytes, if this is a string.
  package var bytes: ByteString? { value.bytes }
  /// The number, if this is one written as an integer that fits.
  package var int: Int? { value.int }
  /// The number as written, if this is one.
  package var number: ByteString? { value.number }
  /// The truth value, if this is one.
  package var bool: Bool? { value.bool }
  /// The elements, if this is an array.
  package var array: [JSONNode]? { value.array }
  /// The object, if this is one.
  package var object: JSONObject? { value.object }
  /// Whether this is `null`.
  package var isNull: Bool { value.isNull }
}

extension JSONValue: Equatable {
  /// Whether two values say the same: the order of members and the places don't count, the spelling of numbers does.
  package static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.number(let left), .number(let right)), (.string(let left), .string(let right)): left == right
    case (.array(let left), .array(let right)): left.elementsEqual(right) { $0.value == $1.value }
    case (.object(let left), .object(let right)):
      left.members.count == right.members.count && left.members.allSatisfy { $0.value.value == right[$0.key]?.value }
    default: false
    }
  }
}
