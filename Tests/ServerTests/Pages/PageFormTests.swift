import Foundation
import Server
import TestSupport
import Testing

@testable import Problems

@Suite("All pages")
struct PageFormTests {
  /// The names and texts of some pages of the demo site.
  private func all(_ language: Language) async throws -> [(name: String, text: String)] {
    let data = try ServedData.demo.get()
    let base = "https://data.example.se"
    var pages: [(name: String, text: String)] = [
      ("home", try await data.pages.home(data.context("/", language))),
      ("catalog", try await data.pages.catalog(data.context("/catalog", language))),
      ("terms", try await data.pages.terms(data.context("/ns/", language))),
      ("query", try await data.pages.queryForm(nil, data.context("/sparql", language))),
      ("answer", try await data.result("SELECT * { ?s ?p ?o }", limit: 10, language)),
      ("graph", try await data.result("CONSTRUCT WHERE { ?s ?p ?o }", limit: 10, language)),
      ("truth", try await data.result("ASK { ?s ?p ?o }", language)),
      (
        "problem",
        data.pages.queryProblem(
          "x", Problem(.querySyntax, at: Place(line: 1, column: 1), ["found": "x"]), data.context("/sparql", language))
      ),
      ("message", data.pages.problem(status: 404, "b", choices: [("c", "/d")], data.context("/x", language))),
    ]
    pages.append(("/psidata", try await data.pages.publicList(data.context("/psidata", language))))
    for iri in ["/dataset/livsmedelskontroller-1880", "/register/kommun", "/register/riskklass"] {
      pages.append((iri, try #require(try await data.pages.dataset(base + iri, data.context(iri, language)))))
    }
    pages.append(("spec", try #require(try await data.pages.specification("livsmedelskontroller", data.context("/spec/x", language)))))
    for iri in [base + "/id/livsmedelsanlaggning/F-1880-101", "https://w3id.org/kommungraf/id/kommun/1880"] {
      pages.append((iri, try #require(try await data.thing(iri, language))))
    }
    return pages
  }

  @Test("are whole, without script, inline style or anything from elsewhere", arguments: Language.allCases)
  func form(_ language: Language) async throws {
    for (name, text) in try await all(language) {
      #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language.rawValue)\">"), "\(name)")
      #expect(text.hasSuffix("</html>\n"), "\(name)")
      #expect(text.components(separatedBy: "<h1").count == 2, "\(name)")
      #expect(!text.contains("<script") && !text.contains(" style="), "\(name)")
      #expect(!text.contains("{{") && !text.contains("Optional("), "\(name)")
      #expect(text.components(separatedBy: "src=").count == 1, "\(name)")
      for element in ["div", "section", "ul", "li", "dl", "table", "tr", "td", "main", "article", "aside", "nav", "span", "p", "a", "form"]
      {
        let opened = text.components(separatedBy: "<\(element) ").count + text.components(separatedBy: "<\(element)>").count - 2
        #expect(opened == text.components(separatedBy: "</\(element)>").count - 1, "\(element) in \(name)")
      }
    }
  }

  /// A narrow page has no room for the row of headings: each cell says its own.
  @Test("head the cells of wide tables as their columns", arguments: ["/catalog", "/psidata", "/status"], Language.allCases)
  func labels(_ path: String, _ language: Language) async throws {
    let page = try await ServedSite.demo.get().answer(path, ["accept": "text/html", "accept-language": language.rawValue]).text
    func texts(_ pattern: String, _ text: String) throws -> [String] {
      try NSRegularExpression(pattern: pattern).matches(in: text, range: NSRange(text.startIndex..., in: text)).compactMap { match in
        Range(match.range(at: 1), in: text).map { String(text[$0]) }
      }
    }
    let headings = try texts("<th scope=\"col\"[^>]*>([^<]*)</th>", page)
    let rows = page.components(separatedBy: "<tr>\n<th scope=\"row\">").dropFirst()
    #expect(headings.count > 4 && rows.count > 10)
    for row in rows { #expect(try texts("<td data-label=\"([^\"]*)\"", row) == Array(headings.dropFirst())) }
    #expect(page.components(separatedBy: "<td>").count == 1)
  }

  @Test("offer the other language of the same page")
  func languages() async throws {
    let data = try ServedData.demo.get()
    let page = try await data.pages.home(data.context("/", .sv, ["page": "2"]))
    #expect(page.contains("href=\"/?page=2&amp;lang=en\" lang=\"en\" hreflang=\"en\">English</a>"))
  }

  @Test("have words in both languages, each of them in use")
  func words() throws {
    let folder = ProgramRun.repository + "/Sources/Server/Pages"
    let catalog = Wording(parsing: Array(try String(contentsOfFile: folder + "/words.txt", encoding: .utf8).utf8))
    var sources = ""
    for case let file as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
      if file.hasSuffix(".swift") || file.hasSuffix(".mustache") {
        sources += try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      }
    }
    #expect(catalog.blocks.count > 100)
    for block in catalog.blocks {
      #expect(catalog.template("sv", of: block)?.isEmpty == false && catalog.template("en", of: block)?.isEmpty == false, "\(block)")
      let isBuilt = ["column-subject", "column-predicate", "column-object"].contains(block) || block.hasPrefix("format-")
      #expect(isBuilt || sources.contains("w.\(block)}}") || sources.contains("\"\(block)\""), "\(block)")
      #expect(placeholders(catalog.template("sv", of: block)) == placeholders(catalog.template("en", of: block)), "\(block)")
    }
    let used = try NSRegularExpression(pattern: "\\{\\{w\\.([a-z-]+)\\}\\}")
    for match in used.matches(in: sources, range: NSRange(sources.startIndex..., in: sources)) {
      let name = try #require(Range(match.range(at: 1), in: sources).map { String(sources[$0]) })
      #expect(catalog.blocks.contains(name), "\(name)")
    }
  }

  private func placeholders(_ text: String?) -> Set<Substring> {
    Set((text ?? "").split(separator: "{").dropFirst().compactMap { $0.split(separator: "}").first })
  }
}
