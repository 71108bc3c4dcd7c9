import Problems
import RDF
import RDFSyntax
import Testing

/// What people are told about Turtle and TriG that are wrong.
@Suite struct TurtleReaderFaultTests {
  static let rejected: [(String, String, String)] = [
    ("<a:s> <a:p> <a:o>", "1:18 rdf-syntax", "the file ends here"),
    ("<a:s> <a:p> .", "1:13 rdf-syntax", "unexpected «.»"),
    ("<a:s> .", "1:7 rdf-syntax", "unexpected «.»"),
    ("[] .", "1:4 rdf-syntax", "unexpected «.»"),
    ("\"x\" <a:p> <a:o> .", "1:1 rdf-syntax", "a literal can't be a subject"),
    ("1 <a:p> <a:o> .", "1:1 rdf-syntax", "a literal can't be a subject"),
    ("<a:s> _:p <a:o> .", "1:7 rdf-syntax", "a blank node can't be a predicate"),
    ("<a:s> [] <a:o> .", "1:7 rdf-syntax", "a blank node can't be a predicate"),
    ("<a:s> 'p' <a:o> .", "1:7 rdf-syntax", "a literal can't be a predicate"),
    ("<a:s> <a:p> <a:o> <a:x> .", "1:19 rdf-syntax", "unexpected «<a:x>»"),
    ("<a:s> <a:p> foo .", "1:13 rdf-syntax", "unexpected «foo»"),
    ("<a:s> <a:p>\n  # åäö\n  \"å\", ] .", "3:8 rdf-syntax", "unexpected «]»"),
    ("<a:s> <a:p> 'öppen\n' .", "1:13 rdf-syntax", "the string is not closed before the line ends"),
    ("<a:s> <a:p> '''öppen\n' .", "1:13 rdf-syntax", "the string that begins here is never closed"),
    ("<a:s> <a:p> \"öppen", "1:13 rdf-syntax", "the string that begins here is never closed"),
    ("<a:s> <a:p> <a:o", "1:13 rdf-syntax", "the IRI that begins here has no closing «>»"),
    ("<a:s> <a:p> <a:å o> .", "1:17 iri-invalid", ""),
    ("<a:s> <a:p> <o> .", "1:13 iri-relative", ""),
    ("@base <b> .", "1:7 iri-relative", ""),
    ("<a:s> <a:p> 'å\\q' .", "1:15 rdf-syntax", "this is not an escape that a string may hold"),
    ("<a:s> <a:p> <a:\\u003e> .", "1:16 rdf-syntax", "this is not an escape that an IRI may hold"),
    ("<a:s> <a:p> 'x'@1 .", "1:16 rdf-syntax", "this is not a language tag"),
    ("<a:s> <a:p> 'x'^^'y' .", "1:18 rdf-syntax", "unexpected «'y'»"),
    ("<a:s> ex:p <a:o> .", "1:7 rdf-prefix-undeclared", ""),
    ("@prefix e: <a:> . e:s e:p e:%2 .", "1:29 rdf-syntax", "«%» must be followed by two hexadecimal digits"),
    ("@prefix e: <a:> . e:s e:p e:a\\x .", "1:30 rdf-syntax", "this is not an escape that a name may hold"),
    ("@prefix e <a:> .", "1:9 rdf-syntax", "unexpected «e»"),
    ("@prefix e:f <a:> .", "1:9 rdf-syntax", "unexpected «e:f»"),
    ("@prefix e: a:b .", "1:12 rdf-syntax", "unexpected «a:b»"),
    ("@prefix e: <a:>\n<a:s> a <a:o> .", "2:1 rdf-syntax", "unexpected «<a:s>»"),
    ("PREFIX e: <a:> .", "1:16 rdf-syntax", "unexpected «.»"),
    ("@PREFIX e: <a:> .", "1:1 rdf-syntax", "unexpected «@PREFIX»"),
    ("<a:s> <a:p> [ <a:q> <a:o> .", "1:27 rdf-syntax", "unexpected «.»"),
    ("<a:s> <a:p> [ <a:q> <a:o>", "1:26 rdf-syntax", "the «[» that was opened is never closed"),
    ("<a:s> <a:p> ( <a:q>", "1:20 rdf-syntax", "the list that was opened is never closed with «)»"),
    ("<a:s> <a:p> ( <a:q> . )", "1:21 rdf-syntax", "unexpected «.»"),
    ("] .", "1:1 rdf-syntax", "this closes nothing that was opened"),
    ("{ <a:s> <a:p> <a:o> }", "1:1 rdf-syntax", "a Turtle file can't have graphs; TriG can"),
    ("GRAPH <a:g> { }", "1:1 rdf-syntax", "a Turtle file can't have graphs; TriG can"),
    ("<a:s> <a:p> _: .", "1:13 rdf-syntax", "this is not the label of a blank node"),
    ("<a:s> <a:p> ^ .", "1:13 rdf-syntax", "this character can't stand here"),
    ("<a:s> a \u{0} .", "1:9 rdf-syntax", "this character can't stand here"),
  ]

  @Test(arguments: rejected) func saysWhatIsWrongAndWhere(text: String, fault: String, found: String) {
    let reading = readAtEveryBorder(text, .turtle)
    #expect(reading.fault == fault)
    #expect(reading.failure?.arguments["found"]?.text(in: .en) ?? "" == found)
    #expect(reading.failure?.place.file == "test")
  }

  static let graphs: [(String, String, String)] = [
    ("<a:g> { <a:s> a <a:o>", "1:22 rdf-syntax", "unexpected end"),
    ("<a:g> { <a:h> { } }", "1:15 rdf-syntax", "unexpected «{»"),
    ("<a:g> { GRAPH <a:h> { } }", "1:9 rdf-syntax", "a graph can't stand inside a graph"),
    ("<a:g> { @prefix e: <a:> . }", "1:9 rdf-syntax", "a directive can't stand inside a graph"),
    ("<a:g> { } .", "1:11 rdf-syntax", "unexpected «.»"),
    ("GRAPH { }", "1:7 rdf-syntax", "unexpected «{»"),
    ("GRAPH 'g' { }", "1:7 rdf-syntax", "a literal can't name a graph"),
    ("GRAPH (<a:g>) { }", "1:7 rdf-syntax", "a list can't name a graph"),
    ("() { }", "1:4 rdf-syntax", "unexpected «{»"),
    ("GRAPH <a:g> <a:s> a <a:o> .", "1:13 rdf-syntax", "unexpected «<a:s>»"),
    ("}", "1:1 rdf-syntax", "this closes nothing that was opened"),
    ("{", "1:2 rdf-syntax", "the graph that was opened is never closed with «}»"),
  ]

  @Test(arguments: graphs) func saysWhatIsWrongWithGraphs(text: String, fault: String, found: String) {
    let reading = readAtEveryBorder(text, .trig)
    #expect(reading.fault == fault)
    #expect(reading.failure?.arguments["found"]?.text(in: .en) == (found == "unexpected end" ? "the file ends here" : found))
  }

  @Test func helpsWithPrefixesThatEverybodyUses() {
    let problem = read("<a:s> dcterms:title 'x' .", .turtle).failure
    #expect(problem?.line(in: .en).contains("@prefix dcterms: <http://purl.org/dc/terms/> .") == true)
    #expect(read("<a:s> min:title 'x' .", .turtle).failure?.arguments == ["prefix": "min"])
    #expect(read("<a:s> :title 'x' .", .turtle).failure?.arguments == ["prefix": ""])
  }

  @Test(arguments: ["[ <a:p> ", "( ", "[ <a:p> ( "]) func deepNestingIsAProblemAndNotACrash(opening: String) {
    let text = "<a:s> <a:p> " + String(repeating: opening, count: 100_000)
    let reading = read(text, .turtle)
    #expect(reading.failure?.code == .rdfDepth)
    #expect(reading.failure?.arguments == ["limit": "1000"])
    #expect(read(text, .turtle, options: RDFReader.Options(depthLimit: .max)).failure?.code == .rdfSyntax)
  }

  @Test func nestingUpToTheLimitIsRead() {
    let text = "<a:s> <a:p> " + String(repeating: "(", count: 1000) + String(repeating: ")", count: 1000) + " ."
    #expect(read(text, .turtle).quads.count == 999 * 2 + 1)
    #expect(read("<a:s> <a:p> ( [ <a:p> () ] ) .", .turtle, options: RDFReader.Options(depthLimit: 2)).fault == "1:24 rdf-depth")
  }

  @Test(arguments: [[0xC3], [0xFF], [0xE2, 0x82], [0xED, 0xA0, 0x80]] as [[UInt8]]) func refusesBytesThatAreNotUTF8(bytes: [UInt8]) {
    let text = Array("<a:s> <a:p> \"å\" .\n<a:s> <a:p> \"å".utf8) + bytes + Array("\" .\n<a:s> <a:p> \"c\" .\n".utf8)
    for block in [1, 5, 1000] {
      #expect(read(bytes: text, .turtle, block: block).fault == "2:15 encoding-invalid")
      let kept = read(bytes: text, .turtle, options: RDFReader.Options(keepGoing: true), block: block)
      #expect(kept.lines == ["<a:s> <a:p> \"å\" .", "<a:s> <a:p> \"c\" ."])
      #expect(kept.problems.map(Reading.fault) == ["2:15 encoding-invalid"])
    }
    let cut = read(bytes: Array("<a:s> <a:p> \"å".utf8) + bytes, .turtle)
    #expect(cut.fault == "1:15 encoding-invalid")
  }

  @Test func goesOnAfterTheNextLineThatEndsInADot() {
    let text = "<a:s> <a:p> 1 .\n<a:s> x:y 1 ;\n  <a:q> 2 .\n<a:s> <a:p> 3, [ .\n<a:s> <a:p> 4 .\n<a:s> <a:p> 'x"
    let reading = readAtEveryBorder(text, .turtle, options: RDFReader.Options(keepGoing: true))
    #expect(reading.quads.map(\.object.written).map { $0.prefix(3) } == ["\"1\"", "\"3\"", "\"4\""])
    #expect(reading.problems.map(Reading.fault) == ["2:7 rdf-prefix-undeclared", "4:18 rdf-syntax", "6:13 rdf-syntax"])
  }

  @Test func goesOnInsideAGraph() {
    let text = "<a:g> {\n<a:s> <a:p> <o> .\n<a:s> <a:p> <a:o> .\n}\n<a:s> <a:p> <a:o> ."
    let reading = readAtEveryBorder(text, .trig, options: RDFReader.Options(keepGoing: true))
    #expect(reading.lines == ["<a:s> <a:p> <a:o> <a:g> .", "<a:s> <a:p> <a:o> ."])
    #expect(reading.problems.count == 1)
  }
}
