import Server
import Testing

/// The SPARQL 1.1 Graph Store HTTP Protocol at `/graph-store`, as far as it reads.
struct GraphStoreTests {
  static let kommuner = "graph=https%3A%2F%2Fdata.example.se%2Fregister%2Fkommun"

  @Test func aNamedGraphIsGivenAsTheClientAccepts() async throws {
    let site = try ServedSite.demo.get()
    let answer = try await site.answer("/graph-store?" + Self.kommuner, ["accept": "application/n-triples"])
    #expect(answer.status == 200)
    #expect(answer.header("Content-Type") == "application/n-triples")
    let lines = try await answer.text.split(separator: "\n")
    let counted = try await site.query(
      "SELECT (COUNT(*) AS ?n) { GRAPH <https://data.example.se/register/kommun> { ?s ?p ?o } }", ["accept": "text/csv"])
    #expect(try await counted.text == "n\r\n\(lines.count)\r\n")
    #expect(lines.contains { $0.contains("\"Örebro\"@sv") })
    let turtle = try await site.answer("/graph-store?" + Self.kommuner)
    #expect(turtle.header("Content-Type") == "text/turtle; charset=utf-8")
  }

  @Test func theDefaultGraphIsNamedByItsWord() async throws {
    let answer = try await ServedSite.demo.get().answer("/graph-store?default", ["accept": "text/turtle"])
    #expect(answer.status == 200)
  }

  @Test(arguments: [
    ("/graph-store", 400), ("/graph-store?default&" + kommuner, 400), ("/graph-store?\(kommuner)&\(kommuner)", 400),
    ("/graph-store?graph=https%3A%2F%2Fdata.example.se%2Fnothing", 404), ("/graph-store?graph=register", 404),
    ("/graph-store?graph=a%3Eb", 400),
  ])
  func whatNamesNoGraphIsTold(target: String, status: Int) async throws {
    #expect(try await ServedSite.demo.get().answer(target, ["accept": "application/json"]).status == status)
  }

  @Test func whatIsNotAcceptedIsTold() async throws {
    #expect(try await ServedSite.demo.get().answer("/graph-store?" + Self.kommuner, ["accept": "image/png"]).status == 406)
  }

  @Test(arguments: ["PUT", "POST", "DELETE", "PATCH"]) func nothingIsWritten(method: String) async throws {
    let answer = try await ServedSite.demo.get().answer("/graph-store?" + Self.kommuner, method: method, body: "")
    #expect(answer.status == 405)
  }

  @Test func aHeadRequestHasTheSameAnswer() async throws {
    let site = try ServedSite.demo.get()
    let head = try await site.answer("/graph-store?" + Self.kommuner, method: "HEAD")
    let get = try await site.answer("/graph-store?" + Self.kommuner)
    #expect(head.status == 200)
    #expect(head.header("Content-Type") == get.header("Content-Type"))
  }
}
