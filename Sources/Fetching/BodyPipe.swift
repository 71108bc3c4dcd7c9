import Dispatch
import NIOCore
import Problems
import Resources
import Synchronization

/// Carries an answer from the task that receives it to the thread that reads it, some blocks at a time.
///
/// The task waits when it is too far ahead, so that an answer of any length takes little memory. The thread looks up several times a second
/// while it waits, and says by that whether it still wants to.
final class BodyPipe: Sendable {
  private static let blockLimit = 16
  private static let pause = DispatchTimeInterval.milliseconds(20)

  private struct State {
    /// The media type; nil before the answer has begun.
    var contentType: String?
    var blocks: [ByteBuffer] = []
    var end: Result<Void, Failure>?
    var isAbandoned = false
    var writer: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())
  /// Something new is there to be read.
  private let signal = DispatchSemaphore(value: 0)

  // MARK: - The task that receives

  /// Says that the answer has begun.
  func begin(_ contentType: String) {
    state.withLock { $0.contentType = contentType }
    signal.signal()
  }

  /// Hands a block over, once there is room for it.
  /// - Throws: `CancellationError` where nobody reads any more.
  func write(_ block: ByteBuffer) async throws(CancellationError) {
    while true {
      let (isAbandoned, isFull) = state.withLock { state in
        let isFull = state.blocks.count >= Self.blockLimit
        if !isFull { state.blocks.append(block) }
        return (state.isAbandoned, isFull)
      }
      if isAbandoned { throw CancellationError() }
      if !isFull { break }
      await waitForRoom()
    }
    signal.signal()
  }

  /// Says that all has come, or why not all will.
  func end(_ result: Result<Void, Failure>) {
    state.withLock { $0.end = result }
    signal.signal()
  }

  private func waitForRoom() async {
    await withCheckedContinuation { continuation in
      let hasRoom = state.withLock { state in
        if state.isAbandoned || state.blocks.count < Self.blockLimit { return true }
        state.writer = continuation
        return false
      }
      if hasRoom { continuation.resume() }
    }
  }

  // MARK: - The thread that reads

  /// Waits for the beginning, and gives the media type.
  /// - Throws: why there is no answer, and what `watch` throws.
  func beginning(_ watch: () throws(Failure) -> Void) throws(Failure) -> String {
    while true {
      let found = try state.withLock { state throws(Failure) -> String? in
        if let type = state.contentType { return type }
        try state.end?.get()
        return nil
      }
      if let found { return found }
      try pause(watch)
    }
  }

  /// Waits for the next block; nil at the end.
  /// - Throws: why the rest does not come, and what `watch` throws.
  func next(_ watch: () throws(Failure) -> Void) throws(Failure) -> ByteBuffer? {
    while true {
      let (block, writer, hasEnded) = try state.withLock { state throws(Failure) in
        if !state.blocks.isEmpty { return (ByteBuffer?.some(state.blocks.removeFirst()), state.writer.take(), false) }
        try state.end?.get()
        return (ByteBuffer?.none, CheckedContinuation<Void, Never>?.none, state.end != nil)
      }
      writer?.resume()
      if let block { return block }
      if hasEnded { return nil }
      try pause(watch)
    }
  }

  /// Says that nobody reads any more.
  func abandon() {
    let writer = state.withLock { state in
      state.isAbandoned = true
      return state.writer.take()
    }
    writer?.resume()
  }

  private func pause(_ watch: () throws(Failure) -> Void) throws(Failure) {
    try watch()
    _ = signal.wait(timeout: .now() + Self.pause)
  }
}
