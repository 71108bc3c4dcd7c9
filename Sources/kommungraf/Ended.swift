import Glibc
import Problems
import Synchronization

/// Lets a thread wait for a task to end.
final class Ended: Sendable {
  private let result = Mutex<Failure?>(nil)
  // Made for use by several threads at once.
  private nonisolated(unsafe) let signal: UnsafeMutablePointer<sem_t>

  init() {
    signal = .allocate(capacity: 1)
    sem_init(signal, 0, 0)
  }

  deinit {
    sem_destroy(signal)
    signal.deallocate()
  }

  /// Says that the task has ended, and why where it failed.
  func end(_ failure: Failure?) {
    result.withLock { $0 = failure }
    sem_post(signal)
  }

  /// Waits; gives why the task failed, or nil.
  func wait() -> Failure? {
    while sem_wait(signal) != 0 {}
    return result.withLock { $0 }
  }
}
