package import Bytes

/// The lexical space that xsd:double and xsd:float share (XSD 1.1 part 2 §3.3.4.2, §3.3.5.2).
package enum FloatingLexical {
  /// Whether `view` is a decimal with or without exponent, `INF` with or without sign, or `NaN`.
  package static func contains(_ view: ByteView) -> Bool {
    if view == "NaN" { return true }
    var cursor = LexicalCursor(view)
    _ = cursor.takeSign()
    if view.dropFirst(cursor.index) == "INF" { return true }
    var digits = cursor.takeDigits()
    if cursor.take(UInt8(ascii: ".")) { digits += cursor.takeDigits() }
    if digits == 0 { return false }
    if cursor.take(UInt8(ascii: "e")) || cursor.take(UInt8(ascii: "E")) {
      _ = cursor.takeSign()
      if cursor.takeDigits() == 0 { return false }
    }
    return cursor.isAtEnd
  }
}
