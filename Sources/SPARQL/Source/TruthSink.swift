import Problems
import RDF
import Synchronization

/// Takes the answer of an ASK query.
final class TruthSink: AnswerSink {
  private let stored = Atomic<Bool>(false)

  /// The answer.
  var truth: Bool { stored.load(ordering: .acquiring) }

  func begin(_ head: AnswerHead) throws(Failure) {
    if case .truth(let truth) = head.kind { stored.store(truth, ordering: .releasing) }
  }

  func append(_ solutions: SolutionBatch) throws(Failure) {}
  func append(_ quads: borrowing QuadBatch) throws(Failure) {}
  func finish() throws(Failure) {}
}
