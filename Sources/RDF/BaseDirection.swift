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

  /// Whether the bytes are a language tag as SPARQL and Turtle write them, without direction (LANGTAG): parts of letters, and after the first
  /// of digits too, with hyphens between them.
  package var isLanguageTag: Bool {
    var length = 0
    var isFirst = true
    for index in 0..<count {
      if self[index] == UInt8(ascii: "-") {
        if length == 0 { return false }
        (length, isFirst) = (0, false)
      } else {
        guard isLetter(self[index]) || !isFirst && isDigit(self[index]) else { return false }
        length += 1
      }
    }
    return length > 0
  }
}
