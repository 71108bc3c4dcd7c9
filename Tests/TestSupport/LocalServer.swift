import Glibc
import Synchronization

/// A web server of a test's own on this machine: answers each request with what the test says, one at a time.
package final class LocalServer: Sendable {
  /// What is answered to a request.
  package struct Answer: Sendable {
    let status: Int
    let headers: [String: String]
    let body: [UInt8]

    /// A text, with headers.
    package init(_ text: String, status: Int = 200, headers: [String: String] = [:]) { self.init(Array(text.utf8), status, headers) }

    /// A body of bytes, with headers.
    package init(_ body: [UInt8], _ status: Int = 200, _ headers: [String: String] = [:]) {
      (self.status, self.headers, self.body) = (status, headers, body)
    }

    /// A redirect.
    package static func redirect(to target: String) -> Answer { Answer("", status: 302, headers: ["Location": target]) }
  }

  /// The port, which the system chose.
  package let port: UInt16
  private let descriptor: Int32
  private let answers: [String: Answer]
  private let asked = Mutex<[String]>([])

  /// Where the server is, without a slash at the end.
  package var address: String { "http://127.0.0.1:\(port)" }

  /// The paths that were asked for, in order.
  package var requests: [String] { asked.withLock { $0 } }

  /// Starts a server that answers by path, and with 404 where it has no answer.
  package init(_ answers: [String: Answer]) throws {
    self.answers = answers
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
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
    let server = Unmanaged.passRetained(self)
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { raw in
        if let raw { Unmanaged<LocalServer>.fromOpaque(raw).takeRetainedValue().serve() }
        return nil
      }, server.toOpaque())
    pthread_detach(thread)
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
      answer(connection)
      close(connection)
    }
  }

  private func answer(_ connection: Int32) {
    var request: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while !String(decoding: request, as: UTF8.self).contains("\r\n\r\n") {
      let count = recv(connection, &chunk, chunk.count, 0)
      if count <= 0 { return }
      request += chunk[..<count]
    }
    let path = String(decoding: request, as: UTF8.self).split(separator: " ").dropFirst().first.map(String.init) ?? "/"
    asked.withLock { $0.append(path) }
    let answer = answers[path] ?? Answer("no such thing", status: 404)
    var head = "HTTP/1.1 \(answer.status) -\r\nConnection: close\r\n"
    if answer.headers["Content-Length"] == nil { head += "Content-Length: \(answer.body.count)\r\n" }
    for (name, value) in answer.headers { head += "\(name): \(value)\r\n" }
    let bytes = Array((head + "\r\n").utf8) + answer.body
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count <= 0 { return }
      sent += count
    }
  }
}

private struct NoServer: Error {}
