import Foundation
import TestSupport
import Testing

/// SERVICE through the command and through the server: what endpoints do wrong is told, and both go on (contract §1, §3, §5).
struct ServiceCommandTests {
  private static let json = ["Content-Type": "application/sparql-results+json"]
  private static let head = "{\"head\":{\"vars\":[\"n\"]},\"results\":{\"bindings\":[{}"
  private static let row = ",{\"n\":{\"type\":\"uri\",\"value\":\"urn:a\"}}"
  private static let good = head + row + "]}}"
  private static let endless = json.merging(["Content-Length": "1000000000000"]) { $1 }

  /// What an endpoint does, the code that it comes to, and some of what is said of it.
  private static let endpoints: [(path: String, answer: LocalServer.Answer, code: String, says: String)] = [
    ("html", .init("<html>", headers: ["Content-Type": "text/html"]), "service-failed", "it is text/html"),
    ("html-as-json", .init("<html>", headers: json), "service-failed", "line 1, column 1 is not JSON"),
    ("untyped", .init(good), "service-failed", "it does not say what format it has"),
    ("mistyped", .init(good, headers: ["Content-Type": "text/plain"]), "service-failed", "it is text/plain"),
    ("status", .init("internals", status: 500, headers: json), "service-failed", "the server answers 500"),
    ("missing", .init("", status: 404), "service-failed", "the server answers 404"),
    ("malformed", .init(good.replacing("\"type\":", with: "\"type\" "), headers: json), "service-failed", "line 1, column 63 is not JSON"),
    ("cut", .init(good, headers: json.merging(["Content-Length": "1000"]) { $1 }), "service-failed", "the connection broke"),
    ("short", .init(good, headers: json.merging(["Content-Length": "70"]) { $1 }), "service-failed", "is not JSON"),
    (
      "rows", LocalServer.Answer(head, headers: endless).then(again: String(repeating: row, count: 500)), "service-failed",
      "solutions is 20000"
    ),
    (
      "bytes", LocalServer.Answer(head, headers: endless).then(again: String(repeating: " ", count: 9_000)), "service-failed",
      "it is too long"
    ),
    ("silence", .silence, "query-timeout", "the query took more than 3 s"),
    ("begun", LocalServer.Answer(head, headers: endless).thenNothing, "query-timeout", "the query took more than 3 s"),
    ("truth", .init("{\"head\":{},\"boolean\":true}", headers: json), "service-failed", "it is a truth value"),
    ("circle", .redirect(to: "/circle", status: 307), "service-failed", "redirects more than 5 times"),
    ("metadata", .redirect(to: "http://169.254.169.254/latest", status: 307), "service-failed", "it redirects to a private address"),
  ]

  /// A folder with a site that may ask the endpoints of a server, and one where nobody listens.
  private static func site(_ server: LocalServer) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let paths = endpoints.map(\.path) + ["good", "secret"]
    let listed = (paths.map { server.address + "/" + $0 } + ["http://127.0.0.1:1/sparql", "http://no-such-host.invalid/sparql"])
    try folder.writeSite(
      more: """
        limits: {query: {timeout: 3s, rows: 20000, memory: 16MiB}}
        network: {service: [\(listed.map { "\"\($0)\"" }.joined(separator: ", "))]}
        """)
    return folder
  }

  private static func makeServer() throws -> LocalServer {
    let answers = endpoints.map { ("/" + $0.path, $0.answer) } + [("/good", LocalServer.Answer(good, headers: json))]
    return try LocalServer(Dictionary(uniqueKeysWithValues: answers))
  }

  private static func query(_ endpoint: String, silent: Bool = false) -> String {
    "SELECT ?n {\n SERVICE \(silent ? "SILENT " : "")<\(endpoint)> { ?s ?p ?n } }"
  }

  /// All of them in one run: each is told with its place, and the last query is answered.
  @Test func theCommandTellsOfEachAndGoesOn() throws {
    let server = try Self.makeServer()
    defer { server.stop() }
    let folder = try Self.site(server)
    var cases = Self.endpoints.map { (name: $0.path, endpoint: server.address + "/" + $0.path, code: $0.code, says: $0.says) }
    cases.append(("refused", "http://127.0.0.1:1/sparql", "service-failed", "no connection is accepted there"))
    cases.append(("unknown", "http://no-such-host.invalid/sparql", "service-failed", "there is no host called"))
    cases.append(("forbidden", server.address + "/good?", "service-forbidden", "SERVICE may not ask"))
    var files: [String] = []
    for item in cases { files += ["--query-file", try folder.write(item.name + ".rq", Self.query(item.endpoint))] }
    files += ["--query-file", try folder.write("last.rq", Self.query(server.address + "/good"))]
    let run = try ProgramRun(["query", "--site", ".", "--results", "csv", "--lang", "en"] + files, in: folder)
    #expect(run.status == 1)
    #expect(run.text == "n\r\n\r\nurn:a\r\n")
    for item in cases {
      let isPlaced = item.code != "query-timeout"
      let line = run.errorLines.first { $0.contains(isPlaced ? "\(item.name).rq:2:2: error: " : item.says) } ?? ""
      #expect(line.contains(item.says) && line.hasSuffix("[\(item.code)]"), "\(item.name): \(line)")
    }
    #expect(run.errorLines.count == cases.count, "\(run.errors)")
    #expect(!run.errors.contains("internals") && !run.errors.contains("169.254"), "\(run.errors)")
  }

  @Test func theServerTellsOfEachAndGoesOn() throws {
    let server = try Self.makeServer()
    defer { server.stop() }
    let folder = try Self.site(server)
    let program = try ServedProgram([folder.path], in: folder.path)
    func ask(_ endpoint: String, silent: Bool = false) throws -> HTTPExchange {
      let query = Self.query(endpoint, silent: silent).addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
      return try program.get("/sparql?query=" + query, ["Accept": silent ? "text/csv" : "application/sparql-results+json"])
    }
    for item in Self.endpoints {
      let answer = try ask(server.address + "/" + item.path)
      #expect(answer.status == (item.code == "query-timeout" ? 503 : 502), "\(item.path): \(answer.text)")
      #expect(answer.headers["content-type"] == "application/problem+json")
      #expect(answer.text.contains("\"code\":\"\(item.code)\"") && !answer.text.contains("internals"), "\(answer.text)")
      #expect(try ask(server.address + "/" + item.path, silent: true).text == "n\r\n\r\n", "\(item.path)")
    }
    let forbidden = try ask(server.address + "/other")
    #expect(forbidden.status == 403)
    #expect(forbidden.text.contains("\"code\":\"service-forbidden\"") && forbidden.text.contains("\"line\":2,\"column\":2"))
    #expect(try ask(server.address + "/good", silent: true).text == "n\r\n\r\nurn:a\r\n")
    #expect(!server.requests.contains("/other"))
    let description = try program.get("/sparql", ["Accept": "application/n-triples"])
    #expect(description.text.contains("<http://www.w3.org/ns/sparql-service-description#BasicFederatedQuery>"))
  }

  /// Two of the program's own servers: one asks the other.
  @Test func oneServerAsksAnother() throws {
    let folder = try TemporaryFolder()
    try folder.write("graph.ttl", "@prefix e: <http://e.example/> . e:a e:name \"å & <b>\"@sv ; e:size 1.50 . _:x e:name \"none\" .")
    let other = try ServedProgram(["--data", "graph.ttl"], in: folder.path)
    let endpoint = other.url("/sparql")
    try folder.writeSite(in: "site", more: "network: {service: \"\(endpoint)\"}")
    let query = """
      PREFIX e: <http://e.example/>
      SELECT ?s ?name ?size { VALUES ?s { e:a e:b } SERVICE <\(endpoint)> { ?s e:name ?name OPTIONAL { ?s e:size ?size } } }
      """
    let run = try ProgramRun(["query", "--site", "site", "--results", "tsv", query], in: folder)
    #expect(run.text == "?s\t?name\t?size\n<http://e.example/a>\t\"å & <b>\"@sv\t1.50\n", "\(run.errors)")
    let site = try ServedProgram([folder.file("site")], in: folder.path)
    let escaped = query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    let answer = try site.get("/sparql?query=" + escaped, ["Accept": "text/tab-separated-values"])
    #expect(answer.text == run.text)
    // The other end tells of a query that it can't answer by its status.
    let wrong = try ProgramRun(
      ["query", "--site", "site", "SELECT * { SERVICE <\(endpoint)> { SERVICE <http://x.example/> {} } }"], in: folder)
    #expect(wrong.errors.contains("the server answers 403"), "\(wrong.errors)")
  }

  /// What a listed endpoint leads to is not thereby listed.
  @Test func anEndpointLeadsToNoOtherOfThisMachine() throws {
    let inner = try LocalServer(["/secret": LocalServer.Answer(Self.good, headers: Self.json)])
    defer { inner.stop() }
    let server = try LocalServer(["/good": .redirect(to: inner.address + "/secret", status: 307)])
    defer { server.stop() }
    let folder = try Self.site(server)
    let run = try ProgramRun(["query", "--site", ".", "--lang", "sv", Self.query(server.address + "/good")], in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("den leder vidare till en privat adress. Förslag: fråga den adress som den leder till"), "\(run.errors)")
    #expect(inner.requests == [])
  }

  @Test func nothingIsAskedWithoutASiteOrOffline() throws {
    let server = try Self.makeServer()
    defer { server.stop() }
    let folder = try Self.site(server)
    try folder.write("a.ttl", "<urn:a> <urn:b> <urn:c> .")
    let query = Self.query(server.address + "/good")
    let data = try ProgramRun(["query", "--data", "a.ttl", "--allow-host", "127.0.0.1", query], in: folder)
    #expect(data.status == 1 && data.errors.contains("[service-forbidden]") && data.errors.contains("site.yaml"), "\(data.errors)")
    let offline = try ProgramRun(["query", "--site", ".", "--offline", query], in: folder)
    #expect(offline.status == 1 && offline.errors.contains("nothing on the network is asked from here"), "\(offline.errors)")
    let resolved = try ProgramRun(["query", "--site", ".", "--resolve", server.address + "/=.", query], in: folder)
    #expect(resolved.status == 1 && resolved.errors.contains("nothing on the network is asked from here"), "\(resolved.errors)")
    #expect(server.requests == [])
  }

  @Test(arguments: ["sparql.example.se", "http://user@a.example/sparql", "ftp://a.example/"]) func whatIsNoEndpointIsTold(_ text: String)
    throws
  {
    let folder = try TemporaryFolder()
    try folder.writeSite(more: "network: {service: [\"\(text)\"]}")
    let run = try ProgramRun(["query", "--site", ".", "ASK {}"], in: folder)
    #expect(run.status == 1 && run.errors.contains("site.yaml:5:21: error: "), "\(run.errors)")
  }
}
