import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import TestSupport
import Testing

@Suite struct LineWriterTests {
  @Test(arguments: [
    (quad("a", "p", "b"), "<http://example.org/a> <http://example.org/p> <http://example.org/b> .\n"),
    (quad("_:x", "p", "_:y"), "_:x <http://example.org/p> _:y .\n"),
    (quad("a", "p", "\"Örebro 🌍\""), "<http://example.org/a> <http://example.org/p> \"Örebro 🌍\" .\n"),
    (quad("a", "p", "\"x\"@sv-SE"), "<http://example.org/a> <http://example.org/p> \"x\"@sv-SE .\n"),
    (
      quad("a", "p", "\"1\"^^integer"),
      "<http://example.org/a> <http://example.org/p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"
    ),
    (quad("a", "p", "\"x\"^^string"), "<http://example.org/a> <http://example.org/p> \"x\" .\n"),
    (quad("a", "p", "\"\""), "<http://example.org/a> <http://example.org/p> \"\" .\n"),
    (quad("a", "p", "b", "g"), "<http://example.org/a> <http://example.org/p> <http://example.org/b> .\n"),
  ])
  func ntriples(_ quad: Quad, _ line: String) throws {
    #expect(try text([quad], as: .ntriples) == line)
  }

  @Test func nquadsNameTheGraph() throws {
    let quads = [quad("a", "p", "b", "g"), quad("a", "p", "b", "_:g"), quad("a", "p", "b")]
    let triple = "<http://example.org/a> <http://example.org/p> <http://example.org/b>"
    #expect(try text(quads, as: .nquads) == "\(triple) <http://example.org/g> .\n\(triple) _:g .\n\(triple) .\n")
  }

  /// Every character that needs an escape, at every place relative to the borders of vectors.
  @Test func charactersAreEscapedWhereverTheyStand() throws {
    let escapes: [(Unicode.Scalar, String)] = [
      ("\"", "\\\""), ("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"), ("\u{8}", "\\b"), ("\u{C}", "\\f"), ("\u{0}", "\\u0000"),
      ("\u{1F}", "\\u001F"), ("\u{7F}", "\\u007F"), ("\u{FFFE}", "\\uFFFE"), ("\u{80}", "\u{80}"), ("ﬀ", "ﬀ"), ("'", "'"),
    ]
    for (scalar, escaped) in escapes {
      for length in 0..<40 {
        let before = String(repeating: "å", count: length / 2) + String(repeating: "x", count: length % 2)
        let quad = Quad(term("a"), term("p"), .string(before + String(scalar) + "ö"))
        let line = "<http://example.org/a> <http://example.org/p> \"\(before)\(escaped)ö\" .\n"
        if try text([quad], as: .ntriples) != line { Issue.record("\(scalar.value) after \(length)") }
      }
    }
  }

  @Test func whatNoIRIMayHoldIsEscapedInIt() throws {
    for (scalar, escaped) in [(" ", "\\u0020"), ("<", "\\u003C"), (">", "\\u003E"), ("\"", "\\u0022"), ("{", "\\u007B"), ("|", "\\u007C")] {
      for length in [0, 1, 15, 16, 31] {
        let before = "urn:" + String(repeating: "x", count: length)
        let quad = Quad(.iri(before + scalar + "y"), term("p"), term("b"))
        #expect(try text([quad], as: .ntriples).hasPrefix("<\(before)\(escaped)y> "))
      }
    }
  }

  @Test func longOutputComesWholeAndInOrder() throws {
    let quads = (0..<30_000).map { quad("subject-\($0 / 12)", "predicate-\($0 % 12)", "\"\(String(repeating: "o", count: $0 % 200))\"@sv") }
    let written = try text(quads, as: .ntriples, piece: 10_000)
    let expected = quads.map { one in
      guard case .iri(let subject) = one.subject, case .iri(let predicate) = one.predicate, case .literal(let object, _) = one.object else {
        return ""
      }
      return "<\(subject)> <\(predicate)> \"\(object)\"@sv .\n"
    }
    #expect(written == expected.joined())
  }

  @Test func sortedLinesAreUniqueAndLabelsFollowTheOrder() throws {
    let quads = [quad("b", "p", "_:z"), quad("_:z", "p", "\"1\""), quad("a", "p", "c", "g"), quad("b", "p", "_:z"), quad("a", "q", "c")]
    #expect(
      try text(quads, as: .nquads, sorted: true) == """
        <http://example.org/a> <http://example.org/q> <http://example.org/c> .
        <http://example.org/b> <http://example.org/p> _:b0 .
        _:b0 <http://example.org/p> "1" .
        <http://example.org/a> <http://example.org/p> <http://example.org/c> <http://example.org/g> .

        """)
  }

  @Test(arguments: [Format.jsonld]) func otherFormatsAreRefused(_ format: Format) {
    #expect(throws: Failure.self) { try RDFWriter.make(format, to: MemoryOutput(), prefixes: .example, sorted: false) }
  }
}
