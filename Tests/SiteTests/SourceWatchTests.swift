import Problems
import Resources
import Site
import TestSupport
import Testing

/// `serve --watch`: what is read again.
struct SourceWatchTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func watch(_ datasets: String) throws -> SourceWatch {
    try folder.write("site.yaml", SiteFileTests.smallest + "\ndatasets: [\(datasets)]")
    let site = try SiteFile(path: folder.file("site.yaml"), resources: FileSource(), problems: ProblemList())
    let library = Library(roots: [ProgramRun.repository, folder.path])
    return SourceWatch(LiveSite(site, library: library, resources: FileSource(), problems: ProblemList()))
  }

  @Test func datasetsWhoseFilesChangeAreSeenOnce() throws {
    try folder.write("a.csv", "x\n1\n")
    try folder.write("b1.csv", "x\n1\n")
    var watch = try watch("{name: a, mapping: m, source: a.csv}, {name: b, mapping: m, source: \"b*.csv\"}")
    #expect(watch.changes() == SourceWatch.Changes())
    try folder.write("a.csv", "x\n12\n")
    #expect(watch.changes() == SourceWatch.Changes(datasets: ["a"]))
    #expect(watch.changes() == SourceWatch.Changes())
    try folder.write("b2.csv", "x\n2\n")
    #expect(watch.changes() == SourceWatch.Changes(datasets: ["b"]))
  }

  @Test func aSheetIsItsFile() throws {
    try folder.write("a.xlsx", "1")
    var watch = try watch("{name: a, mapping: m, source: \"a.xlsx!Blad 2\"}")
    try folder.write("a.xlsx", "12")
    #expect(watch.changes() == SourceWatch.Changes(datasets: ["a"]))
  }

  @Test func aMappingIsAPartOfItsDatasets() throws {
    try folder.write("a.csv", "x\n1\n")
    try folder.write("mappings/m/specification.yaml", "title: M\n")
    var watch = try watch("{name: a, mapping: m, source: a.csv}, {name: b, mapping: utegym, source: a.csv}")
    try folder.write("mappings/m/m.csv-metadata.json", "{}")
    #expect(watch.changes() == SourceWatch.Changes(datasets: ["a"]))
  }

  @Test(arguments: ["registers/forskola.csv", "registers/forskola.ledger", "registers/forskola.csv-metadata.json", "crosswalks/a.csv"])
  func registersAreEverybodys(_ file: String) throws {
    try folder.write("registers/forskola.csv-metadata.json", "{}")
    try folder.write("crosswalks/a.csv", "a,b\n")
    var watch = try watch("")
    #expect(watch.changes() == SourceWatch.Changes())
    try folder.write(file, "more than there was")
    #expect(watch.changes() == SourceWatch.Changes(registers: true))
    #expect(watch.changes() == SourceWatch.Changes())
  }
}
