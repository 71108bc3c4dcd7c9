import Bytes
import Problems
import RDF
import Site
import Store
import TestSupport
import Testing

/// What a source with changes deletes: its identifier is retired, and none that is missing for another reason.
struct RetirementTests {
  @Test func whatIsDeletedIsRetired() throws {
    try ChangingSite.with { pulled, server in
      for number in 1...2 { server.change("\(number)", "Ting \(number)") }
      var site = try pulled.opened()
      func retired(_ id: String) -> [String] {
        let thing = Term.iri(.init("\(PulledSite.base)/id/ting/\(id)"))
        return site.holder.current.objects(of: thing, "http://www.w3.org/ns/prov#invalidatedAtTime").compactMap(\.literalText)
      }
      _ = try site.build()
      server.change("1", nil)
      #expect(try ChangingSite.pull(site, pulled))
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
      #expect(try ChangingSite.pull(site, pulled))
      #expect(retired("1") == [] && site.labels(of: "1") == ["Åter"])
      // What was deleted before it was ever published has no identifier that could be retired.
      server.change("7", nil)
      _ = try ChangingSite.pull(site, pulled)
      #expect(retired("7") == [])
    }
  }

  /// Identifiers that are made in another way are not said to be gone from the source.
  @Test func whatAnotherMappingNamesOtherwiseIsNotRetired() throws {
    try ChangingSite.with { pulled, server in
      for number in 1...2 { server.change("\(number)", "Ting \(number)") }
      _ = try pulled.opened().build()
      try pulled.folder.write("mappings/prov/prov.rml.ttl", PulledSite.mapping.replacing("id/ting/", with: "id/sak/"))
      let site = try pulled.opened()
      _ = try site.build()
      #expect(site.holder.current.id(of: .iri(.init("\(PulledSite.base)/id/sak/1"))) != nil)
      #expect(!site.isRetired("ting/1") && !site.isRetired("sak/1"))
      // From then on what is deleted is.
      server.change("1", nil)
      #expect(try ChangingSite.pull(site, pulled))
      #expect(!site.isRetired("ting/1") && site.isRetired("sak/1") && !site.isRetired("sak/2"))
    }
  }

  /// A mapping whose items are withheld by a rule.
  private static func with(rule: String, _ mapping: String = PulledSite.mapping) -> String {
    let items = "rml:iterator \"$.results[*]\""
    return mapping.replacing(items, with: items + " ; <https://w3id.org/kommungraf/ns/csvw/withhold> \"\(rule)\"")
  }

  /// Of what is missing at once, what the source has deleted is retired, and what is held back is not, whatever their numbers.
  @Test func whatIsHeldBackIsNotRetired() throws {
    try ChangingSite.with { pulled, server in
      try pulled.folder.write("mappings/prov/prov.rml.ttl", Self.with(rule: "$.namn = Hemlig"))
      for number in 1...6 { server.change("\(number)", number == 5 ? "Hemlig" : "Ting \(number)") }
      let site = try pulled.opened()
      _ = try site.build()
      #expect(site.has("1") && !site.has("5"))
      func retired() -> [Int] { (1...6).filter { site.isRetired("ting/\($0)") } }
      // One is deleted, one held back from now on, and one held back before is deleted.
      server.change("1", nil)
      server.change("2", "Hemlig")
      server.change("5", nil)
      #expect(try ChangingSite.pull(site, pulled))
      #expect(retired() == [1])
      server.change("3", nil)
      server.change("4", "Hemlig")
      #expect(try ChangingSite.pull(site, pulled))
      #expect(retired() == [1, 3])
      // What was deleted and came again between two builds, to be held back, has not been taken away.
      server.change("6", nil)
      pulled.clock.wait(seconds: 60)
      #expect(site.pulls?.pull("a") == true)
      server.change("6", "Hemlig")
      #expect(try ChangingSite.pull(site, pulled))
      #expect(retired() == [1, 3] && !site.has("6"))
    }
  }

  /// What no object names any more is retired as what is deleted is, and not what one names that is held back.
  @Test func whatNoObjectNamesAnyMoreIsRetired() throws {
    try ChangingSite.with { pulled, server in
      let byName = PulledSite.mapping.replacing("id/ting/{$.id}", with: "id/ting/{$.namn}")
      try pulled.folder.write("mappings/prov/prov.rml.ttl", Self.with(rule: "$.id = 3", byName))
      server.change("1", "a")
      server.change("2", "b")
      let site = try pulled.opened()
      _ = try site.build()
      #expect(site.has("a") && site.has("b"))
      server.change("1", "c")
      server.change("2", nil)
      server.change("3", "b")
      #expect(try ChangingSite.pull(site, pulled))
      #expect(["a", "b", "c"].map { site.isRetired("ting/\($0)") } == [true, false, false] && site.has("c") && !site.has("b"))
    }
  }

  /// An item that can't be judged is held back, and not taken away.
  @Test func whatCannotBeJudgedIsNotRetired() throws {
    try ChangingSite.with { pulled, server in
      let byName = PulledSite.mapping.replacing("id/ting/{$.id}", with: "id/ting/{$.namn}")
      try pulled.folder.write("mappings/prov/prov.rml.ttl", Self.with(rule: "$.namn = Hemlig", byName))
      for name in ["a", "b", "c"] { server.change(name, name) }
      let site = try pulled.opened()
      _ = try site.build()
      server.change("b", json: "[\"b\",\"d\"]")
      #expect(try ChangingSite.pull(site, pulled))
      #expect(site.has("a") && !site.has("b") && !site.has("d"))
      server.change("a", nil)
      #expect(try ChangingSite.pull(site, pulled))
      #expect(["a", "b", "c", "d"].map { site.isRetired("ting/\($0)") } == [true, false, false, false])
    }
  }

  /// Where more is wrong than in the last build, that may be why something is missing, and a register that says otherwise may be.
  @Test func whatMayBeMissingForAnotherReasonIsNotRetired() throws {
    try ChangingSite.with { pulled, server in
      try pulled.folder.write("vocabularies/ting.csv", "nyckel,namn\n1,Ett\n2,Två\n3,Tre\n")
      try pulled.folder.write(
        "vocabularies/ting.csv-metadata.json",
        """
        {"@context": "http://www.w3.org/ns/csvw", "url": "ting.csv",
         "tableSchema": {"aboutUrl": "https://data.example.se/id/ting/{nyckel}", "columns": [
           {"name": "nyckel", "propertyUrl": "dcterms:identifier"},
           {"name": "namn", "propertyUrl": "rdfs:label", "lang": "sv"}]}}
        """)
      let byRegister = PulledSite.mapping.replacing(
        "rml:template \"id/ting/{$.id}\"", with: "rml:reference \"$.id\" ; <https://w3id.org/kommungraf/ns/csvw/register> \"ting\"")
      try pulled.folder.write("mappings/prov/prov.rml.ttl", byRegister)
      for key in ["1", "2", "3"] { server.change(key, "Ting") }
      let site = try pulled.opened()
      _ = try site.build()
      #expect(["1", "2", "3"].allSatisfy(site.has))
      func retired() -> [Int] { (1...3).filter { site.isRetired("ting/\($0)") } }
      // A code that is not in the register is beside what was deleted.
      server.change("1", nil)
      server.change("9", "Ting")
      #expect(try ChangingSite.pull(site, pulled))
      #expect(retired() == [])
      // The register no longer has a code that the source has.
      try pulled.folder.write("vocabularies/ting.csv", "nyckel,namn\n1,Ett\n3,Tre\n9,Nio\n")
      #expect(try site.rebuild(dataset: "a").failed.isEmpty)
      #expect(retired() == [])
      server.change("3", nil)
      #expect(try ChangingSite.pull(site, pulled))
      #expect(retired() == [3])
    }
  }

  /// What was deleted while nothing could be built is retired by the build after it.
  @Test func whatWasDeletedBetweenTwoBuildsIsRetired() throws {
    try ChangingSite.with { pulled, server in
      for number in 1...4 { server.change("\(number)", "Ting \(number)") }
      var site = try pulled.opened()
      _ = try site.build()
      for number in 1...2 {
        server.change("\(number)", nil)
        pulled.clock.wait(seconds: 60)
        #expect(site.pulls?.pull("a") == true)
      }
      site = try pulled.opened()
      server.change("3", nil)
      #expect(try ChangingSite.pull(site, pulled))
      #expect((1...4).map { site.isRetired("ting/\($0)") } == [true, true, true, false])
    }
  }

  /// What can't be read of what there has been is not taken for nothing: it is told of and kept, and nothing is retired.
  @Test(arguments: [
    ("", 1), ("things", 1), ("things\n", 1), ("#\n", 1), ("#\tr\tcell-datatype=many\n", 1),
    ("#\tr\n\(PulledSite.base)/id/ting/2\tsoon\n", 2), ("#\tr\n\n", 2), ("#\tr\n\(PulledSite.base)/id/ti", 2),
    ("#\tr\n\(PulledSite.base)/id/ting/2\t1\t2\n", 2),
  ])
  func whatHasBeenIsPutAsideWhereItIsBroken(_ text: String, _ line: Int) throws {
    try ChangingSite.with { pulled, server in
      for number in 1...4 { server.change("\(number)", "Ting \(number)") }
      let site = try pulled.opened()
      _ = try site.build()
      let file = "site/.kommungraf/pulled/a/things.tsv"
      try pulled.folder.write(file, text)
      server.change("2", nil)
      #expect(try ChangingSite.pull(site, pulled))
      func told() -> [Problem] { pulled.problems.problems.filter { $0.code == .thingsUnreadable } }
      #expect(told().map(\.place) == [Place(file: pulled.folder.file(file), line: line)])
      #expect(told().allSatisfy { $0.severity == .warning })
      #expect(!site.isRetired("ting/2") && site.has("1"))
      #expect(try pulled.folder.text(of: file + ".unreadable") == text)
      // From then on what is deleted is retired.
      server.change("3", nil)
      #expect(try ChangingSite.pull(site, pulled))
      #expect((1...4).map { site.isRetired("ting/\($0)") } == [false, false, true, false])
      #expect(told().count == 1)
    }
  }

  @Test func whatHasBeenIsPutAsideWhereItCannotBeRead() throws {
    try ChangingSite.with { pulled, server in
      server.change("1", "Ting 1")
      try pulled.folder.write("site/.kommungraf/pulled/a/things.tsv/x", "")
      #expect(try pulled.opened().build().failed.isEmpty)
      #expect(pulled.problems.problems.filter { $0.severity != .warning }.isEmpty)
      #expect(pulled.problems.problems.filter { $0.code == .thingsUnreadable }.count == 1)
      #expect(try pulled.folder.bytes(of: "site/.kommungraf/pulled/a/things.tsv.unreadable/x").isEmpty)
      #expect(try pulled.folder.text(of: "site/.kommungraf/pulled/a/things.tsv").hasSuffix("\(PulledSite.base)/id/ting/1\n"))
    }
  }
}
