import Problems
import RDF
import Resources
import Site
import Synchronization
import TestSupport
import Testing

/// Another run that publishes while one builds: what it published is never replaced unseen.
struct PublishingBesideTests {
  /// Files, and what is done once, when one of them is opened for the first time.
  private final class MeddledSource: ByteSource {
    private let file: String
    private let meddle: Mutex<(@Sendable () -> Void)?>

    init(whenOpening file: String, _ meddle: @escaping @Sendable () -> Void) {
      self.file = file
      self.meddle = Mutex(meddle)
    }

    func open(_ name: String) throws(Failure) -> any ByteStream {
      if name.hasSuffix(file) {
        let act = meddle.withLock { $0.take() }
        act?()
      }
      return try FileSource().open(name)
    }
  }

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.writeSite(datasets: ["{name: hus, mapping: hus, source: hus.csv}"])
    try folder.write("mappings/hus/specification.yaml", "title: Hus\nvariants: [{file: csv.json, for: csv}]\n")
    try folder.write(
      "mappings/hus/csv.json",
      """
      {"@context": "http://www.w3.org/ns/csvw", "url": "hus.csv",
       "tableSchema": {"aboutUrl": "id/hus/{nyckel}", "columns": [{"titles": "nyckel", "name": "nyckel", "propertyUrl": "dcterms:identifier"}]}}
      """)
  }

  private func publish(_ resources: any ByteSource = FileSource()) throws -> Publishing.Outcome {
    let problems = ProblemList()
    let site = try SiteFile(path: folder.file("site.yaml"), resources: FileSource(), problems: problems)
    let day = try #require(CivilDate(year: 2026, month: 8, day: 1))
    return try Publishing(
      site, library: Library(roots: [folder.path]), resources: resources, problems: problems, today: day,
      moment: "2026-08-01T00:00:00+02:00"
    ).run(to: folder.file("release"), allowingLoss: false)
  }

  @Test(arguments: [true, false]) func whatWasPublishedMeanwhileStays(isFirst: Bool) throws {
    if !isFirst {
      try folder.write("hus.csv", "nyckel\n1\n")
      #expect(try publish().isNew)
    }
    try folder.write("hus.csv", "nyckel\n1\n2\n")
    let meddled = MeddledSource(whenOpening: "hus.csv") { [folder] in
      // The other run sees three, this one neither of the last two.
      _ = try? folder.write("hus.csv", "nyckel\n1\n2\n3\n")
      _ = try? ProgramRun(["publish", "-o", "release", "--as-of", "2026-08-01"], in: folder)
      _ = try? folder.write("hus.csv", "nyckel\n1\n4\n")
    }
    let failure = #expect(throws: Failure.self) { try publish(meddled) }
    #expect(failure?.problem.code == .releaseInvalid)
    #expect(try folder.text(of: "release/datasets/hus.nq").contains("/id/hus/3>"))
    #expect(try folder.names.filter { $0.hasPrefix("release") } == ["release"])
  }
}
