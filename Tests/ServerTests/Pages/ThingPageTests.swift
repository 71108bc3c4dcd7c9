import Foundation
import Problems
import Server
import Testing

@Suite("The page of a thing")
struct ThingPageTests {
  private static let base = "https://test.example.se"

  /// A site that holds some Turtle, whose things are named by `<id/…>`.
  private func served(_ turtle: String) throws -> ServedData {
    let prefixes = """
      @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix dcterms: <http://purl.org/dc/terms/> .
      @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
      @prefix ex: <http://example.org/> .
      """
    return try ServedData(turtle: prefixes + turtle, base: Self.base)
  }

  private func page(_ turtle: String, _ language: Language = .sv, _ query: [String: String] = [:]) async throws -> String {
    try #require(try await served(turtle).thing(Self.base + "/id/x", language, query))
  }

  @Test(
    "is headed by the name in its language, then in another, then without one, then by the last part of its IRI",
    arguments: [
      ("rdfs:label \"vägg\"@sv, \"wall\"@en, \"mur\"", Language.sv, "vägg"), ("rdfs:label \"vägg\"@sv, \"wall\"@en", .en, "wall"),
      ("rdfs:label \"vägg\"@sv, \"mur\"", .en, "vägg"), ("rdfs:label \"mur\"", .en, "mur"),
      ("skos:prefLabel \"ett\"@sv ; rdfs:label \"två\"@sv", .sv, "ett"), ("rdfs:label \"wall\"@en-GB, \"vägg\"@sv", .en, "wall"),
      ("ex:p 1", .sv, "x"),
    ])
  func heading(facts: String, language: Language, expected: String) async throws {
    let page = try await page("<id/x> \(facts) .", language)
    #expect(page.element("h1") == expected)
    #expect(page.contains("<html lang=\"\(language.rawValue)\">"))
  }

  @Test("says which language a name is in where that is not its own")
  func languageOfHeading() async throws {
    #expect(try await page("<id/x> rdfs:label \"vägg\"@sv .", .en).contains("<h1 lang=\"sv\">vägg</h1>"))
    #expect(try await page("<id/x> rdfs:label \"vägg\"@sv .", .sv).contains("<h1>vägg</h1>"))
  }

  @Test("tells a name and a description once, and keeps those in other languages")
  func told() async throws {
    let page = try await page(
      """
      <id/x> rdfs:label "vägg"@sv, "wall"@en ; skos:prefLabel "vägg"@sv, "wall"@en ;
        dcterms:description "Av sten."@sv, "Of stone."@en .
      """)
    #expect(page.components(separatedBy: "vägg</").count == 3)
    for text in ["wall</span>", "Av sten.</", "Of stone.</"] { #expect(page.components(separatedBy: text).count == 2) }
    #expect(!page.contains("Visa alla"))
  }

  @Test("is not there for what nobody speaks of, and is there for what is only pointed to")
  func missing() async throws {
    let data = try served("<id/x> ex:knows <id/y> .")
    #expect(try await data.thing(Self.base + "/id/z") == nil)
    #expect(try await data.thing(Self.base + "/id/<script>") == nil)
    #expect(try await data.thing(Self.base + "/id/y") != nil)
  }

  @Test("lets nothing in the data become markup")
  func escaping() async throws {
    let attack = "<script>alert(1)</script>\\\" onmouseover='x' \u{301}"
    let page = try await page(
      """
      <id/x> rdfs:label "\(attack)"@sv ; ex:p "\(attack)" , "\(attack)"@en , "http://e/\\"\u{301} onclick=x y=\\""^^xsd:anyURI ;
        dcterms:description "\(attack)"@sv ; ex:q [ rdfs:label "\(attack)" ; ex:p "\(attack)" ] .
      <id/y> ex:q <id/x> ; rdfs:label "\(attack)" .
      """)
    #expect(!page.contains("<script"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    // A quotation mark with an accent is one character to Swift and two to a browser.
    let parts = page.unicodeScalars.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
    for (index, part) in parts where !index.isMultiple(of: 2) { #expect(!part.contains("<") && !part.contains(">")) }
    #expect(page.contains("onclick=x y=&quot;\""))
  }

  @Test(
    "links to nothing that a browser would run",
    arguments: ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"])
  func schemes(iri: String) async throws {
    let page = try await page("<id/x> ex:p <\(iri)> , \"\(iri)\"^^xsd:anyURI . <\(iri)> rdfs:label \"namn\"@sv ; ex:q <id/x> .")
    #expect(!page.lowercased().contains("href=\"\(iri.lowercased())"))
    #expect(page.contains("namn"))
  }

  @Test("links to web pages and addresses of others", arguments: ["https://example.org/a", "mailto:a@example.org", "tel:+46701740605"])
  func links(iri: String) async throws {
    #expect(try await page("<id/x> ex:p <\(iri)> .").contains("href=\"\(iri)\""))
  }

  @Test("names properties and values, and keeps the short form of a property as a tooltip")
  func names() async throws {
    let turtle = """
      <id/x> dcterms:isPartOf <id/y> ; ex:färg <id/z> . <id/y> rdfs:label "Hela"@sv . ex:färg rdfs:label "kulör"@sv .
      """
    let swedish = try await page(turtle)
    #expect(swedish.contains("<dt title=\"dcterms:isPartOf\">ingår i</dt>"))
    #expect(swedish.contains("href=\"/doc/y\"") && swedish.contains(">Hela</a>"))
    #expect(swedish.contains(">kulör</dt>"))
    #expect(try await page(turtle, .en).contains("<dt title=\"dcterms:isPartOf\">part of</dt>"))
  }

  @Test(
    "shows values as its readers write them",
    arguments: [
      ("1234567.50", "1\u{A0}234\u{A0}567,50", "1,234,567.50"), ("-1234", "\u{2212}1\u{A0}234", "\u{2212}1,234"),
      ("true", "ja", "yes"),
      ("\"2025-03-01\"^^xsd:date", "1\u{A0}mars 2025", "1\u{A0}March 2025"), ("\"2025\"^^xsd:gYear", "2025", "2025"),
      ("\"2025-03-01T09:05:00+01:00\"^^xsd:dateTime", "1\u{A0}mars 2025 09:05", "1\u{A0}March 2025 09:05"), ("\"007\"", "007", "007"),
      ("\"inget datum\"^^xsd:date", "inget datum", "inget datum"), ("1.5e300", "1.5e300", "1.5e300"),
    ])
  func values(value: String, swedish: String, english: String) async throws {
    #expect(try await page("<id/x> ex:p \(value) .").contains(">\(swedish)<"))
    #expect(try await page("<id/x> ex:p \(value) .", .en).contains(">\(english)<"))
  }

  @Test("names a unit only where the data do")
  func units() async throws {
    let pay = "@prefix pay: <http://reference.data.gov.uk/def/payment#> . @prefix qudt: <http://qudt.org/schema/qudt/> . "
    #expect(try await page(pay + "<id/x> pay:netAmount 100.00 .").contains(">100,00</span>"))
    let currency = "<http://qudt.org/vocab/unit/CCY_SEK>"
    #expect(try await page(pay + "<id/x> pay:netAmount 100.00 ; pay:currency \(currency) .").contains(">100,00 kr</span>"))
    #expect(
      try await page(pay + "<id/x> ex:tid 2.5 . ex:tid qudt:hasUnit <http://qudt.org/vocab/unit/HR> .", .en).contains(">2.5 hours</span>"))
  }

  @Test("shows blank nodes inside their values, to a depth")
  func nested() async throws {
    let page = try await page(
      "<id/x> ex:address [ ex:street \"Storgatan\" ; ex:city [ ex:name \"Örebro\" ] ] ; ex:deep [ ex:a [ ex:b [ ex:c [ ex:d [ ex:e 1 ] ] ] ] ] ."
    )
    #expect(page.contains("Storgatan") && page.contains("Örebro") && page.contains("class=\"nested\""))
    #expect(page.contains(">…</span>"))
    #expect(!page.contains("_:"))
  }

  @Test("survives a blank node that is its own value")
  func circle() async throws {
    #expect(try await page("<id/x> ex:p _:b . _:b ex:q _:b ; ex:r \"slut\" .").contains("slut"))
  }

  @Test("pages long lists of values and of links to it")
  func paging() async throws {
    let many = (1000..<1250).map { "<id/x> ex:has <id/n\($0)> . <id/m\($0)> ex:of <id/x> ." }.joined(separator: "\n")
    let first = try await page(many)
    #expect(first.contains("Visa alla 250"))
    #expect(first.contains(">n1099<") && !first.contains(">n1100<"))
    #expect(first.contains(">m1024<") && !first.contains(">m1025<"))
    let second = try await page(many, .sv, ["property": "http://example.org/has", "page": "2"])
    #expect(second.contains(">n1100<") && second.contains(">n1199<") && !second.contains(">n1200<"))
    #expect(second.contains("Sida 2 av 3, 250 i allt"))
    let last = try await page(many, .en, ["inverse": "http://example.org/of", "page": "3"])
    #expect(last.contains(">m1249<") && !last.contains(">m1199<") && last.contains("rel=\"prev\"") && !last.contains("rel=\"next\""))
  }

  @Test("says how many things of each kind link to it, and lists those of one kind")
  func kinds() async throws {
    let many = (10..<50).map { "<id/m\($0)> ex:of <id/x> ; a ex:\($0 < 20 ? "Few" : "Many") ." }.joined(separator: "\n")
    #expect(try await page(many).contains("<b>30</b>"))
    let few = try await page(many, .sv, ["kind": "http://example.org/Few"])
    #expect(few.contains(">m10<") && !few.contains(">m20<"))
  }

  @Test("shows the concepts of a scheme, the narrower inside the broader, also where they go in a circle")
  func tree() async throws {
    let page = try await page(
      """
      <id/x> a skos:ConceptScheme . <id/a> skos:inScheme <id/x> ; skos:prefLabel "Affär"@sv .
      <id/b> skos:inScheme <id/x> ; skos:broader <id/a> ; skos:prefLabel "Butik"@sv .
      <id/c> skos:inScheme <id/x> ; skos:broader <id/d> . <id/d> skos:inScheme <id/x> ; skos:broader <id/c> .
      """)
    let tree = try #require(page.range(of: "class=\"tree\"")).lowerBound
    #expect(page[tree...].contains("Affär</a><ul class=\"tree\"><li><a href=\"/doc/b\""))
    #expect(page[tree...].contains(">c</a>") && page[tree...].contains(">d</a>"))
  }

  @Test("shows a long scheme from A to Ö besides, and one without levels only so")
  func conceptIndex() async throws {
    let names = ["Ö", "Ä", "Å"] + "abcdefghijkl".map { String($0).uppercased() }
    let concepts = names.map { "<id/x/\($0)> skos:inScheme <id/x> ; skos:prefLabel \"\($0)-begrepp\"@sv ." }.joined(separator: "\n")
    let flat = try await page("<id/x> a skos:ConceptScheme . \(concepts)")
    #expect(!flat.contains("class=\"tree\"") && flat.contains("Begrepp från A till Ö"))
    let order = try ["A", "L", "Å", "Ä", "Ö"].map { try #require(flat.range(of: ">\($0)-begrepp<")).lowerBound }
    #expect(order == order.sorted())
    let deep = try await page("<id/x> a skos:ConceptScheme . \(concepts) <id/x/A> skos:broader <id/x/Ö> .")
    #expect(deep.contains("class=\"tree\"") && deep.contains("class=\"index\""))
  }

  @Test("tells which dataset it comes from, and links to its forms for programs")
  func provenance() async throws {
    let data = try ServedData.demo.get()
    let page = try #require(try await data.thing("https://data.example.se/id/livsmedelskontroll/I-1880-5002"))
    #expect(page.contains("href=\"/dataset/livsmedelskontroller-1880\""))
    #expect(page.contains("href=\"/doc/livsmedelskontroll/I-1880-5002?format=turtle\""))
    #expect(page.element("h1") == "Kontroll 2025-03-02, Kafé Vintergatan")
  }
}
