import Bytes
import Problems
import RDF
import RDFSyntax
import TestSupport
import Testing

/// RDF 1.1 XML Syntax, written.
struct RDFXMLWriterTests {
  /// What stands between the root's tags, without indentation.
  private func body(_ quads: [Quad], sorted: Bool = false, piece: Int = .max) throws -> [String] {
    let lines = try text(quads, as: .rdfxml, sorted: sorted, piece: piece).split(separator: "\n")
    let start = try #require(lines.firstIndex { $0.hasSuffix(">") && !$0.hasPrefix("<?") })
    #expect(lines.last == "</rdf:RDF>")
    return lines[(start + 1)..<(lines.count - 1)].map { String($0.drop { $0 == " " }) }
  }

  @Test func declaresThePrefixesAtTheRoot() throws {
    #expect(
      try text([], as: .rdfxml) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <rdf:RDF
          xmlns:xsd="http://www.w3.org/2001/XMLSchema#"
          xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
          xmlns:ex="http://example.org/"
          xmlns:deep="http://example.org/deep#">
        </rdf:RDF>

        """)
  }

  @Test(arguments: [1, 2, 100]) func gathersWhatIsSaidOfOneSubject(_ piece: Int) throws {
    let quads = [
      quad("a", "p", "b"), quad("a", "p", "\"x\""), quad("a", "q", "\"å\"@sv"), quad("_:n.1", "p", "\"1\"^^integer"),
      quad("a", "p", "_:n.1"),
    ]
    #expect(
      try body(quads, piece: piece) == [
        "<rdf:Description rdf:about=\"http://example.org/a\">", "<ex:p rdf:resource=\"http://example.org/b\"/>", "<ex:p>x</ex:p>",
        "<ex:q xml:lang=\"sv\">å</ex:q>", "</rdf:Description>", "<rdf:Description rdf:nodeID=\"bn_2E1\">",
        "<ex:p rdf:datatype=\"http://www.w3.org/2001/XMLSchema#integer\">1</ex:p>", "</rdf:Description>",
        "<rdf:Description rdf:about=\"http://example.org/a\">", "<ex:p rdf:nodeID=\"bn_2E1\"/>", "</rdf:Description>",
      ])
  }

  @Test(
    arguments: [
      ("<http://example.org/p-1.å>", "ex:p-1.å", nil), ("<http://example.org/deep#p>", "deep:p", nil),
      ("<http://example.org/x/p>", "ns:p", "http://example.org/x/"), ("<http://example.org/1p>", "ns:p", "http://example.org/1"),
      ("<urn:x:p>", "ns:p", "urn:x:"), ("<http://other.example/?a=b&c>", "ns:c", "http://other.example/?a=b&amp;"),
    ] as [(String, String, String?)])
  func aPredicateBecomesAName(_ predicate: String, _ name: String, _ namespace: String?) throws {
    let declaration = namespace.map { " xmlns:ns=\"\($0)\"" } ?? ""
    #expect(try body([quad("a", predicate, "\"x\"")])[1] == "<\(name)\(declaration)>x</\(name)>")
  }

  @Test func escapesWhatXMLKeepsToItself() throws {
    let lines = try body([quad("<http://example.org/?a&\"b>", "p", "\"<a> & \"b\"\t\r]]>\"")])
    #expect(lines[0] == "<rdf:Description rdf:about=\"http://example.org/?a&amp;&quot;b\">")
    #expect(lines[1] == "<ex:p>&lt;a&gt; &amp; \"b\"\t&#13;]]&gt;</ex:p>")
  }

  @Test(arguments: ["<http://example.org/>", "<http://example.org/12>", "<urn:x:>"])
  func aPredicateThatIsNoNameIsAProblem(_ predicate: String) throws {
    let failure = #expect(throws: Failure.self) { try body([quad("a", predicate, "b")]) }
    #expect(failure?.problem.code == .xmlNameImpossible)
  }

  @Test(arguments: ["\u{1}", "\u{0}", "\u{FFFE}", "\u{FFFF}"]) func aCharacterThatXMLCannotHoldIsAProblem(_ character: String) throws {
    let failure = #expect(throws: Failure.self) { try body([quad("a", "p", "\"x\(character)\"")]) }
    #expect(failure?.problem.code == .xmlCharacterImpossible)
  }

  @Test func sortedEachQuadStandsOnce() throws {
    let lines = try body([quad("b", "p", "c"), quad("a", "q", "c"), quad("b", "p", "c", "g"), quad("a", "p", "c")], sorted: true)
    #expect(lines.count { $0.hasPrefix("<ex:") } == 3)
    #expect(lines[0].contains("/a"))
  }
}
