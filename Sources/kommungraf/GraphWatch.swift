import Problems
import RDF
import RDFSyntax

/// Stands before a writer whose format has no graphs, and tells once where names of graphs are lost.
final class GraphWatch: QuadSink {
  private let sink: any QuadSink
  private let format: Format
  private let problems: any ProblemSink
  private var hasTold = false

  init(_ sink: any QuadSink, _ format: Format, _ problems: any ProblemSink) {
    self.sink = sink
    self.format = format
    self.problems = problems
  }

  func append(_ batch: borrowing QuadBatch) throws(Failure) {
    if !hasTold, batch.graphs.contains(where: { $0 != QuadBatch.defaultGraph }) {
      hasTold = true
      problems.report(Problem(.graphsDropped, ["format": format.name]))
    }
    try sink.append(batch)
  }

  func suggest(prefix: String, namespace: String) { sink.suggest(prefix: prefix, namespace: namespace) }

  func finish() throws(Failure) { try sink.finish() }
}
