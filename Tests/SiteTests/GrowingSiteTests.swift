import Foundation
import Mapping
import Problems
import RDF
import Site
import Store
import Synchronization
import TestSupport
import Testing

/// Datasets that grow (`keep`): what comes is added without reading again what is there, and what is too old goes.
struct GrowingSiteTests {
  @Test func anHourOfReadingsKeepsTheSnapshotAsItWas() throws {
    let readings = try ReadingSite()
    try readings.write("0.csv", 0..<40)
    try #require(try readings.site.build().failed.isEmpty)
    var sizes: [Int] = []
    for minute in 1...60 {
      readings.wait(minutes: 1)
      try readings.write("\(minute).csv", 0..<40)
      let made = try readings.refresh()
      #expect(made.failed.isEmpty)
      #expect(made.parts[0].conversion.rowsRead == 40)
      #expect(try readings.count == 40 * min(minute + 1, 11))
      if minute > 20 { sizes.append(readings.site.holder.current.byteCount) }
      if minute % 20 == 0 {
        let anew = try readings.anew()
        _ = try anew.site.build()
        #expect(try readings.triples == anew.triples)
        #expect(readings.site.report.parts[0].conversion.triples == anew.site.report.parts[0].conversion.triples)
      }
    }
    let (least, most) = (try #require(sizes.min()), try #require(sizes.max()))
    #expect(most - least < least / 20, "\(least) \(most)")
    #expect(readings.site.report.parts[0].conversion.rowsRead == 61 * 40)
    #expect(readings.problems.errorCount == 0)
  }

  @Test func onlyTheNewFileIsOpened() throws {
    let readings = try ReadingSite()
    try readings.write("1.csv", 0..<3)
    _ = try readings.site.build()
    try readings.write("2.csv", 3..<5)
    _ = readings.opened.taken()
    try readings.refresh()
    #expect(readings.opened.taken().filter { $0.hasSuffix(".csv") } == ["2.csv"])
    #expect(try readings.count == 5)
  }

  @Test func whereNothingIsNewNothingIsDone() throws {
    let readings = try ReadingSite()
    try readings.write("1.csv", 0..<3)
    _ = try readings.site.build()
    let before = readings.site.holder.current
    _ = readings.opened.taken()
    #expect(try readings.refresh().parts.isEmpty)
    #expect(readings.opened.taken().filter { $0.hasSuffix(".csv") } == [])
    #expect(readings.site.holder.current === before)
    #expect(try readings.site.rebuild(dataset: "matningar", asWhole: true).parts.count == 2)
    #expect(readings.opened.taken().contains("1.csv"))
  }

  @Test func theSameReadingTwiceIsThereOnce() throws {
    let readings = try ReadingSite()
    try readings.write("1.csv", 0..<10)
    _ = try readings.site.build()
    try readings.write("2.csv", 5..<15)
    try readings.refresh()
    #expect(try readings.count == 15)
    #expect(readings.site.report.parts[0].conversion.triples == 45)
  }

  @Test func readingsWithoutNamesAreToldApart() throws {
    let readings = try ReadingSite(about: nil)
    try readings.write("1.csv", 0..<3)
    _ = try readings.site.build()
    readings.wait(minutes: 6)
    try readings.write("2.csv", 0..<4)
    try readings.refresh()
    #expect(try readings.count == 7)
    readings.wait(minutes: 6)
    try readings.write("3.csv", 0..<1)
    try readings.refresh()
    #expect(try readings.count == 5)
  }

  /// Answers of an interface in JSON, by RML: what is nested goes with its reading.
  @Test func readingsOfJSONComeAndGoWithTheirResults() throws {
    let readings = try ReadingSite.nested()
    try readings.writeJSON("1.json", 0..<3)
    _ = try readings.site.build()
    #expect(readings.site.holder.current.count(in: ReadingSite.graph) == 15)
    readings.wait(minutes: 6)
    try readings.writeJSON("2.json", 0..<4)
    try readings.folder.write("data/3.json", readings.folder.text(of: "data/1.json"))
    _ = readings.opened.taken()
    try readings.refresh()
    #expect(readings.opened.taken().filter { $0.contains("json") && !$0.contains("rml") } == ["2.json", "3.json"])
    #expect(readings.site.holder.current.count(in: ReadingSite.graph) == 35)
    readings.wait(minutes: 5)
    #expect(readings.site.due == ["matningar"])
    try readings.refresh()
    #expect(readings.site.holder.current.count(in: ReadingSite.graph) == 20)
    #expect(readings.site.holder.current.files(of: ReadingSite.graph).map { String($0.suffix(6)) } == ["2.json"])
    #expect(try readings.triples == readings.triplesAnew())
  }

  /// Nothing comes any more, and what is there goes as time passes.
  @Test func whatIsTooOldIsDue() throws {
    let readings = try ReadingSite()
    try readings.write("1.csv", 0..<3)
    _ = try readings.site.build()
    readings.wait(minutes: 4)
    try readings.write("2.csv", 0..<2)
    try readings.refresh()
    #expect(readings.site.due == [])
    readings.wait(minutes: 6)
    #expect(readings.site.due == [])
    readings.wait(minutes: 1)
    #expect(readings.site.due == ["matningar"])
    #expect(try readings.refresh().failed.isEmpty)
    #expect(readings.site.due == [])
    #expect(try readings.count == 2)
    readings.wait(minutes: 60)
    #expect(readings.site.due == ["matningar"])
    try readings.refresh()
    #expect(try readings.count == 0)
    #expect(readings.site.due == [])
    try readings.write("3.csv", 0..<2)
    try readings.refresh()
    #expect(try readings.count == 2)
  }

  @Test func whatIsTooOldWhenItComesIsNotTaken() throws {
    let readings = try ReadingSite()
    try readings.folder.write("data/1.csv", readings.readings(0..<3, minutesAgo: 11))
    try readings.write("2.csv", 0..<2)
    _ = try readings.site.build()
    #expect(try readings.count == 2)
    try readings.folder.write("data/3.csv", readings.readings(0..<3, minutesAgo: 20))
    try readings.folder.write("data/4.csv", readings.readings(0..<3, minutesAgo: 10))
    try readings.refresh()
    #expect(try readings.count == 5)
  }

  @Test func aFileThatChangedOrWentMakesItReadAsAWhole() throws {
    let readings = try ReadingSite()
    try readings.write("1.csv", 0..<3)
    try readings.write("2.csv", 10..<12)
    _ = try readings.site.build()
    try readings.write("1.csv", 0..<2)
    _ = readings.opened.taken()
    try readings.refresh()
    #expect(Set(readings.opened.taken()).isSuperset(of: ["1.csv", "2.csv"]))
    #expect(try readings.count == 4)
    try FileManager.default.removeItem(atPath: readings.folder.file("data/2.csv"))
    try readings.refresh()
    #expect(try readings.count == 2)
    let mapping = "mappings/matningar/csv.json"
    try readings.folder.write(mapping, readings.folder.text(of: mapping).replacingOccurrences(of: "hasSimpleResult", with: "hasResult"))
    try readings.refresh()
    #expect(try readings.triples.filter { $0.contains("hasResult") }.count == 2)
  }

  /// A logger writes on in its file.
  @Test(arguments: [nil, "id/matning/{givare}/{tid}"]) func ofAFileThatGotMoreLinesTheseAreTaken(about: String?) throws {
    let readings = try ReadingSite(about: about)
    try readings.write("1.csv", 0..<3)
    try readings.write("2.csv", 3..<5)
    _ = try readings.site.build()
    for minute in 1...3 {
      readings.wait(minutes: 1)
      let lines = readings.readings(0..<4).split(separator: "\n").dropFirst().map { $0 + "\n" }.joined()
      try readings.folder.write("data/1.csv", readings.folder.text(of: "data/1.csv") + lines)
      let made = try readings.refresh()
      #expect(made.parts[0].conversion.rowsRead == 4)
      #expect(made.parts[0].sources.map { $0.hasSuffix("1.csv") } == [true])
      #expect(try readings.count == 5 + 4 * minute)
    }
    // The row is that of the file.
    let snapshot = readings.site.holder.current
    let sensor = try #require(snapshot.id(of: .iri("https://data.example.se/id/givare/g2")))
    var scan = snapshot.scan(QuadPattern(subject: nil, predicate: nil, object: sensor, graph: .union))
    var rows: Set<Int> = []
    let graph = try #require(snapshot.id(of: ReadingSite.graph))
    while scan.next() {
      for row in 0..<scan.count { rows.formUnion(snapshot.provenance(ofSubject: scan.column(0)[row], in: graph).map(\.row)) }
    }
    #expect(rows == [3, 6, 10, 14])
    readings.wait(minutes: 9)
    try readings.write("3.csv", 0..<1)
    try readings.refresh()
    #expect(try readings.count == 9)
  }

  /// What stood in it before was changed too, or its last line is not whole yet: then all is read.
  @Test(arguments: [
    ("givare;tid;varde\ng0;2026-11-26T12:00:00Z;1\n", "givare;tid;varde\ng1;2026-11-26T12:00:00Z;1\ng2;2026-11-26T12:00:00Z;2\n", 2),
    ("givare;tid;varde\ng0;2026-11-26T12:00:00Z;1", "givare;tid;varde\ng0;2026-11-26T12:00:00Z;15\ng2;2026-11-26T12:00:00Z;2\n", 2),
    // Within quotes the end of a line is none of a row.
    (
      "givare;tid;varde\ng0;2026-11-26T12:00:00Z;1\n\"g1\n",
      "givare;tid;varde\ng0;2026-11-26T12:00:00Z;1\n\"g1\ng2\";2026-11-26T12:00:00Z;2\ng3;2026-11-26T12:00:00Z;3\n", 3
    ),
  ])
  func aFileThatChangedBesidesIsReadAsAWhole(before: String, after: String, count: Int) throws {
    let readings = try ReadingSite()
    try readings.folder.write("data/1.csv", before)
    _ = try readings.site.build()
    try readings.folder.write("data/1.csv", after)
    #expect(try readings.refresh().parts[0].conversion.rowsRead == count)
    #expect(try readings.count == count)
    #expect(try readings.triples == readings.triplesAnew())
  }

  /// Who keeps data for a time clears away the files too.
  @Test func aFileOfWhichNothingIsLeftMayGo() throws {
    let readings = try ReadingSite()
    try readings.write("1.csv", 0..<3)
    _ = try readings.site.build()
    readings.wait(minutes: 11)
    try readings.write("2.csv", 0..<2)
    try readings.refresh()
    try FileManager.default.removeItem(atPath: readings.folder.file("data/1.csv"))
    try readings.write("3.csv", 5..<6)
    _ = readings.opened.taken()
    try readings.refresh()
    #expect(readings.opened.taken().filter { $0.hasSuffix(".csv") } == ["3.csv"])
    #expect(try readings.count == 3)
  }

  @Test func aFileThatCanNotBeReadLeavesTheOldAndComesWhenItIsMended() throws {
    let readings = try ReadingSite()
    try readings.write("1.csv", 0..<3)
    _ = try readings.site.build()
    let before = readings.site.holder.current
    try readings.folder.write("data/2.csv", "x;y\n1;2\n")
    try readings.write("3.csv", 5..<7)
    #expect(try readings.refresh().failed.map(\.part.name) == ["matningar"])
    #expect(readings.site.holder.current === before)
    #expect(readings.site.report.failed.isEmpty)
    try readings.write("2.csv", 10..<11)
    #expect(try readings.refresh().failed.isEmpty)
    #expect(try readings.count == 6)
  }

  /// What is counted over all rows can't go on from the rows of one file.
  @Test func aMappingThatLooksAtOtherRowsIsReadAsAWhole() throws {
    let readings = try ReadingSite(
      about: "id/matning/{givare}/{nummer}",
      more: """
        , {"name": "nummer", "virtual": true, "suppressOutput": true, "https://w3id.org/kommungraf/ns/csvw/ordinal": "{givare}"}
        """)
    try readings.write("1.csv", 0..<2)
    _ = try readings.site.build()
    readings.wait(minutes: 1)
    try readings.write("2.csv", 0..<2)
    try readings.refresh()
    #expect(try readings.count == 4)
    #expect(try readings.triples.contains { $0.hasPrefix("https://data.example.se/id/matning/g1/2,") })
  }

  @Test func withoutAMomentNothingGoesAndThatIsTold() throws {
    let readings = try ReadingSite(specification: "")
    try readings.write("1.csv", 0..<3)
    _ = try readings.site.build()
    let warning = try #require(readings.problems.problems.first)
    #expect(warning.code == .keepWithoutMoment && warning.severity == .warning)
    readings.wait(minutes: 60)
    #expect(readings.site.due == [])
    try readings.write("2.csv", 5..<6)
    try readings.refresh()
    #expect(try readings.count == 4)
    #expect(readings.problems.problems.count == 1)
  }

  @Test func theCatalogSaysWhenItGrewAndFromWhat() throws {
    let readings = try ReadingSite()
    try readings.write("1.csv", 0..<3)
    _ = try readings.site.build()
    readings.wait(minutes: 1)
    try readings.write("2.csv", 0..<3)
    try readings.refresh()
    let rows = try readings.site.rows(
      """
      PREFIX prov: <http://www.w3.org/ns/prov#>
      SELECT ?when ?file { <https://data.example.se/dataset/matningar> prov:generatedAtTime ?when ; prov:wasDerivedFrom ?source .
        ?source <http://www.w3.org/2000/01/rdf-schema#label> ?file } ORDER BY ?file
      """)
    #expect(rows == ["2026-11-26T12:01:00Z,1.csv", "2026-11-26T12:01:00Z,2.csv"])
  }

  /// Each answer is of one state: as many readings as the catalog's moment stands for.
  @Test func readersSeeOnlyWholeStates() throws {
    let readings = try ReadingSite(keep: "PT5M")
    try readings.write("0.csv", 0..<7)
    try #require(try readings.site.build().failed.isEmpty)
    let query = """
      SELECT ?when ?n { <https://data.example.se/dataset/matningar> <http://www.w3.org/ns/prov#generatedAtTime> ?when
        { SELECT (COUNT(?t) AS ?n) { ?s <http://www.w3.org/ns/sosa/resultTime> ?t } } }
      """
    let seen = Mutex<Set<String>>([])
    let isDone = Atomic<Bool>(false)
    let readers = DispatchGroup()
    for _ in 0..<4 {
      readers.enter()
      Thread.detachNewThread { [site = readings.site] in
        repeat {
          do throws(Failure) {
            let rows = try site.rows(query)
            seen.withLock { $0.formUnion(rows.count == 1 ? rows : ["\(rows.count) rows"]) }
          } catch {
            seen.withLock { _ = $0.insert(error.problem.line(in: .en)) }
          }
        } while !isDone.load(ordering: .acquiring)
        readers.leave()
      }
    }
    var states = Set(try readings.site.rows(query))
    for minute in 1...15 {
      readings.wait(minutes: 1)
      try readings.write("\(minute).csv", 0..<7)
      try readings.refresh()
      let state = try readings.site.rows(query)
      #expect(state.count == 1 && state[0].hasSuffix(",\(7 * min(minute + 1, 6))"))
      states.formUnion(state)
    }
    isDone.store(true, ordering: .releasing)
    readers.wait()
    #expect(seen.withLock { $0 }.subtracting(states) == [])
  }
}
