import Bytes
import Glibc
import Problems
import Resources
import Testing

/// A folder that is gone when the test is over.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/kommungraf-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(.writeFailed) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for name in names { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  var names: [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  func write(_ name: String, _ text: String) throws {
    let output = try FileOutput(path: "\(path)/\(name)")
    try write(text, to: output)
    try output.finish()
  }

  func write(_ text: String, to output: any ByteOutput) throws {
    let bytes = Array(text.utf8)
    try bytes.withUnsafeBufferPointer { try output.write(ByteView($0)) }
  }
}

@Suite("Names and the bytes behind them") struct FileSourceTests {
  @Test("a path and a file IRI open the same file")
  func paths() throws {
    let folder = try TemporaryFolder()
    try folder.write("å b.csv", "x")
    for name in ["\(folder.path)/å b.csv", "file://\(folder.path)/%C3%A5%20b.csv", "file://localhost\(folder.path)/å b.csv#a"] {
      #expect(try FileSource().open(name).readAll() == Array("x".utf8))
    }
  }

  @Test("a percent sign before what is no two hexadecimal digits stands for itself", arguments: ["100%+1.csv", "100%-1.csv", "100%.csv"])
  func strayPercent(_ name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(name, "x")
    #expect(try FileSource().open("file://\(folder.path)/\(name)").readAll() == Array("x".utf8))
  }

  @Test("IRIs under a mount are read from its folder, the longest prefix first")
  func mounts() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.csv", "x")
    let source = FileSource(mounts: [
      FileSource.Mount(prefix: "http://example.org/", folder: "/nowhere"),
      FileSource.Mount(prefix: "http://example.org/tests/", folder: folder.path),
    ])
    #expect(try source.open("http://example.org/tests/a.csv?x#y").readAll() == Array("x".utf8))
    #expect(source.path(of: "http://example.org/b") == "/nowhere/b")
  }

  @Test(
    "no name under a mount leads out of its folder",
    arguments: ["http://e/../x", "http://e/a/../../x", "http://e/%2e%2e/x", "http://e/a%2F..%2F..%2Fx"])
  func escapes(_ name: String) {
    #expect(FileSource(mounts: [FileSource.Mount(prefix: "http://e/", folder: "/srv")]).path(of: name) == nil)
  }

  @Test(
    "what can't be opened says why",
    arguments: [("/nowhere/x.csv", ProblemCode.inputMissing), ("/tmp", .inputUnreadable), ("https://example.org/x", .networkUnavailable)])
  func missing(_ name: String, _ code: ProblemCode) {
    let error = #expect(throws: Failure.self) { _ = try FileSource().open(name) }
    #expect(error?.problem.code == code)
    #expect(error?.problem.place.file == name)
  }
}

@Suite("Streams") struct StreamTests {
  @Test("bytes come in pieces and end once", arguments: [1, 2, 7, 100])
  func pieces(_ piece: Int) throws {
    let bytes = (0..<50).map { UInt8($0) }
    #expect(try MemoryStream(bytes, piece: piece).readAll() == bytes)
  }

  @Test("reading all has a limit")
  func limit() {
    let error = #expect(throws: Failure.self) { _ = try MemoryStream([1, 2, 3]).readAll(limit: 2) }
    #expect(error?.problem.code == .limitExceeded)
  }

  @Test("a source in memory knows its names only")
  func memory() throws {
    let source = MemorySource(["a": [1]])
    #expect(try source.open("a").readAll() == [1])
    let error = #expect(throws: Failure.self) { _ = try source.open("b") }
    #expect(error?.problem.code == .inputMissing)
  }
}

@Suite("Files that are written") struct FileOutputTests {
  @Test("a file appears when it is finished and not before")
  func wholeOrNothing() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.ttl", "old")
    let output = try FileOutput(path: "\(folder.path)/a.ttl")
    try folder.write("new", to: output)
    #expect(try FileSource().open("\(folder.path)/a.ttl").readAll() == Array("old".utf8))
    try output.finish()
    #expect(try FileSource().open("\(folder.path)/a.ttl").readAll() == Array("new".utf8))
    #expect(folder.names == ["a.ttl"])
  }

  @Test("what is abandoned leaves no trace")
  func abandoned() throws {
    let folder = try TemporaryFolder()
    do {
      let output = try FileOutput(path: "\(folder.path)/a.ttl")
      try folder.write("half", to: output)
    }
    #expect(folder.names.isEmpty)
  }

  @Test("a private file is its owner's only")
  func privateFile() throws {
    let folder = try TemporaryFolder()
    let output = try FileOutput(path: "\(folder.path)/secret", isPrivate: true)
    try output.finish()
    var status = stat()
    #expect(stat("\(folder.path)/secret", &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
  }

  @Test("a folder that is not there is a failure to write")
  func noFolder() {
    let error = #expect(throws: Failure.self) { _ = try FileOutput(path: "/nowhere/a.ttl") }
    #expect(error?.problem.code == .writeFailed)
  }
}
