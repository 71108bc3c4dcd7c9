import Foundation
import Server
import TestSupport
import Testing

/// What the site itself says can be fetched can be.
struct LinkedAddressesTests {
  /// The addresses on this site in the links of a page.
  private func links(of path: String, _ site: ServedSite) async throws -> Set<String> {
    let page = try await site.answer(path, ["accept": "text/html"]).text
    let links = page.matches(of: /href="(\/[^"#]*)/).map { $0.1.replacing("&amp;", with: "&") }
    return Set(links.map { String($0) })
  }

  @Test func everyLinkOfTheHomePageAnswers() async throws {
    let site = try ServedSite.demo.get()
    let links = try await links(of: "/", site)
    #expect(links.count > 60)
    for link in links.sorted() {
      let answer = try await site.answer(link, ["accept": "text/html"])
      #expect(answer.status == 200, "\(link)")
      _ = try await answer.text
    }
  }

  /// A code list that nothing speaks of is a graph all the same, and its document says what it is and what is in it.
  @Test(arguments: [
    "badvattenegenskap", "kontrollpunkt", "laddpunktsstatus", "livsmedelsverksamhet", "naringsamne", "provmetod", "ratetikett",
    "undantagsgrund", "riskklass", "skolkok",
  ])
  func everyRegisterIsDescribed(name: String) async throws {
    let site = try ServedSite.demo.get()
    let answer = try await site.answer("/register/\(name)", ["accept": "application/n-triples"])
    #expect(answer.status == 200)
    let lines = try await answer.text.split(separator: "\n")
    let own = "<https://data.example.se/register/\(name)> "
    #expect(lines.contains { $0.hasPrefix(own + "<http://purl.org/dc/terms/identifier> \"\(name)\" .") })
    #expect(lines.contains { $0.hasPrefix(own + "<http://www.w3.org/2000/01/rdf-schema#member> <https://") })
    // Links between two registers are no list with a title.
    #expect(lines.contains { $0.hasPrefix(own + "<http://purl.org/dc/terms/title> \"") } == (name != "skolkok"))
    #expect(Set(lines).count == lines.count)
  }

  /// The catalog offers no file that is not there, be it one without a single triple.
  @Test func everyFileOfTheCatalogCanBeFetched() async throws {
    let site = try ServedSite.demo.get()
    let catalog = try await site.answer("/catalog", ["accept": "application/n-triples"]).text
    let offered = catalog.matches(of: /<http:\/\/www\.w3\.org\/ns\/dcat#(?:accessURL|downloadURL)> <https:\/\/data\.example\.se([^>]*)>/)
    let paths = Set(offered.map { String($0.1) })
    #expect(paths.contains("/download/kommun.ttl") && paths.count > 40)
    for path in paths.sorted() {
      let answer = try await site.answer(path)
      #expect(answer.status == 200, "\(path)")
      _ = try await answer.text
    }
  }
}
