import Bytes

extension JSONValue {
  /// A string.
  package static func text(_ text: String) -> JSONValue { .string(ByteString(text)) }

  /// A whole number.
  package static func count(_ number: Int) -> JSONValue { .number(ByteString("\(number)")) }

  /// An array of these values.
  package static func list(_ values: [JSONValue]) -> JSONValue { .array(values.map { JSONNode($0) }) }

  /// An object with these members, in this order.
  package static func object(_ members: [(key: String, value: JSONValue)]) -> JSONValue {
    .object(JSONObject(members.map { JSONObject.Member(ByteString($0.key), JSONNode($0.value)) }))
  }
}
