import Bytes
import Mapping
import Problems
import RDF
import Store
import Synchronization
import TestSupport
import Testing

@testable import Site

/// APIs that number their changes and are asked for the later ones: what is deleted leaves the graph, and its identifier is retired.
struct ChangePullTests {
  /// An API of things with changes, of which each answers with the objects after a number.
  private final class ChangingServer: Sendable {
    private let changes = Mutex<[(id: String, name: String?)]>([])
    let server: LocalServer
    private let seen: Mutex<[String]>

    init() throws {
      let answer = Mutex<(@Sendable (LocalServer.Request) -> LocalServer.Answer)?>(nil)
      seen = Mutex([])
      server = try LocalServer { request in answer.withLock { $0 }?(request) ?? LocalServer.Answer("", status: 500) }
      answer.withLock { body in body = { [self] in self.answer($0) } }
    }

    /// A thing gets a name, or is deleted.
    func change(_ id: String, _ name: String?) { changes.withLock { $0.append((id, name)) } }

    /// What was asked for.
    var asked: [String] { seen.withLock { $0 } }

    private func answer(_ request: LocalServer.Request) -> LocalServer.Answer {
      let text = request.body.isEmpty ? request.target : String(decoding: request.body, as: UTF8.self)
      seen.withLock { $0.append(text) }
      let digits = text.firstRange(of: "changeid=").map { text[$0.upperBound...].drop { $0 == "\"" }.prefix { $0.isNumber } }
      let from = digits.flatMap { Int($0) } ?? 0
      let all = changes.withLock { $0 }
      let objects = all.dropFirst(from).map { change in
        "{\"id\":\"\(change.id)\"," + (change.name.map { "\"namn\":\"\($0)\",\"Deleted\":false}" } ?? "\"Deleted\":true}")
      }
      let info = "\"INFO\":{\"LASTCHANGEID\":\"\(all.count)\"}"
      return LocalServer.Answer(
        "{\(info)\(objects.isEmpty ? "" : ",\"results\":[\(objects.joined(separator: ","))]")}",
        headers: ["Content-Type": "application/json"])
    }
  }

  private static let changes =
    "changes: {last: $.INFO.LASTCHANGEID, objects: $.results, key: $.id, deleted: $.Deleted, parameter: changeid}"
  private static let variants = "[{name: api, file: prov.rml.ttl, for: json, pull: {\(changes)}}]"

  private func withSite(
    _ more: String = "", variants: String = variants, _ body: (PulledSite, ChangingServer) throws -> Void
  ) throws {
    let changing = try ChangingServer()
    defer { changing.server.stop() }
    try body(
      try PulledSite(changing.server, "source: \"\(changing.server.address)/api?x=1\", schedule: PT1M\(more)", variants: variants), changing
    )
  }

  private func pull(_ site: LiveSite, _ pulled: PulledSite) throws -> Bool {
    pulled.clock.wait(seconds: 60)
    let isNew = site.pulls?.pull("a") ?? false
    #expect(site.status?.problem == nil)
    if isNew { #expect(try site.rebuild(dataset: "a").failed.isEmpty) }
    return isNew
  }

  @Test func onlyWhatHasChangedIsAskedFor() throws {
    try withSite { pulled, server in
      for number in 1...3 { server.change("\(number)", "Ting \(number)") }
      var site = try pulled.opened()
      _ = try site.build()
      #expect(["1", "2", "3"].map(site.has) == [true, true, true])
      server.change("2", "Nytt namn")
      server.change("4", "Ting 4")
      #expect(try pull(site, pulled))
      #expect(site.labels(of: "2") == ["Nytt namn"] && site.has("1") && site.has("4"))
      #expect(try !pull(site, pulled))
      // What has been merged lies on the disk: a program that is started anew goes on from there.
      site = try pulled.opened()
      _ = try site.build(pulling: .missing)
      #expect(site.labels(of: "2") == ["Nytt namn"] && site.has("1") && site.has("4"))
      server.change("1", nil)
      #expect(try pull(site, pulled))
      #expect(!site.has("1") && site.has("4"))
      #expect(server.asked == [0, 3, 5, 5].map { "/api?x=1&changeid=\($0)" })
      #expect(pulled.files.count == 1)
    }
  }

  @Test func whatIsDeletedIsRetired() throws {
    try withSite { pulled, server in
      for number in 1...2 { server.change("\(number)", "Ting \(number)") }
      var site = try pulled.opened()
      func retired(_ id: String) -> [String] {
        let thing = Term.iri(.init("\(PulledSite.base)/id/ting/\(id)"))
        return site.holder.current.objects(of: thing, "http://www.w3.org/ns/prov#invalidatedAtTime").compactMap(\.literalText)
      }
      _ = try site.build()
      server.change("1", nil)
      #expect(try pull(site, pulled))
      let moment = pulled.clock.now
      #expect(retired("1") == [SwedishTime.text(at: moment)] && retired("2") == [] && retired("9") == [])
      #expect(!site.has("1"))
      // Whenever the site is built later, and by whom, it is told, with the moment at which it was seen.
      pulled.clock.wait(seconds: 10 * 86_400)
      site = try pulled.opened()
      _ = try site.build()
      #expect(retired("1") == [SwedishTime.text(at: moment)])
      // What comes again is in use again.
      server.change("1", "Åter")
      #expect(try pull(site, pulled))
      #expect(retired("1") == [] && site.labels(of: "1") == ["Åter"])
      // What was deleted before it was ever published has no identifier that could be retired.
      server.change("7", nil)
      _ = try pull(site, pulled)
      #expect(retired("7") == [])
    }
  }

  @Test func aGrowingDatasetKeepsWhatEachPullBrought() throws {
    try withSite(", keep: P2D") { pulled, server in
      server.change("1", "Ting 1")
      let site = try pulled.opened()
      _ = try site.build()
      let first = pulled.files
      server.change("2", "Ting 2")
      #expect(try pull(site, pulled))
      #expect(pulled.files.count == 2 && Set(pulled.files).isSuperset(of: first))
      // No changes are no file.
      #expect(try !pull(site, pulled))
      #expect(pulled.files.count == 2 && site.has("1") && site.has("2") && !site.isRetired("ting/1"))
      // What has no moment stays, however long ago it came.
      pulled.clock.wait(seconds: 3 * 86_400)
      server.change("3", "Ting 3")
      #expect(try pull(site, pulled))
      #expect(site.has("1") && site.has("2") && site.has("3") && pulled.files.count == 3)
    }
  }

  /// Identifiers that are made in another way are not said to be gone from the source.
  @Test func whatAnotherMappingNamesOtherwiseIsNotRetired() throws {
    try withSite { pulled, server in
      for number in 1...2 { server.change("\(number)", "Ting \(number)") }
      _ = try pulled.opened().build()
      try pulled.folder.write("mappings/prov/prov.rml.ttl", PulledSite.mapping.replacing("id/ting/", with: "id/sak/"))
      let site = try pulled.opened()
      _ = try site.build()
      #expect(site.holder.current.id(of: .iri(.init("\(PulledSite.base)/id/sak/1"))) != nil)
      #expect(!site.isRetired("ting/1") && !site.isRetired("sak/1"))
      // From then on what is deleted is.
      server.change("1", nil)
      #expect(try pull(site, pulled))
      #expect(!site.isRetired("ting/1") && site.isRetired("sak/1") && !site.isRetired("sak/2"))
    }
  }

  /// Of what is missing at once, what the source has deleted is retired, and what is held back is not, whatever their numbers.
  @Test func whatIsHeldBackIsNotRetired() throws {
    try withSite { pulled, server in
      let rule = "rml:iterator \"$.results[*]\" ; <https://w3id.org/kommungraf/ns/csvw/withhold> \"$.namn = Hemlig\""
      try pulled.folder.write(
        "mappings/prov/prov.rml.ttl", PulledSite.mapping.replacing("rml:iterator \"$.results[*]\"", with: rule))
      for number in 1...5 { server.change("\(number)", number == 5 ? "Hemlig" : "Ting \(number)") }
      let site = try pulled.opened()
      _ = try site.build()
      #expect(site.has("1") && !site.has("5"))
      // One is deleted, one held back from now on, and one held back before is deleted.
      server.change("1", nil)
      server.change("2", "Hemlig")
      server.change("5", nil)
      #expect(try pull(site, pulled))
      #expect(["1", "2", "3", "5"].map { site.isRetired("ting/\($0)") } == [true, false, false, false])
      server.change("3", nil)
      server.change("4", "Hemlig")
      #expect(try pull(site, pulled))
      #expect(["1", "2", "3", "4"].map { site.isRetired("ting/\($0)") } == [true, false, true, false])
    }
  }

  /// What an object names no more is retired as what is deleted is.
  @Test func whatAChangedObjectNoLongerNamesIsRetired() throws {
    try withSite { pulled, server in
      try pulled.folder.write("mappings/prov/prov.rml.ttl", PulledSite.mapping.replacing("id/ting/{$.id}", with: "id/ting/{$.namn}"))
      for number in 1...2 { server.change("\(number)", "n\(number)") }
      let site = try pulled.opened()
      _ = try site.build()
      server.change("1", "n3")
      #expect(try pull(site, pulled))
      #expect(["n1", "n2", "n3"].map { site.isRetired("ting/\($0)") } == [true, false, false] && site.has("n3"))
    }
  }

  /// What was deleted while nothing could be built is retired by the build after it.
  @Test func whatWasDeletedBetweenTwoBuildsIsRetired() throws {
    try withSite { pulled, server in
      for number in 1...4 { server.change("\(number)", "Ting \(number)") }
      var site = try pulled.opened()
      _ = try site.build()
      for number in 1...2 {
        server.change("\(number)", nil)
        pulled.clock.wait(seconds: 60)
        #expect(site.pulls?.pull("a") == true)
      }
      #expect(pulled.files.filter { $0.contains("-deleted/") }.count == 2)
      site = try pulled.opened()
      server.change("3", nil)
      #expect(try pull(site, pulled))
      #expect((1...4).map { site.isRetired("ting/\($0)") } == [true, true, true, false])
      // What they were is kept no longer.
      #expect(pulled.files.count == 1)
      server.change("4", "Ting")
      #expect(try pull(site, pulled))
      #expect((1...4).map { site.isRetired("ting/\($0)") } == [true, true, true, false])
    }
  }

  /// What can't be read of what there has been is not taken for nothing.
  @Test func whatHasBeenIsNotForgottenWhereItCannotBeRead() throws {
    try withSite { pulled, server in
      server.change("1", "Ting 1")
      try pulled.folder.write("site/.kommungraf/pulled/a/things.tsv/x", "")
      #expect(try pulled.opened().build().failed.first?.failure?.code == .inputUnreadable)
    }
  }

  /// What is deleted is nothing that a growing dataset has more of: it stays as it was, or was never there.
  @Test func whatIsDeletedIsNothingNewInAGrowingDataset() throws {
    try withSite(", keep: P2D") { pulled, server in
      server.change("1", "Ting 1")
      let site = try pulled.opened()
      _ = try site.build()
      server.change("1", nil)
      #expect(try !pull(site, pulled))
      server.change("7", nil)
      server.change("2", "Ting 2")
      #expect(try pull(site, pulled))
      #expect(["1", "2", "7"].map(site.has) == [true, true, false] && pulled.files.count == 2)
      let thing = Term.iri(.init("\(PulledSite.base)/id/ting/7"))
      #expect(site.holder.current.id(of: thing) == nil)
      #expect(server.asked == [0, 1, 2].map { "/api?x=1&changeid=\($0)" })
    }
  }

  /// A file goes once nothing of it is left in the graph, by the moments of its things and not by when it came.
  @Test func aGrowingDatasetKeepsFilesOfWhichSomethingIsLeft() throws {
    let variants = Self.variants + "\nmoment: https://w3id.org/kommungraf/ns/tid"
    try withSite(", keep: P2D", variants: variants) { pulled, server in
      try pulled.folder.write("mappings/prov/prov.rml.ttl", Self.timed)
      let day = 1440
      server.change("1", pulled.clock.time(inMinutes: 0))
      var site = try pulled.opened()
      #expect(try site.build().failed.isEmpty)
      let first = pulled.files
      server.change("2", pulled.clock.time(inMinutes: 10 * day))
      #expect(try pull(site, pulled))
      #expect(["1", "2"].map(site.has) == [true, true] && pulled.files.count == 2)
      pulled.clock.wait(minutes: 3 * day)
      server.change("3", pulled.clock.time(inMinutes: 0))
      #expect(try pull(site, pulled))
      #expect(["1", "2", "3"].map(site.has) == [false, true, true])
      #expect(pulled.files.count == 2 && Set(pulled.files).isDisjoint(with: first))
      #expect(try !pull(site, pulled))
      // The last file stays even where nothing of it is left, so that the source is not asked for all again.
      site = try pulled.opened()
      _ = try site.build(pulling: .missing)
      #expect(["1", "2", "3"].map(site.has) == [false, true, true])
      pulled.clock.wait(minutes: 30 * day)
      #expect(try !pull(site, pulled))
      #expect(server.asked.last == "/api?x=1&changeid=3")
    }
  }

  private static let timed = """
    @prefix rml: <http://w3id.org/rml/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    @prefix kg: <https://w3id.org/kommungraf/ns/> .
    <#ting> rml:logicalSource [ rml:source "prov.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$.results[*]" ] ;
      rml:subjectMap [ rml:template "id/ting/{$.id}" ; rml:class kg:Ting ] ;
      rml:predicateObjectMap [ rml:predicate rdfs:label ; rml:objectMap [ rml:reference "$.namn" ] ] ;
      rml:predicateObjectMap [ rml:predicate kg:tid ; rml:objectMap [ rml:reference "$.namn" ; rml:datatype xsd:dateTime ] ] .
    """

  @Test(arguments: [
    ("{\"results\":[]}", "no number of the last change, $.INFO.LASTCHANGEID"),
    ("{\"INFO\":{\"LASTCHANGEID\":\"1\"},\"results\":[{\"namn\":\"x\"}]}", "an object lacks its key, $.id"),
    ("[1]", "no number of the last change"), ("a;b\n1;2\n", "not JSON"),
  ])
  func anAnswerWithoutWhatIsNeededIsRefused(_ answer: String, _ reason: String) throws {
    let server = try LocalServer(["/api?changeid=0": LocalServer.Answer(answer)])
    defer { server.stop() }
    let pulled = try PulledSite(server, "source: \"\(server.address)/api\"", variants: Self.variants)
    let failure = try pulled.opened().build().failed.first?.failure
    #expect(failure?.code == .sourceChanges)
    #expect(failure?.line(in: .en).contains(reason) == true, "\(failure?.line(in: .en) ?? "")")
  }

  /// What is posted stands in a file of the mapping, with places for the number and for keys.
  @Test func aRequestIsPosted() throws {
    let variants =
      "[{name: api, file: prov.rml.ttl, for: json, pull: {request: {file: fraga.xml, type: text/xml}, \(Self.changes)}}, {name: annan, file: prov.rml.ttl, for: json}]"
    try withSite(", variant: api, headers: hemligt.yaml", variants: variants) { pulled, server in
      try pulled.folder.write("mappings/prov/fraga.xml", "<Q key=\"{nyckel}\" changeid=\"{changeid}\"/>")
      try pulled.folder.writePrivate("site/hemligt.yaml", "nyckel: \"a<b&c\"\n")
      server.change("1", "Ting 1")
      let site = try pulled.opened()
      #expect(try site.build().failed.isEmpty)
      #expect(try !pull(site, pulled))
      #expect(server.asked == [0, 1].map { "<Q key=\"a&lt;b&amp;c\" changeid=\"\($0)\"/>" })
      // Who asks for something else begins anew.
      try pulled.folder.write("mappings/prov/fraga.xml", "<Q typ=\"x\" changeid=\"{changeid}\"/>")
      #expect(try pulled.opened().build(pulling: .missing).failed.isEmpty)
      #expect(server.asked.last == "<Q typ=\"x\" changeid=\"0\"/>" && server.asked.count == 3)
    }
  }

  /// Changes are held in memory until they are merged: there are limits to that below those of what goes to the disk.
  @Test func tooManyChangesAreGivenUp() throws {
    let server = try LocalServer { request in
      let number = request.target.firstRange(of: "p=").flatMap { Int(request.target[$0.upperBound...]) } ?? 0
      return LocalServer.Answer(page(["\(number)"], next: "/api?p=\(number + 1)", more: "\"INFO\":{\"LASTCHANGEID\":\"1\"},"))
    }
    defer { server.stop() }
    let pulled = try PulledSite(server, "source: \"\(server.address)/api\"", variants: Self.variants)
    var limits = PullLimits()
    limits.changes = 1000
    let failure = try pulled.opened(limits: limits).build().failed.first?.failure
    #expect(failure?.code == .sourceChanges)
    #expect(failure?.line(in: .en).contains("more than 1000 bytes") == true, "\(failure?.line(in: .en) ?? "")")
    #expect(server.requests.count < 20 && pulled.files == [])
  }

  /// Pages without objects end what is asked for, whatever other lists they have.
  @Test func changesWithoutObjectsEnd() throws {
    let server = try LocalServer { request in
      let number = request.target.firstRange(of: "p=").flatMap { Int(request.target[$0.upperBound...]) } ?? 0
      let more = "\"INFO\":{\"LASTCHANGEID\":\"\(number)\",\"x\":[1]},"
      return LocalServer.Answer(page(number < 2 ? ["\(number)"] : [], next: "/api?p=\(number + 1)", more: more))
    }
    defer { server.stop() }
    let pulled = try PulledSite(server, "source: \"\(server.address)/api\"", variants: Self.variants)
    let site = try pulled.opened()
    #expect(try site.build().failed.isEmpty)
    #expect(site.has("0") && site.has("1") && server.requests.count == 5)
  }

  @Test(arguments: [
    ("{next: results}", "2:"), ("{request: {type: text/xml}}", "request must have file"),
    ("{changes: {last: $.a}}", "last, objects and key"),
    ("{changes: {last: $.a, objects: \"$..b\", key: $.c}}", "«$..b» must lead to one place"), ("nej", "pull must have"),
  ])
  func rulesThatSayNothingAreTold(_ pull: String, _ reason: String) throws {
    let server = try LocalServer([:])
    defer { server.stop() }
    let pulled = try PulledSite(
      server, "source: \"\(server.address)/api\"", variants: "[{name: api, file: prov.rml.ttl, for: json, pull: \(pull)}]")
    let failure = try pulled.opened().build().failed.first?.failure
    #expect(failure?.code == .mappingInvalid)
    #expect(failure?.line(in: .en).contains(reason) == true, "\(failure?.line(in: .en) ?? "")")
    #expect(server.requests == [])
  }
}

extension LiveSite {
  /// Whether the graphs say of a thing of the site, by its path below `/id/`, that it is no more.
  fileprivate func isRetired(_ path: String) -> Bool {
    let thing = Term.iri(.init("\(PulledSite.base)/id/\(path)"))
    return !holder.current.objects(of: thing, "http://www.w3.org/ns/prov#invalidatedAtTime").isEmpty
  }
}
