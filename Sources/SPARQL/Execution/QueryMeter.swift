import Problems
import Synchronization

/// What a query may use: time, rows and memory. Checked once a batch.
package final class QueryMeter: Sendable {
  private let deadline: ContinuousClock.Instant?
  private let memory: Int?
  private let isCancelled = Atomic(false)

  /// A budget; nil for no limit.
  /// - Parameters:
  ///   - timeout: how long the query may run.
  ///   - memory: how many bytes solutions that are kept may have.
  package init(timeout: Duration? = nil, memory: Int? = nil) {
    deadline = timeout.map { ContinuousClock.now + $0 }
    self.memory = memory
  }

  /// Ends the query at its next check, from any thread.
  package func cancel() { isCancelled.store(true, ordering: .relaxed) }

  /// Ends the query where its time is up or it was cancelled.
  /// - Throws: ``ProblemCode/queryTimeout`` or ``ProblemCode/queryCancelled``.
  func check() throws(Failure) {
    if isCancelled.load(ordering: .relaxed) { throw Failure(.queryCancelled) }
    if let deadline, ContinuousClock.now > deadline { throw Failure(.queryTimeout) }
  }

  /// Ends the query where what it keeps is too much.
  /// - Throws: ``ProblemCode/queryMemory``, or what ``check()`` throws.
  func check(rows: Int, slots: Int) throws(Failure) {
    try check()
    if let memory, rows * slots * 4 > memory { throw Failure(.queryMemory, ["limit": "\(memory)"]) }
  }
}
