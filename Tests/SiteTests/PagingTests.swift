import Problems
import RDF
import Site
import Store
import Synchronization
import TestSupport
import Testing

/// Sources that are fetched page by page (contract §3, `source`).
struct PagingTests {
  @Test func allPagesAreFollowed() throws {
    try withPulledServer { server, answers in
      answers.set("/json?_limit=2", page(["1", "2"], next: server.address + "/json?_limit=2&_offset=2"))
      answers.set("/json?_limit=2&_offset=2", page(["3", "4"], next: "/json?_limit=2&_offset=4"))
      answers.set("/json?_limit=2&_offset=4", page(["5"]))
      let pulled = try PulledSite(server, "source: \"\(server.address)/json?_limit=2\"")
      let site = try pulled.opened()
      #expect(try site.build().failed.isEmpty)
      #expect(["1", "2", "3", "4", "5", "6"].map(site.has) == [true, true, true, true, true, false])
      #expect(pulled.problems.problems.map(\.code) == [])
      #expect(site.status?.files == 3 && site.status?.problem == nil)
      // The catalog names the source, and nothing behind its path.
      let derived = site.holder.current.objects(
        of: .iri(.init(PulledSite.base + "/dataset/a")), "http://www.w3.org/ns/prov#wasDerivedFrom")
      #expect(derived == [.iri(.init(server.address + "/json"))])
    }
  }

  /// Where the address of the next page stands is known of many APIs, may stand in a header, and is said by the mapping of others.
  @Test(
    arguments: [
      ("\"next\":NEXT,", nil, ""), ("\"_links\":{\"next\":{\"href\":NEXT}},", nil, ""), ("\"links\":{\"next\":NEXT},", nil, ""),
      ("\"@odata.nextLink\":NEXT,", nil, ""), ("", "<b>; title=\"x\"; rel=\"next\"", ""), ("", "<b>; rel=next", ""),
      ("", "<a?bbox=1,2>; rel=\"prev\", <b>; title=\"a, <c>; rel=\\\"x\"; rel=\"last next\"", ""),
      ("", "junk, <c>; rel=prev; rel=next,</b>;REL = \"NEXT\";type=text/html,<d>;rel=next", ""),
      ("", "<c>; rel=next; anchor=\"#x\", <b>; crossorigin; rel=\"next\"", ""),
      ("\"sidor\":{\"efter\":[NEXT]},", nil, ", pull: {next: \"$.sidor.efter[0]\"}"),
    ] as [(String, String?, String)])
  func theNextPageIsFound(_ member: String, _ link: String?, _ pull: String) throws {
    try withPulledServer { server, answers in
      var headers = ["Content-Type": "application/json"]
      headers["Link"] = link
      answers.set("/a", LocalServer.Answer(page(["1"], more: member.replacing("NEXT", with: "\"b\"")), headers: headers))
      answers.set("/b", page(["2"], more: member.replacing("NEXT", with: "null")))
      let pulled = try PulledSite(
        server, "source: \"\(server.address)/a\"", variants: "[{name: api, file: prov.rml.ttl, for: json\(pull)}]")
      let site = try pulled.opened()
      _ = try site.build()
      #expect(site.has("1") && site.has("2"))
    }
  }

  /// A server that names a next page for ever, beyond its last one, is asked no more once nothing comes.
  @Test func emptyPagesEnd() throws {
    let server = try LocalServer { request in
      let number = Int(request.target.dropFirst(2)) ?? 0
      return LocalServer.Answer(page(number < 2 ? ["\(number)"] : [], next: "/p\(number + 1)"))
    }
    defer { server.stop() }
    let pulled = try PulledSite(server, "source: \"\(server.address)/p0\"")
    let site = try pulled.opened()
    #expect(try site.build().failed.isEmpty)
    #expect(site.has("0") && site.has("1") && site.status?.files == 2)
    #expect(server.requests.count == 5)
    #expect(pulled.problems.problems.map(\.code) == [.sourceStopped] && pulled.problems.problems.first?.severity == .warning)
    // Whoever builds the site from the copy is told as well.
    let again = try pulled.opened()
    #expect(try again.build(pulling: .missing).failed.isEmpty)
    #expect(pulled.problems.problems.map(\.code) == [.sourceStopped, .sourceStopped] && server.requests.count == 5)
  }

  /// An address in a header may have a comma in it.
  @Test func anAddressInAHeaderMayHaveCommas() throws {
    try withPulledServer { server, answers in
      let headers = ["Content-Type": "application/json", "Link": "</a?bbox=1,2&p=2>; rel=\"next\""]
      answers.set("/a?bbox=1,2", LocalServer.Answer(page(["1"]), headers: headers))
      answers.set("/a?bbox=1,2&p=2", page(["2"]))
      let pulled = try PulledSite(server, "source: \"\(server.address)/a?bbox=1,2\"")
      let site = try pulled.opened()
      _ = try site.build()
      #expect(site.has("1") && site.has("2"))
    }
  }

  /// A page in which a list is empty may have data for all that: none is left out, and all are asked for. `#` stands for the number of a page.
  @Test(
    arguments: [
      ("\"id\":\"#\",\"taggar\":[]", "\"id\":\"0\",\"taggar\":[\"x\"]"), ("\"id\":#,\"taggar\":[]", "\"id\":0"),
      ("\"id\":\"#\",\"taggar\":[]", "\"id\":\"0\",\"taggar\":[{\"namn\":\"x\"}]"),
      ("\"ting\":{\"id\":\"#\"},\"taggar\":[]", "\"taggar\":[]"),
      ("\"results\":[{\"id\":\"#\",\"taggar\":[]}]", "\"results\":[{\"id\":\"0\",\"taggar\":[]}]"),
      ("\"results\":[[]]", "\"results\":[]"),
    ])
  func pagesWithDataAreNotEmpty(_ body: String, _ first: String) throws {
    let server = try LocalServer { request in
      let number = Int(request.target.dropFirst(2)) ?? 0
      let text = number == 0 ? first : body.replacing("#", with: "\(number)")
      return LocalServer.Answer("{\(number < 5 ? "\"next\":\"/p\(number + 1)\"," : "")\(text)}")
    }
    defer { server.stop() }
    let pulled = try PulledSite(server, "source: \"\(server.address)/p0\"")
    let site = try pulled.opened()
    _ = try site.build()
    #expect(site.status?.files == 6 && server.requests.count == 6)
    #expect(!pulled.problems.problems.map(\.code).contains(.sourceStopped))
  }

  /// Empty pages between others end nothing, and what stands beside an empty list is kept.
  @Test func pagesWithSomethingBesideAnEmptyListAreKept() throws {
    let server = try LocalServer { request in
      let number = Int(request.target.dropFirst(2)) ?? 0
      let ids = [0, 3].contains(number) ? ["\(number)"] : []
      return LocalServer.Answer(page(ids, next: "/p\(number + 1)", more: number == 5 ? "\"antal\":2," : ""))
    }
    defer { server.stop() }
    let pulled = try PulledSite(server, "source: \"\(server.address)/p0\"")
    let site = try pulled.opened()
    _ = try site.build()
    #expect(site.has("0") && site.has("3"))
    #expect(server.requests.count == 7 && site.status?.files == 6)
    // Each page that is kept without things is told as a table without rows, too.
    #expect(pulled.problems.problems.filter { $0.code == .sourceStopped }.count == 1)
  }

  @Test(arguments: [(5, 1 << 20, "the limit for pages is 5"), (1000, 1000, "the limit for bytes is")])
  func endlessPagesAreGivenUp(_ pages: Int, _ bytes: Int, _ reason: String) throws {
    let server = try LocalServer { request in
      let number = Int(request.target.dropFirst(2)) ?? 0
      return LocalServer.Answer(page(["\(number)"], next: "/p\(number + 1)"))
    }
    defer { server.stop() }
    let pulled = try PulledSite(server, "source: \"\(server.address)/p0\"")
    var limits = PullLimits()
    (limits.pages, limits.bytes) = (pages, bytes)
    let failure = try pulled.opened(limits: limits).build().failed.first?.failure
    #expect(failure?.code == .limitExceeded)
    #expect(failure?.line(in: .en).contains(reason) == true, "\(failure?.line(in: .en) ?? "")")
    #expect(server.requests.count < 50 && pulled.files == [])
  }

  @Test(arguments: [
    ("http://127.0.0.2:PORT/b", "on another host, http://127.0.0.2:PORT/b"), ("http://localhost:PORT/b?token=x", "http://localhost:PORT/b"),
    ("https://127.0.0.1:PORT/b", "on another host"), ("http://127.0.0.1:1/b", "on another host"), ("file:///etc/passwd", "on another host"),
    ("http://user@127.0.0.1:PORT/b", "on another host"), ("/a", "page 1 leads back"), ("", ""),
  ])
  func aNextPageThatLeadsAwayOrBackIsNotFollowed(_ next: String, _ reason: String) throws {
    try withPulledServer { server, answers in
      func filled(_ text: String) -> String { text.replacing("PORT", with: "\(server.port)") }
      answers.set("/a", page(["1"], next: filled(next)))
      let pulled = try PulledSite(server, "source: \"\(server.address)/a\"")
      let site = try pulled.opened()
      let failed = try site.build().failed.first?.failure
      #expect(server.requests == ["/a"])
      if reason.isEmpty { return #expect(failed == nil && site.has("1")) }
      #expect(failed?.code == .sourceNext)
      #expect(failed?.line(in: .en).contains(filled(reason)) == true, "\(failed?.line(in: .en) ?? "")")
      #expect(failed?.line(in: .en).contains("token") == false)
    }
  }

  @Test func aCircleOfPagesIsBroken() throws {
    try withPulledServer { server, answers in
      answers.set("/a", page(["1"], next: "/b"))
      answers.set("/b", page(["2"], next: "/c"))
      answers.set("/c", page(["3"], next: "/b"))
      let pulled = try PulledSite(server, "source: \"\(server.address)/a\"")
      #expect(try pulled.opened().build().failed.first?.failure?.code == .sourceNext)
      #expect(server.requests == ["/a", "/b", "/c"])
    }
  }
}
