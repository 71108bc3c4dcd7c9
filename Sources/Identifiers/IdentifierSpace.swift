import Bytes

/// The IRIs that a pattern can make of all the keys there might be.
///
/// Two registers that share one would name two things by it. Scheme and case of the host make no difference: a request that is answered has
/// neither.
package struct IdentifierSpace: Sendable {
  /// A piece between two characters that a key never holds as they stand.
  private enum Piece: Equatable {
    case fixed(ArraySlice<UInt8>)
    /// The one with the key, and what stands before and after it there.
    case keyed(ArraySlice<UInt8>, ArraySlice<UInt8>)
  }

  private let pieces: [Piece]
  /// The characters between the pieces.
  private let marks: [UInt8]

  /// The space of a pattern; nil where it is more than text, one variable and text.
  package init?(_ pattern: URITemplate) {
    guard let shape = IdentifierShape(pattern) else { return nil }
    self.init(shape)
  }

  /// The space of what stands before and after the key.
  package init(_ shape: IdentifierShape) {
    var pieces: [Piece] = []
    var marks: [UInt8] = []
    func split(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
      var pieces: [ArraySlice<UInt8>] = []
      var start = 0
      // What the expansion of a variable escapes: the reserved characters of RFC 3986 §2.2.
      for index in text.indices where ":/?#[]@!$&'()*+,;=".utf8.contains(text[index]) {
        pieces.append(text[start..<index])
        marks.append(text[index])
        start = index + 1
      }
      return pieces + [text[start...]]
    }
    let before = split(Array(Self.withoutScheme(shape.prefix.text).utf8))
    let after = split(shape.suffix.bytes)
    pieces = before.dropLast().map { .fixed($0) }
    pieces.append(.keyed(before[before.count - 1], after[0]))
    pieces += after.dropFirst().map { .fixed($0) }
    self.pieces = pieces
    self.marks = marks
  }

  /// Whether some IRI is made by both.
  package func overlaps(_ other: IdentifierSpace) -> Bool {
    marks == other.marks && pieces.count == other.pieces.count && zip(pieces, other.pieces).allSatisfy(Self.meet)
  }

  private static func meet(_ one: Piece, _ other: Piece) -> Bool {
    switch (one, other) {
    case (.fixed(let text), .fixed(let other)): text == other
    case (.fixed(let text), .keyed(let before, let after)), (.keyed(let before, let after), .fixed(let text)):
      // A key has one character at least.
      text.count > before.count + after.count && text.starts(with: before) && text.suffix(after.count) == after
    case (.keyed(let before, let after), .keyed(let otherBefore, let otherAfter)):
      (before.starts(with: otherBefore) || otherBefore.starts(with: before))
        && after.suffix(otherAfter.count) == otherAfter.suffix(after.count)
    }
  }

  /// An IRI without its scheme, the host in small letters.
  static func withoutScheme(_ iri: String) -> String {
    guard let scheme = ["https://", "http://"].first(where: { iri.lowercased().hasPrefix($0) }) else { return iri }
    let rest = iri.dropFirst(scheme.count)
    let host = rest.prefix { !"/?#".contains($0) }
    return host.lowercased() + rest.dropFirst(host.count)
  }
}
