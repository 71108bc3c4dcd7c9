import Bytes
import Mapping
import Problems
import RDF
import Site
import Store
import TestSupport
import Testing

/// APIs that number their changes and are asked for the later ones (contract §3, `pull`).
struct ChangePullTests {
  @Test func onlyWhatHasChangedIsAskedFor() throws {
    try ChangingSite.with { pulled, server in
      for number in 1...3 { server.change("\(number)", "Ting \(number)") }
      var site = try pulled.opened()
      _ = try site.build()
      #expect(["1", "2", "3"].map(site.has) == [true, true, true])
      server.change("2", "Nytt namn")
      server.change("4", "Ting 4")
      #expect(try ChangingSite.pull(site, pulled))
      #expect(site.labels(of: "2") == ["Nytt namn"] && site.has("1") && site.has("4"))
      #expect(try !ChangingSite.pull(site, pulled))
      // What has been merged lies on the disk: a program that is started anew goes on from there.
      site = try pulled.opened()
      _ = try site.build(pulling: .missing)
      #expect(site.labels(of: "2") == ["Nytt namn"] && site.has("1") && site.has("4"))
      server.change("1", nil)
      #expect(try ChangingSite.pull(site, pulled))
      #expect(!site.has("1") && site.has("4"))
      #expect(server.asked == [0, 3, 5, 5].map { "/api?x=1&changeid=\($0)" })
      #expect(pulled.files.count == 1)
    }
  }

  /// Services mark what they have deleted in several ways.
  @Test(
    arguments: [
      ("true", true), ("1", true), ("2", true), ("1e0", true), ("\"1\"", true), ("\"2026-05-04T08:00:00\"", true), ("false", false),
      ("0", false),
      ("-0.0", false), ("\"\"", false), ("\"0\"", false), ("\"False\"", false), ("null", false),
    ])
  func whatIsDeletedSaysSo(_ mark: String, _ isDeleted: Bool) throws {
    func answer(_ number: Int, _ ids: [String], _ mark: String) -> LocalServer.Answer {
      let objects = ids.map { "{\"id\":\"\($0)\",\"namn\":\"Ting\",\"Deleted\":\(mark)}" }.joined(separator: ",")
      return LocalServer.Answer("{\"INFO\":{\"LASTCHANGEID\":\(number)},\"results\":[\(objects)]}")
    }
    let server = try LocalServer(["/api?changeid=0": answer(2, ["1", "2"], "0"), "/api?changeid=2": answer(3, ["1"], mark)])
    defer { server.stop() }
    let pulled = try PulledSite(server, "source: \"\(server.address)/api\", schedule: PT1M", variants: ChangingSite.variants)
    let site = try pulled.opened()
    #expect(try site.build().failed.isEmpty && site.has("1") && site.has("2"))
    #expect(try ChangingSite.pull(site, pulled))
    #expect(site.has("1") == !isDeleted && site.has("2"))
  }

  @Test func aGrowingDatasetKeepsWhatEachPullBrought() throws {
    try ChangingSite.with(", keep: P2D") { pulled, server in
      server.change("1", "Ting 1")
      let site = try pulled.opened()
      _ = try site.build()
      let first = pulled.files
      server.change("2", "Ting 2")
      #expect(try ChangingSite.pull(site, pulled))
      #expect(pulled.files.count == 2 && Set(pulled.files).isSuperset(of: first))
      // No changes are no file.
      #expect(try !ChangingSite.pull(site, pulled))
      #expect(pulled.files.count == 2 && site.has("1") && site.has("2") && !site.isRetired("ting/1"))
      // What has no moment stays, however long ago it came.
      pulled.clock.wait(seconds: 3 * 86_400)
      server.change("3", "Ting 3")
      #expect(try ChangingSite.pull(site, pulled))
      #expect(site.has("1") && site.has("2") && site.has("3") && pulled.files.count == 3)
    }
  }

  /// An answer that numbers its changes and has none is no other kind of answer, also where it is the first one.
  @Test(arguments: ["", ", keep: P2D"]) func noChangesAreAnEmptyDataset(_ more: String) throws {
    try ChangingSite.with(more) { pulled, server in
      let site = try pulled.opened()
      #expect(try site.build().failed.isEmpty && site.status?.problem == nil)
      server.change("1", "Ting 1")
      #expect(try ChangingSite.pull(site, pulled))
      #expect(site.has("1"))
    }
  }

  /// What is deleted is nothing that a growing dataset has more of: it stays as it was, or was never there.
  @Test func whatIsDeletedIsNothingNewInAGrowingDataset() throws {
    try ChangingSite.with(", keep: P2D") { pulled, server in
      server.change("1", "Ting 1")
      let site = try pulled.opened()
      _ = try site.build()
      server.change("1", nil)
      #expect(try !ChangingSite.pull(site, pulled))
      server.change("7", nil)
      server.change("2", "Ting 2")
      #expect(try ChangingSite.pull(site, pulled))
      #expect(["1", "2", "7"].map(site.has) == [true, true, false] && pulled.files.count == 2)
      let thing = Term.iri(.init("\(PulledSite.base)/id/ting/7"))
      #expect(site.holder.current.id(of: thing) == nil)
      #expect(server.asked == [0, 1, 2].map { "/api?x=1&changeid=\($0)" })
    }
  }

  /// A file goes once nothing of it is left in the graph, by the moments of its things and not by when it came.
  @Test func aGrowingDatasetKeepsFilesOfWhichSomethingIsLeft() throws {
    let variants = ChangingSite.variants + "\nmoment: https://w3id.org/kommungraf/ns/tid"
    try ChangingSite.with(", keep: P2D", variants: variants) { pulled, server in
      try pulled.folder.write("mappings/prov/prov.rml.ttl", Self.timed)
      let day = 1440
      server.change("1", pulled.clock.time(inMinutes: 0))
      var site = try pulled.opened()
      #expect(try site.build().failed.isEmpty)
      let first = pulled.files
      server.change("2", pulled.clock.time(inMinutes: 10 * day))
      #expect(try ChangingSite.pull(site, pulled))
      #expect(["1", "2"].map(site.has) == [true, true] && pulled.files.count == 2)
      pulled.clock.wait(minutes: 3 * day)
      server.change("3", pulled.clock.time(inMinutes: 0))
      #expect(try ChangingSite.pull(site, pulled))
      #expect(["1", "2", "3"].map(site.has) == [false, true, true])
      #expect(pulled.files.count == 2 && Set(pulled.files).isDisjoint(with: first))
      #expect(try !ChangingSite.pull(site, pulled))
      // The last file stays even where nothing of it is left, so that the source is not asked for all again.
      site = try pulled.opened()
      _ = try site.build(pulling: .missing)
      #expect(["1", "2", "3"].map(site.has) == [false, true, true])
      pulled.clock.wait(minutes: 30 * day)
      #expect(try !ChangingSite.pull(site, pulled))
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
    let pulled = try PulledSite(server, "source: \"\(server.address)/api\"", variants: ChangingSite.variants)
    let failure = try pulled.opened().build().failed.first?.failure
    #expect(failure?.code == .sourceChanges)
    #expect(failure?.line(in: .en).contains(reason) == true, "\(failure?.line(in: .en) ?? "")")
  }

  /// What is posted stands in a file of the mapping, with places for the number and for keys.
  @Test func aRequestIsPosted() throws {
    let variants =
      "[{name: api, file: prov.rml.ttl, for: json, pull: {request: {file: fraga.xml, type: text/xml}, \(ChangingSite.changes)}}, {name: annan, file: prov.rml.ttl, for: json}]"
    try ChangingSite.with(", variant: api, headers: hemligt.yaml", variants: variants) { pulled, server in
      try pulled.folder.write("mappings/prov/fraga.xml", "<Q key=\"{nyckel}\" changeid=\"{changeid}\"/>")
      try pulled.folder.writePrivate("site/hemligt.yaml", "nyckel: \"a<b&c\"\n")
      server.change("1", "Ting 1")
      let site = try pulled.opened()
      #expect(try site.build().failed.isEmpty)
      #expect(try !ChangingSite.pull(site, pulled))
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
    let pulled = try PulledSite(server, "source: \"\(server.address)/api\"", variants: ChangingSite.variants)
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
    let pulled = try PulledSite(server, "source: \"\(server.address)/api\"", variants: ChangingSite.variants)
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
