import Problems
import RDFSyntax
import Testing

/// What people are told about N-Triples and N-Quads that are wrong.
@Suite struct LineReaderFaultTests {
  static let rejected: [(String, String, String)] = [
    ("<a:s> <a:p> <a:o>", "1:18 rdf-syntax", "the line ends here"),
    ("<a:s> <a:p> .", "1:13 rdf-syntax", "unexpected «.»"),
    ("<a:s> <a:p>\n<a:o> .", "1:12 rdf-syntax", "the line ends here"),
    ("\n\n  \"å\" <a:p> <a:o> .", "3:3 rdf-syntax", "a literal can't be a subject"),
    ("<a:s> \"p\" <a:o> .", "1:7 rdf-syntax", "a literal can't be a predicate"),
    ("<a:s> _:p <a:o> .", "1:7 rdf-syntax", "a blank node can't be a predicate"),
    ("<a:s> <a:p> ex:foo .", "1:13 rdf-syntax", "unexpected «ex:foo»"),
    ("<a:s> <a:p> <a:o> . <a:s>", "1:21 rdf-syntax", "unexpected «<a:s>»"),
    ("<a:s> <a:p> <a:o> <a:g> .", "1:19 rdf-syntax", "unexpected «<a:g>»"),
    ("<a:s> <a:p> \"öppen .\n", "1:13 rdf-syntax", "the string is not closed before the line ends"),
    ("<a:s> <a:p> <a:o .\n", "1:17 iri-invalid", ""),
    ("<a:s> <a:p> <a:o", "1:13 rdf-syntax", "the IRI that begins here has no closing «>»"),
    ("<a:s> <a:p> <o> .", "1:13 iri-relative", ""),
    ("<s> <a:p> <a:o> .", "1:1 iri-relative", ""),
    (#"<a:å> <a:p> "då\q" ."#, "1:16 rdf-syntax", "this is not an escape that a string may hold"),
    (#"<a:s> <a:p> "\uD800" ."#, "1:14 rdf-syntax", "this is not an escape that a string may hold"),
    (#"<a:s> <a:p> "\U00110000" ."#, "1:14 rdf-syntax", "this is not an escape that a string may hold"),
    ("<a:s> <a:p> \"x\\\n\" .", "1:15 rdf-syntax", "this is not an escape that a string may hold"),
    (#"<a:s> <a:p> <a:\u0020> ."#, "1:16 rdf-syntax", "this is not an escape that an IRI may hold"),
    (#"<a:s> <a:p> <a:\n> ."#, "1:16 rdf-syntax", "this is not an escape that an IRI may hold"),
    (#"<a:s> <a:p> "x"@1 ."#, "1:16 rdf-syntax", "this is not a language tag"),
    (#"<a:s> <a:p> "x"@sv- ."#, "1:16 rdf-syntax", "this is not a language tag"),
    (#"<a:s> <a:p> "x"^^ex:d ."#, "1:18 rdf-syntax", "unexpected «ex:d»"),
    ("_: <a:p> <a:o> .", "1:1 rdf-syntax", "this is not the label of a blank node"),
    ("_:-a <a:p> <a:o> .", "1:1 rdf-syntax", "this is not the label of a blank node"),
    ("_::a <a:p> <a:o> .", "1:1 rdf-syntax", "this is not the label of a blank node"),
    ("<a:s> <a:p> <a:o> .\r\n<a:s> <a:p> <a:o> .\rx", "3:1 rdf-syntax", "unexpected «x»"),
  ]

  @Test(arguments: rejected) func saysWhatIsWrongAndWhere(text: String, fault: String, found: String) {
    let reading = readAtEveryBorder(text, .ntriples)
    #expect(reading.fault == fault)
    #expect(reading.failure?.arguments["found"]?.text(in: .en) ?? "" == found)
    #expect(reading.failure?.place.file == "test")
  }

  @Test func quotesTheIRIThatIsNone() {
    #expect(read("<a:s> <a:p> <http://ex.se/två ord> .", .ntriples).failure?.value == "http://ex.se/två ord")
    #expect(read("<a:s> <a:p> <../o> .", .ntriples).failure?.value == "../o")
  }

  @Test func aLiteralNamesNoGraph() {
    let reading = readAtEveryBorder("<a:s> <a:p> <a:o> \"g\" .", .nquads)
    #expect(reading.fault == "1:19 rdf-syntax")
    #expect(reading.failure?.arguments["found"]?.text(in: .en) == "a literal can't name a graph")
  }

  @Test(arguments: [[0xC3], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82]] as [[UInt8]])
  func refusesBytesThatAreNotUTF8(bytes: [UInt8]) {
    let text = Array("<a:s> <a:p> \"å\" .\n<a:s> <a:p> \"å".utf8) + bytes + Array("\" .\n<a:s> <a:p> \"c\" .\n".utf8)
    for block in [1, 5, 1000] {
      let reading = read(bytes: text, .ntriples, block: block)
      #expect(reading.fault == "2:15 encoding-invalid")
      let kept = read(bytes: text, .ntriples, options: RDFReader.Options(keepGoing: true), block: block)
      #expect(kept.lines == ["<a:s> <a:p> \"å\" .", "<a:s> <a:p> \"c\" ."])
      #expect(kept.problems.map(Reading.fault) == ["2:15 encoding-invalid"])
    }
  }

  @Test func goesOnAfterABadLineWhereToldTo() {
    let text = "<a:s> <a:p> <a:o> .\n<a:s> bad .\n<a:s> <a:p> \"x\n# fine\n<a:s> <a:p> <a:q> .\n<a:t>"
    let reading = readAtEveryBorder(text, .ntriples, options: RDFReader.Options(keepGoing: true))
    #expect(reading.lines == ["<a:s> <a:p> <a:o> .", "<a:s> <a:p> <a:q> ."])
    #expect(reading.problems.map(Reading.fault) == ["2:7 rdf-syntax", "3:13 rdf-syntax", "6:6 rdf-syntax"])
  }

  @Test func saysWhichFormatsItCanNotRead() {
    #expect(read("", .jsonld).failure?.code == .formatUnsupported)
  }
}
