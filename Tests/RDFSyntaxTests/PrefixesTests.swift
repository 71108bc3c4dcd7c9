import Bytes
import Problems
import RDFSyntax
import Resources
import Testing

@Suite struct PrefixesTests {
  private func parse(_ text: String) throws -> Prefixes { try ByteString(text).withView { try Prefixes(parsing: $0, file: "p.ttl") } }

  @Test func linesAreRead() throws {
    let prefixes = try parse("# x\n\n@prefix a: <http://a/> .\n@prefix  :  <http://b#>.\r\n@prefix sdmx-x: <http://c/> .")
    #expect(prefixes.entries.map { "\($0.prefix) \($0.namespace)" } == ["a http://a/", " http://b#", "sdmx-x http://c/"])
    #expect(prefixes.namespace(of: "a") == "http://a/")
    #expect(prefixes.namespace(of: "b") == nil)
  }

  @Test(arguments: [
    "prefix a: <b> .", "@prefix a <b> .", "@prefix a: b .", "@prefix a: <b>", "@prefix 1: <b> .", "@prefix a: <b> . c", "<a> <b> <c> .",
  ])
  func otherLinesAreErrors(_ line: String) {
    #expect(throws: Failure.self) { try parse("\n" + line + "\n") }
  }

  @Test func theLongestNamespaceIsFound() throws {
    let prefixes = try parse("@prefix a: <http://a/> .\n@prefix b: <http://a/b/> .\n@prefix c: <http://a/b#> .")
    func found(_ iri: String, cuts: Int) -> String? {
      ByteString(iri).withView { iri in
        prefixes.find(iri, cuts: cuts).map { "\(prefixes.entries[$0.index].prefix):\(iri.dropFirst($0.length).text)" }
      }
    }
    #expect(found("http://a/x", cuts: 1) == "a:x")
    #expect(found("http://a/b/x", cuts: 1) == "b:x")
    #expect(found("http://a/b#x", cuts: 1) == "c:x")
    #expect(found("http://a/x/y", cuts: 1) == nil)
    #expect(found("http://a/x/y", cuts: 2) == "a:x/y")
    #expect(found("http://a/", cuts: 1) == "a:")
    #expect(found("urn:x", cuts: 3) == nil)
  }

  @Test func aPrefixOrNamespaceSetAgainReplacesTheOld() throws {
    var prefixes = try parse("@prefix a: <http://a/> .\n@prefix b: <http://b/> .")
    prefixes.set(prefix: "b", namespace: "http://a/")
    #expect(prefixes.entries.map { "\($0.prefix) \($0.namespace)" } == ["b http://a/"])
  }

  @Test func theShippedPrefixesAreRead() throws {
    let path =
      #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/") + "/vocabularies/prefixes.ttl"
    let bytes = try FileStream(path: path, name: path).readAll()
    let prefixes = try ByteString(bytes).withView { try Prefixes(parsing: $0, file: path) }
    #expect(prefixes.namespace(of: "kg") == "https://w3id.org/kommungraf/ns/")
    #expect(prefixes.entries.count == bytes.split(separator: UInt8(ascii: "\n")).filter { $0.first == UInt8(ascii: "@") }.count)
  }
}
