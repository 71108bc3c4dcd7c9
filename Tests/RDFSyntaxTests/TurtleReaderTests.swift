import Bytes
import Problems
import RDF
import RDFSyntax
import Testing

/// What Turtle (RDF 1.1) means.
@Suite struct TurtleReaderTests {
  static let xsd = "http://www.w3.org/2001/XMLSchema#"
  static let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

  static let accepted: [(String, [String])] = [
    ("", []), ("# nothing", []), ("\u{FEFF}\n<a:s> a <a:C>.", ["<a:s> <\(rdf)type> <a:C> ."]),
    ("@prefix e: <a:> . @prefix : <b:> . e:s :p :o, e:o ; e:q : .", ["<a:s> <b:p> <b:o> .", "<a:s> <b:p> <a:o> .", "<a:s> <a:q> <b:> ."]),
    ("PREFIX e: <a:> pReFiX e.f-g: <b:>\ne:s e.f-g:p e:o.", ["<a:s> <b:p> <a:o> ."]),
    ("@prefix e: <a:> . e:s e:p e:1 . @prefix e: <b:> . e:s e:p e:1 .", ["<a:s> <a:p> <a:1> .", "<b:s> <b:p> <b:1> ."]),
    (
      "@base <http://a/b/> . <s> <p> <../o> . BASE <c/> <s> <p> <> .",
      ["<http://a/b/s> <http://a/b/p> <http://a/o> .", "<http://a/b/c/s> <http://a/b/c/p> <http://a/b/c/> ."]
    ),
    ("@prefix e: <a:> . e:a.b e:p%20q e:o\\.\\,\\~, e:å·:0-.b .", ["<a:a.b> <a:p%20q> <a:o.,~> .", "<a:a.b> <a:p%20q> <a:å·:0-.b> ."]),
    (
      "<a:s> <a:p> 1, -2, +3.0, .5, 1e0, 1.E-3, .5e+1 .",
      [
        "<a:s> <a:p> \"1\"^^<\(xsd)integer> .", "<a:s> <a:p> \"-2\"^^<\(xsd)integer> .", "<a:s> <a:p> \"+3.0\"^^<\(xsd)decimal> .",
        "<a:s> <a:p> \".5\"^^<\(xsd)decimal> .", "<a:s> <a:p> \"1e0\"^^<\(xsd)double> .", "<a:s> <a:p> \"1.E-3\"^^<\(xsd)double> .",
        "<a:s> <a:p> \".5e+1\"^^<\(xsd)double> .",
      ]
    ),
    (
      "<a:s> <a:p> 1. <a:s> <a:p> true,false.",
      [
        "<a:s> <a:p> \"1\"^^<\(xsd)integer> .", "<a:s> <a:p> \"true\"^^<\(xsd)boolean> .", "<a:s> <a:p> \"false\"^^<\(xsd)boolean> .",
      ]
    ),
    (
      #"<a:s> <a:p> "", '', "a'b", 'a"b', "\t\u00e5\U0001F600\'" ."#,
      [
        #"<a:s> <a:p> "" ."#, #"<a:s> <a:p> "" ."#, #"<a:s> <a:p> "a'b" ."#, #"<a:s> <a:p> "a\"b" ."#, "<a:s> <a:p> \"\tå😀'\" .",
      ]
    ),
    (
      "<a:s> <a:p> \"\"\"\"\"\", \"\"\"a\n\"b\"\"c\r\n\\\"\"\"\", '''d'''.",
      [
        "<a:s> <a:p> \"\" .", #"<a:s> <a:p> "a\n\"b\"\"c\r\n\"" ."#, "<a:s> <a:p> \"d\" .",
      ]
    ),
    (
      "@prefix x: <\(xsd)> . <a:s> <a:p> \"1\"^^x:string, \"x\"^^x:date, \"å\"@sv-SE, \"e\"@prefix .",
      [
        "<a:s> <a:p> \"1\" .", "<a:s> <a:p> \"x\"^^<\(xsd)date> .", "<a:s> <a:p> \"å\"@sv-SE .", "<a:s> <a:p> \"e\"@prefix .",
      ]
    ),
    ("<a:s> <a:p> <a:o> ;; <a:q> <a:o> ; .", ["<a:s> <a:p> <a:o> .", "<a:s> <a:q> <a:o> ."]),
    ("_:a <a:p> [], [ <a:q> _:b.c ; ] .", ["_:a <a:p> _:g1 .", "_:g2 <a:q> _:b.c .", "_:a <a:p> _:g2 ."]),
    (
      "[ <a:p> <a:o> ] . [ <a:p> 'x' ] <a:q> 'y' . [] <a:r> 'z' .",
      [
        "_:g1 <a:p> <a:o> .", "_:g2 <a:p> \"x\" .", "_:g2 <a:q> \"y\" .", "_:g3 <a:r> \"z\" .",
      ]
    ),
    (
      "<a:s> <a:p> (), (<a:o> 'x') .",
      [
        "<a:s> <a:p> <\(rdf)nil> .", "_:g1 <\(rdf)first> <a:o> .", "_:g1 <\(rdf)rest> _:g2 .", "_:g2 <\(rdf)first> \"x\" .",
        "_:g2 <\(rdf)rest> <\(rdf)nil> .", "<a:s> <a:p> _:g1 .",
      ]
    ),
    (
      "([<a:p> ()]) <a:q> 'x' .",
      [
        "_:g1 <a:p> <\(rdf)nil> .", "_:g2 <\(rdf)first> _:g1 .", "_:g2 <\(rdf)rest> <\(rdf)nil> .", "_:g2 <a:q> \"x\" .",
      ]
    ),
    ("<a:s>#c\n<a:p>#d\r<a:o>#e\r\n.", ["<a:s> <a:p> <a:o> ."]),
    (#"<a:\u00e5> <a:p> <a:\U0001F600> ."#, ["<a:å> <a:p> <a:😀> ."]),
    (
      "_:g1 <a:p> _:ug2, _:g, _:gx, _:ux, [] .",
      [
        "_:ug1 <a:p> _:uug2 .", "_:ug1 <a:p> _:g .", "_:ug1 <a:p> _:gx .", "_:ug1 <a:p> _:ux .", "_:ug1 <a:p> _:g1 .",
      ]
    ),
  ]

  @Test(arguments: accepted) func readsWithEveryBorder(text: String, lines: [String]) {
    for format in [Format.turtle, .trig] {
      let reading = readAtEveryBorder(text, format)
      #expect(reading.fault == nil)
      #expect(reading.lines == lines)
    }
  }

  static let graphs: [(String, [String])] = [
    ("{ <a:s> <a:p> <a:o> } <a:g> { <a:s> <a:p> <a:o> . }", ["<a:s> <a:p> <a:o> .", "<a:s> <a:p> <a:o> <a:g> ."]),
    ("GRAPH _:g { } graph [] { <a:s> <a:p> 'x' ; } <a:s> <a:p> 'y' .", ["<a:s> <a:p> \"x\" _:g1 .", "<a:s> <a:p> \"y\" ."]),
    (
      "[] { [ <a:p> <a:o> ] } @prefix : <b:> . :g { :s :p (:o) . }",
      [
        "_:g2 <a:p> <a:o> _:g1 .", "_:g3 <\(rdf)first> <b:o> <b:g> .", "_:g3 <\(rdf)rest> <\(rdf)nil> <b:g> .", "<b:s> <b:p> _:g3 <b:g> .",
      ]
    ),
  ]

  @Test(arguments: graphs) func readsGraphs(text: String, lines: [String]) {
    let reading = readAtEveryBorder(text, .trig)
    #expect(reading.fault == nil)
    #expect(reading.lines == lines)
  }

  @Test func startsFromTheBaseItIsGiven() {
    let reading = read("<#s> <p> <> .", .turtle, options: RDFReader.Options(base: "http://a/b/c"))
    #expect(reading.lines == ["<http://a/b/c#s> <http://a/b/p> <http://a/b/c> ."])
  }

  @Test func suggestsThePrefixesOfTheDocument() {
    let reading = read("@prefix e: <a:b#> . PREFIX : <c:> BASE <http://x/> PREFIX y: <y/>", .turtle)
    #expect(reading.prefixes == ["e: a:b#", ": c:", "y: http://x/y/"])
  }

  @Test func putsAPrefixBeforeEveryLabel() {
    let reading = read("_:a <a:p> [], _:g1 .", .turtle, options: RDFReader.Options(blankNodePrefix: "d1"))
    #expect(reading.lines == ["_:d1a <a:p> _:d1g1 .", "_:d1a <a:p> _:d1ug1 ."])
  }

  @Test func keepsTheOpenNodesOverBatches() {
    let items = (0..<20_000).map { "<a:i\($0)>" }
    let text = "GRAPH <a:g> { <a:s> <a:p> [ <a:q> ( \(items.joined(separator: " ")) ) ; <a:r> \(items.joined(separator: ", ")) ] }"
    let reading = read(text, .trig)
    #expect(reading.fault == nil)
    #expect(reading.batches > 4)
    #expect(reading.quads.count == 60_002)
    #expect(reading.quads.allSatisfy { $0.graph == .iri("a:g") })
    #expect(reading.quads.count { $0.predicate == .iri("a:r") && $0.subject == .blankNode("g1") } == 20_000)
    #expect(reading.quads.last == Quad(.iri("a:s"), .iri("a:p"), .blankNode("g1"), graph: .iri("a:g")))
  }

  @Test func batchesStaySmallOnLongInput() {
    let text = String(
      repeating: "<http://example.org/s> <http://example.org/p> \"\"\"a text\nof two lines\"\"\"@en . # said\n", count: 30_000)
    let reading = read(text, .turtle, block: 4096)
    #expect(reading.quads.count == 30_000)
    #expect(reading.largestBatch < 2 << 20)
  }

  @Test func aTokenMayBeLongerThanABlock() {
    let text = String(repeating: "åäö\n", count: 10_000)
    let reading = read("<a:s> <a:p> \"\"\"\(text)\"\"\" .", .turtle, block: 100)
    #expect(reading.quads.map(\.object) == [.string(text)])
  }
}
