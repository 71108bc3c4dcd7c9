import Problems
import RDF
import Site
import Store
import Synchronization
import TestSupport
import Testing

/// Sources that are fetched page by page, and the copy that serves when they can't be (contract §3, `source`, `schedule`).
struct PullTests {
  /// Answers by path that a test changes while the server runs.
  final class Answers: Sendable {
    private let all = Mutex<[String: LocalServer.Answer]>([:])
    func set(_ path: String, _ answer: LocalServer.Answer) { all.withLock { $0[path] = answer } }
    func set(_ path: String, _ text: String) { set(path, LocalServer.Answer(text, headers: ["Content-Type": "application/json"])) }
    func answer(_ request: LocalServer.Request) -> LocalServer.Answer {
      all.withLock { $0[request.target] } ?? LocalServer.Answer("no such thing", status: 404)
    }
  }

  private func withServer(_ body: (LocalServer, Answers) throws -> Void) throws {
    let answers = Answers()
    let server = try LocalServer { answers.answer($0) }
    defer { server.stop() }
    try body(server, answers)
  }

  @Test func allPagesAreFollowed() throws {
    try withServer { server, answers in
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
    try withServer { server, answers in
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
    try withServer { server, answers in
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

  @Test func theLastGoodCopyServesWhileTheSourceIsDown() throws {
    try withServer { server, answers in
      answers.set("/json", page(["1"]))
      let pulled = try PulledSite(server, "source: \"\(server.address)/json\", schedule: P1D")
      _ = try pulled.opened().build()
      let files = pulled.files
      let moment = pulled.clock.now
      answers.set("/json", LocalServer.Answer("", status: 503))
      pulled.clock.wait(seconds: 3 * 86_400)
      // The program starts anew: what lies on the disk is served, and it is told why and how old it is.
      let site = try pulled.opened()
      #expect(try site.build().failed.isEmpty)
      #expect(site.has("1") && pulled.files == files)
      let told = pulled.problems.problems
      #expect(told.map(\.code) == [.networkFailed, .sourceKept] && told.allSatisfy { $0.severity == .warning })
      #expect(told.last?.line(in: .en).contains("3 days old") == true)
      #expect(site.status?.failures == 1 && site.status?.problem?.code == .networkFailed)
      #expect(site.status?.succeeded == moment)
      answers.set("/json", page(["1", "2"]))
      pulled.clock.wait(seconds: 60)
      #expect(site.pulls?.due == ["a"] && site.pulls?.pull("a") == true)
      _ = try site.rebuild(dataset: "a")
      #expect(site.has("2") && site.status?.problem == nil && site.status?.failures == 0)
    }
  }

  /// A pull that fails takes in nothing at all: neither the pages that came before, nor what is no data.
  @Test(
    arguments: [
      ("cut", "{\"results\":[{\"id\":\"9\",\"namn\":", ProblemCode.jsonSyntax), ("empty", "", .jsonSyntax),
      ("page", "<!DOCTYPE html><html><body>Logga in</body></html>", .sourcePage), ("gone", nil, .inputMissing),
    ] as [(String, String?, ProblemCode)])
  func aPullThatFailsChangesNothing(_ name: String, _ second: String?, _ code: ProblemCode) throws {
    try withServer { server, answers in
      answers.set("/json", page(["1"]))
      let pulled = try PulledSite(server, "source: \"\(server.address)/json\", schedule: PT1H")
      let site = try pulled.opened()
      _ = try site.build()
      let files = pulled.files
      answers.set("/json", page(["2"], next: "/two"))
      if let second { answers.set("/two", second) }
      pulled.clock.wait(seconds: 3600)
      #expect(site.pulls?.pull("a") == false)
      #expect(site.status?.problem?.code == code)
      #expect(pulled.files == files)
      _ = try site.rebuild(dataset: "a")
      #expect(site.has("1") && !site.has("2"))
      if code == .sourcePage {
        let message = site.status?.problem?.line(in: .sv) ?? ""
        #expect(message.contains("<!DOCTYPE html>") && message.contains("application/json"))
      }
    }
  }

  @Test(arguments: [
    ("http://127.0.0.2:PORT/b", "on another host, http://127.0.0.2:PORT/b"), ("http://localhost:PORT/b?token=x", "http://localhost:PORT/b"),
    ("https://127.0.0.1:PORT/b", "on another host"), ("http://127.0.0.1:1/b", "on another host"), ("file:///etc/passwd", "on another host"),
    ("http://user@127.0.0.1:PORT/b", "on another host"), ("/a", "page 1 leads back"), ("", ""),
  ])
  func aNextPageThatLeadsAwayOrBackIsNotFollowed(_ next: String, _ reason: String) throws {
    try withServer { server, answers in
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
    try withServer { server, answers in
      answers.set("/a", page(["1"], next: "/b"))
      answers.set("/b", page(["2"], next: "/c"))
      answers.set("/c", page(["3"], next: "/b"))
      let pulled = try PulledSite(server, "source: \"\(server.address)/a\"")
      #expect(try pulled.opened().build().failed.first?.failure?.code == .sourceNext)
      #expect(server.requests == ["/a", "/b", "/c"])
    }
  }

  /// What comes whole but can't be built is no copy: the one before it goes on, also after the program has been started anew.
  @Test func whatCannotBeBuiltGivesWayToTheCopyBefore() throws {
    try withTable(schedule: "P1D") { pulled, answers in
      let site = try pulled.opened()
      #expect(try site.build().failed.isEmpty && site.labels(of: "1") == ["Ett"])
      answers.set("/tabell.csv", LocalServer.Answer("nummer;text\n1;Två\n"))
      pulled.clock.wait(seconds: 86_400)
      #expect(site.pulls?.pull("a") == true)
      #expect(try site.rebuild(dataset: "a").failed.isEmpty && site.labels(of: "1") == ["Ett"])
      #expect(site.status?.problem?.code == .variantNone)
      let told = pulled.problems.problems.last { $0.code == .sourceKept }
      #expect(told?.line(in: .en).contains("because what came from its source could not be built") == true)
      let again = try pulled.opened()
      #expect(try again.build(pulling: .missing).failed.isEmpty && again.labels(of: "1") == ["Ett"])
    }
  }

  /// Only a copy that was built serves in the place of one that can't be.
  @Test func whatWasNeverBuiltIsNoCopyToGoBackTo() throws {
    try withTable(schedule: "P1D") { pulled, answers in
      _ = try pulled.opened().build()
      let site = try pulled.opened()
      for name in ["Två", "Tre"] {
        answers.set("/tabell.csv", LocalServer.Answer("nummer;text\n1;\(name)\n"))
        #expect(site.pulls?.pull("a") == true)
      }
      #expect(try site.build(pulling: .missing).failed.isEmpty && site.labels(of: "1") == ["Ett"])
    }
  }

  /// What can't be built is asked for again after rests that double, until something comes that can.
  @Test func restsDoubleWhileWhatComesCannotBeBuilt() throws {
    try withTable(schedule: "PT2H") { pulled, answers in
      let site = try pulled.opened()
      _ = try site.build()
      answers.set("/tabell.csv", LocalServer.Answer("nummer;text\n1;Två\n"))
      pulled.clock.wait(seconds: 7200)
      for (failures, rest) in [(1, 60), (2, 120), (3, 240)] {
        #expect(site.pulls?.due == ["a"] && site.pulls?.pull("a") == true)
        _ = try site.rebuild(dataset: "a")
        #expect(site.status?.failures == failures && site.status?.problem?.code == .variantNone)
        pulled.clock.wait(seconds: rest - 1)
        #expect(site.pulls?.due == [], "\(rest)")
        pulled.clock.wait(seconds: 1)
      }
      answers.set("/tabell.csv", LocalServer.Answer("id,namn\n1,Två\n"))
      #expect(site.pulls?.pull("a") == true)
      _ = try site.rebuild(dataset: "a")
      #expect(site.labels(of: "1") == ["Två"] && site.status?.failures == 0 && site.status?.problem == nil)
    }
  }

  /// What could not be built here gives way to what another program has pulled since, which stays on the disk.
  @Test func whatAnotherProgramHasPulledStays() throws {
    try withTable(schedule: "P1D") { pulled, answers in
      let site = try pulled.opened()
      _ = try site.build()
      answers.set("/tabell.csv", LocalServer.Answer("nummer;text\n1;Två\n"))
      pulled.clock.wait(seconds: 86_400)
      #expect(site.pulls?.pull("a") == true)
      answers.set("/tabell.csv", LocalServer.Answer("id,namn\n1,Två\n"))
      let other = try pulled.opened()
      #expect(other.pulls?.pull("a") == true)
      let files = pulled.files
      #expect(try site.rebuild(dataset: "a").failed.isEmpty && site.labels(of: "1") == ["Två"])
      #expect(Set(files).isSuperset(of: pulled.files) && !pulled.files.isEmpty)
    }
  }

  /// A site of which the only dataset is a table that is asked for by a schedule.
  private func withTable(schedule: String, _ body: (PulledSite, Answers) throws -> Void) throws {
    try withServer { server, answers in
      answers.set("/tabell.csv", LocalServer.Answer("id,namn\n1,Ett\n"))
      let source = "source: \"\(server.address)/tabell.csv\", schedule: \(schedule)"
      let pulled = try PulledSite(server, source, variants: "[{name: t, file: t.json}]")
      try pulled.folder.write("mappings/prov/t.json", Self.table)
      try body(pulled, answers)
    }
  }

  private static let table = """
    {"@context": "http://www.w3.org/ns/csvw", "url": "t.csv",
     "https://w3id.org/kommungraf/ns/csvw/columnMatching": "title",
     "tableSchema": {"aboutUrl": "id/ting/{id}", "columns": [
      {"name": "id", "titles": "id", "required": true, "suppressOutput": true},
      {"name": "namn", "titles": "namn", "required": true, "propertyUrl": "http://www.w3.org/2000/01/rdf-schema#label"}]}}
    """

  @Test func aScheduleSaysWhenTheSourceIsAskedAgain() throws {
    try withServer { server, answers in
      answers.set("/json", page(["1"]))
      let pulled = try PulledSite(server, "source: \"\(server.address)/json\", schedule: PT2H")
      let site = try pulled.opened()
      _ = try site.build()
      #expect(site.pulls?.due == [])
      pulled.clock.wait(seconds: 7199)
      #expect(site.pulls?.due == [])
      // A program that starts before the source is due asks it not.
      _ = try pulled.opened().build()
      #expect(server.requests.count == 1)
      pulled.clock.wait(seconds: 1)
      #expect(site.pulls?.due == ["a"])
      // Nothing new is nothing to build.
      #expect(site.pulls?.pull("a") == false && site.pulls?.due == [])
      // After failures it is asked after one minute, two, four and so on, and as often as the schedule says at most.
      answers.set("/json", LocalServer.Answer("", status: 500))
      pulled.clock.wait(seconds: 7200)
      for rest in [60, 120, 240, 480, 960, 1920, 3840, 7200, 7200] {
        #expect(site.pulls?.due == ["a"])
        _ = site.pulls?.pull("a")
        pulled.clock.wait(seconds: rest - 1)
        #expect(site.pulls?.due == [], "\(rest)")
        pulled.clock.wait(seconds: 1)
      }
    }
  }

  /// Without a schedule a source is asked once by each program that starts, after its copy is served.
  @Test func withoutAScheduleASourceIsAskedOnce() throws {
    try withServer { server, answers in
      answers.set("/json", page(["1"]))
      let pulled = try PulledSite(server, "source: \"\(server.address)/json\"")
      _ = try pulled.opened().build()
      answers.set("/json", page(["1", "2"]))
      let site = try pulled.opened()
      _ = try site.build(pulling: .missing)
      #expect(server.requests.count == 1 && site.has("1") && !site.has("2"))
      #expect(site.pulls?.due == ["a"] && site.pulls?.pull("a") == true && site.pulls?.due == [])
      _ = try site.rebuild(dataset: "a")
      pulled.clock.wait(seconds: 86_400)
      #expect(site.has("2") && site.pulls?.due == [])
    }
  }

  @Test func aSourceThatHasNotChangedIsNotSentAgain() throws {
    let server = try LocalServer { request in
      if request.headers["if-none-match"] == "\"v1\"" { return LocalServer.Answer("", status: 304) }
      return LocalServer.Answer(page(["1"]), headers: ["ETag": "\"v1\""])
    }
    defer { server.stop() }
    let pulled = try PulledSite(server, "source: \"\(server.address)/json\", schedule: PT1H")
    let site = try pulled.opened()
    _ = try site.build()
    for _ in 0..<2 {
      pulled.clock.wait(seconds: 3600)
      #expect(site.pulls?.pull("a") == false)
      #expect(site.status?.succeeded == pulled.clock.now && site.status?.problem == nil)
    }
    #expect(server.requests.count == 3 && pulled.files.count == 1)
  }

  /// What another program has pulled is nothing new on the disk, but it is to the one that serves.
  @Test func whatAnotherProgramHasPulledIsServed() throws {
    try withServer { server, answers in
      answers.set("/json", page(["1"]))
      let pulled = try PulledSite(server, "source: \"\(server.address)/json\", schedule: PT1H")
      let serving = try pulled.opened()
      _ = try serving.build()
      answers.set("/json", page(["1", "2"]))
      pulled.clock.wait(seconds: 3600)
      _ = try pulled.opened().build()
      #expect(serving.pulls?.pull("a") == true)
      _ = try serving.rebuild(dataset: "a")
      #expect(serving.has("2") && serving.pulls?.pull("a") == false)
    }
  }

  /// Another source is another dataset's copy: none of it is shown.
  @Test func aCopyIsOfItsSourceOnly() throws {
    try withServer { server, answers in
      answers.set("/2024", page(["1"]))
      let pulled = try PulledSite(server, "source: \"\(server.address)/2024\"")
      _ = try pulled.opened().build()
      try pulled.folder.write(
        "site/site.yaml", SiteFileTests.smallest + "\ndatasets: [{name: a, mapping: prov, source: \"\(server.address)/2025\"}]\n")
      let site = try pulled.opened()
      #expect(try site.build().failed.first?.failure?.code == .inputMissing)
      #expect(!site.has("1"))
      // Who goes back to the old source finds its copy.
      try pulled.folder.write(
        "site/site.yaml", SiteFileTests.smallest + "\ndatasets: [{name: a, mapping: prov, source: \"\(server.address)/2024\"}]\n")
      let again = try pulled.opened()
      _ = try again.build(pulling: .missing)
      #expect(again.has("1") && server.requests.count == 2)
    }
  }
}
