import Bytes
import Problems
import RDF
import Resources
import SPARQL

/// Takes an answer and has it written by the product's own writers, so that what is compared is what a user gets.
///
/// One thread uses it at a time, as sources promise.
final class AnswerText: AnswerSink, @unchecked Sendable {
  private let form: ResultForm
  private let output = MemoryOutput()
  private let graph = QuadCollector()
  private let writer: any SolutionSink
  private var isGraph = false
  private var isSolutions = false

  init(_ form: ResultForm) {
    self.form = form
    writer = form.format.writer(to: output)
  }

  func begin(_ head: AnswerHead) throws(Failure) {
    switch head.kind {
    case .solutions(let variables):
      isSolutions = true
      try writer.begin(variables)
    case .truth(let truth): try writer.write(truth)
    case .quads: isGraph = true
    }
  }

  func append(_ solutions: SolutionBatch) throws(Failure) { try writer.append(solutions) }
  func append(_ quads: borrowing QuadBatch) throws(Failure) { try graph.append(quads) }
  func finish() throws(Failure) { if isSolutions { try writer.finish() } }

  /// The answer, read back.
  func result() throws(Failure) -> QueryResult {
    isGraph ? .graph(graph) : try QueryResult(output.bytes, form.format, name: "the answer")
  }
}
