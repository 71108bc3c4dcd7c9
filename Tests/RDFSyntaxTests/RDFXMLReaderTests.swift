import Bytes
import Dispatch
import Problems
import RDFSyntax
import Synchronization
import Testing

/// Reading RDF/XML (RDF 1.1 XML Syntax). What the W3C suite covers is left to it.
@Suite struct RDFXMLReaderTests {
  static let opening = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:e=\"http://e/\">\n"
  static let based = RDFReader.Options(base: "http://b/doc")

  /// The document element around `content`, which begins on the second line.
  static func document(_ content: String, type: String = "") -> String { type + opening + content + "\n</rdf:RDF>" }

  struct Case: CustomTestStringConvertible {
    let content: String
    let lines: [String]
    var testDescription: String { content }
    init(_ content: String, _ lines: String...) { (self.content, self.lines) = (content, lines) }
  }

  static let cases = [
    Case("<rdf:Description rdf:about=\"a\"><e:p>å &lt; 1</e:p></rdf:Description>", "<http://b/a> <http://e/p> \"å < 1\" ."),
    Case("<rdf:Description rdf:ID=\"x\"><e:p rdf:resource=\"\"/></rdf:Description>", "<http://b/doc#x> <http://e/p> <http://b/doc> ."),
    Case(
      "<e:T rdf:about=\"a\" xml:lang=\"sv-SE\"><e:p>x</e:p></e:T>",
      "<http://b/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/T> .", "<http://b/a> <http://e/p> \"x\"@sv-SE ."),
    Case(
      "<e:T rdf:nodeID=\"g1\"><e:p><rdf:Description/></e:p></e:T>",
      "_:ug1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/T> .", "_:ug1 <http://e/p> _:g1 ."),
    Case(
      "<rdf:Description rdf:nodeID=\"n.\"><e:p rdf:nodeID=\"n.u\"/></rdf:Description>", "_:n.u <http://e/p> _:n.uu ."),
    Case(
      "<rdf:Description rdf:about=\"a\"><e:p rdf:datatype=\"http://www.w3.org/2001/XMLSchema#string\">x</e:p></rdf:Description>",
      "<http://b/a> <http://e/p> \"x\" ."),
    Case(
      "<rdf:Description rdf:about=\"a\"><e:p rdf:datatype=\"http://www.w3.org/2001/XMLSchema#integer\">1</e:p></rdf:Description>",
      "<http://b/a> <http://e/p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> ."),
    // Attributes have the language that holds at their element (§7.2.11), which is not that of their neighbours.
    Case("<rdf:Description rdf:about=\"a\" xml:lang=\"fr\" e:p=\"chat\"/>", "<http://b/a> <http://e/p> \"chat\"@fr ."),
    Case(
      "<rdf:Description xml:lang=\"fr\" rdf:about=\"a\" e:p=\"x\"><e:p xml:lang=\"\">x</e:p></rdf:Description>",
      "<http://b/a> <http://e/p> \"x\"@fr .", "<http://b/a> <http://e/p> \"x\" ."),
    Case(
      "<rdf:Description rdf:about=\"a\"><e:p>x</e:p><e:q xml:lang=\"de\" e:p=\"x\"/></rdf:Description>",
      "<http://b/a> <http://e/p> \"x\" .",
      "_:g1 <http://e/p> \"x\"@de .", "<http://b/a> <http://e/q> _:g1 ."),
  ]

  @Test(arguments: cases) func isReadAsItsSpecificationSays(_ test: Case) {
    let reading = readAtEveryBorder(Self.document(test.content), .rdfxml, options: Self.based)
    #expect(reading.fault == nil)
    #expect(reading.lines == test.lines)
    #expect(reading.prefixes.contains("e: http://e/"))
  }

  @Test func entitiesOfTheDocumentStandForTheirText() {
    let type = "<!DOCTYPE rdf:RDF [<!ENTITY ns \"http://n/\">]>\n"
    let text = Self.document("<rdf:Description rdf:about=\"&ns;a\" xml:lang=\"sv\" e:p=\"&ns;\"/>", type: type)
    #expect(readAtEveryBorder(text, .rdfxml).lines == ["<http://n/a> <http://e/p> \"http://n/\"@sv ."])
  }

  @Test func otherEncodingsAreThoseOfTheirDeclaration() {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + Self.document("<e:T rdf:about=\"http://å/\"/>")
    let bytes: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    for block in [1, 7, 1 << 18] {
      let reading = read(bytes: bytes, .rdfxml, block: block)
      #expect(reading.fault == nil, "blocks of \(block)")
      #expect(reading.lines == ["<http://å/> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/T> ."])
    }
  }

  /// Documents in encodings that libxml2 keeps a table of for all threads, each read on a thread of its own while others end.
  @Test func documentsAreReadBesideEachOther() {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + Self.document("<e:T rdf:about=\"http://å/\"/>")
    let bytes: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let wrong = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 400) { number in
      let reading = read(bytes: bytes, .rdfxml, block: [16, 64, 1 << 12][number % 3])
      if reading.lines != ["<http://å/> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/T> ."] {
        wrong.add(1, ordering: .relaxed)
      }
    }
    #expect(wrong.load(ordering: .relaxed) == 0)
  }

  @Test func labelsHaveThePrefixOfTheirDocument() {
    let options = RDFReader.Options(base: "http://b/", blankNodePrefix: "d2-")
    let text = Self.document("<rdf:Description rdf:nodeID=\"n\"><e:p><rdf:Description/></e:p></rdf:Description>")
    #expect(read(text, .rdfxml, options: options).lines == ["_:d2-n <http://e/p> _:d2-g1 ."])
  }

  struct Fault: CustomTestStringConvertible {
    let text: String
    let place: String
    let says: String
    var testDescription: String { says }
    init(_ text: String, _ place: String, _ says: String) { (self.text, self.place, self.says) = (text, place, says) }
  }

  static let faults = [
    Fault("", "1:1 rdf-syntax", "XML: "), Fault("no XML", "1:1 rdf-syntax", "XML: "),
    Fault(document("<e:T><e:p>1</e:q></e:T>"), "2:18 rdf-syntax", "XML: Opening and ending tag mismatch"),
    Fault(opening + "<e:T>", "2:6 rdf-syntax", "XML"),
    Fault(document("<rdf:Description about=\"a\"/>"), "2:0 rdf-syntax", "'about' without a namespace"),
    Fault(document("<rdf:Description rdf:aboutEach=\"a\"/>"), "2:35 rdf-syntax", "rdf:aboutEach is no longer part"),
    Fault(document("<rdf:Description rdf:about=\"http://a b/\" e:p=\"1\"/>"), "2:0 iri-invalid", "http://a b/"),
    Fault(document("<rdf:Description rdf:about=\"a\" e:p=\"1\"/>"), "2:0 iri-relative", "a"),
    Fault(document("<rdf:Description xml:lang=\"sv se\" e:p=\"1\"/>"), "2:0 rdf-syntax", "this is not a language tag"),
    Fault(document("&x;", type: "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"), "1:52 rdf-syntax", "«x» stands outside"),
    Fault(document("", type: "<!DOCTYPE r [<!ENTITY % x SYSTEM \"http://x/\"> %x;]>"), "1:45 rdf-syntax", "«x» stands outside"),
    Fault(document("&x;", type: "<!DOCTYPE r [<!ENTITY x \"<e:T/>\">]>"), "1:33 rdf-syntax", "«x» holds elements"),
  ]

  @Test(arguments: faults) func whatIsWrongIsToldWithItsLine(_ fault: Fault) {
    let reading = read(fault.text, .rdfxml)
    #expect(reading.fault == fault.place)
    #expect(reading.failure?.line(in: .en).contains(fault.says) == true, "\(reading.failure?.line(in: .en) ?? "")")
  }

  @Test func goesOnAfterAWrongIRIWhereToldTo() {
    let text = Self.document(
      "<rdf:Description rdf:about=\"http://a/\">\n<e:p rdf:resource=\"http://b c/\"/><e:p>1</e:p></rdf:Description>")
    let reading = readAtEveryBorder(text, .rdfxml, options: RDFReader.Options(keepGoing: true))
    #expect(reading.lines == ["<http://a/> <http://e/p> \"1\" ."])
    #expect(reading.problems.map(Reading.fault) == ["3:0 iri-invalid"])
  }

  /// Entities of entities that would come to 10⁹ letters, in an element and in an attribute.
  @Test(arguments: ["<e:p>&i;</e:p>", "<e:p e:q=\"&i;\"/>"]) func entitiesThatGrowWithoutEndAreRefused(use: String) {
    var type = "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\">"
    for (name, inner) in zip("bcdefghi", "abcdefgh") {
      type += "<!ENTITY \(name) \"" + String(repeating: "&\(inner);", count: 10) + "\">"
    }
    let reading = read(Self.document("<rdf:Description>\(use)</rdf:Description>", type: type + "]>\n"), .rdfxml)
    #expect(reading.failure?.code == .rdfSyntax)
    #expect(reading.lines.isEmpty)
  }

  @Test func elementsAreNestedOnlySoDeep() {
    func nested(_ depth: Int) -> String {
      Self.document(
        String(repeating: "<rdf:Description><e:p>", count: depth) + String(repeating: "</e:p></rdf:Description>", count: depth))
    }
    #expect(read(nested(10_000), .rdfxml).failure?.code == .rdfDepth)
    #expect(read(nested(499), .rdfxml).quads.count == 499)
  }
}
