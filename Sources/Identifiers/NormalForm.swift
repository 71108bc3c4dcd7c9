package import Bytes
// The normal forms of the standard library, by which it compares texts, are not public yet.
@_spi(_Unicode) import Swift

extension ByteView {
  /// The text in normal form C (Unicode Standard Annex #15): texts that people can't tell apart become the same bytes.
  package var normalized: ByteString {
    if buffer.allSatisfy({ $0 < 0x80 }) { return ByteString(self) }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: text._nfc)
    return ByteString(String(scalars))
  }
}
