import Problems
import RDF
import Site
import Store
import Synchronization
import TestSupport
import Testing

/// The copy of a source that is fetched, which serves when it can't be, or when what comes can't be built (contract §3, `source`).
struct PullTests {
  /// A site of which the only dataset is a table that is asked for by a schedule.
  private func withTable(schedule: String, _ body: (PulledSite, PulledAnswers) throws -> Void) throws {
    try withPulledServer { server, answers in
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

  @Test func theLastGoodCopyServesWhileTheSourceIsDown() throws {
    try withPulledServer { server, answers in
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
    try withPulledServer { server, answers in
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

  /// Services that can't answer often say so as if all was well. Such an answer takes nothing away, and a list without elements does.
  @Test(
    arguments: [
      #"{"error":"Invalid API key"}"#, #"{"error":{"code":429,"message":"quota"}}"#, #"{"error":"quota","results":null}"#,
      #"{"results":"none"}"#, #"{"results":[{"fel":"nyckel"}]}"#,
    ])
  func anAnswerAboutAnErrorEmptiesNothing(_ text: String) throws {
    try withPulledServer { server, answers in
      answers.set("/json", page(["1"]))
      let pulled = try PulledSite(server, "source: \"\(server.address)/json\", schedule: PT1H")
      let site = try pulled.opened()
      #expect(try site.build().failed.isEmpty)
      let files = pulled.files
      answers.set("/json", text)
      pulled.clock.wait(seconds: 3600)
      #expect(site.pulls?.pull("a") == true)
      #expect(try site.rebuild(dataset: "a").failed.isEmpty && site.has("1") && pulled.files == files)
      #expect(site.status?.problem?.code == .iteratorAbsent && site.status?.failures == 1)
      let again = try pulled.opened()
      #expect(try again.build(pulling: .missing).failed.isEmpty && again.has("1"))
      answers.set("/json", page([]))
      #expect(site.pulls?.pull("a") == true)
      #expect(try site.rebuild(dataset: "a").failed.isEmpty && !site.has("1"))
      #expect(site.status?.problem == nil && site.status?.failures == 0)
    }
  }

  /// What another address says is no reason to let go of what this one has said; an answer of one address is one, however many pages it has.
  @Test func eachAddressMustAnswerWithWhatIsMeant() throws {
    try withPulledServer { server, answers in
      answers.set("/ett", page(["1"], next: "/mer"))
      answers.set("/mer", "{}")
      answers.set("/tva", page(["2"]))
      let pulled = try PulledSite(server, "source: [\"\(server.address)/ett\", \"\(server.address)/tva\"]")
      let site = try pulled.opened()
      #expect(try site.build().failed.isEmpty && site.has("1") && site.has("2"))
      answers.set("/tva", #"{"error":"Invalid API key"}"#)
      #expect(site.pulls?.pull("a") == true)
      #expect(try site.rebuild(dataset: "a").failed.isEmpty && site.has("1") && site.has("2"))
      #expect(site.status?.problem?.code == .iteratorAbsent)
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
}
