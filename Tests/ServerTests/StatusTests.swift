import Bytes
import JSON
import Problems
import RDF
import Resources
import Server
import Site
import Synchronization
import TestSupport
import Testing

/// `/status`, and what becomes of the identifiers of things that a source has taken away (contract §5).
struct StatusTests {
  /// A source in memory that answers what a test says, or fails.
  final class MemoryFetcher: ByteFetcher {
    private let answer = Mutex<String?>(nil)
    func set(_ text: String?) { answer.withLock { $0 = text } }
    func fetch(_ request: FetchRequest) throws(Failure) -> FetchedAnswer {
      guard let text = answer.withLock({ $0 }) else {
        throw Failure(.networkFailed, at: Place(file: request.name), ["name": .text(request.name), "reason": .phrase("network-timeout")])
      }
      return FetchedAnswer(MemoryStream(Array(text.utf8), name: request.name), from: request.address)
    }
  }

  private let folder: TemporaryFolder
  private let fetcher = MemoryFetcher()

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      "mappings/prov/specification.yaml",
      """
      title: Prov
      variants: [{name: api, file: prov.rml.ttl, for: json, pull: {changes: {last: $.nr, objects: $.ting, key: $.id, deleted: $.borta, parameter: x}}}]
      """)
    try folder.write(
      "mappings/prov/prov.rml.ttl",
      """
      @prefix rml: <http://w3id.org/rml/> .
      @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
      @prefix kg: <https://w3id.org/kommungraf/ns/> .
      <#ting> rml:logicalSource [ rml:source "prov.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$.ting[*]" ] ;
        rml:subjectMap [ rml:template "id/ting/{$.id}" ; rml:class kg:Ting ] ;
        rml:predicateObjectMap [ rml:predicate rdfs:label ; rml:objectMap [ rml:reference "$.namn" ] ] .
      """)
    try folder.write("egen.json", "{\"ting\":[{\"id\":\"9\",\"namn\":\"Nio\"}]}")
    try folder.writeSite(datasets: [
      "{name: api, mapping: prov, source: \"https://api.example.se/ting?apikey=hemlig\", schedule: PT1H}",
      "{name: egen, mapping: prov, source: egen.json}",
      "{name: saknas, mapping: prov, source: saknas.json}",
    ])
  }

  private func served() throws -> ServedSite {
    try ServedSite(file: folder.file("site.yaml"), roots: [folder.path, ProgramRun.repository], fetcher: fetcher)
  }

  private func status(of site: ServedSite) async throws -> (state: String?, datasets: [JSONObject]) {
    let answer = try await site.answer("/status", ["accept": "application/json", "accept-language": "en"])
    #expect(answer.status == 200 && answer.header("Content-Type") == "application/json" && answer.header("Cache-Control") == "no-store")
    let text = try await answer.text
    #expect(!text.contains("hemlig"))
    let root = try JSONParser.parse(Array(text.utf8), file: "status").object
    return (root?["state"]?.string, root?["datasets"]?.array?.compactMap(\.object) ?? [])
  }

  @Test func programsAreToldHowItStands() async throws {
    fetcher.set("{\"nr\":1,\"ting\":[{\"id\":\"1\",\"namn\":\"Ett\"}]}")
    let site = try served()
    let (state, datasets) = try await status(of: site)
    #expect(state == "degraded")
    #expect(datasets.map { $0["name"]?.string } == ["api", "egen", "saknas"])
    #expect(datasets.map { $0["state"]?.string } == ["good", "local", "missing"])
    let api = try #require(datasets.first)
    #expect(api["sources"]?.array?.first?.string == "https://api.example.se/ting")
    #expect(api["succeeded"]?.string == api["tried"]?.string && api["due"]?.string != nil && api["ageSeconds"]?.int != nil)
    #expect(api["problem"]?.isNull == true && api["failures"]?.int == 0 && api["files"]?.int == 1)
    #expect(datasets[2]["problem"]?.object?["code"]?.string == "input-missing")
    #expect(datasets[2]["problem"]?.object?["message"]?.string?.contains(folder.path) == false)
    // The source goes down.
    fetcher.set(nil)
    #expect(site.site.pulls?.pull("api") == false)
    let down = try #require(try await status(of: site).datasets.first)
    #expect(down["state"]?.string == "kept" && down["failures"]?.int == 1)
    #expect(down["problem"]?.object?["code"]?.string == "network-failed")
    #expect(down["problem"]?.object?["message"]?.string?.contains("does not answer in time") == true)
    #expect(down["succeeded"]?.string == api["succeeded"]?.string)
  }

  @Test(arguments: [("sv", "kopian visas", "svarar inte i tid"), ("en", "the copy is shown", "does not answer in time")])
  func peopleAreToldHowItStands(_ language: String, _ state: String, _ reason: String) async throws {
    fetcher.set("{\"nr\":1,\"ting\":[]}")
    let site = try served()
    fetcher.set(nil)
    _ = site.site.pulls?.pull("api")
    let answer = try await site.answer("/status", ["accept": "text/html", "accept-language": language])
    let text = try await answer.text
    #expect(answer.status == 200 && text.contains("<html lang=\"\(language)\""))
    #expect(text.contains(state) && text.contains(reason) && text.contains("[network-failed]") && text.contains("/dataset/api"))
    #expect(!text.contains("hemlig"))
  }

  @Test func whatItsSourceDeletesIsGone() async throws {
    fetcher.set("{\"nr\":1,\"ting\":[{\"id\":\"1\",\"namn\":\"Ett\"},{\"id\":\"2\",\"namn\":\"Två\"}]}")
    let site = try served()
    #expect(try await site.answer("/id/ting/1").status == 303)
    fetcher.set("{\"nr\":2,\"ting\":[{\"id\":\"1\",\"borta\":true}]}")
    #expect(site.site.pulls?.pull("api") == true)
    _ = try site.site.rebuild(dataset: "api")
    let page = try await site.answer("/id/ting/1", ["accept": "text/html", "accept-language": "sv"])
    #expect(page.status == 410 && page.header("Sunset") != nil)
    #expect(try await page.text.contains("borttaget ur källan"))
    let triples = try await site.answer("/id/ting/1", ["accept": "text/turtle"])
    #expect(triples.status == 410)
    #expect(try await triples.text.contains("invalidatedAtTime"))
    #expect(try await site.answer("/doc/ting/1", ["accept": "text/turtle"]).status == 200)
    #expect(try await site.answer("/id/ting/2").status == 303)
    #expect(try await site.answer("/id/ting/3").status == 404)
    fetcher.set("{\"nr\":3,\"ting\":[{\"id\":\"1\",\"namn\":\"Åter\"}]}")
    _ = site.site.pulls?.pull("api")
    _ = try site.site.rebuild(dataset: "api")
    #expect(try await site.answer("/id/ting/1").status == 303)
  }

  @Test func filesAloneHaveNoStatus() async throws {
    let graphs = try ServedGraphs(trig: "")
    #expect(try await graphs.responder.respond(to: WebRequest("GET", "/status")).status == 404)
  }
}
