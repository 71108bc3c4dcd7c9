/// The parts that a JSON text is read as (RFC 8259 §2). Commas and colons are checked and passed over.
package enum JSONToken: Sendable, Equatable {
  case beginObject
  case endObject
  case beginArray
  case endArray
  /// The name of a member; its value comes next.
  case key
  case string
  case number
  case `true`
  case `false`
  case null
  /// The text is read to its end.
  case end
}
