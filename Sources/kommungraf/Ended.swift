import Bytes
import Problems
import Synchronization

/// Lets a thread wait for a task to end.
final class Ended: Sendable {
  private let result = Mutex<Failure?>(nil)
  private let signal = CountingSemaphore()

  /// Says that the task has ended, and why where it failed.
  func end(_ failure: Failure?) {
    result.withLock { $0 = failure }
    signal.signal()
  }

  /// Waits; gives why the task failed, or nil.
  func wait() -> Failure? {
    signal.wait()
    return result.withLock { $0 }
  }
}
