import Foundation
import TestSupport
import Testing

/// Output that can't be written: status 74, and nothing half-written stays behind (contract §1).
struct OutputFailureTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("things.json", plainMapping)
    try folder.write("table.csv", "id,namn\n1,a\n")
    try folder.write("graph.ttl", "<http://a/> <http://b/> \"c\" .\n")
  }

  static let commands = [
    ["convert", "--mapping", "./things.json", "table.csv"], ["reformat", "graph.ttl"], ["reformat", "--sorted", "graph.ttl"],
    ["reformat", "--canonical", "graph.ttl"],
  ]

  /// Commands that write to standard output alone, and queries under every form of results.
  static let tellers =
    [["mapping", "list"], ["mapping", "show", "leverantorsreskontra"], ["reformat", "--count", "graph.ttl"]]
    + ["table", "json", "xml", "csv", "tsv"].map { ["query", "--data", "graph.ttl", "--results", $0, "SELECT * { ?s ?p ?o }"] }
    + ["table", "json", "xml"].map { ["query", "--data", "graph.ttl", "--results", $0, "ASK {}"] }
    + ["table", "turtle", "ntriples", "jsonld"].map { ["query", "--data", "graph.ttl", "--results", $0, "DESCRIBE <http://a/>"] }

  @Test(arguments: commands + tellers) func aFullDiskBehindStandardOutput(_ command: [String]) throws {
    let run = try ProgramRun(command, in: folder, outputPath: "/dev/full")
    #expect(run.status == 74)
    #expect(run.errors.contains("the disk is full. [write-failed]"))
  }

  @Test(arguments: commands) func aFolderThatIsMissing(_ command: [String]) throws {
    let run = try ProgramRun(command + ["-o", "none/out.ttl"], in: folder)
    #expect(run.status == 74)
    #expect(run.errors.contains("none/out.ttl: error: "))
    #expect(try folder.names == ["graph.ttl", "table.csv", "things.json"])
  }

  @Test(arguments: commands) func aFolderInPlaceOfTheFile(_ command: [String]) throws {
    try folder.write("taken/inside", "kept")
    let run = try ProgramRun(command + ["-o", "taken"], in: folder)
    #expect(run.status == 74)
    #expect(run.errors.contains("[write-failed]"))
    #expect(try folder.names == ["graph.ttl", "table.csv", "taken", "things.json"])
    #expect(try folder.text(of: "taken/inside") == "kept")
  }

  @Test(.enabled(if: getuid() != 0, "whoever may do everything may write everywhere"))
  func aFolderThatMayNotBeWritten() throws {
    try folder.write("locked/inside", "kept")
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.file("locked"))
    let run = try ProgramRun(["reformat", "graph.ttl", "-o", "locked/out.ttl"], in: folder)
    #expect(run.status == 74)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.file("locked"))
  }

  @Test func aReportThatCannotBeWritten() throws {
    let run = try ProgramRun(["convert", "--mapping", "./things.json", "--report", "none/r.json", "table.csv"], in: folder)
    #expect(run.status == 74)
    #expect(run.errors.contains("none/r.json: error: "))
  }

  @Test(arguments: commands) func aPipeIsWrittenToAndStaysAPipe(_ command: [String]) throws {
    #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
    // Opened for both, so that neither end waits; what comes is less than a pipe holds.
    let reader = open(folder.file("pipe"), O_RDWR | O_NONBLOCK)
    defer { close(reader) }
    let run = try ProgramRun(command + ["-o", "pipe"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    var bytes = [UInt8](repeating: 0, count: 4096)
    #expect(read(reader, &bytes, bytes.count) > 0)
    #expect(try folder.names.filter { $0.contains("part") } == [])
    var status = stat()
    #expect(lstat(folder.file("pipe"), &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
  }

  @Test func aLinkStaysALinkAndItsFileIsReplaced() throws {
    try folder.write("sub/real.ttl", "the old one")
    try FileManager.default.createSymbolicLink(atPath: folder.file("link.ttl"), withDestinationPath: "sub/real.ttl")
    let run = try ProgramRun(["reformat", "graph.ttl", "-o", "link.ttl"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.file("link.ttl")) == "sub/real.ttl")
    #expect(try folder.text(of: "sub/real.ttl").contains("<http://a/>"))
  }

  @Test func whoIsAskedToEndLeavesNothingHalfWritten() throws {
    #expect(mkfifo(folder.file("slow.ttl"), 0o600) == 0)
    try folder.write("old.ttl", "the old one")
    let program = try ProgramRun.started(["reformat", "-o", "old.ttl", "slow.ttl"], in: folder)
    // Both ends are open when the program has come to reading, and has begun its output.
    let writer = open(folder.file("slow.ttl"), O_WRONLY)
    defer { close(writer) }
    #expect(try folder.names.contains("old.ttl.\(program.pid).part"))
    program.terminate()
    #expect(program.wait(seconds: 60) == 128 + SIGTERM)
    #expect(try folder.names == ["graph.ttl", "old.ttl", "slow.ttl", "table.csv", "things.json"])
    #expect(try folder.text(of: "old.ttl") == "the old one")
  }

  @Test func aFailedInputLeavesTheOldFileAsItWas() throws {
    try folder.write("old.ttl", "the old one")
    try folder.write("broken.ttl", "<http://a/> <http://b/> 1 .\n<http://a/> <http://b/> ")
    let run = try ProgramRun(["reformat", "broken.ttl", "-o", "old.ttl"], in: folder)
    #expect(run.status == 65)
    #expect(try folder.text(of: "old.ttl") == "the old one")
    #expect(try folder.names.filter { $0.contains("part") } == [])
  }

  @Test func aFailedTableWritesNoFile() throws {
    try folder.write("empty.csv", "")
    let run = try ProgramRun(["convert", "--mapping", "./things.json", "-o", "new.ttl", "empty.csv"], in: folder)
    #expect(run.status == 65)
    #expect(try folder.names == ["empty.csv", "graph.ttl", "table.csv", "things.json"])
  }

  @Test func whatIsGoodIsInTheFileDespiteErrors() throws {
    try folder.write("ragged.csv", "id,namn\n1,a\n2\n")
    let run = try ProgramRun(
      ["convert", "--mapping", "./things.json", "--mode", "minimal", "-o", "new.nt", "ragged.csv"], in: folder)
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
    #expect(try folder.text(of: "new.nt") == identifier("1") + "\n" + label("1", "a") + "\n")
  }

  /// Two options that name one file by whatever path would each replace what the other wrote.
  @Test(arguments: [
    (["-o", "x.ttl", "--report", "x.ttl"], "-o and --report would both write «x.ttl»"),
    (["-o", "x.ttl", "--review", "./x.ttl"], "-o and --review would both write «./x.ttl»"),
    (["--report", "link/x", "--review", "real/x"], "--report and --review would both write «real/x»"),
    (["--report", "real/../y", "--review", "y"], "--report and --review would both write «y»"),
    (["--report", "-"], "-o and --report would both write «-»"), (["--review", "-"], "--review needs the name of a file"),
  ])
  func noTwoOptionsNameOneFile(_ options: [String], _ says: String) throws {
    try folder.write("real/kept", "")
    try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: "real")
    let run = try ProgramRun(["convert", "--mapping", "./things.json", "table.csv", "--lang", "en"] + options, in: folder)
    #expect(run.status == 64)
    #expect(run.errors.contains(says), "\(run.errors)")
    #expect(try folder.names == ["graph.ttl", "link", "real", "table.csv", "things.json"])
  }

  @Test func aDeviceMayHaveSeveralOutputs() throws {
    let run = try ProgramRun(
      ["convert", "--mapping", "./things.json", "table.csv", "-o", "/dev/null", "--report", "/dev/null", "--review", "/dev/null"],
      in: folder)
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test(arguments: [
    (["convert", "--mapping", "./things.json", "table.csv", "-o", "-"], "<"),
    (["convert", "--mapping", "./things.json", "table.csv", "-o", "x.ttl", "--report", "-"], "{"),
    (["validate", "--mapping", "./things.json", "table.csv", "--report", "-"], "{"), (["reformat", "graph.ttl", "-o", "-"], "<"),
    (["reformat", "--canonical", "graph.ttl", "-o", "-"], "<"), (["mapping", "new", "table.csv", "-o", "-"], "{"),
    (["diff", "graph.ttl", "graph.ttl", "--report-format", "json", "-o", "-"], "{"),
  ])
  func aHyphenIsStandardOutput(_ command: [String], _ beginning: String) throws {
    let run = try ProgramRun(command, in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.contains(beginning), "\(run.text)")
    #expect(try !folder.names.contains("-"))
  }

  /// The next query would fare no better, so none is asked.
  @Test func aFullDiskEndsARunOfQueries() throws {
    try folder.write("one.rq", "SELECT * { ?s ?p ?o }")
    let run = try ProgramRun(
      ["query", "--data", "graph.ttl", "--query-file", "one.rq", "--query-file", "one.rq", "--lang", "en"], in: folder,
      outputPath: "/dev/full")
    #expect(run.status == 74)
    #expect(run.errorLines.count == 1, "\(run.errors)")
  }

  @Test func aReaderThatWentAwayIsNoCrash() throws {
    let rows = (1...20_000).map { "\($0),name \($0)\n" }.joined()
    try folder.write("long.csv", "id,namn\n" + rows)
    let fifo = folder.file("pipe")
    try #require(mkfifo(fifo, 0o600) == 0)
    // A reader opens the pipe, so that the program may open it, and closes it without reading.
    let reader = Thread {
      let descriptor = open(fifo, O_RDONLY)
      close(descriptor)
    }
    reader.start()
    let run = try ProgramRun(["convert", "--mapping", "./things.json", "long.csv"], in: folder, outputPath: fifo)
    #expect(run.status == 74)
    #expect(run.errors.contains("the receiver has stopped reading"))
  }
}
