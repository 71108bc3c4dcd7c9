import Server
import TestSupport
import Testing

/// What clients may send: addresses, preconditions and methods. One after the other: the requests of a whole table at once would fill the queue of
/// queries.
@Suite(.serialized) struct RequestTests {
  /// No key of what is asked for to see what happens is found, and none does harm: each is told in the same way.
  @Test(arguments: [
    "/id/kommun/%2e%2e%2f1880", "/id/kommun/1880%2F..", "/id/kommun/1880/", "/id/kommun/%E2%80%AE0881", "/id/kommun/1880%E2%80%8D",
    "/id/kommun/188О",
    "/id/kommun/%D9%A1%D9%A8%D9%A8%D9%A0", "/id/kommun/1880%20", "/id/kommun/%3Cscript%3E", "/id/kommun/1880%22%3E", "/id/kommun/%7B%7D",
    "/id/kommun/" + String(repeating: "1", count: 10_240), "/doc/kommun/" + String(repeating: "%C3%96", count: 2000),
    "/id/" + String(repeating: "a/", count: 500),
    "/ID/kommun/1880", "/id/Kommun/1880",
  ])
  func keysThatTryThingsAreNotFound(path: String) async throws {
    for accept in ["text/html", "application/json"] {
      let answer = try await ServedSite.demo.get().answer(path, ["accept": accept])
      #expect(answer.status == 404)
      let text = try await answer.text
      #expect(!text.contains("<script>") && !text.contains("\">\""))
      #expect(answer.header("Access-Control-Allow-Origin") == "*")
    }
  }

  /// One identifier is found by every way in which a client may write its escapes (RFC 3986 §6.2.2), and answers by its own spelling.
  @Test(arguments: ["/id/kommun/1880", "/id/kommun/%31880", "/%69d/kommun/188%30", "/id/kommun/%31%38%38%30"])
  func escapesOfPlainLettersMeanTheLetters(path: String) async throws {
    let answer = try await ServedSite.demo.get().answer(path)
    #expect(answer.status == 303)
    #expect(answer.header("Location") == "/doc/kommun/1880")
  }

  @Test func whatIsNotFoundIsNearSeveralKeys() async throws {
    let answer = try await ServedSite.demo.get().answer("/id/kommun/1889", ["accept": "application/json", "accept-language": "en"])
    #expect(answer.status == 404)
    let text = try await answer.text
    #expect(text.contains("/id/kommun/1880, /id/kommun/1881."), "\(text)")
    let page = try await ServedSite.demo.get().answer("/id/kommun/1889", ["accept": "text/html"]).text
    #expect(page.contains("href=\"/id/kommun/1880\"") && page.contains("href=\"/id/kommun/1881\""))
  }

  @Test(arguments: ["W/TAG", "\"x\", TAG", "*", "\"a,b\" , W/TAG"]) func knownTagsAreFoundInLists(list: String) async throws {
    let site = try ServedSite.demo.get()
    let tag = try #require(try await site.answer("/doc/kommun/1880", ["accept": "text/turtle"]).header("ETag"))
    for method in ["GET", "HEAD"] {
      let again = try await site.answer(
        "/doc/kommun/1880", method: method, ["accept": "text/turtle", "if-none-match": list.replacing("TAG", with: tag)])
      #expect(again.status == 304)
      #expect(again.header("ETag") == tag && again.header("Vary") != nil && again.header("Cache-Control") != nil)
    }
    let missing = try await site.answer("/doc/kommun/none", ["accept": "text/turtle", "if-none-match": "*"])
    #expect(missing.status == 404)
  }

  /// What is longer than is held back is sent before all of it is known, and has a tag all the same: by it the client is spared the work.
  @Test(arguments: [
    "/download/kommun.nt", "/graph-store?graph=https%3A%2F%2Fdata.example.se%2Fregister%2Fkommun",
    "/download/leverantorsreskontra-2321000131-2026.ttl",
  ])
  func longAnswersHaveTags(target: String) async throws {
    let site = try ServedSite.demo.get()
    let first = try await site.answer(target)
    let tag = try #require(first.header("ETag"), "\(target)")
    #expect(!tag.hasPrefix("W/"))
    let text = try await first.text
    let second = try await site.answer(target)
    #expect(second.header("ETag") == tag)
    #expect(try await second.text == text)
    let again = try await site.answer(target, ["if-none-match": tag])
    #expect(again.status == 304)
    #expect(try await again.text.isEmpty)
    #expect(again.header("ETag") == tag)
    let other = try await site.answer(target, ["accept": "application/rdf+xml", "accept-language": "en", "if-none-match": "\"x\""])
    #expect(other.status == 200)
    _ = try await other.text
  }

  /// What the catalog says of whole datasets holds: each file is there, in the form that is told.
  @Test func filesOfTheCatalogAreThere() async throws {
    let site = try ServedSite.demo.get()
    let files = try await site.query(
      """
      PREFIX dcat: <http://www.w3.org/ns/dcat#>
      SELECT ?file ?type { ?d dcat:downloadURL ?file ; <http://purl.org/dc/terms/format> ?type FILTER CONTAINS(STR(?file), "/utegym-0188.") }
      """, ["accept": "text/csv"])
    let rows = try await files.text.split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",").map(String.init) }
    #expect(rows.count == 4)
    for row in rows {
      let path = try #require(row[0].firstRange(of: "/download/")).lowerBound
      let answer = try await site.answer(String(row[0][path...]))
      #expect(answer.status == 200 && answer.header("Content-Type")?.hasPrefix(row[1]) == true, "\(row)")
      _ = try await answer.text
    }
  }

  @Test(arguments: ["/doc/kommun/1880", "/id/kommun/1880", "/catalog", "/download/kommun.nt", "/sparql", "/none", "/"])
  func browsersMayAskFromAnywhere(path: String) async throws {
    let site = try ServedSite.demo.get()
    let headers = [
      "origin": "https://www.example.org", "access-control-request-method": "GET", "access-control-request-headers": "accept-profile",
    ]
    let answer = try await site.answer(path, method: "OPTIONS", headers)
    #expect(answer.status == 204)
    #expect(answer.header("Access-Control-Allow-Origin") == "*")
    let methods = try #require(answer.header("Access-Control-Allow-Methods"))
    #expect(methods == answer.header("Allow") && methods.hasPrefix("GET, HEAD"))
    for name in ["Accept", "Accept-Language", "Accept-Profile", "If-None-Match"] {
      #expect(answer.header("Access-Control-Allow-Headers")?.contains(name) == true)
    }
    #expect(try await answer.text.isEmpty)
  }

  /// HEAD tells the same as GET on every kind of route (RFC 9110 §9.3.2).
  @Test(arguments: [
    "/", "/id/kommun/1880", "/doc/kommun/1880", "/id/forskola/1880-2", "/id/forskola/1880-4", "/dataset/utegym-0188", "/register/kommun",
    "/ns/Kommun", "/ns/",
    "/spec/utegym", "/catalog", "/datasets/dcat", "/psidata", "/download/kommun.ttl", "/sparql", "/sparql?query=ASK%20%7B%7D",
    "/graph-store?default",
    "/health", "/robots.txt", "/assets/style.css", "/none", "/id/kommun/none", "/id/%ff",
  ])
  func headIsGetWithoutBody(target: String) async throws {
    let site = try ServedSite.demo.get()
    let get = try await site.answer(target)
    // What nobody reads holds up whoever asks next.
    _ = try await get.text
    let head = try await site.answer(target, method: "HEAD")
    #expect(head.status == get.status)
    #expect(head.headers.map { "\($0.name): \($0.value)" } == get.headers.map { "\($0.name): \($0.value)" })
    _ = try await head.text
  }
}
