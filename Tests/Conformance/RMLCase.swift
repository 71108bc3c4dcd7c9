import Bytes
import Glibc
import JSON
import Mapping
import Problems
import RDF
import RDFSyntax
import Resources
import Site
import TestSupport

/// A case of the suites of RML: a folder with a mapping, its sources, and what must come of them.
///
/// Where there is no output, converting must fail with a problem. Where there is one, exactly its quads must be written; problems beside them
/// are right, for several cases have faulty data in them.
struct RMLCase {
  /// The name of the folder, such as `RMLTC0004a-JSON`.
  let name: String
  private let folder: String
  private let base: String

  init(name: String, in suite: String, base: String) {
    self.name = name
    folder = suite + "/" + name
    self.base = base
  }

  /// The expected quads, in the forms that the suites have them in.
  private var output: String? { ["output.nq", "output.ttl"].map { folder + "/" + $0 }.first(where: SuiteFolder.isFile) }

  func run() -> Verdict {
    let problems = ProblemList()
    var job = ConversionJob(
      inputs: [], mapping: folder + "/mapping.ttl", library: Library(roots: []), resources: FileSource(), problems: problems)
    job.base = base
    let graph = QuadCollector()
    var failure: Failure?
    do throws(Failure) { _ = try job.run(into: graph) } catch { failure = error }
    let told = (problems.problems.map { $0.line(in: .en) } + [failure?.text].compactMap { $0 }).joined(separator: "\n")
    guard let output else {
      return failure != nil || problems.errorCount > 0 ? .passed : .failed("no error was given, though it is wrong", details: told)
    }
    do throws(Failure) {
      let expected = QuadCollector()
      let format: Format = output.hasSuffix(".nq") ? .nquads : .turtle
      try RDFReader.read(try FileSource().open(output), format: format, into: expected, problems: ProblemList())
      // A graph is a set: two rows may say the same.
      let found = QuadCollector()
      try graph.send(graph.rows.withoutDuplicates(), to: found)
      if try canonical(expected) == canonical(found) { return .passed }
      return .failed("the quads differ", details: try shortDifference(expected, found) + "\n" + told)
    } catch {
      return .failed("the expected quads can't be read", details: error.text)
    }
  }
}

/// The canonical N-Quads of a graph.
private func canonical(_ graph: QuadCollector) throws(Failure) -> String { try CanonicalForm(of: graph).text.view.text }

/// A suite of RML: all folders in it that have a mapping.
struct RMLSuite {
  let name: String
  /// The base of relative IRIs that the suite's own descriptions name.
  let base: String

  static let all = [
    RMLSuite(name: "rml-core", base: "http://example.com/"), RMLSuite(name: "rml-v0", base: "http://example.com/base/"),
  ]

  /// The cases in a folder of suites, by name.
  func cases(in folder: String) -> [RMLCase] {
    let suite = folder + "/" + name
    guard let directory = opendir(suite) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if SuiteFolder.isFile(suite + "/" + name + "/mapping.ttl") { names.append(name) }
    }
    return names.sorted().map { RMLCase(name: $0, in: suite, base: base) }
  }
}
