import Bytes
import Foundation
import Problems
import Resources
import TestSupport
import Testing

/// A folder that takes another's place as a whole.
struct FolderOutputTests {
  private let folder: TestSupport.TemporaryFolder
  private var path: String { folder.file("release") }

  init() throws { folder = try TestSupport.TemporaryFolder() }

  private func write(_ names: [String], to output: FolderOutput) throws {
    for name in names {
      let file = try output.file(name)
      try ByteString("new \(name)").withView { try file.write($0) }
      try file.finish()
    }
  }

  @Test("The folder appears when it is finished, and the old one is gone") func replaces() throws {
    try folder.write("release/a/old.nq", "old")
    let output = try FolderOutput(path: path + "/")
    try write(["a/b/new.nq", "manifest.json"], to: output)
    #expect(try folder.text(of: "release/a/old.nq") == "old")
    #expect(FolderListing.names(in: path) == ["a"])
    try output.finish()
    #expect(try folder.text(of: "release/a/b/new.nq") == "new a/b/new.nq")
    #expect(FolderListing.names(in: path) == ["a", "manifest.json"])
    #expect(FolderListing.names(in: path + "/a") == ["b"])
    #expect(try folder.names == ["release"])
  }

  @Test("Where nothing stood it is made") func makes() throws {
    let output = try FolderOutput(path: path)
    try write(["x"], to: output)
    try output.finish()
    #expect(try folder.names == ["release"])
  }

  @Test("What is not finished leaves no trace, and the old folder as it was") func abandons() throws {
    try folder.write("release/old", "old")
    do {
      let output = try FolderOutput(path: path)
      try write(["x", "y/z"], to: output)
    }
    #expect(try folder.names == ["release"])
    #expect(try folder.text(of: "release/old") == "old")
  }

  @Test("What a killed run left is taken away by the next one; what another run is writing is not") func cleans() throws {
    try folder.write("release.123.part/datasets/half.nq", "half")
    try folder.write("release.mine.part/x", "x")
    try folder.write("releases.123.part/x", "x")
    let busy = try FolderOutput(path: path)
    try write(["x"], to: busy)
    // A second process would have a number of its own.
    try FileManager.default.moveItem(atPath: busy.temporary, toPath: folder.file("release.7.part"))
    let output = try FolderOutput(path: path)
    try output.finish()
    #expect(try folder.names == ["release", "release.7.part", "release.mine.part", "releases.123.part"])
    withExtendedLifetime(busy) {}
  }

  @Test("A link stays one, and the folder that it leads to is replaced") func links() throws {
    try folder.write("real/old", "old")
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: folder.file("real"))
    let output = try FolderOutput(path: path)
    try write(["new"], to: output)
    try output.finish()
    #expect(FolderListing.names(in: folder.file("real")) == ["new"])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == folder.file("real"))
  }

  @Test("A folder that can't be made is told of") func failure() throws {
    #expect(throws: Failure.self) { _ = try FolderOutput(path: folder.file("none/release")) }
  }
}
