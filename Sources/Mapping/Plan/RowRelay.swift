import Glibc
import Problems
import Tables

/// What two threads share that convert one file: they take batches of its rows in turn, and pass on what came of them in the order of the
/// rows.
///
/// The rows are read under a lock, by the thread that asks for them. A batch has a number; where something must be done in order, the
/// thread waits until all before it have done so.
///
/// It is `Sendable` because all that changes is read and written under `mutex`, the rows and their problems under `reading`.
final class RowRelay: @unchecked Sendable {
  /// What is done in the order of the batches.
  enum Stage: Int { case conversion, delivery }

  private let rows: any RowSource
  private let heard = ProblemBuffer()
  private let told: any ProblemSink
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let reading = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let change = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// The number of the batch whose turn it is, by stage.
  private var turns = [0, 0]
  private var next = 0
  private var isAtEnd = false
  /// What ended the work before its time.
  private(set) var failure: Failure?
  private var isStopped = false

  /// A relay over the rest of `rows`.
  init(_ rows: any RowSource) {
    self.rows = rows
    told = rows.problems
    rows.problems = heard
    pthread_mutex_init(mutex, nil)
    pthread_mutex_init(reading, nil)
    pthread_cond_init(change, nil)
  }

  deinit {
    rows.problems = told
    pthread_mutex_destroy(mutex)
    pthread_mutex_destroy(reading)
    pthread_cond_destroy(change)
    mutex.deallocate()
    reading.deallocate()
    change.deallocate()
  }

  /// Takes the number of a batch that has been read already.
  func takeRead() -> Int {
    next += 1
    return next - 1
  }

  /// Reads the next rows into `batch`, and what was wrong with them into `problems`; gives the batch's number, or nil where no row is left.
  func take(_ batch: inout RowBatch, _ problems: inout [Problem]) -> Int? {
    pthread_mutex_lock(reading)
    defer { pthread_mutex_unlock(reading) }
    if isAtEnd { return nil }
    let number = next
    next += 1
    var cause: Failure?
    do throws(Failure) { isAtEnd = try !rows.next(&batch) } catch { cause = error }
    problems = heard.take()
    if cause == nil, !isAtEnd { return number }
    isAtEnd = true
    // What is wrong at the end, or ends the reading, is told after all that came before it.
    if wait(for: number, .delivery) {
      tell(problems)
      if let cause { stop(cause) } else { pass(number, .delivery) }
    }
    return nil
  }

  /// Tells of what was wrong with the rows of a batch, at its turn.
  func tell(_ problems: [Problem]) {
    for problem in problems { told.report(problem) }
  }

  /// Waits for the turn of a batch; false where the work has ended.
  func wait(for number: Int, _ stage: Stage) -> Bool {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while !isStopped, turns[stage.rawValue] < number { pthread_cond_wait(change, mutex) }
    return !isStopped
  }

  /// Passes the turn on to the batch after this one.
  func pass(_ number: Int, _ stage: Stage) {
    pthread_mutex_lock(mutex)
    turns[stage.rawValue] = number + 1
    pthread_cond_broadcast(change)
    pthread_mutex_unlock(mutex)
  }

  /// Ends the work for a reason, at the turn of the batch that it lies in.
  func stop(_ cause: Failure) {
    pthread_mutex_lock(mutex)
    if !isStopped { failure = cause }
    isStopped = true
    pthread_cond_broadcast(change)
    pthread_mutex_unlock(mutex)
  }
}

/// Problems that wait for their turn to be told. It is `Sendable` because one thread at a time uses it: its own, or the one that has a
/// lock.
final class ProblemBuffer: ProblemSink, @unchecked Sendable {
  private var problems: [Problem] = []

  func report(_ problem: Problem) { problems.append(problem) }

  /// The problems since the last call.
  func take() -> [Problem] {
    if problems.isEmpty { return [] }
    defer { problems = [] }
    return problems
  }
}
