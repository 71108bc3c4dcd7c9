import Foundation
import TestSupport
import Testing

/// DIGG's rules for persistent identifiers, BI-1 to BI-7 and UM-1 to UM-12, by HTTP against the demo site; its register `forskola` has one of each
/// fate.
struct IdentifierRuleTests {
  /// The demo site, started once for all rules.
  private static let served = Result { try ServedProgram([], in: ProgramRun.repository) }
  private static let base = "https://data.example.se"

  private func get(_ target: String, _ headers: [String: String] = [:]) throws -> HTTPExchange {
    try Self.served.get().get(target, headers)
  }

  /// The IRIs of things of our own in the registers and datasets, as they are written, whatever host was asked.
  private static let minted: Result<[String], any Error> = Result {
    var all: Set<String> = []
    for name in ["register/forskola", "register/kommun", "register/riskklass", "dataset/livsmedelskontroller-1880", "dataset/utegym-0188"] {
      let file = try served.get().get("/download/\(name.split(separator: "/")[1]).nt")
      #expect(file.status == 200, "\(name)")
      for line in file.text.split(separator: "\n") {
        let subject = line.prefix { $0 != ">" }.dropFirst()
        if subject.hasPrefix("https://") || subject.hasPrefix("http://") { all.insert(String(subject)) }
      }
    }
    #expect(all.count > 300)
    return all.sorted()
  }

  private func paths() throws -> [(iri: String, path: Substring)] {
    try Self.minted.get().map { iri in (iri, iri.dropFirst("https://".count).drop { $0 != "/" }) }
  }

  private static let fates = (1...11).map { "/id/forskola/1880-\($0)" } + ["/id/kommun/1917", "/id/kommun/1880", "/id/lan/15"]

  @Test("BI-1: an identifier is an http or https URL, in data and in headers") func schemes() throws {
    for iri in try Self.minted.get() { #expect(iri.hasPrefix("https://") || iri.hasPrefix("http://")) }
    for path in Self.fates {
      let answer = try get(path)
      for link in [answer.headers["location"]].compactMap({ $0 }) + targets(answer) {
        #expect(link.hasPrefix("/") || link.hasPrefix("https://") || link.hasPrefix("http://"), "\(path): \(link)")
      }
    }
  }

  @Test("BI-2: the host is a domain name, not the address that was asked") func hosts() throws {
    for iri in try Self.minted.get() {
      let host = iri.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "/" }
      #expect(host.contains(".") && !host.contains("127.0.0.1") && host.last?.isLetter == true, "\(iri)")
    }
  }

  @Test(
    "BI-3: no port and no user; a base that has one is refused", arguments: ["https://data.example.se:8080", "https://u:p@data.example.se"])
  func ports(base: String) throws {
    for iri in try Self.minted.get() { #expect(!iri.dropFirst(8).prefix { $0 != "/" }.contains { ":@".contains($0) }) }
    let folder = try TemporaryFolder()
    try folder.write("site.yaml", siteYAML().replacing(Self.base, with: base))
    let error = #expect(throws: NotServed.self) { try ServedProgram([], in: folder.path) }
    #expect(error?.status == 65)
  }

  @Test("BI-4: no query in an identifier") func queries() throws {
    for (iri, path) in try paths() { #expect(!path.contains("?"), "\(iri)") }
  }

  @Test("BI-5: no fragment in an identifier") func fragments() throws {
    for (iri, path) in try paths() { #expect(!path.contains("#"), "\(iri)") }
  }

  @Test("BI-6: no version in an identifier") func versions() throws {
    for (iri, path) in try paths() {
      #expect(!path.split(separator: "/").contains { $0.wholeMatch(of: /v\d+|v?\d+\.\d+/) != nil }, "\(iri)")
    }
  }

  @Test("BI-7: no file ending in an identifier, but on the forms of its document") func endings() throws {
    for (iri, path) in try paths() where iri.contains("/id/") {
      // A file that a dataset was made from is called by its own name.
      #expect(iri.contains("/id/kalla/") || path.wholeMatch(of: /.*\.(ttl|jsonld|json|html|rdf|xml|csv|nt)/) == nil, "\(iri)")
    }
    #expect(try get("/doc/forskola/1880-1.ttl").headers["content-type"] == "text/turtle; charset=utf-8")
    #expect(try get("/id/forskola/1880-1.ttl").status == 404)
  }

  @Test("UM-1: the server resolves the identifier by its own host") func resolves() throws {
    let answer = try Self.served.get().exchange("GET /id/kommun/1880 HTTP/1.1\r\nHost: data.example.se\r\nConnection: close\r\n\r\n")
    #expect(answer.status == 303)
  }

  @Test("UM-2: HEAD tells the same as GET without a body", arguments: fates + ["/doc/forskola/1880-2", "/doc/kommun/1917", "/catalog"])
  func heads(path: String) throws {
    let get = try get(path)
    let head = try Self.served.get().exchange("HEAD \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    #expect(head.status == get.status)
    #expect(head.body.isEmpty)
    for name in ["location", "content-type", "link", "vary", "content-language", "sunset", "etag"] {
      #expect(head.headers[name] == get.headers[name], "\(name)")
    }
  }

  @Test("UM-3: a document answers 200", arguments: ["/doc/forskola/1880-1", "/doc/kommun/1880", "/register/forskola", "/catalog"])
  func documents(path: String) throws {
    let answer = try get(path)
    #expect(answer.status == 200)
    #expect(answer.headers["content-type"] != nil && !answer.body.isEmpty)
  }

  @Test("UM-4: Accept and Accept-Language choose, and the others are linked") func choices() throws {
    let turtle = try get("/doc/kommun/1880", ["Accept": "text/html;q=0.3, text/turtle;q=0.8, application/ld+json;q=0.1"])
    #expect(turtle.headers["content-type"] == "text/turtle; charset=utf-8")
    #expect(turtle.headers["vary"] == "Accept, Accept-Language")
    let links = turtle.headers["link"] ?? ""
    #expect(links.contains("</doc/kommun/1880>; rel=\"canonical\"; type=\"text/html\"; hreflang=\"sv\""))
    #expect(links.contains("</doc/kommun/1880>; rel=\"alternate\"; type=\"text/html\"; hreflang=\"en\""))
    for type in ["text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"] {
      #expect(links.contains("</doc/kommun/1880>; rel=\"alternate\"; type=\"\(type)\""))
    }
    for (accept, language) in [
      ("en", "en"), ("fi, en;q=0.2, sv;q=0.7", "sv"), ("sv;q=0, *", "en"), ("*", "sv"), ("en;q=0.1, *;q=0.9", "sv"),
    ] {
      #expect(try get("/doc/kommun/1880", ["Accept": "text/html", "Accept-Language": accept]).headers["content-language"] == language)
    }
    let tag = try #require(turtle.headers["etag"])
    #expect(!tag.hasPrefix("W/"))
    let again = try get("/doc/kommun/1880", ["Accept": "text/turtle", "If-None-Match": tag])
    #expect(again.status == 304 && again.body.isEmpty && again.headers["etag"] == tag)
    let refused = try get("/doc/kommun/1880", ["Accept": "image/png, */*;q=0"])
    #expect(refused.status == 406 && refused.text.contains("text/turtle"))
    #expect(refused.headers["access-control-allow-origin"] == "*")
  }

  @Test("UM-5: Accept-Profile chooses the profile of the catalog", arguments: ["/catalog", "/datasets/dcat"]) func profiles(path: String)
    throws
  {
    let (swedish, european) = ("https://docs.dataportal.se/dcat/", "http://data.europa.eu/r5r/")
    let own = try get(path, ["Accept": "application/n-triples"])
    #expect(own.headers["content-profile"] == "<\(swedish)>")
    #expect(own.text.contains("<http://purl.org/dc/terms/format> \"text/turtle\""))
    for (target, header) in [(path, "<\(european)>, <\(swedish)>;q=0.5"), (path + "?profile=dcat-ap", "")] {
      var headers = ["Accept": "application/n-triples"]
      if !header.isEmpty { headers["Accept-Profile"] = header }
      let other = try get(target, headers)
      #expect(other.status == 200)
      #expect(other.headers["content-profile"] == "<\(european)>")
      #expect(other.headers["vary"]?.contains("Accept-Profile") == true)
      #expect(other.headers["link"]?.contains("type=\"text/turtle\"; profile=\"\(european)\"") == true)
      #expect(other.text.contains("/dc/terms/format> <http://publications.europa.eu/resource/authority/file-type/RDF_TURTLE>"))
      #expect(other.text.contains("/ns/dcat#mediaType> <https://www.iana.org/assignments/media-types/text/turtle>"))
      #expect(!other.text.contains("/dc/terms/format> \""))
    }
    #expect(try get(path, ["Accept": "text/turtle", "Accept-Profile": "<http://example.com/none>"]).status == 406)
    #expect(try get(path + "?profile=none", ["Accept": "text/turtle"]).status == 406)
  }

  @Test("UM-6: a document does not redirect for ever: 200, and its forms have addresses of their own") func forms() throws {
    for ending in ["ttl", "jsonld", "nt", "rdf"] { #expect(try get("/doc/forskola/1880-1.\(ending)").status == 200) }
  }

  @Test(
    "UM-7: a thing answers 303 at a document that describes it",
    arguments: ["/id/forskola/1880-1", "/id/forskola/1880-10", "/id/kommun/0331"])
  func things(path: String) throws {
    let answer = try get(path)
    #expect(answer.status == 303)
    let document = "/doc/" + path.dropFirst("/id/".count)
    #expect(answer.headers["location"] == document)
    let described = try get(document, ["Accept": "application/n-triples"])
    #expect(described.text.contains(path.hasPrefix("/id/forskola") ? "<\(Self.base)\(path)> " : "<https://w3id.org/kommungraf\(path)> "))
  }

  @Test("UM-8: the forms of the description are linked as such, and what looking the thing up says") func descriptions() throws {
    let links = try get("/id/kommun/1880").headers["link"] ?? ""
    #expect(links.contains("</doc/kommun/1880>; rel=\"describedby\""))
    #expect(links.contains("</doc/kommun/1880.ttl>; rel=\"describedby\"; type=\"text/turtle\""))
    #expect(links.contains("</doc/kommun/1880.jsonld>; rel=\"describedby\"; type=\"application/ld+json\""))
    let lookup = try #require(
      links.split(separator: ", ").first { $0.contains("/resolve?q=") || $0.contains("/resolve?register=") || $0.contains("&q=") })
    #expect(lookup.contains("rel=\"describedby\"; type=\"application/json\""))
    let described = try get(String(lookup.dropFirst().prefix { $0 != ">" }), ["Accept": "application/json"])
    #expect(described.status == 200 && described.headers["content-type"] == "application/json")
    #expect(described.text.contains("\"iri\":\"https://w3id.org/kommungraf/id/kommun/1880\""))
    // What stands in no register is described by its document alone.
    let gym = try get("/id/utegym/0188_Utegym_00001").headers["link"] ?? ""
    #expect(gym.contains("/doc/utegym/") && !gym.contains("application/json"))
  }

  @Test(
    "UM-9: the 303 names the identifier at the look-up service, and that points back with canonical",
    arguments: [
      ("/id/kommun/1880", "https://w3id.org/kommungraf/id/kommun/1880"), ("/id/forskola/1880-1", base + "/id/forskola/1880-1"),
      ("/id/utegym/0188_Utegym_00001", base + "/id/utegym/0188_Utegym_00001"),
    ])
  func identifiers(path: String, iri: String) throws {
    let answer = try get(path)
    let links = answer.headers["link"] ?? ""
    let others = links.split(separator: ", ").filter { $0.contains("rel=\"alternate\"") }
    #expect(others.count == 1)
    let other = try #require(others.first?.dropFirst().prefix { $0 != ">" })
    let escaped = iri.replacing("/", with: "%2F").replacing(":", with: "%3A")
    #expect(other == "/resolve?iri=\(escaped)")
    let back = try get(String(other))
    #expect(back.status == 303 && back.headers["location"] == answer.headers["location"])
    #expect(back.headers["link"]?.contains("<\(iri)>; rel=\"canonical\"") == true)
    #expect(back.headers["link"]?.contains("rel=\"describedby\"") == true)
    #expect(back.headers["link"]?.contains("rel=\"alternate\"") == false)
  }

  @Test("UM-10: a retired identifier answers 410 with a page that says when and why, and is never given out again") func retired() throws {
    for (language, when) in [("sv", "har inte använts sedan 2025-07-01"), ("en", "has not been in use since 2025-07-01")] {
      let answer = try get("/id/forskola/1880-2", ["Accept": "text/html", "Accept-Language": language])
      #expect(answer.status == 410)
      #expect(answer.headers["content-language"] == language)
      for text in ["Trasten", when, "Förskolan lades ned.", "<html lang=\"\(language)\">"] {
        #expect(answer.text.contains(text), "\(text)")
      }
      #expect(answer.headers["sunset"] == "Mon, 30 Jun 2025 22:00:00 GMT")
      #expect(answer.headers["link"]?.contains("</doc/forskola/1880-2>; rel=\"describedby\"") == true)
    }
    let turtle = try get("/id/forskola/1880-2", ["Accept": "text/turtle"])
    #expect(turtle.status == 410 && turtle.text.contains("2025-06-30"))
    let problem = try get("/id/forskola/1880-2", ["Accept": "application/problem+json", "Accept-Language": "en"])
    #expect(problem.status == 410 && problem.headers["content-type"] == "application/problem+json")
    #expect(problem.text.contains("identifier-ended") && problem.text.contains("2025-07-01"))
    let folder = try demoRegister()
    let again = try ProgramRun(["mint", "--register", "forskola", "--key", "1880-2"], in: folder)
    #expect(again.status == 65 && again.errors.contains("[key-ended]"))
  }

  @Test(
    "UM-11: a replaced identifier answers 308 at the new one",
    arguments: [
      ("/id/forskola/1880-3", "/id/forskola/1880-1"), ("/id/kommun/1917", "/id/kommun/0331"), ("/id/kommun/1583", "/id/kommun/1490"),
    ])
  func replaced(path: String, new: String) throws {
    let answer = try get(path)
    #expect(answer.status == 308)
    #expect(answer.headers["location"] == new)
    #expect(answer.headers["link"]?.contains("<\(new)>; rel=\"successor-version\"") == true)
    #expect(try get(new).status == 303)
  }

  @Test(
    "UM-12: what was merged or split answers 300 with its successors, also where there is one",
    arguments: [
      ("/id/forskola/1880-4", ["1880-6"]), ("/id/forskola/1880-5", ["1880-6"]), ("/id/forskola/1880-7", ["1880-8", "1880-9"]),
      ("/id/lan/15", ["14"]), ("/id/lan/11", ["12"]),
    ])
  func divided(path: String, successors: [String]) throws {
    let answer = try get(path, ["Accept": "text/html"])
    #expect(answer.status == 300)
    #expect(answer.headers["location"] == nil)
    let other = try get(path, ["Accept": "application/json"])
    #expect(other.status == 300 && other.headers["content-type"] == "application/ld+json")
    let folder = path.prefix { _ in true }.split(separator: "/").dropLast().joined(separator: "/")
    for key in successors {
      #expect(answer.headers["link"]?.contains("</\(folder)/\(key)>; rel=\"successor-version\"") == true)
      #expect(answer.text.contains("/doc/\(folder.dropFirst(3))/\(key)\""))
    }
  }

  @Test("What lives on after a split keeps 303, and what came of it is derived from it") func split() throws {
    #expect(try get("/id/forskola/1880-10").status == 303)
    let part = try get("/doc/forskola/1880-11", ["Accept": "application/n-triples"]).text
    #expect(part.contains("<http://www.w3.org/ns/prov#wasDerivedFrom> <\(Self.base)/id/forskola/1880-10>"))
  }

  @Test(
    "What never was answers 404 with the nearest key",
    arguments: [("/id/forskola/1880-12", "/id/forskola/1880-1"), ("/id/forskola/1880-1/", "/id/forskola/1880-1")])
  func unknown(path: String, nearest: String) throws {
    let answer = try get(path)
    #expect(answer.status == 404)
    #expect(answer.text.contains(nearest))
  }

  /// The document is no less there than any other; it says what became of its thing.
  @Test("The document of what has ended answers 200 with its history") func history() throws {
    let page = try get("/doc/forskola/1880-7", ["Accept": "text/html", "Accept-Language": "en"])
    #expect(page.status == 200)
    for text in ["has not been in use since 2025-07-01", "In its place", "Norrgården", "Södergården"] { #expect(page.text.contains(text)) }
    #expect(page.headers["link"]?.contains("</doc/forskola/1880-8>; rel=\"successor-version\"") == true)
    let other = try get("/doc/forskola/1880-1", ["Accept": "text/html", "Accept-Language": "en"])
    #expect(!other.text.contains("has not been in use"))
  }

  @Test("A query follows old identifiers to new ones") func queriesFollow() throws {
    let query = """
      PREFIX dcterms: <http://purl.org/dc/terms/> SELECT ?new {
        VALUES ?old { <\(Self.base)/id/forskola/1880-4> <\(Self.base)/id/forskola/1880-7> <https://w3id.org/kommungraf/id/kommun/1917> }
        ?old dcterms:isReplacedBy+/dcterms:identifier ?new } ORDER BY ?new
      """
    let answer = try get(
      "/sparql?query=" + (query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""), ["Accept": "text/csv"])
    #expect(answer.text == "new\r\n0331\r\n1880-6\r\n1880-8\r\n1880-9\r\n")
  }

  @Test("Programs of other sites may ask, also for what ends in an error", arguments: fates + ["/id/kommun/none", "/doc/kommun/%ff"])
  func crossOrigin(path: String) throws {
    #expect(try get(path).headers["access-control-allow-origin"] == "*")
    let options = try Self.served.get().exchange(
      "OPTIONS /id/kommun/1880 HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: https://www.example.org\r\nConnection: close\r\n\r\n")
    #expect(options.status == 204 && options.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS")
  }

  @Test("The ledger of the demo site holds") func ledgerHolds() throws {
    let folder = try demoRegister()
    let run = try ProgramRun(["mint", "verify", "--register", "forskola", "--lang", "en"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("the ledger holds: 17 events, 11 keys"))
  }

  /// The demo site's own register in a folder that a test may write to.
  private func demoRegister() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.writeSite()
    try FileManager.default.copyItem(atPath: ProgramRun.repository + "/mappings/registers", toPath: folder.path + "/registers")
    return folder
  }

  /// The addresses of a Link header.
  private func targets(_ answer: HTTPExchange) -> [String] {
    (answer.headers["link"] ?? "").split(separator: ", ").map { String($0.dropFirst().prefix { $0 != ">" }) }
  }
}
