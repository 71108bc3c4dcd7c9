import ArgumentParser
import Bytes
import Problems
import Resources
import Site
import Store

/// `kommungraf diff`: what two datasets or releases don't have in common (contract §1).
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Say how two RDF files, releases or snapshots differ.",
    discussion: """
      Writes the triples that only the second has after «+ », those that only the first has after «- », as N-Quads in the order of bytes. Blank \
      nodes are the same where the same is said of them, whatever they are called. Two folders that «publish» wrote are compared file by \
      file, each with a heading of lines that begin with #. With --report-format json the same is JSON, with html a page that can be mailed.

      kommungraf diff old.ttl new.ttl
      kommungraf diff --report-format html -o diff.html release-1 release-2

      Exit status: 0 where they are the same, 1 where they differ.
      """)

  @Option(
    name: .customShort("o"), help: ArgumentHelp("Write to FILE instead of standard output; it appears when it is whole.", valueName: "FILE")
  )
  var output: String?
  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("An RDF file, a folder that publish wrote, or a file that query --save-snapshot wrote.", valueName: "A"))
  var old: String
  @Argument(help: ArgumentHelp("What it is compared with.", valueName: "B"))
  var new: String

  func run() throws {
    let console = global.console
    let problems = ProblemList()
    var isSame = false
    do throws(Failure) {
      let difference = try difference(problems)
      isSame = difference.parts.isEmpty
      let result = try ResultOutput(output)
      try write(difference, to: result.target)
      try result.finish()
      console.show(problems)
      console.tell(
        "kommungraf: "
          + (isSame
            ? Wording.shared.word("diff-same", in: console.language)
            : Difference.summary(added: difference.added, removed: difference.removed, difference.counts, in: console.language)))
    } catch {
      throw console.fail(error, after: problems)
    }
    if problems.errorCount > 0 || !isSame { throw ExitCode(1) }
  }

  private func difference(_ problems: ProblemList) throws(Failure) -> Difference {
    let (one, other) = (ReleaseFolder.isFolder(old), ReleaseFolder.isFolder(new))
    if one, other { return try Difference(try release(old), try release(new)) }
    // Not both at once: a dataset is put into lines before the next one is read.
    let before = try lines(of: old, problems)
    return Difference(before, try lines(of: new, problems), names: (old, new))
  }

  private func release(_ path: String) throws(Failure) -> ReleaseFolder {
    do throws(Failure) {
      if let folder = try ReleaseFolder.open(path) { return folder }
    } catch {
      if error.problem.code != .releaseForeign { throw error }
    }
    throw Failure(.releaseInvalid, at: Place(file: path), ["reason": .phrase("manifest-missing")])
  }

  /// A dataset as sorted lines.
  private func lines(of name: String, _ problems: ProblemList) throws(Failure) -> MappedFile {
    if ReleaseFolder.isFolder(name) {
      let folder = try release(name)
      let files = folder.release.files.filter(\.isGraph).map { folder.path(of: $0.name) }
      return try DataLoading(data: files, source: global.source).load(problems).sortedFile(named: name)
    }
    let path = global.files.path(of: name)
    if let path, name != "-", try Snapshot.isSaved(in: path, name: name) {
      return try SnapshotFile.open(name, global.files).snapshot.sortedFile(named: name)
    }
    return try DataLoading(data: [name], source: global.source).load(problems).sortedFile(named: name)
  }

  private func write(_ difference: Difference, to output: any ByteOutput) throws(Failure) {
    switch global.reportFormat ?? self.output.flatMap({ ReportFormat(name: $0) }) ?? .text {
    case .text: try difference.write(to: output, in: global.language)
    case .json: try difference.writeJSON(to: output)
    case .html:
      try ByteString(DifferencePage.text(difference, in: global.language)).withView { view throws(Failure) in try output.write(view) }
    }
  }
}

extension Snapshot {
  /// Whether a file begins as one that a snapshot was saved in.
  fileprivate static func isSaved(in path: String, name: String) throws(Failure) -> Bool {
    let file = try MappedFile(path: path, name: name)
    defer { withExtendedLifetime(file) {} }
    return isSaved(UnsafeRawBufferPointer(file.bytes))
  }
}
