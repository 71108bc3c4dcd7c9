import Bytes
import Testing

@Suite("Growing buffers") struct ByteBufferTests {
  @Test("what is appended stands there, however often the buffer grows")
  func appending() {
    var buffer = ByteBuffer(capacity: 1)
    var expected: [UInt8] = []
    for round in 0..<1000 {
      let text = String(repeating: "å", count: round % 50)
      buffer.append(text: text)
      buffer.append(UInt8(round & 0x7F))
      buffer.append(bytes: ByteString(text))
      buffer.append("xyz")
      expected += Array(text.utf8) + [UInt8(round & 0x7F)] + Array(text.utf8) + Array("xyz".utf8)
    }
    #expect(Array(buffer.view.buffer) == expected)
    buffer.removeFirst(10)
    #expect(Array(buffer.view.buffer) == Array(expected.dropFirst(10)))
    buffer.truncate(to: 5)
    #expect(Array(buffer.view.buffer) == Array(expected[10..<15]))
    buffer.truncate()
    let isEmpty = buffer.isEmpty
    #expect(isEmpty)
  }

  @Test("numbers in decimal digits", arguments: [0, 7, 10, 99, 100, -1, -1880, .max, .min])
  func decimals(_ number: Int) {
    var buffer = ByteBuffer(capacity: 1)
    buffer.append(decimal: number)
    #expect(buffer.view.text == String(number))
  }

  @Test(
    "characters as UTF-8",
    arguments: ["\0", "a", "\u{7F}", "\u{80}", "å", "\u{7FF}", "\u{800}", "€", "\u{FFFF}", "\u{10FFFF}"] as [Unicode.Scalar])
  func characters(_ scalar: Unicode.Scalar) {
    var buffer = ByteBuffer()
    buffer.append(scalar: scalar)
    #expect(Array(buffer.view.buffer) == Array(String(scalar).utf8))
  }

  @Test(
    "what percent-encoded text stands for",
    arguments: [
      ("%C3%b6rebro", "örebro"), ("a%2Fb", "a/b"), ("%", "%"), ("%4", "%4"), ("%4g", "%4g"), ("%+1", "%+1"), ("%%41", "%A"), ("", ""),
    ])
  func decoding(_ text: String, _ expected: String) {
    var buffer = ByteBuffer()
    ByteString(text).withView { buffer.append(percentDecoding: $0) }
    #expect(buffer.view.text == expected)
  }

  @Test(
    "fields of tables, in quotes where they would end too soon",
    arguments: [
      ("", "", ""), ("a b", "a b", "a b"), ("a,b", "\"a,b\"", "a,b"), ("a;b", "a;b", "\"a;b\""), ("\"", "\"\"\"\"", "\"\"\"\""),
      ("a\nb", "\"a\nb\"", "\"a\nb\""), ("a\rb", "\"a\rb\"", "\"a\rb\""), ("å\"å\"", "\"å\"\"å\"\"\"", "\"å\"\"å\"\"\""),
    ])
  func fields(_ text: String, _ commas: String, _ semicolons: String) {
    for (delimiter, expected) in [(UInt8(ascii: ","), commas), (UInt8(ascii: ";"), semicolons)] {
      var buffer = ByteBuffer()
      ByteString(text).withView { buffer.append(field: $0, delimiter: delimiter) }
      #expect(buffer.view.text == expected)
    }
  }

  @Test("the largest number")
  func largest() {
    var buffer = ByteBuffer()
    buffer.append(decimal: UInt.max)
    #expect(buffer.view.text == String(UInt.max))
  }

  @Test(
    "JSON strings escape what RFC 8259 demands",
    arguments: [
      ("", "\"\""), ("åa🏫/", "\"åa🏫/\""), ("\"\\", "\"\\\"\\\\\""), ("\n\r\t", "\"\\n\\r\\t\""),
      ("\u{0}\u{1F}\u{7F}", "\"\\u0000\\u001F\u{7F}\""),
    ])
  func jsonStrings(_ text: String, _ expected: String) {
    var buffer = ByteBuffer()
    buffer.append(jsonText: text)
    #expect(buffer.view.text == expected)
  }
}

@Suite("Lines and columns of a text") struct TextCursorTests {
  @Test(
    "lines end at LF, CR and CRLF, columns count scalars",
    arguments: [
      ("", 1, 1), ("abc", 1, 4), ("å🏫", 1, 3), ("a\n", 2, 1), ("a\r", 2, 1), ("a\r\n", 2, 1), ("a\n\r", 3, 1), ("\r\n\r\nb", 3, 2),
      ("\n\n", 3, 1),
    ])
  func places(_ text: String, _ line: Int, _ column: Int) {
    ByteString(text).withView { view in
      var whole = TextCursor()
      whole.advance(to: view.count + 5, in: view)
      #expect(whole.line == line && whole.column == column && whole.offset == view.count)
      var stepwise = TextCursor()
      for offset in 0...view.count { stepwise.advance(to: offset, in: view) }
      #expect(stepwise == whole)
    }
  }
}
