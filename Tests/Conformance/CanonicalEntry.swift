import Bytes
import JSON
import Problems
import RDF
import RDFSyntax
import Resources

/// The tests of RDF Dataset Canonicalization (`rdfc:RDFC10EvalTest` and its like).
struct CanonicalEntry {
  private enum Kind: String, CaseIterable {
    case evaluation = "RDFC10EvalTest"
    case map = "RDFC10MapTest"
    case negative = "RDFC10NegativeEvalTest"
  }

  private let entry: SuiteEntry
  private let kind: Kind

  /// Nil for an entry of other types.
  init?(_ entry: SuiteEntry) {
    guard let kind = Kind.allCases.first(where: { entry.types.contains(TestVocabulary.canonicalization + $0.rawValue) }) else { return nil }
    (self.entry, self.kind) = (entry, kind)
  }

  func run(_ files: FileSource) -> Verdict {
    do throws(Failure) {
      return try compare(files)
    } catch {
      return kind == .negative && error.problem.code == .limitExceeded ? .passed : .failed("it is refused", details: error.text)
    }
  }

  private func compare(_ files: FileSource) throws(Failure) -> Verdict {
    let dataset = try collect(entry.action, format: .nquads, base: nil, files: files)
    let usesLongDigest = entry.options[TestVocabulary.canonicalization + "hashAlgorithm"] == "SHA384"
    let form = try CanonicalForm(of: dataset, algorithm: usesLongDigest ? .sha384 : .sha256)
    if kind == .negative { return .failed("it is canonicalized, though that needs more work than anyone should do") }
    guard let result = entry.result else { return .failed("the entry has no result") }
    let expected = try files.open(result).readAll()
    if kind == .map { return try compare(form.labels, dataset, expected) }
    let isSame = expected.withUnsafeBufferPointer { ByteView($0) == form.text.view }
    return isSame ? .passed : .failed("the canonical form differs", details: form.text.view.text)
  }

  /// Compares the labels issued with a JSON object of labels by the labels of the input.
  private func compare(_ labels: [TermID: Int], _ dataset: QuadCollector, _ expected: [UInt8]) throws(Failure) -> Verdict {
    var found: [String: String] = [:]
    for (node, number) in labels { found[dataset.view(node).text] = "c14n\(number)" }
    var wanted: [String: String] = [:]
    for member in try JSONParser.parse(expected, file: entry.result ?? "").object?.members ?? [] {
      wanted[member.key.text] = member.value.string
    }
    return found == wanted ? .passed : .failed("the issued labels differ", details: "\(found.sorted { $0.key < $1.key })")
  }
}
