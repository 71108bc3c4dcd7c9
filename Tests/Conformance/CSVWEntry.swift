import Mapping
import Problems
import RDF
import Resources
import Site

/// The tests of the generation of RDF from tabular data (`csvt:ToRdfTest` and its like), run as `convert` runs.
struct CSVWEntry {
  private enum Kind: String, CaseIterable {
    case evaluation = "ToRdfTest"
    case warning = "ToRdfTestWithWarnings"
    case negative = "NegativeRdfTest"
  }

  private let entry: SuiteEntry
  private let kind: Kind

  /// Nil for an entry of other types.
  init?(_ entry: SuiteEntry) {
    guard let kind = Kind.allCases.first(where: { entry.types.contains(TestVocabulary.csvw + $0.rawValue) }) else { return nil }
    (self.entry, self.kind) = (entry, kind)
  }

  func run(_ files: FileSource) -> Verdict {
    let problems = ProblemList()
    var job = ConversionJob(
      inputs: [entry.action], mapping: option("metadata"), library: Library(roots: []), resources: files, problems: problems)
    job.mode = option("minimal") == "true" ? .minimal : .standard
    job.link = option("httpLink")
    let found = QuadCollector()
    do throws(Failure) {
      _ = try job.run(into: found)
    } catch {
      return kind == .negative && error.isAboutContent ? .passed : .failed("it is refused", details: error.text)
    }
    if kind == .negative { return problems.errorCount > 0 ? .passed : .failed("it is converted without an error, though it is wrong") }
    let verdict = compare(found, with: entry.result, files)
    if case .failed(let reason, let details) = verdict {
      let told = problems.problems.map { $0.line(in: .en) }.joined(separator: "\n")
      return .failed(reason, details: details + "\n" + told)
    }
    return kind == .warning && problems.problems.isEmpty ? .failed("no warning was given") : .passed
  }

  private func option(_ name: String) -> String? { entry.options[TestVocabulary.csvw + name] }
}
