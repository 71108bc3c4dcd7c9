import Glibc
import Synchronization

/// Threads that run queries, and the queue before them.
package final class QueryThreads: Sendable {
  private struct Queue {
    var waiting: [@Sendable () -> Void] = []
    var isClosed = false
  }

  private let queue = Mutex(Queue())
  private let limit: Int
  private let signal = CountingSemaphore()

  /// Starts threads.
  /// - Parameters:
  ///   - count: how many.
  ///   - limit: how many queries may wait; more are turned away.
  package init(count: Int = 2, limit: Int = 64) {
    self.limit = limit
    for _ in 0..<count { start() }
  }

  /// Runs the work as soon as a thread is free; false where too much is waiting.
  package func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
    let isTaken = queue.withLock { queue in
      if queue.isClosed || queue.waiting.count >= limit { return false }
      queue.waiting.append(work)
      return true
    }
    if isTaken { signal.signal() }
    return isTaken
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
      let next = queue.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
      next?()
    }
  }
}
