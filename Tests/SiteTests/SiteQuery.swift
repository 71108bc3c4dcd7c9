import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL
import Site

extension LiveSite {
  /// The rows that a query gives, as lines of CSV without the header. Asked on the calling thread, of the snapshot that is served.
  func rows(_ query: String) throws(Failure) -> [String] {
    let source = source(prefixes: Prefixes(), threads: QueryThreads(count: 0))
    let sink = RowSink()
    let budget = file.limits.budget
    try source.answerNow(QueryRequest(ByteString(query)), to: sink, meter: QueryMeter(timeout: budget.time, memory: budget.memory))
    let text = String(decoding: sink.output.bytes, as: UTF8.self)
    return text.split(separator: "\r\n").dropFirst().map(String.init)
  }
}

/// Keeps an answer as CSV. It is used by one thread at a time, as sources promise.
private final class RowSink: AnswerSink, @unchecked Sendable {
  let output = MemoryOutput()
  private lazy var writer = ResultFormat.csv.writer(to: output)

  func begin(_ head: AnswerHead) throws(Failure) {
    if case .solutions(let variables) = head.kind { try writer.begin(variables) }
  }

  func append(_ solutions: SolutionBatch) throws(Failure) { try writer.append(solutions) }

  func append(_ quads: borrowing QuadBatch) throws(Failure) {}

  func finish() throws(Failure) { try writer.finish() }
}
