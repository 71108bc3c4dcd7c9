import Bytes

/// Where the parts of an IRI reference stand in its bytes (RFC 3986 §3 and appendix B).
struct IRIComponents: Sendable {
  /// The scheme without its colon, or nil.
  var scheme: Range<Int>?
  /// The authority without `//`, or nil.
  var authority: Range<Int>?
  /// The path, perhaps empty.
  var path: Range<Int>
  /// The query without `?`, or nil.
  var query: Range<Int>?
  /// The fragment without `#`, or nil.
  var fragment: Range<Int>?

  /// Takes a reference apart. Every text has parts; nothing is checked.
  init(_ text: ByteView) {
    var at = 0
    if let length = IRICharacters.schemeLength(of: text) {
      scheme = 0..<length
      at = length + 1
    }
    var end = text.count
    if let mark = text.firstIndex(of: UInt8(ascii: "#"), from: at) {
      fragment = mark + 1..<end
      end = mark
    }
    if let mark = text[0..<end].firstIndex(of: UInt8(ascii: "?"), from: at) {
      query = mark + 1..<end
      end = mark
    }
    if end - at >= 2, text[at] == UInt8(ascii: "/"), text[at + 1] == UInt8(ascii: "/") {
      let stop = text[0..<end].firstIndex(of: UInt8(ascii: "/"), from: at + 2) ?? end
      authority = at + 2..<stop
      at = stop
    }
    path = at..<end
  }
}
