import Bytes
import JSON
import Mapping
import Problems
import RDF
import Resources
import Site

/// The tests of CSV on the Web: of the generation of RDF and of JSON from tabular data (`csvt:ToRdfTest`, `csvt:ToJsonTest` and their like),
/// run as `convert` runs, and of validation, run as `validate` runs.
struct CSVWEntry {
  private enum Form { case rdf, json, validation }
  /// What must come of the run: nothing told, warnings but no errors, or an error.
  private enum Outcome { case clean, warning, error }

  private static let kinds: [String: (Form, Outcome)] = [
    "ToRdfTest": (.rdf, .clean), "ToRdfTestWithWarnings": (.rdf, .warning), "NegativeRdfTest": (.rdf, .error),
    "ToJsonTest": (.json, .clean), "ToJsonTestWithWarnings": (.json, .warning), "NegativeJsonTest": (.json, .error),
    "PositiveValidationTest": (.validation, .clean), "WarningValidationTest": (.validation, .warning),
    "NegativeValidationTest": (.validation, .error),
  ]

  private let entry: SuiteEntry
  private let form: Form
  private let outcome: Outcome

  /// Nil for an entry of other types.
  init?(_ entry: SuiteEntry) {
    let found = Self.kinds.first { entry.types.contains(TestVocabulary.csvw + $0.key) }
    guard let found else { return nil }
    self.entry = entry
    (form, outcome) = found.value
  }

  func run(_ files: FileSource) -> Verdict {
    let problems = ProblemList()
    var job = ConversionJob(
      inputs: [entry.action], mapping: option("metadata"), library: Library(roots: []), resources: files, problems: problems)
    job.mode = option("minimal") == "true" ? .minimal : .standard
    job.link = option("httpLink")
    job.isValidation = form == .validation
    let graph = QuadCollector()
    let text = MemoryOutput()
    do throws(Failure) {
      _ = try job.run(into: form == .json ? RowObjects(text) : graph)
    } catch {
      return outcome == .error && error.isAboutContent ? .passed : .failed("it is refused", details: error.text)
    }
    let told = problems.problems.map { $0.line(in: .en) }.joined(separator: "\n")
    if outcome == .error { return problems.errorCount > 0 ? .passed : .failed("no error was given, though it is wrong", details: told) }
    switch form {
    case .validation where problems.errorCount > 0: return .failed("an error was given", details: told)
    case .validation where outcome == .clean && !problems.problems.isEmpty: return .failed("a warning was given", details: told)
    case .validation: break
    case .rdf:
      if case .failed(let reason, let details) = compare(graph, with: entry.result, files) {
        return .failed(reason, details: details + "\n" + told)
      }
    case .json:
      if let difference = difference(text, files) { return .failed("the JSON differs", details: difference + "\n" + told) }
    }
    return outcome == .warning && problems.problems.isEmpty ? .failed("no warning was given") : .passed
  }

  /// How what was written differs from the expected JSON; nil where they say the same.
  private func difference(_ found: MemoryOutput, _ files: FileSource) -> String? {
    do throws(Failure) {
      let expected = try JSONParser.parse(try files.open(entry.result ?? "").readAll(), file: entry.result ?? "")
      let written = try JSONParser.parse(found.bytes, file: "written")
      return saySame(expected.value, written.value) ? nil : "written: \(found.text)"
    } catch {
      return error.text + "\nwritten: \(found.text)"
    }
  }

  private func option(_ name: String) -> String? { entry.options[TestVocabulary.csvw + name] }
}

/// Whether two JSON values say the same: the order of members doesn't count, and of numbers only the value.
private func saySame(_ left: JSONValue, _ right: JSONValue) -> Bool {
  switch (left, right) {
  case (.number(let left), .number(let right)): Double(left.text) == Double(right.text)
  case (.array(let left), .array(let right)): left.count == right.count && zip(left, right).allSatisfy { saySame($0.value, $1.value) }
  case (.object(let left), .object(let right)):
    left.members.count == right.members.count
      && left.members.allSatisfy { member in right[member.key].map { saySame(member.value.value, $0.value) } ?? false }
  default: left == right
  }
}
