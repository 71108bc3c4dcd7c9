import Foundation
package import Problems
package import Resources

/// Files as ``FileSource`` has them, and beside them what stands under `http:` and `https:` IRIs, fetched within the limits of a policy.
package struct HTTPSource: ByteSource {
  private let files: FileSource
  private let policy: NetworkPolicy

  /// A source over files and the network.
  package init(_ files: FileSource, policy: NetworkPolicy) {
    self.files = files
    self.policy = policy
  }

  /// Opens a path, `-`, an IRI that a folder stands in for, or fetches an IRI. What is fetched has come whole when this returns; it stands
  /// in a file without a name, so that its size takes no memory.
  /// - Throws: what ``FileSource`` throws, ``ProblemCode/inputMissing`` where the server has no such thing,
  ///   ``ProblemCode/networkRefused`` for an address that may not be fetched from, ``ProblemCode/networkFailed``, or
  ///   ``ProblemCode/limitExceeded``.
  package func open(_ name: String) throws(Failure) -> any ByteStream {
    if policy.isOffline || files.path(of: name) != nil || name == "-" { return try files.open(name) }
    return try wait { [policy] in await HTTPFetch(name, policy).result() }
  }
}

/// Runs asynchronous work to its end. It has threads of its own: whoever waits here may stand on the last one that Swift's own tasks share.
private func wait<Value>(for work: @escaping @Sendable () async -> Result<Value, Failure>) throws(Failure) -> Value {
  let done = DispatchSemaphore(value: 0)
  // Written before the signal, read after it.
  nonisolated(unsafe) var result: Result<Value, Failure>?
  Task.detached(executorPreference: WorkQueue()) {
    result = await work()
    done.signal()
  }
  done.wait()
  guard let result else { throw Failure(.networkFailed, ["name": "", "reason": .phrase("network-broken")]) }
  return try result.get()
}

/// Runs tasks on a queue that blocks none and is blocked by none of the shared threads.
private final class WorkQueue: TaskExecutor {
  private let queue = DispatchQueue(label: "kommungraf.network")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
