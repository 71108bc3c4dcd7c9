import Problems
import Resources
import Site
import TestSupport
import Testing

/// `serve --watch`: which datasets are read again.
struct SourceWatchTests {
  @Test func datasetsWhoseFilesChangeAreSeenOnce() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.csv", "x\n1\n")
    try folder.write("b1.csv", "x\n1\n")
    try folder.write(
      "site.yaml",
      SiteFileTests.smallest + "\ndatasets: [{name: a, mapping: m, source: a.csv}, {name: b, mapping: m, source: \"b*.csv\"}]")
    let site = try SiteFile(path: folder.file("site.yaml"), resources: FileSource(), problems: ProblemList())
    var watch = SourceWatch(site)
    #expect(watch.changed() == [])
    try folder.write("a.csv", "x\n12\n")
    #expect(watch.changed() == ["a"])
    #expect(watch.changed() == [])
    try folder.write("b2.csv", "x\n2\n")
    #expect(watch.changed() == ["b"])
  }

  @Test func aSheetIsItsFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.xlsx", "1")
    try folder.write("site.yaml", SiteFileTests.smallest + "\ndatasets: [{name: a, mapping: m, source: \"a.xlsx!Blad 2\"}]")
    let site = try SiteFile(path: folder.file("site.yaml"), resources: FileSource(), problems: ProblemList())
    var watch = SourceWatch(site)
    try folder.write("a.xlsx", "12")
    #expect(watch.changed() == ["a"])
  }
}
