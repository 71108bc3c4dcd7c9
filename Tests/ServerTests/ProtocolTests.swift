import Server
import Testing

/// SPARQL 1.1 Protocol §2.1 at `/sparql`.
struct ProtocolTests {
  static let one = "SELECT ?x { VALUES ?x { 1 } }"
  static let form = "application/x-www-form-urlencoded"

  @Test func aQueryComesByGet() async throws {
    let answer = try await ServedSite.demo.get().query(Self.one)
    #expect(answer.status == 200)
    #expect(answer.header("Content-Type") == "application/sparql-results+json")
    #expect(answer.header("Access-Control-Allow-Origin") == "*")
  }

  @Test func aQueryComesAsAFormOrAsABody() async throws {
    let site = try ServedSite.demo.get()
    let fields = FormFields().replacing(["query": Self.one]).text
    let asForm = try await site.answer("/sparql", method: "POST", ["content-type": Self.form + "; charset=UTF-8"], body: fields)
    let asBody = try await site.answer("/sparql", method: "POST", ["content-type": "application/sparql-query"], body: Self.one)
    let byGet = try await site.query(Self.one)
    let texts = [try await asForm.text, try await asBody.text, try await byGet.text]
    #expect(Set(texts).count == 1)
    #expect(texts[0].contains("\"value\":\"1\""))
  }

  @Test(arguments: [
    ("SELECT ?x { VALUES ?x { 1 } }", "text/csv", "text/csv; charset=utf-8"),
    ("SELECT ?x { VALUES ?x { 1 } }", "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
    ("SELECT ?x { VALUES ?x { 1 } }", "application/sparql-results+xml", "application/sparql-results+xml"),
    ("SELECT ?x { VALUES ?x { 1 } }", "application/xml", "application/xml"),
    ("SELECT ?x { VALUES ?x { 1 } }", "application/json", "application/json"),
    ("ASK {}", "application/sparql-results+json", "application/sparql-results+json"),
    ("CONSTRUCT { <http://a/> <http://b/> 1 } {}", "", "text/turtle; charset=utf-8"),
    ("CONSTRUCT { <http://a/> <http://b/> 1 } {}", "application/ld+json", "application/ld+json"),
    ("DESCRIBE <http://a/>", "application/rdf+xml", "application/rdf+xml"),
    ("DESCRIBE <http://a/>", "application/n-triples", "application/n-triples"),
  ])
  func theAnswerComesAsTheClientAccepts(query: String, accept: String, type: String) async throws {
    let answer = try await ServedSite.demo.get().query(query, accept.isEmpty ? [:] : ["accept": accept])
    #expect(answer.status == 200)
    #expect(answer.header("Content-Type") == type)
  }

  @Test(arguments: ["json", "xml", "csv", "tsv"]) func aLinkCanNameTheFormat(format: String) async throws {
    let answer = try await ServedSite.demo.get().query(Self.one, ["accept": "text/html"], "&format=" + format)
    #expect(answer.header("Content-Type")?.contains(format == "tsv" ? "tab-separated" : format) == true)
  }

  @Test(arguments: [
    ("SELECT * { ?s ?p ", 400, "query-syntax"), ("SELECT", 400, "query-syntax"), ("INSERT DATA { <a> <b> <c> }", 403, "query-update"),
    (String(repeating: "(", count: 10_000), 400, "query-"),
    ("SELECT * { FILTER" + String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000) + " }", 400, "query-depth"),
    ("SELECT * " + String(repeating: "{", count: 10_000) + String(repeating: "}", count: 10_000), 400, "query-depth"),
  ])
  func whatIsNoQuestionIsToldWithItsPlace(query: String, status: Int, code: String) async throws {
    let answer = try await ServedSite.demo.get().query(query)
    #expect(answer.status == status)
    #expect(answer.header("Content-Type") == "application/problem+json")
    #expect(answer.header("Access-Control-Allow-Origin") == "*")
    let text = try await answer.text
    #expect(text.contains("\"code\":\"\(code)"))
    #expect(text.contains("\"line\":1,\"column\":"))
  }

  @Test func requestsThatAskNothingAreTold() async throws {
    let site = try ServedSite.demo.get()
    let twice = FormFields().replacing(["query": Self.one]).text
    #expect(try await site.answer("/sparql?\(twice)&\(twice)").status == 400)
    #expect(try await site.answer("/sparql", method: "POST", ["content-type": Self.form], body: "").status == 400)
    #expect(try await site.answer("/sparql", method: "POST", ["content-type": "text/plain"], body: Self.one).status == 415)
    #expect(try await site.answer("/sparql", method: "POST", ["content-type": Self.form], body: "update=x").status == 403)
    #expect(try await site.answer("/sparql", method: "POST", ["content-type": "application/sparql-update"], body: "x").status == 403)
    #expect(try await site.query(Self.one, ["accept": "image/png"]).status == 406)
  }

  @Test func theDatasetCanBeNamedBesideTheQuery() async throws {
    let site = try ServedSite.demo.get()
    let count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    let kommuner = try await site.query(count, [:], "&default-graph-uri=https%3A%2F%2Fdata.example.se%2Fregister%2Fkommun")
    let none = try await site.query(count, [:], "&default-graph-uri=https%3A%2F%2Fdata.example.se%2Fnothing")
    #expect(try await kommuner.text.contains("\"value\":\"1246\""))
    #expect(try await none.text.contains("\"value\":\"0\""))
    let graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    let named = try await site.query(graphs, ["accept": "text/csv"], "&named-graph-uri=https%3A%2F%2Fdata.example.se%2Fregister%2Flan")
    #expect(try await named.text == "g\r\nhttps://data.example.se/register/lan\r\n")
  }

  @Test func withoutAQuestionTheServiceDescribesItself() async throws {
    let answer = try await ServedSite.demo.get().answer("/sparql", ["accept": "application/n-triples"])
    #expect(answer.status == 200)
    let text = try await answer.text
    #expect(text.contains("<http://www.w3.org/ns/sparql-service-description#Service>"))
    #expect(text.contains("<http://www.w3.org/ns/sparql-service-description#UnionDefaultGraph>"))
    #expect(!text.contains("BasicFederatedQuery"))
  }

  /// Longer than what is held back: it is streamed.
  @Test func aLongAnswerIsWhole() async throws {
    let site = try ServedSite.demo.get()
    // Texts may have line breaks of their own: what is counted by lines has none.
    let query = "SELECT ?s ?p ?o ?q { ?s ?p ?o . ?o ?q ?r } LIMIT 20000"
    let answer = try await site.query(query, ["accept": "text/csv"])
    guard case .stream = answer.body else {
      Issue.record("not streamed")
      return
    }
    let lines = try await answer.text.split(separator: "\r\n").count
    let counted = try await site.query("SELECT (COUNT(*) AS ?n) { { \(query) } }", ["accept": "text/csv"])
    #expect(try await counted.text == "n\r\n\(lines - 1)\r\n")
  }
}
