package import Bytes

/// The base direction of a text with a language tag (RDF 1.2 Concepts §3.3): it stands behind the tag, after two hyphens.
package enum BaseDirection: String, Sendable {
  /// From left to right.
  case leftToRight = "ltr"
  /// From right to left.
  case rightToLeft = "rtl"

  /// The direction of this name, in small letters, or nil.
  package init?(_ name: ByteView) {
    if name == "ltr" { self = .leftToRight } else if name == "rtl" { self = .rightToLeft } else { return nil }
  }
}

extension ByteView {
  /// A language tag without the base direction behind it, and that direction; no bytes where it has none.
  package var languageAndDirection: (language: ByteView, direction: ByteView) {
    var at = 0
    while let hyphen = firstIndex(of: UInt8(ascii: "-"), from: at) {
      if hyphen + 1 < count, self[hyphen + 1] == UInt8(ascii: "-") { return (self[0..<hyphen], dropFirst(hyphen + 2)) }
      at = hyphen + 1
    }
    return (self, .empty)
  }
}
