package import Bytes

/// A value of xsd:boolean.
package struct BooleanValue: Hashable, Sendable {
  /// The value.
  package let isTrue: Bool

  /// This value.
  package init(_ isTrue: Bool) { self.isTrue = isTrue }

  /// Reads `true`, `false`, `1` or `0` (XSD 1.1 part 2 §3.3.2.2).
  package init?(lexical view: ByteView) {
    if view == "true" || view == "1" {
      isTrue = true
    } else if view == "false" || view == "0" {
      isTrue = false
    } else {
      return nil
    }
  }

  /// Appends `true` or `false`.
  package func append(to out: inout ByteBuffer) {
    if isTrue { out.append("true") } else { out.append("false") }
  }
}
