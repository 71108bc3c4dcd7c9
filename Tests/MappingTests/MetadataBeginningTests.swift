import Mapping
import Problems
import Resources
import Tables
import Testing

/// What is called JSON is a table, or the metadata of tables: how it begins says which.
struct MetadataBeginningTests {
  @Test(arguments: [
    (#"{"@context": "http://www.w3.org/ns/csvw", "url": "t.csv"}"#, true),
    (#"{"@context": ["http://www.w3.org/ns/csvw", {"@language": "sv"}]}"#, true),
    ("\u{FEFF} {\n\"url\": \"t.csv\", \"tables\": [{\"@context\": 1}], \"@context\": \"http://www.w3.org/ns/csvw\"}", true),
    (#"{"\u0040context": "http:\/\/www.w3.org/ns/csvw"}"#, true),
    (#"{"@context": "http://www.w3.org/ns/csvw", "url": }"#, true),
    (#"{"@context": {"@vocab": "http://www.w3.org/ns/csvw"}}"#, false), (#"{"@context": "http://schema.org/"}"#, false),
    (#"[{"@context": "http://www.w3.org/ns/csvw"}]"#, false), (#"{"list": [{"@context": "http://www.w3.org/ns/csvw"}]}"#, false),
    (#"{"a": {"@context": "http://www.w3.org/ns/csvw"}}"#, false), ("{", false), ("[]", false), ("", false), ("a,b\n1,2\n", false),
  ])
  func theContextTells(_ text: String, _ isMetadata: Bool) throws {
    let stream = PeekStream(MemoryStream(Array(text.utf8), name: "t.json"))
    #expect(try MetadataLocator.isMetadata(stream) == isMetadata)
    #expect(try stream.readAll() == Array(text.utf8))
  }

  @Test(arguments: [#"[{"a": 1},"#, #"{"list": [{"a": 1},"#])
  func noMoreThanTheBeginningIsRead(_ beginning: String) throws {
    let endless = EndlessStream(beginning, then: #"{"a": 1}, "#)
    #expect(try !MetadataLocator.isMetadata(PeekStream(endless)))
    #expect(endless.count <= 1 << 16)
  }
}

/// A stream that repeats itself for ever.
private final class EndlessStream: ByteStream {
  let name = "t.json"
  private(set) var count = 0
  private let beginning: [UInt8]
  private let rest: [UInt8]

  init(_ beginning: String, then rest: String) {
    self.beginning = Array(beginning.utf8)
    self.rest = Array(rest.utf8)
  }

  func read(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    for index in target.indices {
      target[index] = count < beginning.count ? beginning[count] : rest[(count - beginning.count) % rest.count]
      count += 1
    }
    return target.count
  }
}
