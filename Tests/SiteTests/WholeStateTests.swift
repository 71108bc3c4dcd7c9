import Foundation
import Problems
import Resources
import Site
import Synchronization
import TestSupport
import Testing

/// Readers ask while the site is built again and again: each answer is of one state.
///
/// The datasets `a` and `b` read one file, in state n with n rows to publish and n to withhold, so that two graphs and two statements of
/// the catalog must agree.
struct WholeStateTests {
  private static let mapping = """
    {"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", "https://w3id.org/kommungraf/ns/csvw/columnMatching": "title",
     "https://w3id.org/kommungraf/ns/csvw/withhold": "skydd = ja; rule: skydd",
     "tableSchema": {"aboutUrl": "id/sak/{nummer}", "columns": [
       {"name": "nummer", "titles": "nummer", "required": true, "propertyUrl": "dcterms:identifier"},
       {"name": "skydd", "titles": "skydd", "suppressOutput": true}]}}
    """

  private static let query = """
    PREFIX dcterms: <http://purl.org/dc/terms/>
    PREFIX kg: <https://w3id.org/kommungraf/ns/>
    SELECT ?a ?b ?withheldOfA ?withheldOfB {
      { SELECT (COUNT(?x) AS ?a) { GRAPH <https://data.example.se/dataset/a> { ?x dcterms:identifier ?i } } }
      { SELECT (COUNT(?x) AS ?b) { GRAPH <https://data.example.se/dataset/b> { ?x dcterms:identifier ?i } } }
      <https://data.example.se/dataset/a> kg:undantagnaRader ?withheldOfA .
      <https://data.example.se/dataset/b> kg:undantagnaRader ?withheldOfB .
    }
    """

  private static func table(_ state: Int) -> String {
    "nummer;skydd\n" + (1...state).map { "\($0);nej\n" }.joined() + (1...state).map { "\(state + $0);ja\n" }.joined()
  }

  private let folder: TemporaryFolder
  private let site: LiveSite
  private let problems = ProblemList()

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("mappings/saker/csv.json", Self.mapping)
    try folder.write("mappings/saker/specification.yaml", "title: Saker\nvariants: [{file: csv.json, for: csv}]\n")
    try folder.write("t.csv", Self.table(1))
    let list = ["a", "b"].map { "  - {name: \($0), mapping: saker, source: t.csv}\n" }.joined()
    try folder.write("site.yaml", SiteFileTests.smallest + "\ndatasets:\n" + list)
    let file = try SiteFile(path: folder.file("site.yaml"), resources: FileSource(), problems: problems)
    site = LiveSite(file, library: Library(roots: [folder.path]), resources: FileSource(), problems: problems)
  }

  /// What one reader saw, or why it could not.
  private final class Seen: Sendable {
    let rows = Mutex<Set<String>>([])
    let failures = Mutex<[String]>([])
    let isDone = Atomic<Bool>(false)
  }

  private static func read(_ site: LiveSite, _ seen: Seen) {
    repeat {
      do throws(Failure) {
        let rows = try site.rows(query)
        seen.rows.withLock { $0.formUnion(rows.isEmpty ? ["nothing"] : Set(rows)) }
      } catch {
        seen.failures.withLock { $0.append(error.problem.line(in: .en)) }
      }
    } while !seen.isDone.load(ordering: .acquiring)
  }

  @Test func eightReadersSeeOnlyWholeStates() throws {
    try #require(try site.build().failed.isEmpty)
    #expect(try site.rows(Self.query) == ["1,1,1,1"])
    var states: Set<String> = ["1,1,1,1"]
    let seen = Seen()
    let readers = DispatchGroup()
    for _ in 0..<8 {
      readers.enter()
      Thread.detachNewThread { [site] in
        Self.read(site, seen)
        readers.leave()
      }
    }
    for state in 2...15 {
      try folder.write("t.csv", Self.table(state))
      if state % 3 == 0 {
        #expect(try site.build().failed.isEmpty)
      } else {
        #expect(try site.rebuild(dataset: "a").failed.isEmpty)
        states.insert("\(state),\(state - 1),\(state),\(state - 1)")
        #expect(try site.rebuild(dataset: "b").failed.isEmpty)
      }
      states.insert("\(state),\(state),\(state),\(state)")
    }
    seen.isDone.store(true, ordering: .releasing)
    readers.wait()
    #expect(seen.failures.withLock { $0 } == [])
    #expect(seen.rows.withLock { $0 }.subtracting(states) == [])
    #expect(try site.rows(Self.query) == ["15,15,15,15"])
  }

  /// Builds asked for at the same time wait for each other, and none is lost.
  @Test func rebuildsAtTheSameTimeAreAllKept() throws {
    try #require(try site.build().failed.isEmpty)
    try folder.write("t.csv", Self.table(7))
    let failures = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 8) { [site] number in
      do throws(Failure) {
        _ = try site.rebuild(dataset: number % 2 == 0 ? "a" : "b")
      } catch {
        failures.withLock { $0.append(error.problem.line(in: .en)) }
      }
    }
    #expect(failures.withLock { $0 } == [])
    #expect(try site.rows(Self.query) == ["7,7,7,7"])
  }
}
