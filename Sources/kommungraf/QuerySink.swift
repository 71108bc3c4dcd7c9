import ArgumentParser
import Bytes
import JSONLD
import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL

/// How `query` writes its results.
enum QueryResults: String, ExpressibleByArgument, CaseIterable {
  case table, json, xml, csv, tsv, turtle, ntriples, jsonld

  /// The format of solutions; nil for those of graphs.
  var solutions: ResultFormat? { ResultFormat(rawValue: rawValue) }

  /// The format of graphs: that of the name, and N-Triples for those of solutions (contract §1).
  var graph: Format { Format(name: rawValue) ?? .ntriples }
}

/// Writes an answer in the format that was asked for.
///
/// It is used by one thread at a time, as sources promise.
final class QuerySink: AnswerSink, @unchecked Sendable {
  private let format: QueryResults
  private let output: any ByteOutput
  private let prefixes: Prefixes
  private var solutions: (any SolutionWriter)?
  private var quads: (any QuadSink)?
  /// How many solutions or quads came; 1 for a truth value.
  private(set) var rows = 0

  init(_ format: QueryResults, to output: any ByteOutput, prefixes: Prefixes) {
    self.format = format
    self.output = output
    self.prefixes = prefixes
  }

  func begin(_ head: AnswerHead) throws(Failure) {
    switch head.kind {
    case .solutions(let variables):
      let writer = try writer()
      try writer.begin(variables)
      solutions = writer
    case .truth(let truth):
      rows = 1
      try writer().write(truth)
    case .quads:
      quads =
        format == .jsonld
        ? JSONLDWriter(output, prefixes: prefixes.entries.map { ($0.prefix, $0.namespace) }, sorted: false)
        : try RDFWriter.make(format.graph, to: output, prefixes: prefixes, sorted: false)
    }
  }

  /// The writer of solutions.
  /// - Throws: ``ProblemCode/formatUnsupported`` for a format of graphs.
  private func writer() throws(Failure) -> any SolutionWriter {
    guard let format = format.solutions else {
      throw Failure(
        .formatUnsupported, ["format": .text(format.rawValue), "action": .phrase("written"), "choices": "table, json, xml, csv, tsv"])
    }
    return format.writer(to: output)
  }

  func append(_ batch: SolutionBatch) throws(Failure) {
    rows += batch.count
    try solutions?.append(batch)
  }

  func append(_ batch: borrowing QuadBatch) throws(Failure) {
    rows += batch.count
    try quads?.append(batch)
  }

  func finish() throws(Failure) {
    try solutions?.finish()
    try quads?.finish()
  }
}

/// An output that keeps nothing.
final class DiscardingOutput: ByteOutput {
  func write(_ view: ByteView) throws(Failure) {}
}
