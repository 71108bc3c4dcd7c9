import Dispatch
import Problems
import RDF
import Site
import Store
import Synchronization
import TestSupport
import Testing

/// When sources are asked again, and for what (contract §3, `schedule`).
struct PullScheduleTests {
  @Test func aScheduleSaysWhenTheSourceIsAskedAgain() throws {
    try withPulledServer { server, answers in
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

  /// However short the schedule is, rests are no longer than it, and no shorter than a minute.
  @Test(arguments: [("PT1S", [60, 60, 60, 60]), ("PT1M", [60, 60, 60, 60]), ("PT90S", [60, 90, 90, 90])])
  func aShortScheduleIsAsLongAsRestsAre(_ schedule: String, _ rests: [Int]) throws {
    try withPulledServer { server, answers in
      let pulled = try PulledSite(server, "source: \"\(server.address)/json\", schedule: \(schedule)")
      let site = try pulled.opened()
      _ = try site.build()
      for rest in rests {
        pulled.clock.wait(seconds: rest - 1)
        #expect(site.pulls?.due == [], "\(rest)")
        pulled.clock.wait(seconds: 1)
        #expect(site.pulls?.due == ["a"], "\(rest)")
        _ = site.pulls?.pull("a")
      }
    }
  }

  /// A server that says how long it wants to be left alone is, up to six hours.
  @Test(arguments: [
    (429, "600", 600), (503, "600", 600), (429, "30", 60), (503, "999999999999999999999", 21_600), (500, "600", 60), (429, "x", 60),
  ])
  func aServerIsLeftAloneAsLongAsItAsks(_ status: Int, _ wish: String, _ rest: Int) throws {
    try withPulledServer { server, answers in
      answers.set("/json", LocalServer.Answer("", status: status, headers: ["Retry-After": wish]))
      let pulled = try PulledSite(server, "source: \"\(server.address)/json\", schedule: PT2M")
      let site = try pulled.opened()
      _ = try site.build()
      pulled.clock.wait(seconds: rest - 1)
      #expect(site.pulls?.due == [])
      pulled.clock.wait(seconds: 1)
      #expect(site.pulls?.due == ["a"])
      // What it wished is no longer so once it has answered.
      answers.set("/json", page(["1"]))
      #expect(site.pulls?.pull("a") == true && site.status?.failures == 0)
      answers.set("/json", LocalServer.Answer("", status: 500))
      pulled.clock.wait(seconds: 120)
      _ = site.pulls?.pull("a")
      pulled.clock.wait(seconds: 60)
      #expect(site.pulls?.due == ["a"])
    }
  }

  /// Without a schedule a source is asked once by each program that starts, after its copy is served.
  @Test func withoutAScheduleASourceIsAskedOnce() throws {
    try withPulledServer { server, answers in
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
    try withPulledServer { server, answers in
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

  /// A source that is slow to answer keeps the others of a site waiting neither for their pulls nor for a build of what there is.
  @Test func sourcesAreAskedBesideEachOther() throws {
    let others = DispatchSemaphore(value: 0)
    let server = try LocalServer { request in
      // The first one answers when all others have been asked.
      if request.target == "/0" {
        for _ in 1..<Pulls.atOnce where others.wait(timeout: .now() + 30) != .success { return LocalServer.Answer("", status: 503) }
      } else {
        others.signal()
      }
      return LocalServer.Answer(page([String(request.target.dropFirst())]))
    }
    defer { server.stop() }
    let pulled = try PulledSite(server, "source: \"\(server.address)/9\"")
    let sets = (0..<Pulls.atOnce).map { "  - {name: a\($0), mapping: prov, source: \"\(server.address)/\($0)\"}\n" }.joined()
    try pulled.folder.write("site/site.yaml", SiteFileTests.smallest + "\ndatasets:\n" + sets)
    let site = try pulled.opened()
    #expect(try site.build(pulling: .nothing).failed.isEmpty && server.requests == [])
    #expect(site.awaited == (0..<Pulls.atOnce).map { "a\($0)" } && !site.report.parts.contains { $0.part.kind == .dataset })
    #expect(try site.rebuild(dataset: "a1").parts.isEmpty)
    site.pulls?.run(.missing)
    #expect(site.awaited == [] && site.pulls?.statuses.allSatisfy { $0.failures == 0 && $0.files == 1 } == true)
    for number in 0..<Pulls.atOnce { #expect(try site.rebuild(dataset: "a\(number)").failed.isEmpty) }
    #expect(site.has("0") && site.has("3"))
  }

  /// Another source is another dataset's copy: none of it is shown.
  @Test func aCopyIsOfItsSourceOnly() throws {
    try withPulledServer { server, answers in
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
