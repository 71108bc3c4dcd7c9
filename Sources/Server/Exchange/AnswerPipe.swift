package import Bytes
package import Problems
import Resources
import Synchronization

/// Carries the bytes of an answer from the thread that works it out to the task that sends it, some blocks at a time.
///
/// The writer waits when it is too far ahead, so that an answer of any length takes little memory; the reader waits for the next block.
/// What comes first is held back: an answer that fails before ``holdBack`` bytes can still become an error with a status of its own.
package final class AnswerPipe: ByteOutput, Sendable {
  /// How many bytes are gathered before anything is sent.
  static let holdBack = 256 << 10
  private static let blockSize = 64 << 10
  private static let blockLimit = 16

  private struct State {
    var blocks: [[UInt8]] = []
    var current: [UInt8] = []
    var written = 0
    /// Whether the reader may see blocks: enough came, or all.
    var isOpen = false
    var end: Result<Void, Failure>?
    var isAbandoned = false
    var reader: CheckedContinuation<Void, Never>?
    var whenAbandoned: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())
  /// How many blocks more the writer may hand over.
  private let space = CountingSemaphore(blockLimit)
  private let deadline: ContinuousClock.Instant?

  /// A pipe.
  /// - Parameter deadline: until when the writer waits for a reader that is slow.
  package init(deadline: ContinuousClock.Instant? = nil) {
    self.deadline = deadline
  }

  /// Takes bytes; called by the writing thread, and blocks it while the reader is behind.
  /// - Throws: ``ProblemCode/queryCancelled`` where nobody reads any more, ``ProblemCode/queryTimeout`` at the deadline.
  package func write(_ view: ByteView) throws(Failure) {
    let isFull = state.withLock { state in
      state.current.append(contentsOf: view.buffer)
      state.written += view.count
      return state.current.count >= Self.blockSize
    }
    if isFull { try handOver() }
  }

  /// Says that all has come, or why not all will.
  package func end(_ result: Result<Void, Failure>) {
    let reader = state.withLock { state in
      if !state.current.isEmpty {
        state.blocks.append(state.current)
        state.current = []
      }
      state.end = result
      state.isOpen = true
      return state.reader.take()
    }
    reader?.resume()
  }

  /// Waits until an answer has begun or ended.
  /// - Returns: all of its bytes where it is whole and short, nil where it has begun and goes on.
  /// - Throws: why there is no answer, where not a byte of it was sent.
  package func beginning() async throws(Failure) -> [UInt8]? {
    await waitUntil { $0.isOpen }
    return try state.withLock { state throws(Failure) -> [UInt8]? in
      if case .failure(let failure) = state.end { throw failure }
      if state.end == nil || state.written > Self.holdBack { return nil }
      let all = Array(state.blocks.joined())
      state.blocks = []
      return all
    }
  }

  /// The next block; nil at the end.
  /// - Throws: why the rest does not come.
  package func next() async throws(Failure) -> [UInt8]? {
    await waitUntil { !$0.blocks.isEmpty || $0.end != nil }
    let block = try state.withLock { state throws(Failure) -> [UInt8]? in
      if case .failure(let failure) = state.end { throw failure }
      return state.blocks.isEmpty ? nil : state.blocks.removeFirst()
    }
    if block != nil { space.signal() }
    return block
  }

  /// What to do when nobody reads any more.
  package func onAbandon(_ action: @escaping @Sendable () -> Void) { state.withLock { $0.whenAbandoned = action } }

  /// Says that nobody reads any more; the writer fails at its next block.
  package func abandon() {
    let action = state.withLock { state in
      state.isAbandoned = true
      return state.whenAbandoned.take()
    }
    space.signal()
    action?()
  }

  private func handOver() throws(Failure) {
    try waitForSpace()
    let (reader, isAbandoned) = state.withLock { state in
      state.blocks.append(state.current)
      state.current = []
      if state.written >= Self.holdBack { state.isOpen = true }
      return (state.isOpen ? state.reader.take() : nil, state.isAbandoned)
    }
    reader?.resume()
    if isAbandoned { throw Failure(.queryCancelled) }
  }

  private func waitForSpace() throws(Failure) {
    guard let deadline else { return space.wait() }
    if !space.wait(until: deadline) { throw Failure(.queryTimeout) }
  }

  /// Waits until a condition holds; there is one reader.
  private func waitUntil(_ condition: @Sendable (borrowing State) -> Bool) async {
    while true {
      let holds = state.withLock { condition($0) }
      if holds { return }
      await withCheckedContinuation { continuation in
        let holds = state.withLock { state in
          if condition(state) { return true }
          state.reader = continuation
          return false
        }
        if holds { continuation.resume() }
      }
    }
  }
}
