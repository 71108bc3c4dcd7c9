import Foundation
import Synchronization
import TestSupport
import Testing

/// A site whose source is a paged API, through the program itself (contract §1, §3).
struct PullCommandTests {
  private static let token = "hemlig-4d1e77"

  /// A ledger in the form of EntryScape's rowstore, three pages of it, for whoever knows the token.
  private static func makeServer() throws -> LocalServer {
    try LocalServer { request in
      guard request.headers["authorization"] == "Bearer \(token)" else { return LocalServer.Answer("", status: 401) }
      let offset = request.target.firstRange(of: "_offset=").flatMap { Int(request.target[$0.upperBound...]) } ?? 0
      let rows = (offset..<offset + 2).map { number in
        """
        {"datum":"2025-01-0\(number + 1)","konto_nr":"64510","\u{FEFF}kopare_id":"2120009903","kommun_id":"1880","leverantor_id":"5599990164",
        "belopp":"-\(number + 1)00,50","konto_text":"Hjälpmedel","leverantor":"LUFTSLOTT IT AB","verifikationsnummer":"90000\(number)",
        "kopare":"EXEMPELSTADS KOMMUN"}
        """
      }
      let next = offset < 4 ? "\"http://\(request.headers["host"] ?? "")/rowstore/dataset/x/json?_limit=2&_offset=\(offset + 2)\"" : "null"
      return LocalServer.Answer(
        "{\"next\":\(next),\"resultCount\":6,\"offset\":\(offset),\"limit\":2,\"results\":[\(rows.joined(separator: ","))]}",
        headers: ["Content-Type": "application/json"])
    }
  }

  private static func makeSite(_ server: LocalServer) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let source = "\(server.address)/rowstore/dataset/x/json?_limit=2"
    try folder.writeSite(
      datasets: ["{name: reskontra, mapping: leverantorsreskontra, source: \"\(source)\", headers: hemligt.yaml, schedule: P1D}"],
      more: "network: {allow: [127.0.0.1]}\n")
    try folder.write("hemligt.yaml", "Authorization: Bearer \(token)\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.file("hemligt.yaml"))
    return folder
  }

  private static let count =
    "SELECT (COUNT(?a) AS ?n) (SUM(?a) AS ?sum) { GRAPH <https://data.example.se/dataset/reskontra> { ?l <http://reference.data.gov.uk/def/payment#netAmount> ?a } }"

  @Test func aPagedLedgerIsReadAndItsCopyServes() throws {
    let server = try Self.makeServer()
    let folder = try Self.makeSite(server)
    let first = try ProgramRun(
      ["validate", "--site", ".", "--report", "rapport.json", "--log-level", "trace", "--lang", "en"], in: folder)
    #expect(first.status == 0, "\(first.errors)")
    #expect(server.requests.count == 3)
    let report = try folder.text(of: "rapport.json")
    for text in [first.text, first.errors, report] { #expect(!text.contains(Self.token)) }
    let asked = try ProgramRun(["query", "--site", ".", "--results", "csv", Self.count], in: folder)
    #expect(asked.text == "n,sum\r\n6,-2103\r\n", "\(asked.errors)")
    // Before it is due the source is not asked, and while it is down it is as if it was there.
    server.stop()
    #expect(server.requests.count == 3)
    let later = try ProgramRun(["query", "--site", ".", "--results", "csv", "--offline", Self.count], in: folder)
    #expect(later.text == "n,sum\r\n6,-2103\r\n", "\(later.errors)")
    // Nothing that was fetched is told of, beside what the site publishes.
    let catalog = try ProgramRun(
      ["query", "--site", ".", "--results", "csv", "--offline", "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"], in: folder)
    #expect(catalog.status == 0 && catalog.text.contains(",https://data.example.se/dataset/reskontra,"))
    #expect(
      !catalog.text.contains(Self.token)
        && catalog.text.contains("http://www.w3.org/ns/prov#wasDerivedFrom,\(server.address)/rowstore/dataset/x/json\r\n"))
    #expect(!catalog.text.contains("_limit"))
  }

  @Test func aServerServesTheCopyAndSaysSo() throws {
    let server = try Self.makeServer()
    let folder = try Self.makeSite(server)
    #expect(try ProgramRun(["validate", "--site", "."], in: folder).status == 0)
    server.stop()
    // A day and more has gone by.
    let path = ".kommungraf/pulled/reskontra/state.json"
    let state = try folder.text(of: path).replacing(/"checked": \d+/, with: "\"checked\": 1700000000")
    try folder.write(path, state)
    let served = try ServedProgram(["."], in: folder.path)
    // It says so at once, perhaps before it says that it serves.
    let said = served.said.first { $0.contains("[network-failed]") } ?? served.nextLine()
    #expect(said?.contains("[network-failed]") == true, "\(said ?? "")")
    let status = try served.get("/status", ["Accept": "application/json", "Accept-Language": "en"])
    #expect(status.text.contains("\"state\": \"degraded\"") && status.text.contains("\"code\": \"network-failed\""), "\(status.text)")
    #expect(status.text.contains("2023-11-14T23:13:20+01:00"))
    let page = try served.get("/dataset/reskontra", ["Accept": "text/html"])
    #expect(page.status == 200)
    for text in [status.text, page.text] + served.said { #expect(!text.contains(Self.token)) }
  }

  /// A site is served at once, whatever its sources do; what they say is served as soon as it has come.
  @Test func aSlowSourceKeepsNothingElseWaiting() throws {
    let page = "{\"results\":[{\"id\":\"1\",\"namn\":\"Ett\"}]}"
    let server = try LocalServer(["/langsam": .silence, "/snabb": LocalServer.Answer(page, headers: ["Content-Type": "application/json"])])
    defer { server.stop() }
    let folder = try TemporaryFolder()
    try folder.write("mappings/prov/specification.yaml", "title: Prov\nvariants: [{name: api, file: prov.rml.ttl, for: json}]\n")
    try folder.write(
      "mappings/prov/prov.rml.ttl",
      """
      @prefix rml: <http://w3id.org/rml/> .
      @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
      <#ting> rml:logicalSource [ rml:source "prov.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$.results[*]" ] ;
        rml:subjectMap [ rml:template "id/ting/{$.id}" ] ;
        rml:predicateObjectMap [ rml:predicate rdfs:label ; rml:objectMap [ rml:reference "$.namn" ] ] .
      """)
    try folder.writeSite(
      datasets: ["langsam", "snabb"].map { "{name: \($0), mapping: prov, source: \"\(server.address)/\($0)\", schedule: P1D}" },
      more: "network: {allow: [127.0.0.1]}\n")
    let served = try ServedProgram(["."], in: folder.path)
    #expect(served.said.contains("langsam: its source is being asked"), "\(served.said)")
    var said = served.said
    while !said.contains(where: { $0.hasPrefix("snabb: 1 rows read") }), let line = served.nextLine() { said.append(line) }
    #expect(said.contains { $0.hasPrefix("snabb: 1 rows read") }, "\(said)")
    #expect(try served.get("/id/ting/1").status == 303)
    let status = try served.get("/status", ["Accept": "application/json"]).text
    let states = status.split(separator: "\"name\": ").dropFirst().map { part in
      (part.split(separator: "\"").first ?? "", part.contains("\"state\": \"missing\""))
    }
    #expect(states.map { "\($0.0) \($0.1)" } == ["langsam true", "snabb false"], "\(status)")
    #expect(status.contains("\"state\": \"degraded\""))
  }
}
