import Foundation
import Problems
import RDF
import Site
import Store
import TestSupport
import Testing

/// What a server knows us by goes to that server, and into nothing that anybody reads.
struct PullSecrecyTests {
  private static let token = "hemlig-7f3a9c"

  private func site(_ server: LocalServer, _ path: String, _ secrets: String = "Authorization: Bearer \(token)\n") throws -> PulledSite {
    let pulled = try PulledSite(server, "source: \"\(server.address)\(path)\", headers: hemligt.yaml, schedule: PT1H")
    try pulled.folder.writePrivate("site/hemligt.yaml", secrets)
    return pulled
  }

  /// All that is told of a site: problems in both languages, how it stands, and every term of its graphs.
  private func told(_ pulled: PulledSite, _ site: LiveSite) -> String {
    let problems = pulled.problems.problems + site.report.parts.flatMap(\.problems) + [site.status?.problem].compactMap { $0 }
    let lines = problems.flatMap { problem in Language.allCases.map { problem.line(in: $0) + "\(problem)" } }
    let snapshot = site.holder.current
    var terms: [String] = []
    var scan = snapshot.scan(QuadPattern(subject: nil, predicate: nil, object: nil, graph: .union))
    while scan.next() {
      for column in 0..<3 { for row in 0..<scan.count { terms.append("\(snapshot.term(scan.column(column)[row]))") } }
    }
    return (lines + terms + (site.status?.sources ?? [])).joined(separator: "\n")
  }

  @Test func headersAreSent() throws {
    let server = try LocalServer { request in
      let isKnown = request.headers["authorization"] == "Bearer \(Self.token)"
      return isKnown ? LocalServer.Answer(page(["1"])) : LocalServer.Answer("", status: 401)
    }
    defer { server.stop() }
    let pulled = try site(server, "/json")
    let live = try pulled.opened()
    #expect(try live.build().failed.isEmpty && live.has("1"))
    #expect(!told(pulled, live).contains(Self.token))
  }

  /// A key may stand in the query of the address instead; then it is no header.
  @Test func aKeyMayStandInTheAddress() throws {
    let server = try LocalServer { request in
      request.target == "/json?apikey=a%20b%26\(Self.token)&format=json" && request.headers["apikey"] == nil
        && request.headers["x-extra"] == "1"
        ? LocalServer.Answer(page(["1"])) : LocalServer.Answer("", status: 403)
    }
    defer { server.stop() }
    let pulled = try site(server, "/json?apikey={apikey}&format=json", "apikey: \"a b&\(Self.token)\"\nX-Extra: \"1\"\n")
    let live = try pulled.opened()
    #expect(try live.build().failed.isEmpty && live.has("1"))
    #expect(!told(pulled, live).contains(Self.token))
  }

  /// What goes wrong is told without the key, even where the server says it back.
  @Test(arguments: [
    LocalServer.Answer("<html>\(token)</html>", headers: ["Content-Type": "text/html; x=\(token)"]), LocalServer.Answer("", status: 500),
    LocalServer.Answer(page(["1"], next: "http://annan.example/?key=\(token)")), LocalServer.Answer("{\"\(token)"),
    .redirect(to: "http:///\(token)"),
    LocalServer.Answer("", status: 404), .redirect(to: "http://10.0.0.1/?\(token)"),
  ])
  func problemsDoNotTellIt(_ answer: LocalServer.Answer) throws {
    let server = try LocalServer { _ in answer }
    defer { server.stop() }
    let pulled = try site(server, "/json?apikey={Authorization}")
    let live = try pulled.opened()
    #expect(try live.build().failed.count == 1)
    #expect(live.status?.problem != nil)
    #expect(!told(pulled, live).contains(Self.token))
  }

  /// A server may say keys back escaped, one may begin like another, and one may be short.
  @Test(
    arguments: [
      ("a: abcd\nb: abcdSECRETTAIL\n", "abcdSECRETTAIL", "SECRETTAIL"), ("a: abcdef\nb: defghi\n", "abcdefghi", "ghi"),
      ("a: 'x<&\"y'\n", "x&lt;&amp;&quot;y", "&lt;"), ("a: 'x<&\"y'\n", "x&#60;&#x26;&#34;y", "x26"),
      ("a: 'x<&\"y'\n", "x<&\\\"y", "&"), ("a: 'x<&\"y'\n", "x\\u003c\\u0026\\u0022y", "u003c"), ("a: 'k/å/'\n", "k\\/\\u00E5\\/", "u00E5"),
      ("a: 'x<&\"y'\n", "x%3c%26%22y", "%3c"), ("a: 'tre ord å'\n", "tre+ord+%C3%A5", "tre"), ("a: q7\n", "nyckel q7.", "q7"),
      ("a: q7\n", "k%3Dq7", "q7"), ("Authorization: Basic q7\n", "(q7)", "q7"),
    ])
  func keysSaidBackAreNotTold(_ secrets: String, _ echo: String, _ shown: String) throws {
    let server = try LocalServer { _ in LocalServer.Answer("<html> \(echo)", headers: ["Content-Type": "text/html"]) }
    defer { server.stop() }
    let pulled = try site(server, "/json", secrets)
    let live = try pulled.opened()
    let failure = try live.build().failed.first?.failure
    #expect(failure?.code == .sourcePage)
    let line = failure?.line(in: .sv) ?? ""
    #expect(line.contains("…") && !line.contains(shown), "\(line)")
  }

  /// A short value is found where it is a word, not within others.
  @Test func shortValuesLeaveWordsAlone() throws {
    let server = try LocalServer { _ in LocalServer.Answer("<html>maj a b7", headers: ["Content-Type": "text/html"]) }
    defer { server.stop() }
    let pulled = try site(server, "/json", "x: a\ny: b\n")
    let failure = try pulled.opened().build().failed.first?.failure
    #expect(failure?.line(in: .sv).contains("<html>maj … b7") == true, "\(failure?.line(in: .sv) ?? "")")
  }

  @Test func anotherHostDoesNotGetThem() throws {
    let other = try LocalServer { request in
      let secrets = [request.headers["authorization"], request.headers["x-api-key"]].compactMap { $0 }
      return LocalServer.Answer(page(secrets.isEmpty ? ["utan"] : ["med"]))
    }
    defer { other.stop() }
    let server = try LocalServer(["/json": .redirect(to: other.address + "/there")])
    defer { server.stop() }
    let pulled = try site(server, "/json", "Authorization: Bearer \(Self.token)\nX-Api-Key: \(Self.token)\n")
    let live = try pulled.opened()
    #expect(try live.build().failed.isEmpty)
    #expect(live.has("utan") && !live.has("med"))
  }

  @Test(arguments: [(0o644, "0644"), (0o640, "0640"), (0o606, "0606")])
  func aFileThatOthersCanReadIsNotUsed(_ mode: Int, _ shown: String) throws {
    let server = try LocalServer(["/json": LocalServer.Answer(page(["1"]))])
    defer { server.stop() }
    let pulled = try site(server, "/json")
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: pulled.folder.file("site/hemligt.yaml"))
    let failure = try pulled.opened().build().failed.first?.failure
    #expect(failure?.code == .secretsMode)
    #expect(failure?.line(in: .en).contains(shown) == true && failure?.line(in: .en).contains("chmod 600") == true)
    #expect(server.requests == [])
  }

  @Test(arguments: [
    "Host: \(token)", "\"två ord\": \(token)", "X-Key: \"\(token)\\nX: y\"", "- \(token)", "\(token): \"\"", "a: [\(token)]", "{\(token)",
    "X-Key: {a: \(token)}",
  ])
  func headersThatCannotBeSentAreTold(_ text: String) throws {
    let server = try LocalServer(["/json": LocalServer.Answer(page(["1"]))])
    defer { server.stop() }
    let pulled = try site(server, "/json", text + "\n")
    let live = try pulled.opened()
    #expect(try live.build().failed.first?.failure?.code == .secretsInvalid)
    #expect(server.requests == [])
    if !text.hasPrefix(Self.token) { #expect(!told(pulled, live).contains(Self.token)) }
  }

  @Test(arguments: ["/json?key={annan}", "/{Authorization}/json"])
  func aPlaceThatNothingGoesIntoIsTold(_ path: String) throws {
    let server = try LocalServer([:])
    defer { server.stop() }
    let pulled = try site(server, path)
    #expect(try pulled.opened().build().failed.first?.failure?.code == .secretsInvalid)
    #expect(server.requests == [])
  }

  @Test func copiesAreTheOwnersOnly() throws {
    let server = try LocalServer(["/json": LocalServer.Answer(page(["1"]))])
    defer { server.stop() }
    let pulled = try site(server, "/json")
    _ = try pulled.opened().build()
    let root = pulled.folder.file("site/.kommungraf")
    for path in ["", "/pulled", "/pulled/a", "/pulled/a/state.json", "/pulled/a/" + (pulled.files.first ?? "")] {
      let mode = try FileManager.default.attributesOfItem(atPath: root + path)[.posixPermissions] as? Int
      #expect((mode ?? 0o777) & 0o077 == 0, "\(path)")
    }
  }
}

extension TemporaryFolder {
  /// Writes a file that only its owner can read.
  func writePrivate(_ name: String, _ text: String) throws {
    try write(name, text)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file(name))
  }
}
