package import Bytes
import RDF

/// The escapes of strings (ECHAR, UCHAR) and IRIs (UCHAR) of Turtle and N-Triples.
package enum Escapes {
  /// Appends the text of `view` with its escapes decoded, and says where the first wrong one stands, or nil.
  ///
  /// In an IRI only `\u` and `\U` may stand, and they may not hide a character that an IRI can't have.
  package static func decode(_ view: ByteView, isIRI: Bool, into out: inout ByteBuffer) -> Int? {
    var plain = 0
    while let mark = view.firstIndex(of: UInt8(ascii: "\\"), from: plain) {
      out.append(view[plain..<mark])
      guard mark + 1 < view.count else { return mark }
      let letter = view[mark + 1]
      let digits = letter == UInt8(ascii: "u") ? 4 : letter == UInt8(ascii: "U") ? 8 : 0
      if digits > 0 {
        guard let scalar = view.hexNumber(at: mark + 2, digits: digits).flatMap(Unicode.Scalar.init) else { return mark }
        if isIRI, scalar.isASCII, IRICharacters.forbids(UInt8(scalar.value)) { return mark }
        out.append(scalar: scalar)
      } else {
        guard !isIRI, let byte = character(letter) else { return mark }
        out.append(byte)
      }
      plain = mark + 2 + digits
    }
    out.append(view.dropFirst(plain))
    return nil
  }

  private static func character(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"): letter
    default: nil
    }
  }
}
