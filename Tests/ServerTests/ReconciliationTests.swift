import Foundation
import Server
import TestSupport
import Testing

/// `/reconcile` of the demo site, asked as OpenRefine asks.
struct ReconciliationTests {
  private static let kommun = "https://w3id.org/kommungraf/ns/Kommun"
  private static let id = "https://w3id.org/kommungraf/id/kommun/"

  private func answer(_ target: String, _ parameters: [String: String] = [:], posts: Bool = false) async throws -> WebResponse {
    let form = FormFields().replacing(parameters).text
    if !posts { return try await ServedSite.demo.get().answer(target + (form.isEmpty ? "" : "?" + form)) }
    return try await ServedSite.demo.get().answer(
      target, method: "POST", ["content-type": "application/x-www-form-urlencoded; charset=UTF-8"], body: form)
  }

  private func json(_ target: String, _ parameters: [String: String] = [:], posts: Bool = false) async throws -> [String: Any] {
    let answer = try await answer(target, parameters, posts: posts)
    #expect(answer.status == 200)
    #expect(answer.header("Content-Type") == "application/json")
    #expect(answer.header("Access-Control-Allow-Origin") == "*")
    return try JSONSerialization.jsonObject(with: Data(try await answer.text.utf8)) as? [String: Any] ?? [:]
  }

  private func results(_ queries: String, posts: Bool = true) async throws -> [String: [[String: Any]]] {
    try await json("/reconcile", ["queries": queries], posts: posts).compactMapValues {
      ($0 as? [String: Any])?["result"] as? [[String: Any]]
    }
  }

  @Test func theManifestSaysWhatTheServiceCan() async throws {
    let manifest = try await json("/reconcile")
    // Version 0.1 demands JSONP, which is not offered.
    #expect(manifest["versions"] as? [String] == ["0.2"])
    for name in ["name", "identifierSpace", "schemaSpace"] { #expect((manifest[name] as? String)?.isEmpty == false, "\(name)") }
    for (name, part) in [("view", "url"), ("preview", "url")] {
      #expect(((manifest[name] as? [String: Any])?[part] as? String)?.contains("{{id}}") == true)
    }
    let types = manifest["defaultTypes"] as? [[String: String]] ?? []
    #expect(types.contains { $0["id"] == Self.kommun && $0["name"] == "Kommuner" })
    #expect(Set(types.compactMap { $0["id"] }).count == types.count)
    let suggest = manifest["suggest"] as? [String: [String: String]] ?? [:]
    for part in ["entity", "type", "property"] {
      #expect(suggest[part]?["service_url"] == "http://127.0.0.1:8080" && suggest[part]?["service_path"]?.hasPrefix("/reconcile/") == true)
    }
    let own = try await ServedSite.demo.get().answer("/reconcile", host: "data.example.se")
    #expect(try await own.text.contains("\"service_url\":\"https://data.example.se\""))
  }

  @Test(arguments: [false, true]) func aBatchIsAnsweredByGetAndByPost(_ posts: Bool) async throws {
    let found = try await results(
      """
      {"q0":{"query":"Örebros kommun","type":"\(Self.kommun)","limit":5,"type_strict":"should"},\
      "q1":{"query":"Haboo","type":"\(Self.kommun)"},"q2":{"query":"Örebro"},"q3":{"query":"zzzzzzzz","type":["kommun"]},\
      "q4":{"query":"1917","type":"kommun"},"q5":{"query":"\(Self.id)1881"}}
      """, posts: posts)
    #expect(found.count == 6)
    let first = try #require(found["q0"]?.first)
    #expect(first["id"] as? String == Self.id + "1880")
    #expect(first["name"] as? String == "Örebro")
    #expect(first["match"] as? Bool == true)
    #expect(first["score"] as? Int == 95)
    #expect((first["type"] as? [[String: String]])?.first?["id"] == Self.kommun)
    let doubtful = found["q1"] ?? []
    #expect(doubtful.compactMap { $0["name"] as? String }.sorted() == ["Habo", "Håbo"])
    #expect(doubtful.allSatisfy { $0["match"] as? Bool == false })
    // Without a type the municipality, the county and the organisation are meant alike.
    #expect((found["q2"]?.count ?? 0) > 2 && found["q2"]?.allSatisfy { $0["match"] as? Bool == false } == true)
    #expect(found["q3"]?.isEmpty == true)
    #expect(found["q4"]?.compactMap { $0["id"] as? String } == [Self.id + "1917", Self.id + "0331"])
    #expect(found["q4"]?.first?["match"] as? Bool == false)
    #expect(found["q5"]?.first?["match"] as? Bool == true)
    for results in found.values {
      let scores = results.compactMap { $0["score"] as? Int }
      #expect(scores == scores.sorted(by: >))
    }
  }

  @Test func whatElseIsKnownTellsNamesakesApart() async throws {
    let partOf = "http://purl.org/dc/terms/isPartOf"
    for (county, name) in [("https://w3id.org/kommungraf/id/lan/06", "Habo"), ("Uppsala län", "Håbo"), ("03", "Håbo")] {
      let found = try await results(#"{"q":{"query":"Haboo","type":"kommun","properties":[{"pid":"\#(partOf)","v":"\#(county)"}]}}"#)
      #expect(found["q"]?.first?["name"] as? String == name)
      #expect(found["q"]?.first?["match"] as? Bool == true)
      #expect(found["q"]?.last?["match"] as? Bool == false)
    }
    let wrong = try await results(
      #"{"q":{"query":"Örebro","type":"kommun","properties":[{"pid":"\#(partOf)","v":{"id":"https://w3id.org/kommungraf/id/lan/03"}}]}}"#)
    #expect(wrong["q"]?.first?["match"] as? Bool == false)
  }

  @Test(arguments: [
    "{", "[]", #"{"q":1}"#, #"{"q":{}}"#, #"{"q":{"properties":[{"v":1}]}}"#,
    "{" + (0...500).map { "\"\($0)\":{\"query\":\"x\"}" }.joined(separator: ",") + "}",
  ])
  func whatIsNoBatchIsTold(_ queries: String) async throws {
    let answer = try await answer("/reconcile", ["queries": queries], posts: true)
    #expect(answer.status == 400)
    #expect(try await answer.text.contains("lookup-parameter"))
    #expect(answer.header("Access-Control-Allow-Origin") == "*")
  }

  @Test func otherRequestsAreTold() async throws {
    let site = try ServedSite.demo.get()
    #expect(try await site.answer("/reconcile", method: "POST", ["content-type": "application/json"], body: "{}").status == 415)
    #expect(try await answer("/reconcile", ["x": "y"], posts: true).status == 400)
    #expect(try await site.answer("/reconcile/nothing").status == 404)
    let preflight = try await site.answer("/reconcile", method: "OPTIONS")
    #expect(preflight.status == 204 && preflight.header("Access-Control-Allow-Methods")?.contains("POST") == true)
  }

  @Test func thingsAreSuggestedByHowTheirNamesBegin() async throws {
    func names(_ parameters: [String: String]) async throws -> [String] {
      (try await json("/reconcile/suggest/entity", parameters)["result"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
    }
    #expect(try await names(["prefix": "öre", "type": "kommun"]) == ["Örebro"])
    #expect(try await names(["prefix": "1880"]).first == "Örebro")
    #expect(try await names(["prefix": Self.id + "1880"]) == ["Örebro"])
    #expect(try await names(["prefix": ""]) == [])
    let all = try await names(["prefix": "s", "type": "kommun"])
    #expect(all.count == 20)
    let next = try await names(["prefix": "s", "type": "kommun", "cursor": "20"])
    #expect(!next.isEmpty && Set(all).isDisjoint(with: next))
    let types = try await json("/reconcile/suggest/type", ["prefix": "kommun"])["result"] as? [[String: String]] ?? []
    #expect(types.contains { $0["id"] == Self.kommun })
    let properties =
      try await json("/reconcile/suggest/property", ["prefix": "http://purl.org/dc/terms/isPartOf"])["result"] as? [[String: String]] ?? []
    #expect(properties.count == 1)
  }

  @Test func propertiesAreProposedAndTheirValuesGiven() async throws {
    let proposed = try await json("/reconcile/properties", ["type": Self.kommun])["properties"] as? [[String: String]] ?? []
    #expect(proposed.contains { $0["id"] == "http://purl.org/dc/terms/isPartOf" })
    let query =
      #"{"ids":["\#(Self.id)1880","\#(Self.id)1917","\#(Self.id)9999"],"properties":[{"id":"http://purl.org/dc/terms/isPartOf"},{"id":"http://purl.org/dc/terms/identifier"},{"id":"https://w3id.org/kommungraf/ns/giltigTill"}]}"#
    for posts in [false, true] {
      let extended = try await json("/reconcile", ["extend": query], posts: posts)
      #expect((extended["meta"] as? [[String: Any]])?.compactMap { $0["id"] as? String }.first == "http://purl.org/dc/terms/isPartOf")
      let rows = extended["rows"] as? [String: [String: [[String: Any]]]] ?? [:]
      #expect(rows.count == 3)
      let county = rows[Self.id + "1880"]?["http://purl.org/dc/terms/isPartOf"]?.first
      #expect(county?["id"] as? String == "https://w3id.org/kommungraf/id/lan/18" && county?["name"] as? String == "Örebro län")
      #expect(rows[Self.id + "1880"]?["http://purl.org/dc/terms/identifier"]?.first?["str"] as? String == "1880")
      #expect(rows[Self.id + "1917"]?["https://w3id.org/kommungraf/ns/giltigTill"]?.first?["date"] as? String == "2006-12-31T00:00:00Z")
      #expect(rows[Self.id + "9999"]?["http://purl.org/dc/terms/identifier"]?.isEmpty == true)
    }
    #expect(try await answer("/reconcile", ["extend": "{}"]).status == 400)
  }

  /// A column may hold identifiers of other services, with which nothing here begins: they have no values, and the others keep theirs.
  @Test(arguments: ["Q42", "", "id/1880", "//a/b", "a b", "<x>", "1880", "Örebro"]) func foreignIdentifiersHaveNoValues(foreign: String)
    async throws
  {
    let part = "http://purl.org/dc/terms/isPartOf"
    let query = #"{"ids":["\#(Self.id)1880","\#(foreign)"],"properties":[{"id":"\#(foreign)"},{"id":"\#(part)"}]}"#
    let rows = try await json("/reconcile", ["extend": query])["rows"] as? [String: [String: [[String: Any]]]] ?? [:]
    #expect(rows[Self.id + "1880"]?[part]?.first?["id"] as? String == "https://w3id.org/kommungraf/id/lan/18")
    #expect(rows[Self.id + "1880"]?[foreign]?.isEmpty == true && rows[foreign]?[part]?.isEmpty == true)
    let batch =
      #"{"q":{"query":"Örebro","type":"\#(Self.kommun)","properties":[{"pid":"\#(foreign)","v":"x"},{"pid":"\#(part)","v":"Örebro län"}]}}"#
    let found = try await json("/reconcile", ["queries": batch])["q"] as? [String: [[String: Any]]] ?? [:]
    #expect(found["result"]?.first?["id"] as? String == Self.id + "1880")
  }

  @Test func aPreviewIsASmallPage() async throws {
    let page = try await answer("/reconcile/preview", ["id": Self.id + "1917"])
    #expect(page.status == 200)
    #expect(page.header("Content-Type")?.hasPrefix("text/html") == true)
    for text in ["Heby", "1917", "0331"] { #expect(try await page.text.contains(text)) }
    #expect(try await answer("/reconcile/preview", ["id": Self.id + "9999"]).status == 404)
    #expect(try await answer("/reconcile/preview", ["id": "Örebro"]).status == 404)
  }
}
