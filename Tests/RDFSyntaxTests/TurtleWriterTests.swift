import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import TestSupport
import Testing

@Suite struct TurtleWriterTests {
  @Test func quadsOfOneSubjectAreGroupedAndPrefixesComeWhenNeeded() throws {
    let quads = [
      quad("a", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "C"), quad("a", "p", "\"x\""), quad("a", "p", "\"y\"@sv"),
      quad("a", "q", "_:b"),
      quad("b", "p", "\"2024-05-17\"^^date"), quad("a", "p", "deep#z"),
    ]
    let expected = """
      @prefix ex: <http://example.org/> .

      ex:a a ex:C ;
        ex:p "x" ,
          "y"@sv ;
        ex:q _:b .

      @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

      ex:b ex:p "2024-05-17"^^xsd:date .

      @prefix deep: <http://example.org/deep#> .

      ex:a ex:p deep:z .

      """
    for piece in 1...6 { #expect(try text(quads, as: .turtle, piece: piece) == expected) }
  }

  @Test func graphsAreOpenedAndClosed() throws {
    let quads = [
      quad("a", "p", "b"), quad("a", "p", "b", "g"), quad("a", "p", "c", "g"), quad("b", "p", "\"2024-05-17\"^^date", "g"),
      quad("b", "q", "_:x", "_:h"),
      quad("c", "p", "d"),
    ]
    let expected = """
      @prefix ex: <http://example.org/> .

      ex:a ex:p ex:b .

      ex:g {
        ex:a ex:p ex:b ,
            ex:c .
      }

      @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

      ex:g {
        ex:b ex:p "2024-05-17"^^xsd:date .
      }

      _:h {
        ex:b ex:q _:x .
      }

      ex:c ex:p ex:d .

      """
    for piece in 1...6 { #expect(try text(quads, as: .trig, piece: piece) == expected) }
  }

  @Test(arguments: [
    ("\"1\"^^integer", "1"), ("\"-07\"^^integer", "-07"), ("\"+1\"^^integer", "+1"), ("\"1.0\"^^integer", "\"1.0\"^^xsd:integer"),
    ("\"1.50\"^^decimal", "1.50"),
    ("\".5\"^^decimal", ".5"), ("\"5.\"^^decimal", "\"5.\"^^xsd:decimal"), ("\"5\"^^decimal", "\"5\"^^xsd:decimal"),
    ("\"1e3\"^^double", "1e3"),
    ("\"1.E-3\"^^double", "1.E-3"), ("\"1.5\"^^double", "\"1.5\"^^xsd:double"), ("\"INF\"^^double", "\"INF\"^^xsd:double"),
    ("\"true\"^^boolean", "true"),
    ("\"1\"^^boolean", "\"1\"^^xsd:boolean"), ("\"1 \"^^integer", "\"1 \"^^xsd:integer"), ("\"\"^^integer", "\"\"^^xsd:integer"),
    ("\"1\"^^int", "\"1\"^^xsd:int"),
    ("\"a\\nb\"", "\"a\\\\nb\""), ("a", "ex:a"), ("", "ex:"), ("a.b", "ex:a.b"), ("a.", "<http://example.org/a.>"), ("a:b", "ex:a:b"),
    ("1880", "ex:1880"),
    ("-a", "<http://example.org/-a>"), ("a-b", "ex:a-b"), ("a%20b", "ex:a%20b"), ("a%2", "<http://example.org/a%2>"), ("åäö", "ex:åäö"),
    ("·a", "<http://example.org/·a>"), ("a·", "ex:a·"), ("a×b", "<http://example.org/a×b>"), ("a+b", "<http://example.org/a+b>"),
    ("a/b", "<http://example.org/a/b>"),
    ("deep#x", "deep:x"), ("deep#x/y", "<http://example.org/deep#x/y>"), ("<urn:x>", "<urn:x>"), ("_:b1", "_:b1"),
    ("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "rdf:type"),
  ])
  func terms(_ notation: String, _ words: String) throws {
    let lines = try text([quad("s", "p", notation)], as: .turtle).split(separator: "\n")
    #expect(lines.last == "ex:s ex:p \(words) .")
  }

  @Test func suggestedPrefixesAreTakenUntilInUse() throws {
    let output = MemoryOutput()
    let writer = try RDFWriter.make(.turtle, to: output, prefixes: .example, sorted: false)
    writer.suggest(prefix: "e", namespace: "http://example.org/")
    writer.suggest(prefix: "1bad", namespace: "http://example.org/")
    var batch = QuadBatch()
    batch.append(quad("a", "p", "b"))
    try writer.append(batch)
    writer.suggest(prefix: "late", namespace: "http://example.org/")
    writer.suggest(prefix: "n", namespace: "http://example.net/")
    batch.reset()
    batch.append(quad("c", "p", "<http://example.net/d>"))
    try writer.append(batch)
    try writer.finish()
    #expect(
      output.text == """
        @prefix e: <http://example.org/> .

        e:a e:p e:b .

        @prefix n: <http://example.net/> .

        e:c e:p n:d .

        """)
  }

  @Test func nothingGivesNothing() throws {
    #expect(try text([], as: .turtle) == "")
    #expect(try text([], as: .turtle, sorted: true) == "")
  }

  @Test func hugeSubjectIsWrittenInBlocks() throws {
    let long = String(repeating: "x", count: 1000)
    let quads = (0..<9000).map { quad("a", "p", "\"\(long)\($0)\"") }
    let written = try text(quads, as: .trig, piece: 4000)
    #expect(written.split(separator: "\n").filter { $0.hasPrefix("ex:a ex:p ") }.count == 3)
    #expect(written.split(separator: "\n").count == 9001)
  }
}
