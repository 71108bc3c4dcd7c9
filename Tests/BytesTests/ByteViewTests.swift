import Bytes
import Testing

@Suite("Runs of bytes") struct ByteViewTests {
  @Test("bytes are compared as bytes, canonically equivalent texts differ")
  func comparison() {
    #expect(ByteString("\u{E5}") != ByteString("a\u{30A}"))
    #expect(ByteString("a") == ByteString(Array("a".utf8)))
    let ordered: [ByteString] = ["", "a", "ab", "z", "å", "\u{FFFF}", "\u{10000}"]
    for (left, right) in zip(ordered, ordered.dropFirst()) { #expect(left < right) }
    #expect((["b", "a", "", "å"] as [ByteString]).sorted() == ["", "a", "b", "å"])
    #expect(Set<ByteString>(["a", "a", "b"]).count == 2)
  }

  @Test(
    "a text is found where it first stands",
    arguments: [
      ("abcabc", "abc", 0, 0), ("abcabc", "abc", 1, 3), ("abcabc", "cab", 0, 2), ("aab", "ab", 0, 1), ("abc", "d", 0, nil),
      ("abc", "abcd", 0, nil), ("abc", "", 2, 2), ("abc", "", 4, nil), ("", "a", 0, nil), ("aaab", "aab", 0, 1),
    ])
  func search(_ text: String, _ needle: String, _ from: Int, _ expected: Int?) {
    let found = ByteString(text).withView { text in ByteString(needle).withView { text.firstRange(of: $0, from: from) } }
    #expect(found == expected)
  }

  @Test("white space is taken from both ends", arguments: [("", ""), (" \t\r\n", ""), (" a b ", "a b"), ("a\u{A0}", "a\u{A0}")])
  func trimming(_ text: String, _ expected: String) {
    #expect(ByteString(text).withView { $0.trimmed.text } == expected)
  }

  @Test("equal bytes have equal hashes, and nearly all others differ")
  func hashes() {
    var seen: Set<UInt64> = []
    for number in 0..<20_000 { seen.insert(ByteString("http://example.org/\(number)").withView { $0.hash }) }
    #expect(seen.count == 20_000)
    #expect(ByteString("abcdefghijk").withView { $0.hash } == ByteString(Array("abcdefghijk".utf8)).withView { $0.hash })
  }

  @Test("hexadecimal digits and classes of characters")
  func classes() {
    for byte in UInt8.min...255 {
      let scalar = Unicode.Scalar(byte)
      let isHex = scalar.isASCII && Character(scalar).isHexDigit
      #expect(hexValue(byte).map(Int.init) == (isHex ? Character(scalar).hexDigitValue : nil))
      #expect(isDigit(byte) == ("0"..."9").contains(scalar))
      #expect(isLetter(byte) == (("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)))
      #expect(isWhiteSpace(byte) == [" ", "\t", "\r", "\n"].contains(scalar))
    }
    #expect((0..<16).map { Unicode.Scalar(hexDigit($0)) }.map(String.init).joined() == "0123456789ABCDEF")
  }
}

@Suite("Well-formed UTF-8 (Unicode 15, table 3-7)") struct UTF8CheckTests {
  @Test("every sequence of one to three bytes is judged as the standard library judges it")
  func shortSequences() {
    var wrong = 0
    func check(_ bytes: [UInt8]) {
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      if (ByteString(bytes).withView { $0.firstIllFormedUTF8 } == nil) != isValid { wrong += 1 }
    }
    for first in UInt8.min...255 {
      check([first])
      for second in UInt8.min...255 {
        check([first, second])
        if first < 0xC0 { continue }
        for third: UInt8 in [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF] {
          check([first, second, third])
          for fourth: UInt8 in [0x41, 0x7F, 0x80, 0xBF, 0xC0] { check([first, second, third, fourth]) }
        }
      }
    }
    #expect(wrong == 0)
  }

  @Test("the first bad byte is found wherever it stands", arguments: 0..<40)
  func position(_ offset: Int) {
    let bytes = Array(String(repeating: "a", count: offset).utf8) + [0xE5] + Array("bcdefghijklmnop".utf8)
    #expect(ByteString(bytes).withView { $0.firstIllFormedUTF8 } == offset)
  }

  @Test("scalars are decoded", arguments: ["a", "å", "東", "🏫", "\u{7FF}", "\u{800}", "\u{FFFF}", "\u{10FFFF}"] as [Unicode.Scalar])
  func scalars(_ scalar: Unicode.Scalar) {
    let text = ByteString(String(scalar))
    #expect(text.withView { $0.scalar(at: 0).scalar } == scalar)
    #expect(text.withView { $0.scalar(at: 0).length } == text.count)
    #expect(text.withView { $0.scalarCount } == 1)
  }
}
