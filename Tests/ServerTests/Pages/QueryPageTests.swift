import Bytes
import Foundation
import Problems
import SPARQL
import Server
import Testing

@Suite("Query pages")
struct QueryPageTests {
  private let data: ServedData

  init() throws { data = try ServedData.demo.get() }

  /// What a form's text area holds, as a browser reads it.
  private func query(in page: String) throws -> String {
    let text = try #require(page.element("textarea"))
    #expect(text.hasPrefix("\n"))
    return [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")].reduce(String(text.dropFirst())) {
      $0.replacingOccurrences(of: $1.0, with: $1.1)
    }
  }

  @Test("begin with a query that can be asked at once")
  func defaultQuery() async throws {
    let page = try await data.pages.queryForm(nil, data.context("/sparql"))
    #expect(page.contains("<form class=\"query\" method=\"get\" action=\"/sparql\">"))
    let answer = try await data.result(try query(in: page))
    #expect(answer.contains("25 svar"))
    #expect(page.contains("Hur föll kontrollerna ut i varje kommun?"))
  }

  @Test("offer examples that can be asked", arguments: Language.allCases)
  func examples(_ language: Language) async throws {
    let page = try await data.pages.queryForm(nil, data.context("/sparql", language))
    let links = page.components(separatedBy: "href=\"/sparql?query=").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    #expect(links.count == ServedData.queryFiles.count)
    for link in links {
      let text = try #require(try FormFields("query=" + link)["query"])
      let table = ResultTable()
      try await data.source.answer(QueryRequest(ByteString(text)), to: table)
      #expect(table.count > 0)
    }
  }

  @Test("keep the query that was asked")
  func keepsQuery() async throws {
    let text = "\nSELECT * { ?s ?p \"</textarea><script>\" }\n"
    let page = try await data.pages.queryForm(text, data.context("/sparql"))
    #expect(try query(in: page) == text)
    #expect(!page.contains("<script"))
  }

  @Test("link our things by name, and offer the answer in other formats")
  func names() async throws {
    let text = "SELECT ?k { ?k <http://purl.org/dc/terms/identifier> \"1880\" }"
    let page = try await data.result(text)
    #expect(page.contains("<a href=\"/doc/kommun/1880\" title=\"kommun:1880\">Örebro</a>"))
    for format in ["json", "csv", "tsv", "xml"] {
      #expect(page.contains("&amp;format=\(format)\"") || page.contains("?format=\(format)&amp;query="))
    }
    let graph = try await data.result("DESCRIBE <https://w3id.org/kommungraf/id/kommun/1880>")
    #expect(graph.contains("format=turtle") && graph.contains("predikat"))
  }

  @Test("say how much of a long answer they show")
  func truncated() async throws {
    let page = try await data.result("SELECT ?s { ?s ?p ?o }", limit: 20)
    #expect(page.range(of: "visar 20 av \\d+\u{A0}\\d{3} svar", options: .regularExpression) != nil)
    #expect(page.components(separatedBy: "<tr>").count == 22)
    #expect(try await data.result("SELECT ?s { ?s <http://e/none> ?o }").contains("0 svar"))
    #expect(try await data.result("ASK { ?s ?p ?o }").contains(">ja<"))
  }

  @Test(
    "point to what is wrong",
    arguments: [
      ("SELECT * {\n  ?s ?p }", 2, 9, "  ?s ?p }", "        ^"), ("a\r\nbcd", 2, 2, "bcd", " ^"), ("\tx", 1, 2, "\tx", "\t^"),
      ("åäö!", 1, 4, "åäö!", "   ^"), ("x", 1, 9, "x", " ^"),
    ])
  func excerpt(text: String, line: Int, column: Int, shown: String, caret: String) {
    let problem = Problem(.querySyntax, at: Place(line: line, column: column), ["found": "x", "expected": "y"])
    let page = data.pages.queryProblem(text, problem, data.context("/sparql"))
    #expect(page.contains("<pre class=\"excerpt\">\n\(shown)\n<span class=\"caret\">\(caret)</span></pre>"))
    #expect(page.contains("Rad \(line), kolumn \(column)"))
  }

  @Test("cut a line that is too long to show around the place")
  func longLine() {
    let text = String(repeating: "a", count: 5000) + "!" + String(repeating: "b", count: 5000)
    let problem = Problem(.querySyntax, at: Place(line: 1, column: 5001), ["found": "x"])
    let page = data.pages.queryProblem(text, problem, data.context("/sparql"))
    #expect(page.contains("…" + String(repeating: "a", count: 60) + "!"))
    #expect(page.contains("\n<span class=\"caret\">" + String(repeating: " ", count: 61) + "^</span>"))
  }

  @Test("a page without what was asked for leads on, and never to a script")
  func message() {
    let page = data.pages.problem(
      status: 404, "<b>1881</b>",
      choices: [("Örebro", "/doc/kommun/1880"), ("Fel", "javascript:x"), ("Fel", "//evil.example")],
      data.context("/doc/kommun/1881"))
    #expect(page.element("h1") == "Sidan finns inte")
    #expect(page.contains("href=\"/doc/kommun/1880\"") && page.contains("&lt;b&gt;1881"))
    #expect(!page.contains("javascript:x\"") && !page.contains("\"//evil"))
  }
}
