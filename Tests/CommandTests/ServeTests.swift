import TestSupport
import Testing

/// `kommungraf serve`, as its user starts it and as clients ask it.
struct ServeTests {
  private static let served = Result { try ServedProgram([], in: ProgramRun.repository) }

  @Test func theDemoSiteIsServedAtOnce() throws {
    let server = try ServedProgram([], in: ProgramRun.repository)
    #expect(server.said.contains { $0.hasPrefix("livsmedelskontroller-1880: 8 rows read") })
    #expect(try server.get("/health").status == 200)
    let thing = try server.get("/id/kommun/1880", ["Accept": "text/turtle"])
    #expect(thing.status == 303)
    #expect(thing.headers["location"] == "/doc/kommun/1880")
    let document = try server.get("/doc/kommun/1880", ["Accept": "text/turtle"])
    #expect(document.text.contains("\"Örebro\"@sv"))
    #expect(document.isWhole)
  }

  @Test func filesAreServedAsTheyAre() throws {
    let folder = try TemporaryFolder()
    try folder.write("graph.ttl", "<http://a.example/s> <http://a.example/p> \"o\" .\n")
    let server = try ServedProgram(["--data", "graph.ttl"], in: folder.path)
    let answer = try server.get("/sparql?query=SELECT%20*%20%7B%20?s%20?p%20?o%20%7D", ["Accept": "text/csv"])
    #expect(answer.text == "s,p,o\r\nhttp://a.example/s,http://a.example/p,o\r\n")
    #expect(try server.get("/", ["Accept": "text/html"]).status == 200)
  }

  @Test func headIsGetWithoutBody() throws {
    let server = try ServedProgram([], in: ProgramRun.repository)
    for path in ["/doc/kommun/1880", "/id/kommun/1880", "/id/kommun/nothing", "/catalog", "/"] {
      let get = try server.get(path)
      let head = try server.exchange("HEAD \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
      #expect(head.status == get.status, "\(path)")
      #expect(head.body.isEmpty)
      for name in ["location", "content-type", "link", "vary", "etag", "content-language"] {
        #expect(head.headers[name] == get.headers[name], "\(path) \(name)")
      }
    }
  }

  /// Whoever opens connections and says nothing takes the place of others as long as he holds them, and no longer.
  @Test func moreConnectionsThanThereMayBeDoNotEndIt() throws {
    let folder = try TemporaryFolder()
    try folder.write("graph.ttl", "<http://a.example/s> <http://a.example/p> \"o\" .\n")
    let server = try ServedProgram(["--data", "graph.ttl"], in: folder.path, openFiles: 256)
    do {
      let idle = try (0..<400).map { _ in try OpenConnection(port: server.port) }
      for connection in idle { connection.send("GET / HTTP/1.1\r\n") }
      withExtendedLifetime(idle) {}
    }
    #expect(try server.get("/health").status == 200)
  }

  /// What is being answered when the server is told to stop has a little time, and not that of a whole query: it would be killed before.
  @Test func anAnswerThatGoesOnDoesNotKeepItFromStopping() throws {
    let folder = try TemporaryFolder()
    try folder.write("graph.nt", (0..<300).map { "<http://a.example/\($0)> <http://a.example/p> \"o\" .\n" }.joined())
    var server: ServedProgram? = try ServedProgram(["--data", "graph.nt"], in: folder.path)
    let connection = try OpenConnection(port: try #require(server?.port))
    let product = "SELECT%20*%20%7B%20?a%20?b%20?c%20.%20?d%20?e%20?f%20.%20?g%20?h%20?i%20.%20?j%20?k%20?l%20%7D"
    connection.send("GET /sparql?query=\(product) HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/csv\r\n\r\n")
    #expect(String(decoding: connection.read(through: "\r\n\r\n"), as: UTF8.self).hasPrefix("HTTP/1.1 200 "))
    // It records an issue where it has to kill the server.
    server = nil
    #expect(!String(decoding: connection.read(), as: UTF8.self).hasSuffix("\r\n0\r\n\r\n"))
  }

  @Test(arguments: [
    "GET /../../etc/passwd HTTP/1.1", "GET /id/%2e%2e/%2e%2e/etc HTTP/1.1", "GET /id/%ff HTTP/1.1", "GET /doc/kommun/%00 HTTP/1.1",
    "GET //etc/passwd HTTP/1.1", "GET /sparql?query=%zz HTTP/1.1",
  ])
  func badAddressesAre400(line: String) throws {
    let server = try ServedProgram([], in: ProgramRun.repository)
    let answer = try server.exchange("\(line)\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    #expect(answer.status == 400)
    #expect(answer.text.contains("request-path"))
    #expect(try server.get("/health").status == 200)
  }

  /// Whom a request means is said once (RFC 9112 §3.2), also where the answer is remembered.
  @Test(arguments: [("", 400), ("Host:\r\n", 200), ("Host: a\r\nHost: b\r\n", 400), ("Host: a\r\nHost: a\r\n", 400), ("Host: a\r\n", 200)])
  func theHostIsGivenOnce(fields: String, status: Int) throws {
    let server = try Self.served.get()
    for host in ["", "a"] {
      _ = try server.exchange("GET /doc/kommun/1884 HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
    }
    let answer = try server.exchange(
      "GET /doc/kommun/1884 HTTP/1.1\r\n\(fields)\r\nGET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    #expect(answer.status == status)
    #expect(answer.text.contains("\"request-host\"") == (status == 400))
    #expect(answer.headers["access-control-allow-origin"] == "*")
  }

  /// What the parser of HTTP refuses is told like everything else, after the answers to what came before it.
  @Test(arguments: [
    ("GET /resolve?register=kommun&q=Örebro HTTP/1.1\r\nHost: a\r\n\r\n", "procentkodade"),
    ("GET /health HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 100_000))\r\n\r\n", "för långa"),
    ("GET /\(String(repeating: "a", count: 200_000)) HTTP/1.1\r\nHost: a\r\n\r\n", "för långa"),
    ("FOO / HTTP/1.1\r\nHost: a\r\n\r\n", "bryter mot formen"), ("\u{1}\u{2}\r\n\r\n", "bryter mot formen"),
    ("POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n", "bryter mot formen"),
    ("POST /sparql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "bryter mot formen"),
  ])
  func whatIsNoRequestIsTold(text: String, says: String) throws {
    let server = try Self.served.get()
    let refused = try server.exchange(text)
    #expect(refused.status == 400)
    #expect(refused.headers["content-type"] == "application/problem+json")
    #expect(refused.headers["access-control-allow-origin"] == "*")
    #expect(refused.text.contains("\"request-malformed\"") && refused.text.contains(says))
    #expect(refused.isWhole && refused.headers["connection"] == "close")
    let query = "/sparql?query=SELECT%20(COUNT(*)%20AS%20?n)%20%7B%20?a%20?b%20?c%20%7D"
    let later = try server.exchange("GET \(query) HTTP/1.1\r\nHost: a\r\nAccept: text/csv\r\n\r\n" + text)
    #expect(later.status == 200)
    #expect(later.text.hasPrefix("n\r\n") && later.text.contains("HTTP/1.1 400 ") && later.text.contains(says))
  }

  @Test func aBodyOverTheLimitIs413() throws {
    let server = try ServedProgram([], in: ProgramRun.repository)
    let body = String(repeating: "a", count: (1 << 20) + 1)
    let answer = try server.exchange(
      "POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\nContent-Length: \(body.utf8.count)\r\n"
        + "Connection: close\r\n\r\n\(body)")
    #expect(answer.status == 413)
    #expect(answer.text.contains("request-body"))
  }

  /// A client may ask whether to send a body before it does (RFC 9110 §10.1.1).
  @Test func aClientThatAsksFirstIsToldToSend() throws {
    let server = try Self.served.get()
    func ask(_ length: Int) throws -> OpenConnection {
      let connection = try OpenConnection(port: server.port)
      connection.send(
        "POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\nContent-Type: application/sparql-query\r\nAccept: text/csv\r\n"
          + "Content-Length: \(length)\r\n\r\n")
      return connection
    }
    let query = "SELECT (1 AS ?n) {}"
    let sent = try ask(query.utf8.count)
    #expect(String(decoding: sent.read(through: "\r\n\r\n"), as: UTF8.self) == "HTTP/1.1 100 Continue\r\n\r\n")
    sent.send(query + "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    let answers = String(decoding: sent.read(), as: UTF8.self)
    #expect(answers.hasPrefix("HTTP/1.1 200 OK\r\n") && answers.contains("\r\n\r\nn\r\n1\r\nHTTP/1.1 200 OK\r\n"))
    // What is too long need not be sent.
    let refused = HTTPExchange(parsing: try ask(1 << 30).read())
    #expect(refused.status == 413)
    #expect(refused.headers["connection"] == "close")
  }

  /// Clients of HTTP/1.0 know no chunks, and an answer ends for them where the connection does (RFC 9112 §6.1, §9.3).
  @Test(arguments: ["/health", "/doc/kommun/1880", "/download/kommun.nt"], ["", "Connection: keep-alive\r\n", "Host: 127.0.0.1\r\n"])
  func anOldClientIsAnsweredWithoutChunks(path: String, fields: String) throws {
    let server = try Self.served.get()
    let new = try server.get(path)
    let connection = try OpenConnection(port: server.port)
    connection.send("GET \(path) HTTP/1.0\r\n\(fields)\r\n")
    let old = HTTPExchange(parsing: connection.read())
    #expect(old.status == 200)
    #expect(old.headers["transfer-encoding"] == nil)
    #expect(old.headers["connection"] == "close")
    #expect(old.body == new.body)
  }

  /// What has begun and can't be finished must not look finished: the connection ends without the end of the body.
  @Test func anAnswerOverTheLimitIsCutOffVisibly() throws {
    let folder = try TemporaryFolder()
    try folder.writeSite(more: "limits: {query: {rows: 20000}}")
    let server = try ServedProgram([folder.path], in: ProgramRun.repository)
    let long = "/sparql?query=SELECT%20*%20%7B%20?a%20?b%20?c%20.%20?d%20?e%20?f%20%7D"
    let cut = try server.get(long, ["Accept": "text/csv"])
    #expect(cut.status == 200)
    #expect(!cut.isWhole)
    let whole = try server.get(long + "%20LIMIT%2015000", ["Accept": "text/csv"])
    #expect(whole.isWhole)
    #expect(whole.text.split(separator: "\r\n").count == 15001)
  }

  /// An authority that ends an identifier sees the served site say so, and is not to start it again.
  @Test func whatIsWrittenToALedgerIsSeenWhereSourcesAreWatched() throws {
    let folder = try MintCommandTests.site()
    try folder.writeSite()
    #expect(try ProgramRun(["mint", "--register", "forskola", "--key", "1880-1", "--label", "Björken"], in: folder).status == 0)
    let server = try ServedProgram(["--watch"], in: folder.path)
    #expect(try server.get("/id/forskola/1880-1").status == 303)
    let ending = ["retire", "--register", "forskola", "--key", "1880-1", "--reason", "stängd", "--date", "2026-08-01"]
    #expect(try ProgramRun(["mint"] + ending, in: folder).status == 0)
    while let line = server.nextLine(), !line.contains("registers were read again") {}
    #expect(try server.get("/id/forskola/1880-1").status == 410)
    #expect(try server.get("/resolve?register=forskola&q=1880-1").text.contains("\"retired\""))
  }

  @Test func aPortInUseIsTold() throws {
    let server = try ServedProgram([], in: ProgramRun.repository)
    let run = try ProgramRun(["serve", "--port", "\(server.port)", "--lang", "en", "mappings"], in: try Self.linkToRepository())
    #expect(run.status == 74)
    #expect(run.errors.contains("port \(server.port)"))
    #expect(run.errors.contains("[port-unavailable]"))
  }

  @Test(arguments: [
    ("base: https://data.example.se:8080", "[base-port]"), ("base: https://data.example.se/#x", "[base-fragment]"),
    ("bas: https://data.example.se", "Nearest: base"),
  ])
  func aSiteThatCannotBeServedIsTold(line: String, says: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("site.yaml", siteYAML().replacing("base: https://data.example.se", with: line))
    let ended = #expect(throws: NotServed.self) { try ServedProgram([folder.path], in: folder.path) }
    #expect(ended?.said.contains { $0.contains(says) } == true, "\(ended?.said ?? [])")
    #expect(ended?.status == 65)
  }

  /// A folder that the program runs in with the repository's mappings and vocabularies.
  private static func linkToRepository() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.writeSite(in: "mappings")
    return folder
  }
}
