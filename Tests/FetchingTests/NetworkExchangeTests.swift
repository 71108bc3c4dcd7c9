import Fetching
import Problems
import Resources
import Synchronization
import TestSupport
import Testing

/// Asking a server by POST, against one on this machine.
struct NetworkExchangeTests {
  private struct Outcome: Equatable {
    var text: String?
    var type: String?
    var code: ProblemCode?
    var message = ""
  }

  private static func ask(
    _ name: String, allowing hosts: [String], files: FileSource = FileSource(), _ change: (inout NetworkPolicy) -> Void = { _ in },
    watch: @escaping () throws(Failure) -> Void = {}
  ) -> Outcome {
    var policy = NetworkPolicy()
    policy.allowed = hosts.compactMap { NetworkPolicy.Host(of: $0) }
    change(&policy)
    let question = PostedQuestion(name, body: Array("question=å".utf8), contentType: "text/x-question", accept: "text/x-answer")
    do throws(Failure) {
      let answer = try NetworkExchange(files, policy: policy).answer(to: question, watch: watch)
      return Outcome(text: String(decoding: try answer.stream.readAll(), as: UTF8.self), type: answer.contentType)
    } catch {
      return Outcome(code: error.problem.code, message: error.problem.line(in: .en))
    }
  }

  /// What the server of a test heard, as it answers it.
  private static let echo: @Sendable (LocalServer.Request) -> LocalServer.Answer = { request in
    let headers = ["content-type", "accept"].map { request.headers[$0] ?? "-" }.joined(separator: " ")
    let body = String(decoding: request.body, as: UTF8.self)
    return LocalServer.Answer("\(request.method) \(request.target) \(headers) \(body)", headers: ["Content-Type": "text/x-answer"])
  }

  @Test func aQuestionIsPostedAndAnswered() throws {
    let server = try LocalServer(Self.echo)
    defer { server.stop() }
    let found = Self.ask(server.address + "/a?b=c", allowing: [server.address])
    #expect(found == Outcome(text: "POST /a?b=c text/x-question text/x-answer question=å", type: "text/x-answer"))
  }

  /// What has moved is asked again, with the question; where an answer stands elsewhere it is read there (RFC 9110 §15.4).
  @Test(arguments: [301, 302, 303, 307, 308]) func aRedirectIsFollowed(_ status: Int) throws {
    let server = try LocalServer { request in
      request.target == "/old" ? .redirect(to: "new", status: status) : Self.echo(request)
    }
    defer { server.stop() }
    let text =
      status == 303 ? "GET /new - text/x-answer " : "POST /new text/x-question text/x-answer question=å"
    #expect(Self.ask(server.address + "/old", allowing: [server.address]).text == text)
  }

  /// A server that may be asked leads to one that may not: it is not even connected to, though it is the same machine.
  @Test func aRedirectToAPrivateAddressIsRefused() throws {
    let inner = try LocalServer(Self.echo)
    defer { inner.stop() }
    let targets = [inner.address, "http://localhost:\(inner.port)", "http://[::ffff:127.0.0.1]:\(inner.port)", "http://10.0.0.1"]
    let server = try LocalServer { request in .redirect(to: targets[Int(request.target.dropFirst()) ?? 0] + "/secret", status: 307) }
    defer { server.stop() }
    for number in targets.indices {
      let found = Self.ask(server.address + "/\(number)", allowing: [server.address])
      #expect(found.text == nil && (found.code == .networkRefused || found.code == .networkFailed), "\(targets[number])")
    }
    #expect(Self.ask(server.address + "/0", allowing: [server.address]).code == .networkRefused)
    #expect(inner.requests == [])
    #expect(Self.ask(server.address + "/0", allowing: [server.address, inner.address]).text?.hasPrefix("POST /secret") == true)
  }

  @Test func whatGivesNoAnswerIsAFailure() throws {
    let server = try LocalServer([
      "/500": LocalServer.Answer("no", status: 500), "/204": LocalServer.Answer("", status: 204),
      "/half": LocalServer.Answer("half", headers: ["Content-Length": "400"]),
    ])
    defer { server.stop() }
    func message(_ path: String) -> String { Self.ask(server.address + path, allowing: [server.address]).message }
    #expect(message("/500").contains("the server answers 500"))
    #expect(message("/204").contains("the server answers 204"))
    #expect(message("/none").contains("the server answers 404"))
    #expect(message("/half").contains("the connection broke"))
    #expect(Self.ask("http://127.0.0.1:1/", allowing: ["http://127.0.0.1:1/"]).message.contains("no connection is accepted there"))
    #expect(Self.ask("http://no-such-host.invalid/", allowing: []).message.contains("there is no host called no-such-host.invalid"))
  }

  @Test func whatMayNotBeAskedIsNot() throws {
    let server = try LocalServer(Self.echo)
    defer { server.stop() }
    #expect(Self.ask(server.address, allowing: []).code == .networkRefused)
    #expect(Self.ask(server.address, allowing: ["http://127.0.0.1:1"]).code == .networkRefused)
    #expect(Self.ask(server.address, allowing: [server.address], { $0.isOffline = true }).code == .networkUnavailable)
    let files = FileSource(mounts: [FileSource.Mount(prefix: "http://127.0.0.1", folder: "/nowhere")])
    #expect(Self.ask(server.address, allowing: [server.address], files: files).code == .networkUnavailable)
    #expect(server.requests == [])
  }

  /// Whoever waits can end it, before the answer begins and in the midst of it; the server sees the connection end.
  @Test(arguments: [LocalServer.Answer.silence, LocalServer.Answer("x", headers: ["Content-Length": "9"]).thenNothing])
  func aWaitCanBeEnded(_ answer: LocalServer.Answer) async throws {
    let server = try LocalServer { _ in answer }
    defer { server.stop() }
    let count = Mutex(0)
    let found = Self.ask(
      server.address, allowing: [server.address],
      watch: { () throws(Failure) in
        let isLate = count.withLock { count in
          count += server.requests.isEmpty ? 0 : 1
          return count > 10
        }
        if isLate { throw Failure(.queryCancelled) }
      })
    #expect(found.code == .queryCancelled)
    #expect(await server.waitForLeaving())
  }

  /// An answer that nobody reads to its end is given up, however much there would be of it.
  @Test func anAnswerThatIsLetGoEnds() async throws {
    let server = try LocalServer { _ in
      LocalServer.Answer("x", headers: ["Content-Length": "1000000000000"]).then(again: String(repeating: "x", count: 1 << 16))
    }
    defer { server.stop() }
    var policy = NetworkPolicy()
    policy.allowed = [NetworkPolicy.Host(of: server.address)].compactMap { $0 }
    func readSome() throws -> Int {
      let question = PostedQuestion(server.address, body: [], contentType: "", accept: "")
      let stream = try NetworkExchange(FileSource(), policy: policy).answer(to: question, watch: {}).stream
      return try withUnsafeTemporaryAllocation(byteCount: 100, alignment: 1) { try stream.read(into: $0) }
    }
    #expect(try readSome() > 0)
    #expect(await server.waitForLeaving())
  }

  @Test(arguments: [
    ("http://a.example/x", "a.example", 80), ("https://A.example:8443?x", "a.example", 8443), ("https://[::1]/", "::1", 443),
  ])
  func theHostOfAnAddress(_ address: String, _ name: String, _ port: Int) throws {
    let host = try #require(NetworkPolicy.Host(of: address))
    #expect(host == NetworkPolicy.Host("\(name.contains(":") ? "[\(name)]" : name):\(port)"))
    #expect(NetworkPolicy.Host(of: "ftp://a.example/") == nil)
  }
}
