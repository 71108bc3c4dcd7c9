import Dispatch
import Problems

/// Runs asynchronous work to its end. It has threads of its own: whoever waits here may stand on the last one that Swift's own tasks share.
func wait<Value>(for work: @escaping @Sendable () async -> Result<Value, Failure>) throws(Failure) -> Value {
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
final class WorkQueue: TaskExecutor {
  private let queue = DispatchQueue(label: "kommungraf.network")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
