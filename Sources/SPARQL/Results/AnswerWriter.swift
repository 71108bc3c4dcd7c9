package import Bytes
import JSONLD
package import Problems
package import RDF
package import RDFSyntax
package import Resources

/// Writes an answer to an output, solutions in one format and graphs in another.
///
/// It is used by one thread at a time, as sources promise.
package final class AnswerWriter: AnswerSink, @unchecked Sendable {
  /// How an answer is written.
  package struct Formats: Sendable {
    /// How solutions and truth values are; nil where they are not.
    package var solutions: ResultFormat?
    /// How graphs are; nil where they are not.
    package var graph: Format?

    /// Formats.
    package init(solutions: ResultFormat?, graph: Format?) {
      self.solutions = solutions
      self.graph = graph
    }
  }

  private let formats: Formats
  private let output: any ByteOutput
  private let prefixes: Prefixes
  private var solutions: (any SolutionSink)?
  private var quads: (any QuadSink)?
  /// How many solutions or quads came; 1 for a truth value.
  package private(set) var rows = 0

  /// A writer to `output`.
  package init(_ formats: Formats, to output: any ByteOutput, prefixes: Prefixes) {
    self.formats = formats
    self.output = output
    self.prefixes = prefixes
  }

  /// Begins the answer.
  /// - Throws: ``ProblemCode/formatUnsupported`` where answers of its kind are not written.
  package func begin(_ head: AnswerHead) throws(Failure) {
    switch head.kind {
    case .solutions(let variables):
      let writer = try writer()
      try writer.begin(variables)
      solutions = writer
    case .truth(let truth):
      rows = 1
      try writer().write(truth)
    case .quads:
      guard let format = formats.graph else { throw unsupported(formats.solutions?.rawValue ?? "", Format.allCases.map(\.name)) }
      quads =
        format == .jsonld
        ? JSONLDWriter(output, prefixes: prefixes.entries.map { ($0.prefix, $0.namespace) }, sorted: false)
        : try RDFWriter.make(format, to: output, prefixes: prefixes, sorted: false)
    }
  }

  private func writer() throws(Failure) -> any SolutionSink {
    guard let format = formats.solutions else {
      throw unsupported(formats.graph?.name ?? "", ResultFormat.allCases.map(\.rawValue))
    }
    return format.writer(to: output)
  }

  private func unsupported(_ format: String, _ choices: [String]) -> Failure {
    Failure(
      .formatUnsupported, ["format": .text(format), "action": .phrase("written"), "choices": .text(choices.joined(separator: ", "))])
  }

  /// Writes solutions.
  package func append(_ batch: SolutionBatch) throws(Failure) {
    rows += batch.count
    try solutions?.append(batch)
  }

  /// Writes quads.
  package func append(_ batch: borrowing QuadBatch) throws(Failure) {
    rows += batch.count
    try quads?.append(batch)
  }

  /// Ends the answer.
  package func finish() throws(Failure) {
    try solutions?.finish()
    try quads?.finish()
  }
}

/// An output that keeps nothing.
package final class DiscardingOutput: ByteOutput {
  /// An output.
  package init() {}

  /// Forgets the bytes.
  package func write(_ view: ByteView) throws(Failure) {}
}
