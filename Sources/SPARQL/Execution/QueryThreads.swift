import Bytes
import Glibc
import Synchronization

/// Threads that run queries, and the queue before them.
///
/// A query that takes long steps back (``Turn``): it lets whoever wakes up run first, and a new thread takes the place of its own, so that
/// queries that are answered at once wait neither for a core nor for a thread.
package final class QueryThreads: Sendable {
  /// Names a piece of work, so that it can be withdrawn while it waits.
  struct Ticket: Equatable {
    fileprivate let number: Int
  }

  private struct Queue {
    var waiting: [(ticket: Ticket, work: Work)] = []
    /// How many queries are at work.
    var activeCount = 0
    /// How many threads have stepped back and have been replaced.
    var replacedCount = 0
    /// How many threads the system had none to spare for.
    var missingCount = 0
  }

  /// What runs on a thread: it is given its turn, and told nothing where it runs on the thread of whoever withdrew it.
  typealias Work = @Sendable (Turn?) -> Void

  /// Starts a thread that does some work; false where there is none to spare.
  package typealias Starting = @Sendable (@escaping @Sendable () -> Void) -> Bool

  private let queue = Mutex(Queue())
  private let limit: Int
  private let count: Int
  private let starting: Starting
  private let signal = CountingSemaphore()
  private let tickets = Atomic(0)

  /// Starts threads.
  /// - Parameters:
  ///   - count: how many.
  ///   - limit: how many queries may wait; more are turned away.
  ///   - starting: what starts one.
  package init(
    count: Int = 2, limit: Int = 64, starting: @escaping Starting = { startThread(isDetached: true, $0) != nil }
  ) {
    self.limit = limit
    self.count = count
    self.starting = starting
    for _ in 0..<count where !start() { queue.withLock { $0.missingCount += 1 } }
  }

  /// A ticket that no other work has.
  func makeTicket() -> Ticket { Ticket(number: tickets.add(1, ordering: .relaxed).newValue) }

  /// Runs the work as soon as a thread is free; false where too much is waiting, or there are no threads to be had.
  func submit(_ ticket: Ticket, _ work: @escaping Work) -> Bool {
    if !makeUp() { return false }
    let isTaken = queue.withLock { queue in
      if queue.waiting.count >= limit { return false }
      queue.waiting.append((ticket, work))
      return true
    }
    if isTaken { signal.signal() }
    return isTaken
  }

  /// Takes work that still waits out of the queue and runs it at once, on the calling thread; it must find out by itself that it is not
  /// wanted any more.
  func withdraw(_ ticket: Ticket) {
    let work = queue.withLock { queue in
      queue.waiting.firstIndex { $0.ticket == ticket }.map { queue.waiting.remove(at: $0).work }
    }
    work?(nil)
  }

  private func start() -> Bool { starting { self.work() } }

  /// Starts one of the threads that could not be had before; false where there is none at all still.
  private func makeUp() -> Bool {
    queue.withLock { queue in
      if queue.missingCount == 0 { return true }
      if start() { queue.missingCount -= 1 }
      return queue.missingCount < count
    }
  }

  private func work() {
    while true {
      signal.wait()
      // What was withdrawn leaves a signal without work.
      guard let next = takeWork() else { continue }
      let turn = Turn(self)
      next(turn)
      queue.withLock { $0.activeCount -= 1 }
      if turn.isOver() { return }
    }
  }

  private func takeWork() -> Work? {
    queue.withLock { queue in
      if queue.waiting.isEmpty { return nil }
      queue.activeCount += 1
      return queue.waiting.removeFirst().work
    }
  }

  /// Starts a thread in the place of one that steps back; false where as many as there are threads have done so, or there is none to spare.
  fileprivate func replace() -> Bool {
    let isAllowed = queue.withLock { queue in
      if queue.replacedCount >= count { return false }
      queue.replacedCount += 1
      return true
    }
    if !isAllowed { return false }
    if start() { return true }
    leave()
    return false
  }

  /// Notes that a thread that was replaced ends.
  fileprivate func leave() { queue.withLock { $0.replacedCount -= 1 } }

  /// The time that one query has on a thread; used on that thread alone.
  final class Turn {
    /// How long a query may take before it lets others run first, how often it does so, and after how long another thread takes its place.
    private static let brief = Duration.milliseconds(1)
    private static let pause = Duration.microseconds(100)
    private static let short = Duration.milliseconds(10)

    private let threads: QueryThreads
    private let beginning = ContinuousClock.now
    private var nextPause: ContinuousClock.Instant
    private var isLong: Bool
    private var wasReplaced = false

    /// A turn that begins now; `isWhole` where the query has no other.
    fileprivate init(_ threads: QueryThreads, isWhole: Bool = true) {
      self.threads = threads
      isLong = !isWhole
      nextPause = beginning + Self.brief
    }

    /// The turn of another thread that works on the same query.
    func forked() -> Turn { Turn(threads, isWhole: false) }

    /// Whether no other query is at work.
    var isAlone: Bool { threads.queue.withLock { $0.activeCount <= 1 } }

    /// Steps back where the query takes long.
    func check() {
      let now = ContinuousClock.now
      if now < nextPause { return }
      nextPause = now + Self.pause
      // Else who wakes up on this core may wait for the scheduler's next tick, which is longer than most queries.
      sched_yield()
      if !isLong, now - beginning >= Self.short {
        isLong = true
        wasReplaced = threads.replace()
      }
    }

    /// Ends the turn; whether the thread ends with it.
    fileprivate func isOver() -> Bool {
      if wasReplaced { threads.leave() }
      return wasReplaced
    }
  }
}
