import Foundation
import Glibc
import Synchronization

/// A web server of a test's own on this machine: answers each request with what the test says, each connection on a thread of its own.
package final class LocalServer: Sendable {
  /// A request.
  package struct Request: Sendable {
    /// The method.
    package let method: String
    /// The path and what follows it.
    package let target: String
    /// The header fields, names in lower case.
    package let headers: [String: String]
    /// The body.
    package let body: [UInt8]
  }

  /// What is answered to a request.
  package struct Answer: Sendable {
    fileprivate enum Ending { case none, again([UInt8]), never }

    /// All that is sent.
    fileprivate let bytes: [UInt8]
    /// What becomes of the connection then: it is closed, some bytes are sent for ever, or nothing comes any more.
    fileprivate var ending = Ending.none

    /// A text, with headers.
    package init(_ text: String, status: Int = 200, headers: [String: String] = [:]) { self.init(Array(text.utf8), status, headers) }

    /// A body of bytes, with headers.
    package init(_ body: [UInt8], _ status: Int = 200, _ headers: [String: String] = [:]) {
      var head = "HTTP/1.1 \(status) -\r\nConnection: close\r\n"
      if headers["Content-Length"] == nil, headers["Transfer-Encoding"] == nil { head += "Content-Length: \(body.count)\r\n" }
      for (name, value) in headers { head += "\(name): \(value)\r\n" }
      bytes = Array((head + "\r\n").utf8) + body
    }

    private init(_ answer: Answer, _ ending: Ending) {
      bytes = answer.bytes
      self.ending = ending
    }

    /// A redirect.
    package static func redirect(to target: String, status: Int = 302) -> Answer {
      Answer("", status: status, headers: ["Location": target])
    }

    /// The answer, and after it these bytes again and again until the client has had enough.
    package func then(again bytes: String) -> Answer { Answer(self, .again(Array(bytes.utf8))) }

    /// The answer, after which nothing comes and the connection stays open until the client has had enough.
    package var thenNothing: Answer { Answer(self, .never) }

    /// Not a byte comes, and the connection stays open until the client has had enough.
    package static let silence = Answer(bytes: [], ending: .never)

    private init(bytes: [UInt8], ending: Ending) {
      self.bytes = bytes
      self.ending = ending
    }
  }

  /// The port, which the system chose.
  package let port: UInt16
  private let descriptor: Int32
  private let answers: @Sendable (Request) -> Answer
  private let asked = Mutex<[String]>([])
  private let left = DispatchSemaphore(value: 0)

  /// Where the server is, without a slash at the end.
  package var address: String { "http://127.0.0.1:\(port)" }

  /// The paths that were asked for, in order.
  package var requests: [String] { asked.withLock { $0 } }

  /// Starts a server that answers by path, and with 404 where it has no answer.
  package convenience init(_ answers: [String: Answer]) throws {
    try self.init { answers[$0.target] ?? Answer("no such thing", status: 404) }
  }

  /// Starts a server that asks for its answers.
  package init(_ answers: @escaping @Sendable (Request) -> Answer) throws {
    self.answers = answers
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    self.descriptor = descriptor
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        bind(descriptor, raw, length) == 0 && listen(descriptor, 16) == 0 && getsockname(descriptor, raw, &length) == 0
      }
    }
    port = UInt16(bigEndian: address.sin_port)
    if !bound { throw NoServer() }
    Thread.detachNewThread { self.serve() }
  }

  /// Waits until a client has had enough of an answer without end; false where none has within a minute.
  ///
  /// The thread that waits is none of those that tests run on, of which there are as many as cores: the client may need one of them to leave.
  package func waitForLeaving() async -> Bool {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: self.left.wait(timeout: .now() + 60) == .success) }
    }
  }

  /// Ends the server. Its thread closes the socket: until it has seen the end, the number may not be given to another server's.
  package func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  private func serve() {
    while true {
      let connection = accept(descriptor, nil, nil)
      if connection < 0 {
        close(descriptor)
        return
      }
      _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
      Thread.detachNewThread {
        self.answer(connection)
        close(connection)
      }
    }
  }

  private func answer(_ connection: Int32) {
    guard let request = Request(readFrom: connection) else { return }
    asked.withLock { $0.append(request.target) }
    let answer = answers(request)
    guard send(answer.bytes, to: connection) else { return }
    switch answer.ending {
    case .none: break
    case .again(let bytes):
      while send(bytes, to: connection) {}
      left.signal()
    case .never:
      var byte: UInt8 = 0
      while recv(connection, &byte, 1, 0) > 0 {}
      left.signal()
    }
  }

  private func send(_ bytes: [UInt8], to connection: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count <= 0 { return false }
      sent += count
    }
    return true
  }
}

extension LocalServer.Request {
  /// Reads a request with its body; nil where the connection ends before.
  fileprivate init?(readFrom connection: Int32) {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    func more() -> Bool {
      let count = recv(connection, &chunk, chunk.count, 0)
      if count > 0 { bytes += chunk[..<count] }
      return count > 0
    }
    let mark = Array("\r\n\r\n".utf8)
    var end: Int?
    while end == nil {
      guard more() else { return nil }
      end = bytes.indices.first { bytes[$0...].starts(with: mark) }
    }
    let start = (end ?? 0) + mark.count
    let lines = String(decoding: bytes[..<start], as: UTF8.self).split(separator: "\r\n")
    let words = lines.first?.split(separator: " ") ?? []
    method = words.first.map(String.init) ?? ""
    target = words.dropFirst().first.map(String.init) ?? "/"
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    self.headers = headers
    let length = headers["content-length"].flatMap { Int($0) } ?? 0
    while bytes.count < start + length { guard more() else { return nil } }
    body = Array(bytes[start..<start + length])
  }
}

private struct NoServer: Error {}
