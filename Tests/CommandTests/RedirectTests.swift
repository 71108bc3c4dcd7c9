import Foundation
import TestSupport
import Testing

/// `kommungraf mint redirects`: a register moves house, and the server that stands in the old one knows where to (DIGG's rules UM-10 to UM-12).
struct RedirectTests {
  /// A site with a register of its own where each fate came to pass, one with letters outside ASCII, and two that have moved to their owners.
  private static let site = Result<TemporaryFolder, any Error> {
    let folder = try TemporaryFolder()
    try folder.writeSite(
      more: "registers: {kommun: \"https://kommunkoder.scb.se/{kod}\", organisation: \"https://register.example.org/o/{orgnr}/\"}")
    try FileManager.default.copyItem(atPath: ProgramRun.repository + "/mappings/registers", toPath: folder.path + "/registers")
    try folder.write("registers/plats.csv", "nyckel,namn\nÖ1,Ön\nö1,ön\nÖ2,Öarna\nA1,Alen\na1,alen\na.b+c,Punkten\n")
    try folder.write(
      "registers/plats.csv-metadata.json",
      """
      {"@context": "http://www.w3.org/ns/csvw", "url": "plats.csv", "https://w3id.org/kommungraf/ns/csvw/keyForm": "[A-Za-zÅÄÖåäö0-9.+]+",
       "tableSchema": {"aboutUrl": "id/plats/{nyckel}", "columns": [
         {"name": "nyckel", "propertyUrl": "dcterms:identifier"}, {"name": "namn", "propertyUrl": "rdfs:label", "lang": "sv"}]}}
      """)
    let day = ["--reason", "Prov", "--date", "2025-07-01", "--register", "plats"]
    for ending in [
      ["replace", "--key", "Ö1", "--into", "Ö2"], ["retire", "--key", "A1"], ["split", "--key", "a.b+c", "--into", "Ö2", "--into", "a1"],
    ] {
      let run = try ProgramRun(["mint"] + ending + day, in: folder)
      #expect(run.status == 0, "\(run.errors)")
    }
    return folder
  }
  private static let registers = ["forskola", "plats", "kommun", "organisation"]
  private static let served = Result { try ServedProgram([], in: site.get().path) }

  /// The configuration of all registers for a server, in files.
  private static func files(for server: String) throws -> [String] {
    let folder = try site.get()
    return try registers.map { register in
      let name = "\(register).\(server).conf"
      let run = try ProgramRun(["mint", "redirects", "--register", register, "--server", server, "-o", name, "--lang", "en"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.errors.hasPrefix("kommungraf: ") && run.errors.hasSuffix(" redirects for data.example.se\n"))
      return folder.file(name)
    }
  }

  /// Old identifiers, and what is answered: by the program where it serves, and by a server that only has the map.
  private static let known: [(path: String, status: Int, location: String?)] = [
    ("/id/forskola/1880-1", 404, nil), ("/id/forskola/1880-2", 410, nil),
    ("/id/forskola/1880-3", 308, "https://data.example.se/id/forskola/1880-1"),
    ("/id/forskola/1880-4", 300, nil), ("/id/forskola/1880-7", 300, nil), ("/id/forskola/1880-10", 404, nil),
    ("/id/forskola/1880-2/", 404, nil),
    ("/id/plats/%C3%961", 308, "https://data.example.se/id/plats/%C3%962"),
    ("/id/plats/%c3%961", 308, "https://data.example.se/id/plats/%C3%962"),
    ("/id/plats/Ö1", 308, "https://data.example.se/id/plats/%C3%962"), ("/id/plats/ö1", 404, nil), ("/id/plats/A1", 410, nil),
    ("/id/plats/%411", 410, nil), ("/id/plats/a1", 404, nil), ("/id/plats/a.b%2Bc", 300, nil), ("/id/plats/aXb+c", 404, nil),
    ("/id/plats/A1?x=1", 410, nil), ("/id/kommun/9999", 404, nil), ("/id/kommun/1880?x=1", 308, "https://kommunkoder.scb.se/1880"),
    ("/id/kommun/1917", 308, "https://kommunkoder.scb.se/1917"), ("/id/kommun/18800", 404, nil), ("/id/kommun/1880/x", 404, nil),
    ("/id/organisation/2321000131", 308, "https://register.example.org/o/2321000131/"),
    ("/id/organisation/2321000131?x=1", 308, "https://register.example.org/o/2321000131/"), ("/id/organisation/a/b", 404, nil),
    ("/id/organisation/", 404, nil),
  ]

  @Test("A server that only has the map answers as the program does", arguments: ["nginx", "apache"].filter(RedirectServerRun.isInstalled))
  func answers(server: String) throws {
    let run = try RedirectServerRun(server, including: try Self.files(for: server))
    for (path, status, location) in Self.known {
      let answer = try run.get(path)
      #expect(answer.status == status, "\(path)")
      if status == 404 { continue }
      #expect(answer.headers["access-control-allow-origin"] == "*", "\(path)")
      if status == 300 {
        let own = try Self.served.get().get(path)
        #expect(own.status == 300, "\(path)")
        for link in (own.headers["link"] ?? "").split(separator: ", ") where link.contains("successor-version") {
          #expect(answer.headers["link"]?.contains("<https://data.example.se" + link.dropFirst()) == true, "\(path): \(link)")
        }
        // Apache can't send 300 without a place to go.
        #expect((answer.headers["location"] == nil) == (server == "nginx"))
      } else {
        #expect(answer.headers["location"] == location, "\(path)")
      }
    }
  }

  @Test("Every municipality is found at its owner's", arguments: ["nginx", "apache"].filter(RedirectServerRun.isInstalled))
  func everyRedirectLeadsSomewhere(server: String) throws {
    let run = try RedirectServerRun(server, including: try Self.files(for: server))
    let table = try String(contentsOfFile: ProgramRun.repository + "/vocabularies/kommun.csv", encoding: .utf8)
    let codes = Set(table.split(whereSeparator: \.isNewline).dropFirst().map { String($0.prefix(4)) })
    #expect(codes.count > 290)
    for code in codes.sorted() {
      let answer = try run.get("/id/kommun/\(code)")
      let location = try #require(answer.headers["location"], "\(code)")
      #expect(answer.status == 308)
      let url = try #require(URL(string: location))
      #expect(url.host == "kommunkoder.scb.se")
      // The owner's server is this program, asked by that name.
      let there = try Self.served.get().exchange("GET \(url.path) HTTP/1.1\r\nHost: kommunkoder.scb.se\r\nConnection: close\r\n\r\n")
      #expect([303, 308, 300, 410].contains(there.status), "\(code): \(there.status)")
      let ours = try Self.served.get().get("/id/kommun/\(code)")
      #expect(ours.status == 308 && ours.headers["location"] == location)
    }
  }

  @Test("A list for another house is asked for by its pattern") func otherPattern() throws {
    let run = try ProgramRun(
      ["mint", "redirects", "--register", "kommun", "--server", "nginx", "--from", "https://w3id.org/kommungraf/id/kommun/{kod}"],
      in: try Self.site.get())
    #expect(run.status == 0)
    #expect(run.text.contains("location = \"/kommungraf/id/kommun/1880\" { "))
    #expect(run.text.contains("return 308 \"https://kommunkoder.scb.se/1880\";"))
    let owner = try ProgramRun(
      ["mint", "redirects", "--register", "kommun", "--server", "nginx", "--from", "https://kommunkoder.scb.se/{kod}"],
      in: try Self.site.get())
    #expect(owner.text.contains("location = \"/1917\" { ") && owner.text.contains("return 308 \"https://kommunkoder.scb.se/0331\";"))
    #expect(!owner.text.contains("\"/1880\""))
  }

  @Test(
    "A pattern that no identifiers have is refused",
    arguments: [
      "https://old.example.se/id/{+kod}", "https://old.example.se:8080/{kod}", "https://old.example.se/", "{kod", "ftp://x.se/{kod}",
    ])
  func badPattern(pattern: String) throws {
    let run = try ProgramRun(
      ["mint", "redirects", "--register", "kommun", "--server", "nginx", "--from", pattern, "--lang", "en"], in: try Self.site.get())
    #expect(run.status == 65)
    #expect(run.errors.contains("[pattern-invalid]") && run.text.isEmpty)
  }

  @Test("Two runs give the same bytes", arguments: ["nginx", "apache"]) func stable(server: String) throws {
    let words = ["mint", "redirects", "--register", "forskola", "--server", server]
    #expect(try ProgramRun(words, in: try Self.site.get()).output == ProgramRun(words, in: try Self.site.get()).output)
  }
}

extension Result where Failure == any Error {
  /// What some work gives, or why it failed.
  fileprivate init(_ work: () throws -> Success) { self.init(catching: work) }
}
