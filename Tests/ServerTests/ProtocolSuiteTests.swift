import Server
import Testing

/// The W3C's tests of the protocol, of the service description and of the graph store, which its manifests tell in words, written out as
/// requests and what must come of them. Data are only read here: what would change them is refused.
struct ProtocolSuiteTests {
  private static let data = "http://example.org/data/"
  private static let served = Result {
    try ServedGraphs(
      trig: """
        @prefix : <http://example.org/> .
        :here :p 1 .
        <\(data)1> { <\(data)1> a :Document ; :q "å"@sv . }
        <\(data)2> { <\(data)2> a :Document . }
        <\(data)3> { <\(data)3> a :Document . }
        """)
  }

  private static func graph(_ number: Int) -> String { data + "\(number)" }
  private static let direct = "application/sparql-query"
  private static let form = "application/x-www-form-urlencoded"
  /// What holds where graphs 1 and 2 are named, and where they are the default graph.
  private static let inNamed = "GRAPH ?g1 { <\(graph(1))> a ?t1 } GRAPH ?g2 { <\(graph(2))> a ?t2 }"
  private static let inDefault = "<\(graph(1))> a ?t1 . <\(graph(2))> a ?t2"
  private static let without3 = "FILTER NOT EXISTS { GRAPH ?g3 { <\(graph(3))> a ?t3 } }"

  // MARK: - Queries

  @Test(
    "What the suite asks is answered true",
    arguments: [
      // query_post_form, query_get, query_post_direct
      .form(["query": "ASK {}"], ["default-graph-uri": graph(0)]), .get(["query": "ASK {}", "default-graph-uri": graph(0)]),
      .post("ASK {}", direct, ["default-graph-uri": graph(0)]),
      .form(["query": "ASK {}"], type: "Application/X-WWW-Form-URLEncoded ; charset=UTF-8"),
      .post("ASK {}", direct + ";charset=\"utf-8\""),
      // query_dataset_default_graphs_get, _post
      .get(["query": "ASK { \(inDefault) }", "default-graph-uri": graph(1), "default-graph-uri": graph(2)]),
      .post("ASK { \(inDefault) }", direct, ["default-graph-uri": graph(1), "default-graph-uri": graph(2)]),
      .form(["query": "ASK { \(inDefault) }", "default-graph-uri": graph(1), "default-graph-uri": graph(2)]),
      // query_dataset_named_graphs_get, _post
      .get(["query": "ASK { \(inNamed) \(without3) }", "named-graph-uri": graph(1), "named-graph-uri": graph(2)]),
      .post("ASK { \(inNamed) \(without3) }", direct, ["named-graph-uri": graph(1), "named-graph-uri": graph(2)]),
      // query_dataset_full
      .post(
        "ASK { <\(graph(3))> a ?t \(inNamed) \(without3) }", direct,
        ["default-graph-uri": graph(3), "named-graph-uri": graph(1), "named-graph-uri": graph(2)]),
      // query_multiple_dataset: what the protocol names counts, and nothing that FROM names
      .post(
        "ASK FROM <\(graph(3))> { \(inNamed) FILTER NOT EXISTS { <\(graph(3))> a ?t } }", direct,
        ["named-graph-uri": graph(1), "named-graph-uri": graph(2)]),
      .get([
        "query": "ASK FROM NAMED <\(graph(3))> { \(inDefault) \(without3) }", "default-graph-uri": graph(1), "default-graph-uri": graph(2),
      ]),
      // A graph that is not there is empty, and so is the default graph where only named ones are named.
      .get(["query": "ASK { FILTER NOT EXISTS { ?s ?p ?o } }", "default-graph-uri": graph(9)]),
      .get(["query": "ASK { FILTER NOT EXISTS { ?s ?p ?o } }", "named-graph-uri": graph(1)]),
      .get(["query": "ASK { FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }", "default-graph-uri": graph(1)]),
      // Without any, the whole dataset.
      .get(["query": "ASK { <http://example.org/here> ?p 1 \(inNamed) }"]),
      // Parameters that mean nothing here; versions (SPARQL 1.2 Protocol §2.1).
      .get(["query": "ASK {}", "timeout": "3", "x": ""]), .get(["query": "ASK {}", "version": "1.2"]),
      .post("ASK {}", direct + "; version=1.2"), .form(["query": "ASK {}", "version": "1.1"]),
      .get(["query": "ASK { FILTER(\"å\" = \"\\u00E5\") }"]), .get(["query": "  ASK\n{}\t"]),
    ] as [Request])
  func asked(_ request: Request) async throws {
    let answer = try await Self.served.get().answer(request)
    #expect(answer.status == 200)
    #expect(answer.header("Content-Type") == "application/sparql-results+json")
    #expect(try await answer.text.contains("\"boolean\":true"))
  }

  @Test(
    "The answer has a type that its query can have (query_content_type_select, _ask, _describe, _construct)",
    arguments: [
      ("SELECT (1 AS ?value) {}", nil, "application/sparql-results+json"), ("ASK {}", nil, "application/sparql-results+json"),
      ("DESCRIBE <http://example.org/here>", nil, "text/turtle; charset=utf-8"),
      ("CONSTRUCT { <s> <p> 1 } WHERE {}", nil, "text/turtle; charset=utf-8"),
      ("SELECT (1 AS ?value) {}", "application/sparql-results+xml", "application/sparql-results+xml"),
      ("SELECT (1 AS ?value) {}", "application/sparql-results+xml;q=0.5, text/csv;q=0.6", "text/csv; charset=utf-8"),
      ("SELECT (1 AS ?value) {}", "text/csv;q=0, text/*", "text/tab-separated-values; charset=utf-8"),
      ("SELECT (1 AS ?value) {}", "application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
      ("SELECT (1 AS ?value) {}", "text/turtle, */*;q=0.01", "application/sparql-results+json"),
      ("SELECT (1 AS ?value) {}", "application/*", "application/sparql-results+json"),
      ("SELECT (1 AS ?value) {}", "APPLICATION/SPARQL-RESULTS+XML; charset=utf-8", "application/sparql-results+xml"),
      ("SELECT (1 AS ?value) {}", "", "application/sparql-results+json"),
      ("CONSTRUCT { <s> <p> 1 } WHERE {}", "application/rdf+xml, text/turtle;q=0.9", "application/rdf+xml"),
      ("CONSTRUCT { <s> <p> 1 } WHERE {}", "application/sparql-results+json, application/n-triples;q=0.2", "application/n-triples"),
    ] as [(String, String?, String)])
  func typed(query: String, accept: String?, type: String) async throws {
    let headers = accept.map { ["accept": $0] } ?? [:]
    let answer = try await Self.served.get().answer(.get(["query": query], headers))
    #expect(answer.status == 200)
    #expect(answer.header("Content-Type") == type)
    #expect(answer.header("Vary")?.contains("Accept") == true)
  }

  @Test(
    "What is no query, or none that can be answered, gets the status and the code that say why",
    arguments: [
      // bad_query_method: another method than GET and POST
      (Request(method: "PUT", target: "/sparql?query=ASK%20%7B%7D"), 405, "request-method"),
      (Request(method: "DELETE", target: "/sparql"), 405, "request-method"),
      (Request(method: "PATCH", target: "/sparql"), 405, "request-method"),
      (Request(method: "TRACE", target: "/sparql"), 405, "request-method"),
      // bad_multiple_queries
      (.get(["query": "ASK {}", "query": "SELECT * {}"]), 400, "request-parameter"),
      (.form(["query": "ASK {}", "query": "ASK {}"]), 400, "request-parameter"),
      (.form(["query": "ASK {}"], ["query": "ASK {}"]), 400, "request-parameter"),
      (.post("ASK {}", direct, ["query": "ASK {}"]), 400, "request-parameter"),
      (.get(["query": "ASK {}", "version": "1.1", "version": "1.2"]), 400, "request-parameter"),
      (.post("ASK {}", direct + ";version=1.2", ["version": "1.1"]), 400, "request-parameter"),
      // bad_query_wrong_media_type, bad_query_missing_form_type, bad_query_missing_direct_type
      (.post("ASK {}", "text/plain"), 415, "request-media-type"), (.form(["query": "ASK {}"], type: nil), 415, "request-media-type"),
      (.post("ASK {}", nil), 415, "request-media-type"), (.post("ASK {}", "multipart/form-data; boundary=x"), 415, "request-media-type"),
      // bad_query_non_utf8
      (
        Request(method: "POST", target: "/sparql", headers: ["content-type": direct + "; charset=UTF-16"], body: utf16), 415,
        "request-media-type"
      ),
      (Request(method: "POST", target: "/sparql", headers: ["content-type": direct], body: [0xFF, 0xFE] + utf16), 400, "query-syntax"),
      (Request(method: "POST", target: "/sparql", headers: ["content-type": direct], body: utf16), 400, "query-syntax"),
      (.post("query=%FF", form), 400, "request-parameter"), (.post("query=%zz", form), 400, "request-parameter"),
      (Request(target: "/sparql?query=%FF"), 400, "request-path"),
      // bad_query_syntax
      (.get(["query": "ASK {"]), 400, "query-syntax"), (.get(["query": ""]), 400, "query-syntax"),
      (.get(["query": "  "]), 400, "query-syntax"),
      (.form(["query": ""]), 400, "query-syntax"), (.post("", direct), 400, "query-syntax"), (.form(["x": "1"]), 400, "request-parameter"),
      (.get(["query": "ASK { ?x <http://example.org/a\\u0062> ?y ; <p:a\\u0062> ?a\\u0062 }", "version": "1.2"]), 400, "query-syntax"),
      // Updates, however they come (bad_update_get and its like, and those that the suite wants done)
      (.get(["update": "CLEAR ALL"]), 403, "query-update"), (.form(["update": "CLEAR ALL"]), 403, "query-update"),
      (.form(["update": "CLEAR NAMED", "update": "CLEAR DEFAULT"]), 403, "query-update"),
      (.post("CLEAR ALL", "application/sparql-update"), 403, "query-update"),
      (
        .post("INSERT DATA { <s> <p> <o> }", "application/sparql-update; charset=UTF-8", ["using-graph-uri": graph(1)]), 403, "query-update"
      ),
      (.get(["query": "CLEAR ALL"]), 403, "query-update"),
      (.post("PREFIX : <http://example.org/> DELETE WHERE { ?s ?p ?o }", direct), 403, "query-update"),
      // What can't be had as it is asked for
      (.get(["query": "ASK {}"], ["accept": "image/png"]), 406, "request-unacceptable"),
      (.get(["query": "ASK {}"], ["accept": "*/*;q=0"]), 406, "request-unacceptable"),
      (.get(["query": "SELECT * {}"], ["accept": "text/turtle"]), 406, "request-unacceptable"),
      (.get(["query": "ASK {}", "format": "png"]), 406, "request-unacceptable"),
      (.get(["query": "SELECT * { SERVICE <http://example.net/sparql> {} }"]), 403, "service-forbidden"),
    ] as [(Request, Int, String)])
  func refused(_ request: Request, status: Int, code: String) async throws {
    var request = request
    request.headers["accept-language"] = "en"
    let answer = try await Self.served.get().answer(request)
    #expect(answer.status == status)
    #expect(answer.header("Content-Type") == "application/problem+json")
    #expect(answer.header("Access-Control-Allow-Origin") == "*")
    if status == 405 { #expect(answer.header("Allow") == "GET, HEAD, POST, OPTIONS") }
    let text = try await answer.text
    #expect(text.contains("\"code\":\"\(code)\""), "\(text)")
    if status == 406 { #expect(text.contains("sparql-results+json") || text.contains("json, xml") || text.contains("ntriples"), "\(text)") }
    // Whoever reads it is told what to do.
    if code == "query-update" { #expect(text.contains("only be read"), "\(text)") }
    if code == "request-media-type" { #expect(text.contains("application/sparql-query, application/x-www-form-urlencoded"), "\(text)") }
  }

  private static let utf16 = Array("ASK {}".utf16).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }

  @Test("A browser may ask from another site", arguments: ["/sparql", "/graph-store"])
  func preflight(path: String) async throws {
    let headers = [
      "origin": "https://elsewhere.example", "access-control-request-method": "POST", "access-control-request-headers": "content-type",
    ]
    let answer = try await Self.served.get().answer(Request(method: "OPTIONS", target: path, headers: headers))
    #expect(answer.status == 204)
    #expect(answer.header("Access-Control-Allow-Origin") == "*")
    #expect(answer.header("Access-Control-Allow-Methods")?.contains("POST") == (path == "/sparql"))
    #expect(answer.header("Access-Control-Allow-Headers")?.contains("Content-Type") == true)
    #expect(answer.header("Allow") == answer.header("Access-Control-Allow-Methods"))
  }

  @Test("Relative IRIs start from where the query was sent")
  func base() async throws {
    let query = Request.get(["query": "SELECT (<x> AS ?a) (IRI(\"../y\") AS ?b) {}"], ["accept": "text/csv"])
    let answer = try await Self.served.get().answer(query)
    #expect(try await answer.text == "a,b\r\nhttp://data.example.org:8080/x,http://data.example.org:8080/y\r\n")
  }

  @Test("HEAD answers as GET does")
  func head() async throws {
    let served = try Self.served.get()
    var request = Request.get(["query": "SELECT * { ?s ?p ?o }"], ["accept": "text/csv"])
    let get = await served.answer(request)
    request.method = "HEAD"
    let head = await served.answer(request)
    #expect(head.status == 200)
    for name in ["Content-Type", "ETag", "Vary"] { #expect(head.header(name) == get.header(name)) }
  }

  // MARK: - The service description (returns-rdf, has-endpoint-triple, conforms-to-schema)

  @Test(
    "The endpoint describes itself in RDF",
    arguments: ["text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json", nil])
  func describesItself(accept: String?) async throws {
    let answer = try await Self.served.get().answer(Request(target: "/sparql", headers: accept.map { ["accept": $0] } ?? [:]))
    #expect(answer.status == 200)
    #expect(answer.header("Content-Type")?.hasPrefix(accept ?? "text/turtle") == true)
    #expect(try await answer.text.contains("http://data.example.org:8080/sparql"))
  }

  @Test("The description has the endpoint that was asked, and is one of a service as its schema wants it")
  func description() async throws {
    let answer = try await Self.served.get().answer(Request(target: "/sparql", headers: ["accept": "application/n-triples"]))
    let lines = try await answer.text.split(separator: "\n")
    let sd = "http://www.w3.org/ns/sparql-service-description#"
    let type = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    let service = "<http://data.example.org:8080/sparql>"
    #expect(lines.contains { $0 == "\(service) \(type) <\(sd)Service> ." })
    #expect(lines.filter { $0.contains("<\(sd)endpoint>") } == ["\(service) <\(sd)endpoint> \(service) ."])
    #expect(lines.contains { $0 == "\(service) <\(sd)supportedLanguage> <\(sd)SPARQL11Query> ." })
    let distance = "<http://www.opengis.net/def/function/geosparql/distance>"
    #expect(lines.contains { $0 == "\(service) <\(sd)extensionFunction> \(distance) ." })
    #expect(lines.filter { $0.contains("<\(sd)resultFormat>") }.count == 8)
    #expect(!lines.contains { $0.contains("SPARQL11Update") })
    // sd:defaultDataset is an sd:Dataset, whose sd:defaultGraph is an sd:Graph.
    for (property, kind) in [("defaultDataset", "Dataset"), ("defaultGraph", "Graph")] {
      let node = try #require(lines.first { $0.contains("<\(sd)\(property)>") }?.split(separator: " ").dropLast().last)
      #expect(lines.contains { $0 == "\(node) \(type) <\(sd)\(kind)> ." })
    }
  }

  // MARK: - The graph store, as far as it reads

  @Test(
    "Graphs are read by name, and what would write is told that it can't",
    arguments: [
      // get_of_put__initial_state, get_of_put__default_graph, head_on_an_existing_graph, head_on_a_nonexisting_graph
      ("GET", "?graph=" + encoded(1), 200, "å"), ("GET", "?default", 200, "here"), ("GET", "?default=", 200, "here"),
      ("HEAD", "?graph=" + encoded(1), 200, nil),
      ("HEAD", "?graph=" + encoded(9), 404, nil), ("GET", "?graph=" + encoded(9), 404, "request-unknown"),
      ("GET", "", 400, "request-parameter"), ("GET", "?graph=" + encoded(1) + "&default", 400, "request-parameter"),
      ("GET", "?graph=", 404, "request-unknown"),
      // put__*, post__*, delete__*
      ("PUT", "?graph=" + encoded(1), 405, "request-method"), ("PUT", "?default", 405, "request-method"),
      ("POST", "", 405, "request-method"),
      ("POST", "?graph=" + encoded(9), 405, "request-method"), ("DELETE", "?graph=" + encoded(2), 405, "request-method"),
      ("PATCH", "?graph=" + encoded(2), 405, "request-method"),
    ] as [(String, String, Int, String?)])
  func graphStore(method: String, query: String, status: Int, says: String?) async throws {
    let served = try Self.served.get()
    let answer = await served.answer(
      Request(method: method, target: "/graph-store" + query, headers: ["accept": "text/turtle, application/json;q=0.1"]))
    #expect(answer.status == status)
    if status == 200 { #expect(answer.header("Content-Type") == "text/turtle; charset=utf-8") }
    if status == 405 { #expect(answer.header("Allow") == "GET, HEAD, OPTIONS") }
    if let says { #expect(try await answer.text.contains(says)) }
    // Nothing has changed.
    let count = await served.answer(.get(["query": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"], ["accept": "text/csv"]))
    #expect(try await count.text == "n\r\n4\r\n")
  }

  private static func encoded(_ number: Int) -> String { FormFields().replacing(["x": graph(number)]).text.replacing("x=", with: "") }
}
