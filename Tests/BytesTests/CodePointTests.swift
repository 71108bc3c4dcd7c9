import Bytes
import Testing

@Suite("Code points in digits") struct CodePointTests {
  @Test(
    "hexadecimal digits are a number where all of them are there",
    arguments: [
      ("u00e5", 1, 4, 0xE5), ("u00E5", 1, 4, 0xE5), ("0001F3EB", 0, 8, 0x1F3EB), ("FFFFFFFF", 0, 8, 0xFFFF_FFFF), ("00e", 0, 4, nil),
      ("00g5", 0, 4, nil), ("", 0, 4, nil), ("-001", 0, 4, nil),
    ] as [(ByteString, Int, Int, UInt32?)])
  func numbers(_ text: ByteString, _ index: Int, _ digits: Int, _ number: UInt32?) {
    #expect(text.withView { $0.hexNumber(at: index, digits: digits) } == number)
  }

  @Test(
    "a code point is written with at least four digits",
    arguments: [("\u{1}", "U+0001"), ("\u{1F}", "U+001F"), ("å", "U+00E5"), ("🏫", "U+1F3EB"), ("\u{10FFFF}", "U+10FFFF")]
      as [(Unicode.Scalar, String)])
  func texts(_ scalar: Unicode.Scalar, _ text: String) { #expect(scalar.codePoint == text) }

  @Test("a binary search finds the first index that is past, or the end of the range")
  func search() {
    let numbers = [1, 3, 3, 5]
    #expect((0...6).map { wanted in Search.firstIndex(in: 0..<4) { numbers[$0] >= wanted } } == [0, 0, 1, 1, 3, 3, 4])
    #expect(Search.firstIndex(in: 2..<2) { _ in true } == 2)
  }
}
