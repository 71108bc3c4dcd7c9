import Synchronization
import TestSupport

/// A server that answers by path, with answers that a test changes while it runs.
final class PulledAnswers: Sendable {
  private let all = Mutex<[String: LocalServer.Answer]>([:])
  func set(_ path: String, _ answer: LocalServer.Answer) { all.withLock { $0[path] = answer } }
  func set(_ path: String, _ text: String) { set(path, LocalServer.Answer(text, headers: ["Content-Type": "application/json"])) }
  func answer(_ request: LocalServer.Request) -> LocalServer.Answer {
    all.withLock { $0[request.target] } ?? LocalServer.Answer("no such thing", status: 404)
  }
}

/// Calls `body` with a server of its own.
func withPulledServer(_ body: (LocalServer, PulledAnswers) throws -> Void) throws {
  let answers = PulledAnswers()
  let server = try LocalServer { answers.answer($0) }
  defer { server.stop() }
  try body(server, answers)
}
