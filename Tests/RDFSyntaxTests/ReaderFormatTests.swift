import RDFSyntax
import Testing

@Suite struct ReaderFormatTests {
  @Test(arguments: [
    ("a.ttl", Format.turtle), ("dir.nt/a.TRIG", .trig), ("a.b.nt", .ntriples), ("/x/a.nq", .nquads), ("a.jsonld", .jsonld),
    ("a.rdf", .rdfxml),
  ])
  func isKnownByTheEnding(path: String, format: Format) {
    #expect(Format(path: path) == format)
    #expect(Format(name: format.name) == format)
  }

  @Test(arguments: ["a", "", "/", "a.csv", "dir.ttl/a", "ttl", "a.ttl/"]) func otherEndingsAreNone(path: String) {
    #expect(Format(path: path) == nil)
  }

  @Test func namesAreThoseOfTheCommandLine() {
    #expect(Format.allCases.map(\.name) == ["turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml"])
    #expect(Format(name: "Turtle") == nil)
    #expect(Set(Format.allCases.map(\.mediaType)).count == 6)
    #expect(Format.allCases.map(\.title) == ["Turtle", "TriG", "N-Triples", "N-Quads", "JSON-LD", "RDF/XML"])
  }
}
