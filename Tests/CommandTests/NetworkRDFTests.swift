import TestSupport
import Testing

/// RDF from a web server, RDF/XML by a process of its own.
struct NetworkRDFTests {
  private static let opening =
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:e=\"http://e.example/\">\n"
  private static let graph =
    opening + "<e:T rdf:nodeID=\"a\"><e:p>hej</e:p></e:T>\n<rdf:Description rdf:about=\"b\"><e:q><e:T/></e:q></rdf:Description></rdf:RDF>"

  private func run(_ documents: [String: String], _ arguments: (String) -> [String]) throws -> ProgramRun {
    let server = try LocalServer(documents.mapValues { LocalServer.Answer($0) })
    defer { server.stop() }
    return try ProgramRun(
      arguments(server.address) + ["--allow-host", "127.0.0.1:\(server.port)", "--lang", "en"], in: try TemporaryFolder())
  }

  @Test func itIsReformatted() throws {
    let run = try run(["/x.rdf": Self.graph]) { ["reformat", "--to", "turtle", $0 + "/x.rdf"] }
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.contains("@prefix e: <http://e.example/>") && run.text.contains("e:p \"hej\""), "\(run.text)")
  }

  /// Blank nodes of two documents are two, though they have one label.
  @Test func itIsQueried() throws {
    let query = "SELECT (COUNT(DISTINCT ?s) AS ?n) (SUM(?one) AS ?m) { ?s a <http://e.example/T> BIND(1 AS ?one) }"
    let run = try run(["/x.rdf": Self.graph, "/y.rdf": Self.graph]) {
      ["query", "--data", $0 + "/x.rdf", "--data", $0 + "/y.rdf", "--results", "csv", query]
    }
    #expect(run.status == 0 && run.text == "n,m\r\n4,4\r\n", "\(run.errors)")
  }

  @Test(arguments: [
    (opening + "<e:T>\n<e:p>1</e:q></e:T></rdf:RDF>", ":3:13: error: XML: Opening and ending tag mismatch: p line 3 and q", "rdf-syntax"),
    ("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n" + opening + "&x;</rdf:RDF>", "«x» stands outside", "rdf-syntax"),
    (opening + String(repeating: "<e:T><e:p>", count: 600), "nested deeper than 1000 levels", "rdf-depth"),
    (opening + "<e:T rdf:about=\"http://a b/\"/></rdf:RDF>", ":2: error: «http://a b/»", "iri-invalid"),
  ])
  func whatIsWrongIsToldWithItsPlace(_ text: String, _ says: String, _ code: String) throws {
    let run = try run(["/x.rdf": text]) { ["reformat", $0 + "/x.rdf"] }
    #expect(run.status == 65)
    #expect(run.errors.contains("/x.rdf:") && run.errors.contains(says) && run.errors.contains("[\(code)]"), "\(run.errors)")
  }

  @Test func theCommandThatDoesItIsNotForPeople() throws {
    let folder = try TemporaryFolder()
    #expect(!(try ProgramRun(["--help"], in: folder)).text.contains("read-rdfxml"))
    #expect(try ProgramRun(["read-rdfxml"], in: folder).status == 64)
  }
}
