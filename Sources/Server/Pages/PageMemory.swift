import Bytes
import Synchronization

/// Answers that take long to count and that many pages need, kept as long as the data are the same.
final class PageMemory: Sendable {
  private struct State {
    var version: ByteString = ""
    var answers: [String: ResultTable] = [:]
  }

  /// How many answers are kept; no more are taken then, so that nobody can fill the memory by asking for things that are not there.
  private static let limit = 500

  private let state = Mutex(State())

  /// The answer to a query over a version of the data.
  func answer(to query: String, version: ByteString) -> ResultTable? {
    state.withLock { $0.version == version ? $0.answers[query] : nil }
  }

  /// Keeps an answer, and forgets those over older data.
  func keep(_ answer: ResultTable, to query: String) {
    state.withLock { state in
      if state.version != answer.version { state = State(version: answer.version) }
      if state.answers.count < Self.limit { state.answers[query] = answer }
    }
  }
}
