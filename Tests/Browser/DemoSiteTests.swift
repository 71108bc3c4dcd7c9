import TestSupport
import Testing

/// The demo site as a person meets it in a browser: from the home page by links alone, in both languages, without JavaScript.
@Suite(.enabled(if: Browser.path != nil, "no chromium on this machine"), .serialized)
struct DemoSiteTests {
  private struct Way: CustomTestStringConvertible {
    let language: String
    /// What the links say that are followed from the home page, one after the other: the beginning of their texts.
    let links: [String]
    /// What the last page's heading begins with.
    let heading: String
    /// What the last page says.
    let says: [String]
    var testDescription: String { language + ": " + links.joined(separator: " → ") }
  }

  private static let ways = [
    Way(language: "sv", links: ["Örebro"], heading: "Örebro", says: ["Örebro län", "Beständig identifierare", "kontering"]),
    Way(language: "en", links: ["Örebro"], heading: "Örebro", says: ["Persistent identifier", "1880"]),
    Way(language: "sv", links: ["Verifikat"], heading: "Verifikat", says: ["Exempelstads kommun"]),
    Way(language: "en", links: ["Verifikat"], heading: "Verifikat", says: ["Exempelstads kommun"]),
    Way(language: "sv", links: ["Kontroll 20"], heading: "Kontroll 20", says: ["Kafé Vintergatan"]),
    Way(language: "en", links: ["Kontroll 20"], heading: "Kontroll 20", says: ["Kafé Vintergatan"]),
    Way(language: "sv", links: ["Katalog"], heading: "Datakatalog", says: ["Leverantörsreskontra, Västra Götaland"]),
    Way(language: "en", links: ["Catalog"], heading: "Data catalog", says: ["Supplier ledger, Västra Götaland"]),
    Way(language: "sv", links: ["Fråga"], heading: "Fråga", says: ["<textarea", "SELECT"]),
    Way(language: "en", links: ["Query"], heading: "", says: ["<textarea", "SELECT"]),
    Way(
      language: "sv", links: ["Vilken datamängd, av vilken utgivare"], heading: "Svar",
      says: ["Leverantörsreskontra, Påhittköping", "Västerås", "21"]),
    Way(language: "sv", links: ["Katalog", "Kommuner"], heading: "Kommuner", says: ["Ladda ner"]),
    Way(language: "sv", links: ["Örebro", "English"], heading: "Örebro", says: ["Persistent identifier"]),
  ]

  @Test(arguments: ways) private func leadsWhereItSays(_ way: Way) throws {
    let server = try ServedProgram([], in: ProgramRun.repository)
    var page = try Browser.open(server.url("/?lang=\(way.language)"))
    #expect(page.language == way.language)
    for text in way.links {
      let link = try #require(page.links.first { $0.text.hasPrefix(text) }, "no link «\(text)» on «\(page.heading)»")
      #expect(link.href.hasPrefix("/"))
      page = try Browser.open(server.url(link.href))
    }
    #expect(page.heading.hasPrefix(way.heading), "\(page.heading)")
    #expect(page.language == (way.links.last == "English" ? "en" : way.language))
    for text in way.says { #expect(page.document.contains(text), "\(text)") }
  }

  /// A page whose stylesheet failed, or an empty one, makes a small picture.
  @Test(arguments: [1280, 390]) func looksLikeAPage(width: Int) throws {
    let server = try ServedProgram([], in: ProgramRun.repository)
    #expect(try Browser.picture(of: server.url("/?lang=sv"), width: width).count > 40_000)
  }

  @Test(arguments: ["/", "/doc/kommun/1880", "/catalog", "/sparql"]) func needsNothingButItself(path: String) throws {
    let server = try ServedProgram([], in: ProgramRun.repository)
    let page = try Browser.open(server.url(path))
    for text in ["<script", " style=\"", "src=\"http", "@import"] { #expect(!page.document.contains(text)) }
  }
}
