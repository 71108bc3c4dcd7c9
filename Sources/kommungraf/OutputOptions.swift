import ArgumentParser
import Bytes
import JSONLD
import Mapping
import Problems
import RDF
import RDFSyntax
import Resources
import Site

/// A format as an option names it.
extension Format: ExpressibleByArgument {
  /// The format with a name of the contract.
  public init?(argument: String) { self.init(name: argument) }
}

/// A format that tables are converted to: one of RDF, or the JSON that CSVW makes of tables.
enum ConversionFormat: ExpressibleByArgument {
  case rdf(Format)
  case tableJSON

  init?(argument: String) {
    if argument == "csvw-json" {
      self = .tableJSON
    } else if let format = Format(name: argument) {
      self = .rdf(format)
    } else {
      return nil
    }
  }
}

/// Where triples go: a file that appears when it is whole, or standard output.
struct TripleOutput {
  let sink: any QuadSink
  private let result: ResultOutput

  private init(sink: any QuadSink, result: ResultOutput) {
    self.sink = sink
    self.result = result
  }

  /// Opens the output of a conversion.
  /// - Throws: ``ProblemCode/writeFailed`` or ``ProblemCode/formatUnsupported``.
  init(path: String?, format: ConversionFormat?, library: Library, problems: any ProblemSink) throws(Failure) {
    switch format {
    case .rdf(let format): try self.init(path: path, format: format, sorted: false, library: library, problems: problems)
    case nil: try self.init(path: path, format: nil, sorted: false, library: library, problems: problems)
    case .tableJSON:
      let result = try ResultOutput(path)
      self.init(sink: RowObjects(result.target), result: result)
    }
  }

  /// Opens the output.
  /// - Parameters:
  ///   - path: the file; nil for standard output.
  ///   - format: the format; nil for the one that the file's name tells, else Turtle.
  /// - Throws: ``ProblemCode/writeFailed`` or ``ProblemCode/formatUnsupported``.
  init(path: String?, format: Format?, sorted: Bool, library: Library, problems: any ProblemSink) throws(Failure) {
    let format = format ?? path.flatMap { Format(path: $0) } ?? .turtle
    result = try ResultOutput(path)
    let output = result.target
    let prefixes = try Prefixes(of: library)
    let writer: any QuadSink =
      format == .jsonld
      ? JSONLDWriter(output, prefixes: prefixes.entries.map { ($0.prefix, $0.namespace) }, sorted: sorted)
      : try RDFWriter.make(format, to: output, prefixes: prefixes, sorted: sorted)
    sink = format.hasGraphs ? writer : GraphWatch(writer, format, problems)
  }

  /// Puts the file in its place.
  func finish() throws(Failure) { try result.finish() }

  /// Leaves no trace of what was written to a file.
  func abandon() { result.abandon() }
}
