import Bytes
import RDF
import Testing

@Suite struct IRICharactersTests {
  /// IRIREF: '<' ([^#x00-#x20<>"{}|^`\] | UCHAR)* '>'
  static let forbidden = Set(Array(UInt8(0)...0x20) + Array("<>\"{}|^`\\".utf8))

  @Test func agreesWithTheGrammarForEveryByteAtEveryPlace() {
    for byte in UInt8.min...UInt8.max {
      for length in [1, 7, 15, 16, 17, 31, 32, 33, 50] {
        for place in 0..<length {
          var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: length)
          bytes[place] = byte
          let expected = Self.forbidden.contains(byte) ? place : nil
          let found = ByteString(bytes).withView { $0.firstForbiddenInIRI }
          if found != expected { Issue.record("byte \(byte) at \(place) of \(length): \(String(describing: found))") }
        }
      }
      #expect(IRICharacters.forbids(byte) == Self.forbidden.contains(byte))
    }
  }

  /// Whole vectors are written without a look at their bytes one by one, so every byte must be seen at every place of them.
  @Test func writersEscapeWhatTheGrammarForbidsAtEveryPlace() {
    var out = ByteBuffer()
    for byte in UInt8.min..<0x80 {
      let hex = (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      let expected = Self.forbidden.contains(byte) ? Array("\\u00\(hex)".utf8) : [byte]
      for length in [1, 15, 16, 17, 33] {
        for place in 0..<length {
          var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: length)
          bytes[place] = byte
          out.truncate()
          ByteString(bytes).withView { out.append(bracketed: $0) }
          let whole = [UInt8(ascii: "<")] + bytes[..<place] + expected + bytes[(place + 1)...] + [UInt8(ascii: ">")]
          if Array(out.view.buffer) != whole { Issue.record("byte \(byte) at \(place) of \(length): \(out.view.text)") }
        }
      }
    }
  }

  @Test func findsTheFirstOfSeveral() {
    ByteString("http://example.org/with a <space>").withView { #expect($0.firstForbiddenInIRI == 23) }
    ByteString("").withView { #expect($0.firstForbiddenInIRI == nil) }
  }

  @Test func measuresTheDistanceWithinABuffer() {
    var buffer = ByteBuffer()
    for length in 0...40 {
      buffer.truncate()
      for _ in 0..<length { buffer.append(UInt8(ascii: "x")) }
      buffer.append(">")
      #expect(IRICharacters.distanceToForbidden(buffer.address) == length)
    }
  }
}
