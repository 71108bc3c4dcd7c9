import Glibc

/// Runs two pieces of work at the same time, the first on a thread of its own, and gives both results when both are done.
package func inParallel<First: Sendable, Second, E: Error>(
  _ first: @escaping @Sendable () -> First, _ second: () throws(E) -> Second
) throws(E) -> (First, Second) {
  nonisolated(unsafe) let slot = UnsafeMutablePointer<First>.allocate(capacity: 1)
  defer { slot.deallocate() }
  var thread = pthread_t()
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  // As much as a program's first thread has where limits are generous; what is not used costs nothing.
  pthread_attr_setstacksize(&attributes, 64 << 20)
  let work = Unmanaged.passRetained(Work { slot.initialize(to: first()) })
  let failure = pthread_create(
    &thread, &attributes,
    { raw in
      if let raw { Unmanaged<Work>.fromOpaque(raw).takeRetainedValue().body() }
      return nil
    }, work.toOpaque())
  if failure != 0 {
    // Without a thread to spare the work is done here.
    work.takeRetainedValue().body()
  }
  let result: Result<Second, E>
  do throws(E) { result = .success(try second()) } catch { result = .failure(error) }
  if failure == 0 { pthread_join(thread, nil) }
  let value = slot.move()
  return (value, try result.get())
}

private final class Work: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
