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
