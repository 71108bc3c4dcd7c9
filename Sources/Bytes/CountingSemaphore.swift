import Glibc

/// Lets threads wait for one another: each ``signal()`` lets one ``wait()`` go on.
///
/// For threads of our own alone; a task that waits here would hold up the pool that it runs on.
package final class CountingSemaphore: Sendable {
  // A semaphore is made for use by several threads at once; its memory is freed when nobody can use it any more.
  private nonisolated(unsafe) let semaphore: UnsafeMutablePointer<sem_t>

  /// A semaphore that lets so many waits go on at once.
  package init(_ count: Int = 0) {
    semaphore = .allocate(capacity: 1)
    sem_init(semaphore, 0, UInt32(clamping: count))
  }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  /// Lets one wait go on.
  package func signal() { sem_post(semaphore) }

  /// Waits for a signal.
  package func wait() { while sem_wait(semaphore) != 0 {} }

  /// Waits for a signal until a moment.
  /// - Returns: whether it came.
  package func wait(until deadline: ContinuousClock.Instant) -> Bool {
    let left = max(.zero, deadline - ContinuousClock.now).components
    var until = timespec()
    clock_gettime(CLOCK_REALTIME, &until)
    until.tv_sec += Int(left.seconds)
    until.tv_nsec += Int(left.attoseconds / 1_000_000_000)
    if until.tv_nsec >= 1_000_000_000 {
      until.tv_sec += 1
      until.tv_nsec -= 1_000_000_000
    }
    while sem_timedwait(semaphore, &until) != 0 { if errno == ETIMEDOUT { return false } }
    return true
  }
}
