import Glibc

/// Runs two pieces of work at the same time, the first on a thread of its own, and gives both results when both are done.
package func inParallel<First: Sendable, Second, E: Error>(
  _ first: @escaping @Sendable () -> First, _ second: () throws(E) -> Second
) throws(E) -> (First, Second) {
  nonisolated(unsafe) let slot = UnsafeMutablePointer<First>.allocate(capacity: 1)
  defer { slot.deallocate() }
  let thread = startThread(isDetached: false) { slot.initialize(to: first()) }
  // Without a thread to spare the work is done here.
  if thread == nil { slot.initialize(to: first()) }
  let result: Result<Second, E>
  do throws(E) { result = .success(try second()) } catch { result = .failure(error) }
  if let thread { pthread_join(thread, nil) }
  let value = slot.move()
  return (value, try result.get())
}
