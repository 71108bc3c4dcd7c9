import Glibc
import Synchronization

/// Threads that run queries, and the queue before them.
package final class QueryThreads: Sendable {
  /// Names a piece of work, so that it can be withdrawn while it waits.
  struct Ticket: Equatable {
    fileprivate let number: Int
  }

  private struct Queue {
    var waiting: [(ticket: Ticket, work: @Sendable () -> Void)] = []
  }

  private let queue = Mutex(Queue())
  private let limit: Int
  private let signal = CountingSemaphore()
  private let tickets = Atomic(0)

  /// Starts threads.
  /// - Parameters:
  ///   - count: how many.
  ///   - limit: how many queries may wait; more are turned away.
  package init(count: Int = 2, limit: Int = 64) {
    self.limit = limit
    for _ in 0..<count { start() }
  }

  /// A ticket that no other work has.
  func makeTicket() -> Ticket { Ticket(number: tickets.add(1, ordering: .relaxed).newValue) }

  /// Runs the work as soon as a thread is free; false where too much is waiting.
  func submit(_ ticket: Ticket, _ work: @escaping @Sendable () -> Void) -> Bool {
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
    work?()
  }

  private func start() {
    var thread = pthread_t()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    // Plans are walked recursively, as deep as the parser lets queries be.
    pthread_attr_setstacksize(&attributes, 64 << 20)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let context = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, &attributes,
      { context in
        guard let context else { return nil }
        Unmanaged<QueryThreads>.fromOpaque(context).takeRetainedValue().work()
        return nil
      }, context)
    pthread_attr_destroy(&attributes)
  }

  private func work() {
    while true {
      signal.wait()
      // What was withdrawn leaves a signal without work.
      let next = queue.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst().work }
      next?()
    }
  }
}
