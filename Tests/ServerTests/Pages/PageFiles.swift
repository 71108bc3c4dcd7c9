import Foundation
import Problems
import Server
import Testing

/// Writes pages as files for looking at, where `KOMMUNGRAF_PAGES` names a folder for them.
@Suite("Pages as files", .enabled(if: ProcessInfo.processInfo.environment["KOMMUNGRAF_PAGES"] != nil))
struct PageFiles {
  @Test("are written", arguments: Language.allCases)
  func write(_ language: Language) async throws {
    let folder = try #require(ProcessInfo.processInfo.environment["KOMMUNGRAF_PAGES"])
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let data = try ServedData.demo.get()
    let base = "https://data.example.se"
    func save(_ name: String, _ page: String?) throws {
      let text = try #require(page).replacingOccurrences(of: Pages.stylesheetPath(), with: "style.css")
      try text.write(toFile: "\(folder)/\(name)-\(language.rawValue).html", atomically: true, encoding: .utf8)
    }
    try Data(Pages.stylesheet).write(to: URL(fileURLWithPath: folder + "/style.css"))
    try save("home", try await data.pages.home(data.context("/", language)))
    for (name, iri) in [
      ("kommun", "https://w3id.org/kommungraf/id/kommun/1880"), ("payment", base + "/id/verifikat/2120009903/2025-910004"),
      ("line", base + "/id/verifikat/2120009903/2025-910004/1"), ("facility", base + "/id/livsmedelsanlaggning/F-1880-101"),
      ("inspection", base + "/id/livsmedelskontroll/I-1880-5002"), ("scheme", "https://w3id.org/kommungraf/id/livsmedelsverksamhet"),
      ("term", "https://w3id.org/kommungraf/ns/kontrolltid"), ("publisher", "http://dataportal.se/organisation/SE2120009903"),
    ] {
      try save(name, try await data.thing(iri, language))
    }
    for name in [
      "dataset/leverantorsreskontra-2120009903-2025", "dataset/livsmedelskontroller-1880", "register/kommun", "register/riskklass",
    ] {
      let file = name.replacingOccurrences(of: "/", with: "-")
      try save(file, try await data.pages.dataset("\(base)/\(name)", data.context("/" + name, language)))
    }
    try save("catalog", try await data.pages.catalog(data.context("/catalog", language)))
    try save("terms", try await data.pages.terms(data.context("/ns/", language)))
    try save(
      "spec", try await data.pages.specification("leverantorsreskontra", data.context("/spec/leverantorsreskontra", language)))
    try save("query", try await data.pages.queryForm(nil, data.context("/sparql", language)))
    try save(
      "result",
      try await data.result(
        "SELECT * { ?s a ?c ; <http://www.w3.org/2000/01/rdf-schema#label> ?namn } ORDER BY ?namn", limit: 100, language))
    let broken = "PREFIX dcat: <http://www.w3.org/ns/dcat#>\nSELECT ?d {\n  ?d a dcat:Dataset ;\n    dcterms:title ?t\n}"
    let problem = Problem(.querySyntax, at: Place(line: 4, column: 5), ["found": "prefix dcterms is not declared"])
    try save("problem", data.pages.queryProblem(broken, problem, data.context("/sparql", language)))
    try save(
      "missing",
      data.pages.problem(
        status: 404, "Ingen sak har identifieraren /id/kommun/1881.", choices: [("Örebro", "/doc/kommun/1880")],
        data.context("/doc/kommun/1881", language)))
  }
}
