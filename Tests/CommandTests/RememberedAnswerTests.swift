import Foundation
import TestSupport
import Testing

/// Answers that are kept and sent again, by the program as clients ask it: nothing tells them from those that were worked out.
struct RememberedAnswerTests {
  private static let served = Result { try ServedProgram([], in: ProgramRun.repository) }

  /// The answers to requests that were sent at once over one connection: status and the rest of each.
  private func answers(_ requests: [String], _ server: ServedProgram? = nil) throws -> [String] {
    let server = try server ?? Self.served.get()
    let text =
      requests.dropLast().map { $0 + "\r\nHost: 127.0.0.1\r\n\r\n" }.joined()
      + "\(requests.last ?? "")\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    let first = try server.exchange(text)
    // What follows the first head is read as its body.
    let head = first.headers.map { "\($0.key): \($0.value)" }.sorted().joined(separator: "\r\n")
    return "\(first.status)\r\n\(head)\r\n\r\n\(first.text)".components(separatedBy: "HTTP/1.1 ")
  }

  private func header(_ name: String, _ answer: String) -> String? {
    answer.components(separatedBy: "\r\n").first { $0.lowercased().hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) }
  }

  @Test(arguments: [
    "GET /doc/kommun/1880 HTTP/1.1\r\nAccept: text/turtle", "GET /doc/kommun/1880 HTTP/1.1\r\nAccept: text/html\r\nAccept-Language: en",
    "GET /id/kommun/1880 HTTP/1.1", "GET /id/forskola/1880-2 HTTP/1.1\r\nAccept: text/html", "GET /id/forskola/1880-4 HTTP/1.1",
    "GET /catalog HTTP/1.1\r\nAccept: text/turtle\r\nAccept-Profile: <http://data.europa.eu/r5r/>",
  ])
  func theSecondAnswerIsTheFirst(request: String) throws {
    let first = try Self.served.get().exchange(request + "\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    let second = try Self.served.get().exchange(
      request + "\r\nHost: 127.0.0.1\r\n\r\nGET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    #expect(second.status == first.status)
    var (own, other) = (first.headers, second.headers)
    #expect(own["date"]?.hasSuffix(" GMT") == true && other["date"]?.count == own["date"]?.count)
    own["date"] = nil
    other["date"] = nil
    #expect(own == other)
    #expect(second.text.hasPrefix(first.text))
    let head = try Self.served.get().exchange(
      request.replacing("GET", with: "HEAD")
        + "\r\nHost: 127.0.0.1\r\n\r\nGET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    var bare = head.headers
    bare["date"] = nil
    // A long body is sent in parts; how long it would be is known when it is not sent.
    if own["transfer-encoding"] != nil {
      own["transfer-encoding"] = nil
      own["content-length"] = "\(first.text.utf8.count)"
    }
    #expect(bare == own)
    #expect(head.text.hasPrefix("HTTP/1.1 200 "))
  }

  /// What is remembered never overtakes what has to be worked out.
  @Test func requestsAreAnsweredInTheirOrder() throws {
    let fast = "GET /doc/kommun/1881 HTTP/1.1\r\nAccept: text/turtle"
    _ = try answers([fast, fast])
    let slow = "GET /sparql?query=SELECT%20(COUNT(*)%20AS%20?n)%20%7B%20?a%20?b%20?c%20.%20?c%20?d%20?e%20%7D HTTP/1.1\r\nAccept: text/csv"
    let all = try answers([fast, slow, fast, "HEAD /doc/kommun/1881 HTTP/1.1\r\nAccept: text/turtle", slow, fast])
    #expect(all.count == 6)
    #expect(all.map { $0.prefix(3) } == Array(repeating: "200", count: 6))
    #expect(all.map { header("content-type", $0)?.prefix(8) } == ["text/tur", "text/csv", "text/tur", "text/tur", "text/csv", "text/tur"])
    #expect(all[2].hasSuffix(all[5].components(separatedBy: "\r\n\r\n").last ?? "none"))
    #expect(all[3].hasSuffix("\r\n\r\n"))
  }

  @Test func aClientThatHasTheDocumentIsTold() throws {
    let request = "GET /doc/kommun/1882 HTTP/1.1\r\nAccept: text/turtle"
    let first = try answers([request])[0]
    let tag = try #require(header("etag", first))
    let all = try answers([
      request + "\r\nIf-None-Match: \(tag)", request + "\r\nIf-None-Match: \"x\", W/\(tag)", request + "\r\nIf-None-Match: *",
      request + "\r\nIf-None-Match: \"x\"", "GET /doc/kommun/1882 HTTP/1.1\r\nAccept: text/html\r\nIf-None-Match: \(tag)",
    ])
    #expect(all.map { $0.prefix(3) } == ["304", "304", "304", "200", "200"])
    for answer in all.prefix(3) {
      #expect(header("etag", answer) == tag && header("vary", answer) != nil && header("content-length", answer) == nil)
      #expect(answer.hasSuffix("\r\n\r\n"))
    }
  }

  @Test func hostFormAndLanguageAreTakenApart() throws {
    let server = try Self.served.get()
    func page(_ fields: String) throws -> HTTPExchange {
      try server.exchange(
        "GET /doc/kommun/1883 HTTP/1.1\r\n\(fields)\r\nConnection: keep-alive\r\n\r\nGET /health HTTP/1.1\r\nConnection: close\r\nHost: a\r\n\r\n"
      )
    }
    for _ in 0..<2 {
      #expect(try page("Host: a\r\nAccept: text/html\r\nAccept-Language: sv").headers["content-language"] == "sv")
      #expect(try page("Host: a\r\nAccept: text/html\r\nAccept-Language: en").headers["content-language"] == "en")
      #expect(try page("Host: a\r\nAccept: text/turtle").headers["content-type"] == "text/turtle; charset=utf-8")
      #expect(try page("Host: a\r\nAccept: image/png").status == 406)
    }
  }

  /// HEAD of what is long tells how long it is (RFC 9110 §8.6).
  @Test func theLengthOfADownloadIsTold() throws {
    let server = try Self.served.get()
    let whole = try server.get("/download/kommun.nt")
    #expect(whole.isWhole)
    let head = try server.exchange("HEAD /download/kommun.nt HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    #expect(head.headers["content-length"] == "\(whole.body.count)" && head.body.isEmpty)
    #expect(head.headers["etag"] == whole.headers["etag"] && whole.headers["etag"] != nil)
  }

  /// New data are new answers, for whoever asks after they are in place.
  @Test func whatWasRememberedOfOldDataIsForgotten() throws {
    let folder = try TemporaryFolder()
    func ledger(_ amount: Int) -> String {
      "kopare_id;kopare;verifikationsnummer;leverantor;leverantor_id;datum;belopp;fakturanummer\n"
        + "2120009903;Exempelstads kommun;1;Luftslott IT AB;559999-0164;2025-03-01;\(amount),00;17\n"
    }
    try folder.writeSite(datasets: ["{name: a, mapping: leverantorsreskontra, source: a.csv}"])
    try folder.write("a.csv", ledger(100))
    let server = try ServedProgram([folder.path, "--watch"], in: ProgramRun.repository)
    let request = "GET /doc/verifikat/2120009903/2025-1/1 HTTP/1.1\r\nAccept: text/turtle"
    let old = try answers([request, request], server)
    #expect(old.allSatisfy { $0.contains("100.00") })
    try folder.write("a.csv", ledger(2500))
    while let line = server.nextLine(), !line.hasPrefix("a: ") {}
    let new = try answers([request, request + "\r\nIf-None-Match: \(header("etag", old[0]) ?? "")"], server)
    #expect(new.allSatisfy { $0.hasPrefix("200") && $0.contains("2500.00") })
  }
}
