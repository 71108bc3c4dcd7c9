import ArgumentParser
import Bytes
import JSONLD
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

/// Where triples go: a file that appears when it is whole, or standard output.
struct TripleOutput {
  let sink: any QuadSink
  private let file: FileOutput?

  /// Opens the output.
  /// - Parameters:
  ///   - path: the file; nil for standard output.
  ///   - format: the format; nil for the one that the file's name tells, else Turtle.
  /// - Throws: ``ProblemCode/writeFailed`` or ``ProblemCode/formatUnsupported``.
  init(path: String?, format: Format?, sorted: Bool, library: Library, problems: any ProblemSink) throws(Failure) {
    let format = format ?? path.flatMap { Format(path: $0) } ?? .turtle
    let file: FileOutput? = if let path { try FileOutput(path: path) } else { nil }
    self.file = file
    let output: any ByteOutput = file ?? DescriptorOutput()
    let prefixes = try Prefixes(of: library)
    let writer: any QuadSink =
      format == .jsonld
      ? JSONLDWriter(output, prefixes: prefixes.entries.map { ($0.prefix, $0.namespace) }, sorted: sorted)
      : try RDFWriter.make(format, to: output, prefixes: prefixes, sorted: sorted)
    sink = format.hasGraphs ? writer : GraphWatch(writer, format, problems)
  }

  /// Puts the file in its place.
  func finish() throws(Failure) { try file?.finish() }

  /// Leaves no trace of what was written to a file.
  func abandon() { file?.abandon() }
}
