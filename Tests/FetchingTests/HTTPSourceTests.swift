import Fetching
import Foundation
import Problems
import Resources
import TestSupport
import Testing

/// Fetching, against a server on this machine.
struct HTTPSourceTests {
  private func policy(_ server: LocalServer) -> NetworkPolicy {
    var policy = NetworkPolicy()
    policy.allowed = [NetworkPolicy.Host("127.0.0.1:\(server.port)")].compactMap { $0 }
    return policy
  }

  private func fetch(_ path: String, of server: LocalServer, _ change: (inout NetworkPolicy) -> Void = { _ in }) -> Outcome {
    var policy = policy(server)
    change(&policy)
    let name = path.hasPrefix("/") ? server.address + path : path
    do throws(Failure) {
      let stream = try HTTPSource(FileSource(), policy: policy).open(name)
      return Outcome(text: String(decoding: try stream.readAll(), as: UTF8.self), link: stream.link)
    } catch {
      return Outcome(code: error.problem.code, message: error.problem.line(in: .en), rest: error.rest)
    }
  }

  private struct Outcome {
    var text: String?
    var link: String?
    var code: ProblemCode?
    var message = ""
    var rest: Int?
  }

  private func withServer(_ answers: [String: LocalServer.Answer], _ body: (LocalServer) throws -> Void) throws {
    let server = try LocalServer(answers)
    defer { server.stop() }
    try body(server)
  }

  @Test func aBodyComesWithItsLink() throws {
    let link = "<m.json>; rel=\"describedby\"; type=\"application/csvm+json\""
    try withServer(["/t.csv": LocalServer.Answer("id\n1\n", headers: ["Link": link]), "/": LocalServer.Answer("")]) { server in
      let found = fetch("/t.csv", of: server)
      #expect(found.text == "id\n1\n" && found.link == link)
      #expect(fetch("/", of: server).text == "")
    }
  }

  @Test func whatIsNotThereIsMissing() throws {
    try withServer(["/500": LocalServer.Answer("", status: 500)]) { server in
      #expect(fetch("/t.csv", of: server).code == .inputMissing)
      let failed = fetch("/500", of: server)
      #expect(failed.code == .networkFailed && failed.message.contains("the server answers 500"))
    }
  }

  /// RFC 9110 §10.2.3: seconds, or a date in any of the three forms that have been in use, by the server's own clock.
  @Test(
    arguments: [
      (429, "120", 120), (503, "120", 120), (500, "120", nil), (429, "0", 0), (429, "Sun, 06 Nov 1994 08:50:07 GMT", 30),
      (503, "Sunday, 06-Nov-94 08:50:07 GMT", nil), (503, "Sun Nov  6 08:50:07 1994", 30), (503, "Sun, 06 Nov 1994 08:00:00 GMT", 0),
      (503, "Tue, 08 Nov 1994 08:49:37 GMT", 172_800), (429, "soon", nil), (429, "-1", nil), (429, "1.5", nil), (429, "", nil),
    ] as [(Int, String, Int?)])
  func aServerSaysHowLongItWantsToBeLeftAlone(_ status: Int, _ wish: String, _ rest: Int?) throws {
    let headers = ["Retry-After": wish, "Date": "Sun, 06 Nov 1994 08:49:37 GMT"]
    try withServer(["/": LocalServer.Answer("", status: status, headers: headers)]) { server in
      let failed = fetch("/", of: server)
      #expect(failed.code == .networkFailed)
      // A year of two digits is one of this century.
      if wish.contains("-94") { #expect((failed.rest ?? 0) > 3_000_000_000) } else { #expect(failed.rest == rest) }
    }
  }

  @Test func redirectsAreFollowedSoFar() throws {
    let answers: [String: LocalServer.Answer] = [
      "/a": .redirect(to: "b"), "/b": .redirect(to: "/c"), "/c": LocalServer.Answer("hit"), "/circle": .redirect(to: "/circle"),
      "/file": .redirect(to: "file:///etc/hosts"), "/user": .redirect(to: "http://user@127.0.0.1/"),
    ]
    try withServer(answers) { server in
      #expect(fetch("/a", of: server).text == "hit")
      #expect(fetch("/a", of: server) { $0.mostRedirects = 1 }.code == .networkFailed)
      let circle = fetch("/circle", of: server)
      #expect(circle.code == .networkFailed && circle.message.contains("more than 5 times"))
      #expect(server.requests.filter { $0 == "/circle" }.count == 6)
      for path in ["/file", "/user"] { #expect(fetch(path, of: server).code == .networkFailed) }
    }
  }

  /// A server that may be fetched from leads to one that may not: it is not even connected to.
  @Test func aRedirectToAPrivateAddressIsRefused() throws {
    try withServer(["/secret": LocalServer.Answer("secret")]) { inner in
      let targets = [
        inner.address, "http://localhost:\(inner.port)", "http://[::1]:\(inner.port)", "http://127.1:\(inner.port)",
        "http://2130706433:\(inner.port)", "http://0x7f000001:\(inner.port)", "http://[::ffff:127.0.0.1]:\(inner.port)",
        "http://0.0.0.0:\(inner.port)",
        "http://10.0.0.1", "http://169.254.169.254",
      ]
      let answers = Dictionary(
        uniqueKeysWithValues: targets.enumerated().map { ("/\($0)", LocalServer.Answer.redirect(to: $1 + "/secret")) })
      try withServer(answers) { server in
        for number in targets.indices {
          let found = fetch("/\(number)", of: server)
          #expect(found.text == nil && (found.code == .networkRefused || found.code == .networkFailed), "\(targets[number])")
        }
        #expect(fetch("/0", of: server).code == .networkRefused)
        #expect(inner.requests == [])
      }
    }
  }

  @Test func nothingPrivateIsFetchedUnlessAllowed() throws {
    try withServer(["/": LocalServer.Answer("x")]) { server in
      let refused = fetch("/", of: server) { $0.allowed = [] }
      #expect(refused.code == .networkRefused && refused.message.contains("--allow-host 127.0.0.1:\(server.port)"))
      #expect(fetch("/", of: server) { $0.allowed = [NetworkPolicy.Host("127.0.0.1:1")].compactMap { $0 } }.code == .networkRefused)
      #expect(fetch("/", of: server) { $0.allowed = [NetworkPolicy.Host("127.0.0.1")].compactMap { $0 } }.text == "x")
      #expect(fetch("/", of: server) { $0.isOffline = true }.code == .networkUnavailable)
      #expect(server.requests == ["/"])
    }
  }

  @Test func aBodyBeyondTheLimitIsRefused() throws {
    let long = String(repeating: "x", count: 10_000)
    try withServer(["/": LocalServer.Answer(long)]) { server in
      #expect(fetch("/", of: server) { $0.largestBody = 10_000 }.text == long)
      #expect(fetch("/", of: server) { $0.largestBody = 9_999 }.code == .limitExceeded)
    }
  }

  /// A mebibyte of zeros in a thousand bytes: the limit is on what comes of them.
  @Test func aDecompressionBombIsRefused() throws {
    let headers = ["Content-Encoding": "gzip"]
    let small = Array(Data(base64Encoded: Self.small) ?? Data())
    let bomb = Array(Data(base64Encoded: Self.bomb, options: .ignoreUnknownCharacters) ?? Data())
    #expect(bomb.count > 1_000)
    try withServer(["/small": LocalServer.Answer(small, 200, headers), "/bomb": LocalServer.Answer(bomb, 200, headers)]) { server in
      #expect(fetch("/small", of: server).text == "id,namn\n1,Örebro\n")
      #expect(fetch("/bomb", of: server) { $0.largestBody = 64 << 10 }.code == .limitExceeded)
      #expect(fetch("/bomb", of: server).text?.utf8.count == 1 << 20)
    }
  }

  /// A body that ends before its length is none.
  @Test func aBrokenConnectionIsAFailure() throws {
    try withServer(["/": LocalServer.Answer("half", headers: ["Content-Length": "400"])]) { server in
      #expect(fetch("/", of: server).code == .networkFailed)
    }
  }

  /// Bytes that come one by one have no more time than a whole request.
  @Test func aBodyThatTricklesIsGivenUp() async throws {
    let answer = LocalServer.Answer("x", headers: ["Content-Length": "1000000000"]).then(again: "x")
    let server = try LocalServer { _ in answer }
    defer { server.stop() }
    let failed = fetch("/", of: server) { $0.totalSeconds = 1 }
    #expect(failed.code == .networkFailed && failed.message.contains("does not answer in time"))
    #expect(await server.waitForLeaving())
  }

  @Test(arguments: ["http://", "http:///x", "http://user@127.0.0.1/", "http://no-such-host.invalid/"])
  func whatIsNoAddressIsAFailure(_ name: String) throws {
    try withServer([:]) { server in #expect(fetch(name, of: server).code == .networkFailed) }
  }

  private static let small = "H4sIAAAAAAACA8tM0clLzM3jMtQ5PK0oNakonwsAq3u4VBIAAAA="
  private static let bomb = """
    H4sIAAAAAAACA+3BMQEAAADCoPVPbQhfoAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAPgMc6jinAAAQAA==
    """
}
