package import Glibc

/// Starts a thread of our own.
/// - Parameter isDetached: whether nobody will wait for it with `pthread_join`.
/// - Returns: the thread; nil where the system has none to spare, and the work is not done.
package func startThread(isDetached: Bool, _ work: @escaping @Sendable () -> Void) -> pthread_t? {
  var thread = pthread_t()
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  // As much as a program's first thread has where limits are generous, for what is walked recursively; what is not used costs nothing.
  pthread_attr_setstacksize(&attributes, 64 << 20)
  if isDetached { pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED)) }
  let kept = Unmanaged.passRetained(Work(work))
  let failure = pthread_create(
    &thread, &attributes,
    { raw in
      if let raw { Unmanaged<Work>.fromOpaque(raw).takeRetainedValue().body() }
      return nil
    }, kept.toOpaque())
  if failure == 0 { return thread }
  kept.release()
  return nil
}

private final class Work: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
