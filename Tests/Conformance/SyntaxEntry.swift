import Problems
import RDF
import RDFSyntax
import Resources
import TestSupport

/// The tests of the line formats and the Turtle family (`rdft:TestTurtleEval` and its like).
struct SyntaxEntry {
  private enum Kind { case positive, negative, evaluation }

  private let entry: SuiteEntry
  private let format: Format
  private let kind: Kind

  /// Nil for an entry of other types.
  init?(_ entry: SuiteEntry) {
    let formats: [(String, Format)] = [
      ("Turtle", .turtle), ("Trig", .trig), ("NTriples", .ntriples), ("NQuads", .nquads), ("XML", .rdfxml),
    ]
    let kinds: [(String, Kind)] = [
      ("PositiveSyntax", .positive), ("NegativeSyntax", .negative), ("NegativeEval", .negative), ("Eval", .evaluation),
    ]
    for (name, format) in formats {
      for (ending, kind) in kinds where entry.types.contains(TestVocabulary.rdfTest + "Test" + name + ending) {
        (self.entry, self.format, self.kind) = (entry, format, kind)
        return
      }
    }
    return nil
  }

  func run(_ files: FileSource) -> Verdict {
    let found: QuadCollector
    do throws(Failure) {
      found = try collect(entry.action, format: format, base: entry.action, files: files)
    } catch {
      return kind == .negative && error.isAboutContent ? .passed : .failed("it is refused", details: error.text)
    }
    switch kind {
    case .positive: return .passed
    case .negative: return .failed("it is read, though it is wrong")
    case .evaluation: return compare(found, with: entry.result, files)
    }
  }
}

/// Whether a graph is the one that a result document holds; its format is known by its ending.
func compare(_ found: QuadCollector, with result: String?, _ files: FileSource) -> Verdict {
  guard let result, let format = Format(path: result) else { return .failed("the entry has no result that can be read") }
  do throws(Failure) {
    let expected = try collect(result, format: format, base: result, files: files)
    if try isomorphic(expected, found) { return .passed }
    return .failed("the graph differs", details: try shortDifference(expected, found))
  } catch {
    return .failed("the graphs can't be compared", details: error.text)
  }
}

extension Failure {
  /// The problem as a person would see it.
  var text: String { problem.line(in: .en) }

  /// Whether the input was read and found wrong, as a negative test wants it, and not just absent.
  var isAboutContent: Bool { ![.inputMissing, .inputUnreadable, .networkUnavailable].contains(problem.code) }
}
