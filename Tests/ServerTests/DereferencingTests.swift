import Foundation
import Server
import TestSupport
import Testing

/// Things and their documents (contract §5; DIGG's rules UM-1 to UM-12).
struct DereferencingTests {
  @Test(arguments: ["/id/kommun/1880", "/id/lan/18", "/id/organisation/2321000131", "/id/kontrollbedomning/0", "/id/kontrollbedomning"])
  func aThingAnswers303AtItsDocument(path: String) async throws {
    let site = try ServedSite.demo.get()
    let answer = try await site.answer(path)
    #expect(answer.status == 303)
    let document = "/doc/" + path.dropFirst(4)
    #expect(answer.header("Location") == document)
    #expect(answer.header("Link")?.contains("<\(document)>; rel=\"describedby\"") == true)
    let described = try await site.answer(document, ["accept": "text/turtle"])
    #expect(described.status == 200)
  }

  /// A register's list is the parent path of its members.
  @Test(arguments: ["kommun", "lan", "organisation"]) func aRegisterIsFoundAboveItsMembers(name: String) async throws {
    let answer = try await ServedSite.demo.get().answer("/id/\(name)")
    #expect(answer.status == 303)
    #expect(answer.header("Location") == "/register/\(name)")
  }

  @Test func everyTermHasAPage() async throws {
    let site = try ServedSite.demo.get()
    let terms = try await site.answer("/ns/", ["accept": "application/n-triples"]).text.split(separator: "\n").compactMap { line in
      line.hasPrefix("<https://w3id.org/kommungraf/ns/") ? line.dropFirst("<https://w3id.org/kommungraf".count).prefix { $0 != ">" } : nil
    }
    #expect(Set(terms).count > 38)
    for path in Set(terms) where path != "/ns/" {
      for language in ["sv", "en"] {
        let page = try await site.answer(String(path), ["accept": "text/html", "accept-language": language])
        #expect(page.status == 200 && page.header("Content-Language") == language, "\(path)")
      }
    }
  }

  @Test(arguments: [
    ("text/turtle", "text/turtle; charset=utf-8"), ("application/ld+json", "application/ld+json"),
    ("application/n-triples", "application/n-triples"), ("application/rdf+xml", "application/rdf+xml"),
    ("text/html", "text/html; charset=utf-8"), ("", "text/html; charset=utf-8"), ("*/*", "text/html; charset=utf-8"),
    ("text/*", "text/html; charset=utf-8"), ("text/html;q=0.5, text/turtle", "text/turtle; charset=utf-8"),
    ("application/xhtml+xml, image/png, application/*;q=0.1", "application/ld+json"),
  ])
  func aDocumentComesAsTheClientAccepts(accept: String, type: String) async throws {
    let answer = try await ServedSite.demo.get().answer("/doc/kommun/1880", accept.isEmpty ? [:] : ["accept": accept])
    #expect(answer.status == 200)
    #expect(answer.header("Content-Type") == type)
    #expect(answer.header("Vary") == "Accept, Accept-Language")
    let text = try await answer.text
    #expect(text.contains("Örebro") || text.contains("\\u00D6rebro"))
  }

  @Test(arguments: [
    "/doc/kommun/1880.ttl", "/doc/kommun/1880?format=turtle", "/doc/kommun/1880?format=ttl", "/doc/kommun/1880?format=text/turtle",
  ])
  func theFormCanStandInTheAddress(target: String) async throws {
    let answer = try await ServedSite.demo.get().answer(target, ["accept": "text/html"])
    #expect(answer.header("Content-Type") == "text/turtle; charset=utf-8")
    let text = try await answer.text
    #expect(text.contains("kommun:1880") || text.contains("<https://w3id.org/kommungraf/id/kommun/1880>"))
  }

  @Test(arguments: [
    ("/dataset/leverantorsreskontra-2321000131-2026", "https://data.example.se/dataset/leverantorsreskontra-2321000131-2026"),
    ("/register/kommun", "https://data.example.se/register/kommun"), ("/catalog", "https://data.example.se/catalog"),
    ("/ns/Kommun", "https://w3id.org/kommungraf/ns/Kommun"),
  ])
  func whatNamesItselfAnswers200(path: String, iri: String) async throws {
    let site = try ServedSite.demo.get()
    #expect(try await site.answer(path, ["accept": "text/html"]).status == 200)
    let triples = try await site.answer(path, ["accept": "application/n-triples"])
    #expect(triples.status == 200)
    #expect(try await triples.text.contains("<\(iri)> "))
  }

  @Test(arguments: ["text/html", "text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"])
  func theListOfDataComesAsTheClientAccepts(type: String) async throws {
    let answer = try await ServedSite.demo.get().answer("/psidata", ["accept": type])
    #expect(answer.status == 200)
    #expect(answer.header("Content-Type")?.hasPrefix(type) == true)
    #expect(answer.header("Vary") == "Accept, Accept-Language")
    #expect(answer.header("Link")?.contains("</psidata>; rel=\"alternate\"; type=\"text/turtle\"") == true)
    let text = try await answer.text
    // One that is published and one that is only described, with what belongs to them.
    for part in ["livsmedelskontroller-1880", "belysningsstolpar", "karta@example.se"] { #expect(text.contains(part), "\(part)") }
  }

  @Test(arguments: [("text/html", "Grundkarta"), ("text/turtle", "Grundkarta"), ("application/n-triples", "access-right/RESTRICTED")])
  func aDatasetThatIsOnlyDescribedHasADocument(type: String, part: String) async throws {
    let answer = try await ServedSite.demo.get().answer("/dataset/grundkarta", ["accept": type])
    #expect(answer.status == 200)
    #expect(try await answer.text.contains(part))
  }

  /// A specification has a document like any other where a dataset is made by it, else a page alone.
  @Test(arguments: [
    ("/spec/utegym", "text/html", 200, "text/html"), ("/spec/utegym", "", 200, "text/html"),
    ("/spec/utegym", "text/turtle", 200, "text/turtle"),
    ("/spec/utegym?format=jsonld", "text/html", 200, "application/ld+json"), ("/spec/utegym.rdf", "", 200, "application/rdf+xml"),
    ("/spec/utegym.nt", "", 200, "application/n-triples"), ("/spec/utegym", "image/png", 406, "application/problem+json"),
    ("/spec/utegym?format=yaml", "", 406, "application/problem+json"), ("/spec/utegym.csv", "", 404, "application/problem+json"),
    ("/spec/nothing", "", 404, "application/problem+json"), ("/spec/nothing.ttl", "", 404, "application/problem+json"),
  ])
  func aSpecificationComesAsTheClientAccepts(target: String, accept: String, status: Int, type: String) async throws {
    let answer = try await ServedSite.demo.get().answer(target, accept.isEmpty ? [:] : ["accept": accept])
    #expect(answer.status == status)
    #expect(answer.header("Content-Type")?.hasPrefix(type) == true)
    let text = try await answer.text
    if status == 200 {
      #expect(text.contains("Utegym"))
      #expect(answer.header("Link")?.contains("</spec/utegym>; rel=\"alternate\"; type=\"text/turtle\"") == true)
    }
    if type == "application/n-triples" {
      let own = "<https://data.example.se/spec/utegym> "
      #expect(text.contains(own + "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://purl.org/dc/terms/Standard> ."))
      #expect(text.contains(own + "<http://purl.org/dc/terms/title> \""))
    }
  }

  @Test func whatNobodySpeaksOfIs404WithTheNearestKey() async throws {
    let answer = try await ServedSite.demo.get().answer("/id/kommun/18800", ["accept": "application/json", "accept-language": "en"])
    #expect(answer.status == 404)
    #expect(answer.header("Content-Type") == "application/problem+json")
    let text = try await answer.text
    #expect(text.contains("\"code\":\"request-unknown\""))
    #expect(text.contains("Nearest: /id/kommun/1880"))
  }

  @Test(arguments: ["/id/../../etc/passwd", "/id/%2e%2e/x", "/id/kommun/%ff", "/id//kommun", "/id/%00"])
  func pathsThatClimbAreRefused(path: String) async throws {
    let answer = try await ServedSite.demo.get().answer(path)
    #expect(answer.status == 400)
    #expect(try await answer.text.contains("request-path"))
  }

  @Test func aFormThatIsNotThereIs406WithTheChoices() async throws {
    let answer = try await ServedSite.demo.get().answer("/doc/kommun/1880", ["accept": "image/png"])
    #expect(answer.status == 406)
    #expect(try await answer.text.contains("text/html, text/turtle, application/ld+json, application/n-triples, application/rdf+xml"))
  }

  @Test func theSameAnswerIsNotSentTwice() async throws {
    let site = try ServedSite.demo.get()
    let first = try await site.answer("/doc/kommun/1880", ["accept": "text/turtle"])
    let tag = try #require(first.header("ETag"))
    let second = try await site.answer("/doc/kommun/1880", ["accept": "text/turtle", "if-none-match": tag])
    #expect(second.status == 304)
    #expect(try await second.text.isEmpty)
    let other = try await site.answer("/doc/kommun/1880", ["accept": "application/n-triples", "if-none-match": tag])
    #expect(other.status == 200)
  }

  @Test(arguments: [("sv", "sv"), ("en", "en"), ("fi, en;q=0.5", "en"), ("", "sv"), ("en-GB", "en")])
  func pagesSpeakTheReadersLanguage(accept: String, language: String) async throws {
    let answer = try await ServedSite.demo.get().answer("/", accept.isEmpty ? [:] : ["accept-language": accept])
    #expect(answer.header("Content-Language") == language)
  }

  @Test(arguments: ["/sparql", "/sparql?query=ASK%20%7B%7D", "/sparql?query=foo", "/resolve", "/spec/utegym", "/none"], ["sv", "en"])
  func allPagesSayTheirLanguage(target: String, language: String) async throws {
    let answer = try await ServedSite.demo.get().answer(target, ["accept": "text/html", "accept-language": language])
    #expect(answer.header("Content-Language") == language)
    #expect(try await answer.text.contains("<html lang=\"\(language)\">"))
  }

  @Test func theFormsOfADocumentAreLinked() async throws {
    let answer = try await ServedSite.demo.get().answer("/doc/kommun/1880")
    let links = try #require(answer.header("Link"))
    #expect(links.contains("</doc/kommun/1880>; rel=\"canonical\"; type=\"text/html\"; hreflang=\"sv\""))
    #expect(links.contains("</doc/kommun/1880>; rel=\"alternate\"; type=\"text/html\"; hreflang=\"en\""))
    #expect(links.contains("</doc/kommun/1880>; rel=\"alternate\"; type=\"text/turtle\""))
  }

  /// The catalog as a file has no page.
  @Test func whatHasNoPageLinksNone() async throws {
    let answer = try await ServedSite.demo.get().answer("/datasets/dcat")
    // What nobody reads holds up whoever asks next.
    _ = try await answer.text
    let links = try #require(answer.header("Link"))
    #expect(links.hasPrefix("</datasets/dcat>; rel=\"canonical\"; type=\"application/rdf+xml\"; profile="))
    #expect(links.components(separatedBy: "canonical").count == 2)
    #expect(!links.contains("text/html") && links.contains("type=\"text/turtle\""))
  }

  @Test(arguments: ["PUT", "DELETE", "PATCH", "POST"]) func otherMethodsAreTold(method: String) async throws {
    let answer = try await ServedSite.demo.get().answer("/doc/kommun/1880", method: method)
    #expect(answer.status == 405)
    #expect(answer.header("Allow") == "GET, HEAD, OPTIONS")
    #expect(answer.header("Access-Control-Allow-Origin") == "*")
  }

  /// One line moves a register to its owner: our path answers 308 there, our document describes it, and on the owner's host the key alone
  /// is the path.
  @Test func aMovedRegisterIsFound() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "site.yaml",
      """
      base: https://data.example.se
      title: Prov
      publisher: {name: Exempelstads kommun, type: LocalAuthority}
      registers: {kommun: "https://kommunkoder.scb.se/{kod}"}
      datasets: []
      """)
    let site = try ServedSite(file: folder.file("site.yaml"))
    let moved = try await site.answer("/id/kommun/1880")
    #expect(moved.status == 308)
    #expect(moved.header("Location") == "https://kommunkoder.scb.se/1880")
    let owner = try await site.answer("/1880", host: "kommunkoder.scb.se")
    #expect(owner.status == 303)
    #expect(try await site.answer("/1880", host: "KommunKoder.scb.se:8080").status == 303)
    #expect(try await site.answer("/id/kommun/%31880").header("Location") == "https://kommunkoder.scb.se/1880")
    #expect(owner.header("Location") == "/doc/kommun/1880")
    let document = try await site.answer("/doc/kommun/1880", ["accept": "application/n-triples"])
    #expect(try await document.text.contains("<https://kommunkoder.scb.se/1880> "))
  }
}
