import Bytes
import Glibc
import Problems
import Resources

/// One run over all entries of a manifest.
struct SuiteRun {
  private(set) var passed: [String] = []
  private(set) var failed: [(id: String, reason: String, details: String)] = []
  private(set) var outOfScope = 0
  /// The manifests that are included but can't be read, with the reason.
  private(set) var unreadable: [(manifest: String, reason: String)] = []
  private let name: String

  init(_ manifest: SuiteManifest, in folder: SuiteFolder) throws(Failure) {
    name = manifest.name
    let files = manifest.files(in: folder)
    let entries: [SuiteEntry]
    if manifest.path.hasSuffix(".jsonld") {
      entries = try ManifestJSON(manifest.iri, files: files).entries
    } else {
      let graph = try ManifestGraph(manifest.iri, files: files)
      (entries, unreadable) = (graph.entries, graph.unreadable)
    }
    var elsewhere: Set<SuiteEntry.Identity> = []
    for part in manifest.without where folder.has(manifest.folder + part.dropFirst(manifest.home.utf8.count - 1)) {
      elsewhere.formUnion(try ManifestGraph(part, files: files).entries.map(\.identity))
    }
    for var entry in entries where !elsewhere.contains(entry.identity) {
      let id = manifest.id(of: entry.iri)
      entry.version = manifest.version
      switch Self.verdict(on: entry, files) {
      case .passed: passed.append(id)
      case .failed(let reason, let details): failed.append((id, reason, details))
      case .outOfScope: outOfScope += 1
      }
    }
  }

  /// Runs an entry as its type asks for. One of no known type fails: it can't be said to be outside what is tested.
  private static func verdict(on entry: SuiteEntry, _ files: FileSource) -> Verdict {
    if let entry = SyntaxEntry(entry) { return entry.run(files) }
    if let entry = CanonicalEntry(entry) { return entry.run(files) }
    if let entry = CSVWEntry(entry) { return entry.run(files) }
    if let entry = QueryEntry(entry) { return entry.run(files) }
    return .failed("its type is not known: " + entry.types.sorted().joined(separator: " "))
  }

  /// The lines of the contract: what passed and failed, and how many entries are none of ours.
  var lines: [String] {
    var lines = ["\(name): \(passed.count) passed, \(failed.count) failed of \(passed.count + failed.count)"]
    if outOfScope > 0 { lines.append("\(name): \(outOfScope) out of scope") }
    return lines + unreadable.map { "\(name): \($0.manifest) can't be read: \($0.reason)" }
  }

  /// Prints the lines, and what failed where somebody wants to know.
  func printLines() {
    lines.forEach(say)
    guard getenv("KOMMUNGRAF_SUITES_VERBOSE") != nil else { return }
    for failure in failed { say("\(failure.id): \(failure.reason)\n\(failure.details.prefix(4000))") }
  }
}

/// Writes a line to standard output in one piece, so that it begins at column 0 whatever else is written.
func say(_ line: String) {
  try? ByteString(line + "\n").withView { bytes throws(Failure) in try DescriptorOutput().write(bytes) }
}
