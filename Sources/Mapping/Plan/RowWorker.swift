import Glibc
import Problems
import RDF
import Tables

/// One of the two threads that convert a file: takes batches from a ``RowRelay``, runs the plan over them and hands over what comes of it.
///
/// What a row says that follows from rows before it (running numbers, keys, what was just said) is decided in the order of the rows, while
/// the other thread puts its own triples into words; all else is done side by side.
final class RowWorker: QuadSink {
  private let relay: RowRelay
  private let part: any SinkPart
  private let told: any ProblemSink
  private let own = ProblemBuffer()
  private let isOrdered: Bool
  private var number = 0
  /// What was wrong with the rows of the current batch, as they were read.
  private var heard: [Problem] = []

  init(_ relay: RowRelay, _ part: any SinkPart, problems: any ProblemSink, isOrdered: Bool) {
    self.relay = relay
    self.part = part
    told = problems
    self.isOrdered = isOrdered
  }

  /// Converts batches until no row is left.
  /// - Parameters:
  ///   - runner: a runner that has begun the file.
  ///   - batch: memory for rows.
  ///   - first: the number of a batch that stands in `batch` already.
  func work(_ runner: inout RowRunner, _ batch: inout RowBatch, first: Int? = nil) {
    runner.divert(to: self, problems: own)
    var next = first ?? relay.take(&batch, &heard)
    while let number = next {
      self.number = number
      if isOrdered, !relay.wait(for: number, .conversion) { return }
      do throws(Failure) {
        try runner.run(batch)
        if isOrdered { relay.pass(number, .conversion) }
        try runner.flush()
        guard take(turn: number) else { return }
      } catch {
        if take(turn: number) { relay.stop(error) }
        return
      }
      relay.pass(number, .delivery)
      next = relay.take(&batch, &heard)
    }
  }

  /// Waits for the current batch's turn, and tells of what was wrong in it so far; false where the work has ended.
  private func take(turn number: Int) -> Bool {
    guard relay.wait(for: number, .delivery) else { return false }
    relay.tell(heard)
    heard = []
    for problem in own.take() { told.report(problem) }
    return true
  }

  func append(_ batch: borrowing QuadBatch) throws(Failure) {
    part.prepare(batch)
    if take(turn: number) { try part.deliver(batch) }
  }

  func finish() throws(Failure) {}
}

/// The thread beside the first one, with all that it needs. It is `Sendable` because the thread that makes it leaves it alone until the
/// helper's own has ended.
final class RowHelper: @unchecked Sendable {
  private(set) var runner: RowRunner
  private let worker: RowWorker
  private var batch = RowBatch()
  private let maker = pthread_self()

  init(_ runner: consuming RowRunner, _ worker: RowWorker) {
    self.runner = runner
    self.worker = worker
  }

  /// Works until no row is left; not on the thread that made it, which has rows of its own to do first and would wait for itself.
  func work() {
    if pthread_equal(pthread_self(), maker) == 0 { worker.work(&runner, &batch) }
  }
}
