import HTTPTypes
import NIOCore
import Synchronization

/// Answers about things as they were sent, kept as long as the data are the same and there is room.
///
/// It holds two generations. What is asked for again moves to the young one; when that has half of the room, the old one, which nobody has
/// asked for since, is let go. So what is popular stays, and neither a robot that asks for everything once nor a client that varies its
/// headers can take more memory than there is room for.
final class AnswerMemory: Sendable {
  /// An answer, ready to be sent.
  struct Answer: Sendable {
    /// The head, without `Date`.
    let head: HTTPResponse
    /// The body that GET gets.
    let body: ByteBuffer
    /// The entity tag; nil where there is none.
    let tag: String?
  }

  private struct Generation {
    var answers: [RequestKey: Answer] = [:]
    var size = 0

    /// Roughly what an answer takes beside its body and its key: header fields and tables.
    private static let overhead = 1500

    mutating func keep(_ answer: Answer, _ key: RequestKey) {
      if answers.updateValue(answer, forKey: key) == nil { size += answer.body.readableBytes + key.size + Self.overhead }
    }
  }

  private struct State {
    var data: DataState?
    var young = Generation()
    var old = Generation()
  }

  private let limit: Int
  private let state = Mutex(State())

  /// A memory that takes no more than about so many bytes.
  init(limit: Int = 64 << 20) { self.limit = limit }

  /// The answer to a request over a state of the data; nil where it is not remembered.
  func answer(to key: RequestKey, over data: DataState) -> Answer? {
    let (answer, left) = state.withLock { state -> (Answer?, Generation?) in
      guard state.data == data else { return (nil, nil) }
      if let answer = state.young.answers[key] { return (answer, nil) }
      guard let answer = state.old.answers[key] else { return (nil, nil) }
      return (answer, keep(answer, key, &state))
    }
    withExtendedLifetime(left) {}
    return answer
  }

  /// Remembers an answer, and forgets those over another state.
  func keep(_ answer: Answer, to key: RequestKey, over data: DataState) {
    guard key.isShort, answer.body.readableBytes <= limit / 16 else { return }
    // What is let go is let go outside the lock: to free thousands of answers takes milliseconds.
    let left = state.withLock { state -> (State?, Generation?) in
      let old = state.data == data ? nil : state
      if old != nil { state = State(data: data) }
      return (old, keep(answer, key, &state))
    }
    withExtendedLifetime(left) {}
  }

  /// Puts an answer into the young generation.
  /// - Returns: the generation that had to go; nil for none.
  private func keep(_ answer: Answer, _ key: RequestKey, _ state: inout State) -> Generation? {
    var left: Generation?
    if state.young.size >= limit / 2 {
      left = state.old
      (state.old, state.young) = (state.young, Generation())
    }
    state.young.keep(answer, key)
    return left
  }
}
