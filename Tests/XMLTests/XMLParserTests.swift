import Bytes
import Problems
import Testing
import XML

/// What the parser tells of documents, and what it refuses.
struct XMLParserTests {
  /// Writes down what it is told of.
  private final class Recorder: XMLHandler {
    var events: [String] = []
    var fault: XMLFault?
    /// The element that it wants no more after.
    var last: String?

    func begin(_ tag: XMLTag) throws(Failure) {
      let attributes = (0..<tag.count).map { number in
        let prefix = tag.namespace(number).map { "{\($0.view.text)}" } ?? ""
        return " \(prefix)\(tag.name(number)?.view.text ?? "")=\(tag.value(number).text)"
      }
      events.append("<" + (tag.namespace.map { "{\($0.view.text)}" } ?? "") + tag.name.view.text + attributes.joined() + ">")
      if tag.name.view.text == last { throw Failure(.tableEmpty, at: tag.position.place(in: "a.xml")) }
    }

    func end(at position: XMLPosition) { events.append("</>") }

    func text(_ text: ByteView, at position: XMLPosition) { events.append(text.text) }

    func failure(of fault: XMLFault) -> Failure {
      self.fault = fault
      return Failure(.readerFailed, at: fault.place(in: "a.xml"))
    }
  }

  /// Reads a document in pieces of so many bytes.
  private func read(
    _ document: String, step: Int = 1 << 10, _ type: XMLParser.DocumentType = .refused, depth: Int = .max, into recorder: Recorder
  ) throws(Failure) {
    let bytes = Array(document.utf8)
    var rest = bytes[...]
    try XMLParser(recorder, documentType: type, depthLimit: depth).readAll(step: step) { block in
      let piece = rest.prefix(min(step, block.count))
      block.copyBytes(from: piece)
      rest = rest.dropFirst(piece.count)
      return piece.count
    }
  }

  @Test("elements, attributes, namespaces and text", arguments: [1, 3, 7, 1000])
  func events(_ step: Int) throws {
    let recorder = Recorder()
    try read("<a xmlns='urn:n' b='1' p:c='2&lt;' xmlns:p='urn:p'>x<d/> <![CDATA[<y>]]>&amp;</a>", step: step, into: recorder)
    #expect(recorder.events.first == "<{urn:n}a b=1 {urn:p}c=2<>")
    #expect(recorder.events.joined() == "<{urn:n}a b=1 {urn:p}c=2<>x<{urn:n}d></> <y>&</>")
  }

  /// Counts the elements of one name.
  private final class Names: XMLHandler {
    var wanted: XMLName?
    var found = 0

    func begin(_ tag: XMLTag) {
      if wanted == nil { wanted = tag.interned("row") }
      if tag.name == wanted { found += 1 }
    }

    func failure(of fault: XMLFault) -> Failure { Failure(.readerFailed) }
  }

  @Test("names of one document are one pointer") func names() throws {
    let names = Names()
    var pieces = ["<t><row/><ro", "ws/><row/></t>"]
    try XMLParser(names, tellsText: false).readAll(step: 64) { block in
      let piece = pieces.isEmpty ? "" : pieces.removeFirst()
      block.copyBytes(from: piece.utf8)
      return piece.utf8.count
    }
    #expect(names.found == 2)
  }

  @Test(
    "what is refused, and where",
    arguments: [
      ("<a>\n <b></a>", XMLParser.DocumentType.refused, 100, "malformed", 2),
      ("<a>", .refused, 100, "malformed", 1),
      ("<!DOCTYPE a>\n<a/>", .refused, 100, "documentType", 1),
      ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<a>&x;</a>", .plainEntities, 100, "entityElsewhere(\"x\")", 1),
      ("<!DOCTYPE a [\n<!ENTITY x '<b/>'>]>\n<a>&x;</a>", .plainEntities, 100, "entityWithElements(\"x\")", 2),
      ("<a><b><c>\n<d/></c></b></a>", .refused, 3, "tooDeep(limit: 3)", 2),
    ])
  func faults(_ document: String, _ type: XMLParser.DocumentType, _ depth: Int, _ kind: String, _ line: Int) throws {
    let recorder = Recorder()
    do throws(Failure) {
      try read(document, type, depth: depth, into: recorder)
      Issue.record("was read")
    } catch {
      #expect(error.problem.code == .readerFailed)
      #expect(error.problem.place.line == line)
    }
    #expect("\(try #require(recorder.fault).kind)".hasPrefix(kind))
  }

  @Test("entities that are text are read where they may be declared") func plainEntities() throws {
    let recorder = Recorder()
    try read("<!DOCTYPE a [<!ENTITY x 'urn:x#'>]><a b='&x;y'/>", .plainEntities, into: recorder)
    #expect(recorder.events == ["<a b=urn:x#y>", "</>"])
  }

  @Test("nothing is told after a failure of the handler's own") func stops() throws {
    let recorder = Recorder()
    recorder.last = "b"
    do throws(Failure) {
      try read("<a><b>x</b><c/></a>", into: recorder)
      Issue.record("was read")
    } catch {
      #expect(error.problem.code == .tableEmpty)
    }
    #expect(recorder.events == ["<a>", "<b>"])
  }
}
