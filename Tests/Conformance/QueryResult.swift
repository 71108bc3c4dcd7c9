import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL

/// How a result is written in a suite.
enum ResultForm {
  case xml, json, csv, tsv
  /// A graph of the result-set vocabulary.
  case resultSet
  /// The graph that a CONSTRUCT or DESCRIBE gives.
  case graph

  /// The form of the result of a SELECT or ASK, by the ending of its document.
  init(_ document: String) {
    self =
      switch document.split(separator: ".").last {
      case "srx": .xml
      case "srj": .json
      case "csv": .csv
      case "tsv": .tsv
      default: .resultSet
      }
  }

  /// The format that answers are written in to be compared.
  var format: ResultFormat {
    switch self {
    case .xml: .xml
    case .csv: .csv
    case .tsv: .tsv
    case .json, .resultSet, .graph: .json
    }
  }
}

/// Solutions, each with the terms of its variables.
struct Solutions {
  var variables: Set<String> = []
  var rows: [[String: Term]] = []
  /// Whether the rows have numbers that say in which order they must come.
  var isOrdered = false
}

/// An answer, whatever its form was.
enum QueryResult {
  case truth(Bool)
  case solutions(Solutions)
  case graph(QuadCollector)

  /// Reads the result of an entry.
  init(reading document: String, _ form: ResultForm, _ files: FileSource) throws(Failure) {
    switch form {
    case .graph: self = .graph(try Self.collected(document, files))
    case .resultSet: self = Self.resultSet(PropertyGraph(try Self.collected(document, files)))
    default: self = try QueryResult(try files.open(document).readAll(), form.format, name: document)
    }
  }

  /// Reads a document of solutions or of a truth value.
  init(_ bytes: [UInt8], _ format: ResultFormat, name: String) throws(Failure) {
    switch format {
    case .csv: self = Self.csv(bytes)
    case .tsv: self = try Self.tsv(bytes)
    case .json, .xml, .table:
      let sink = ReadResult()
      try ResultReader.read(MemoryStream(bytes, name: name), format: format, into: sink)
      self = sink.result
    }
  }

  /// Whether a term holds characters that no document of XML 1.0 can have, so that the answer has to be compared in another form.
  var holdsControlCharacters: Bool {
    guard case .solutions(let solutions) = self else { return false }
    return solutions.rows.contains { row in
      row.values.contains { $0.text.unicodeScalars.contains { $0.value < 0x20 && !"\t\n\r".unicodeScalars.contains($0) } }
    }
  }

  private static func collected(_ document: String, _ files: FileSource) throws(Failure) -> QuadCollector {
    try collect(document, format: Format(path: document) ?? .turtle, base: document, files: files)
  }

  /// Whether an answer is this one; where it `isLax`, as of REDUCED, a solution may come fewer times than here, but at least once.
  func verdict(on found: QueryResult, isOrdered: Bool, isLax: Bool = false) -> Verdict {
    switch (self, found) {
    case (.truth(let expected), .truth(let found)):
      return expected == found ? .passed : .failed("the truth value differs", details: "expected \(expected), found \(found)")
    case (.solutions(let expected), .solutions(let found)):
      if isLax { return SolutionComparison(expected, found, isOrdered: false).laxVerdict }
      return SolutionComparison(expected, found, isOrdered: isOrdered || expected.isOrdered).verdict
    case (.graph(let expected), .graph(let found)):
      do throws(Failure) {
        // A graph is a set; an answer may give a triple more than once.
        let same = try CanonicalForm(of: expected).text.view.text == CanonicalForm(of: found).text.view.text
        return same ? .passed : .failed("the graph differs", details: try shortDifference(expected, found))
      } catch {
        return .failed("the graphs can't be compared", details: error.text)
      }
    default: return .failed("the answer is of another kind")
    }
  }
}
