import Problems
import RDF
import RDFSyntax

/// Stands before a writer whose format has no graphs, and tells once where names of graphs are lost.
final class GraphWatch: DividedSink {
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
    look(at: batch)
    try sink.append(batch)
  }

  func part() -> any SinkPart { Part(self, (sink as? any DividedSink)?.part() ?? PlainPart(of: sink)) }

  fileprivate func look(at batch: borrowing QuadBatch) {
    if !hasTold, batch.graphs.contains(where: { $0 != QuadBatch.defaultGraph }) {
      hasTold = true
      problems.report(Problem(.graphsDropped, ["format": format.name]))
    }
  }

  func suggest(prefix: String, namespace: String) { sink.suggest(prefix: prefix, namespace: namespace) }

  func finish() throws(Failure) { try sink.finish() }
}

/// What one of several threads feeds.
private final class Part: SinkPart {
  private let watch: GraphWatch
  private let inner: any SinkPart

  init(_ watch: GraphWatch, _ inner: any SinkPart) {
    self.watch = watch
    self.inner = inner
  }

  func prepare(_ batch: borrowing QuadBatch) { inner.prepare(batch) }

  func deliver(_ batch: borrowing QuadBatch) throws(Failure) {
    watch.look(at: batch)
    try inner.deliver(batch)
  }
}
