import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// One request and its answer over a connection of its own, byte by byte as they are: for paths and bodies that clients would tidy up.
package struct HTTPExchange {
  /// The status code; 0 where no answer came.
  package let status: Int
  /// The header fields, names in lower case.
  package let headers: [String: String]
  /// The body, put together where it came in chunks.
  package let body: [UInt8]
  /// Whether the body came to the end that it announced.
  package let isWhole: Bool

  /// The body as text.
  package var text: String { String(decoding: body, as: UTF8.self) }

  /// Sends a request to a port of this machine and reads until the connection ends.
  package init(port: Int, _ request: String) throws {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard socket >= 0 else { throw SpawnFailure(path: "socket", reason: String(cString: strerror(errno))) }
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
    guard isConnected == 0 else { throw SpawnFailure(path: "connect", reason: String(cString: strerror(errno))) }
    var rest = Array(request.utf8)[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if sent <= 0 { break }
      rest = rest.dropFirst(sent)
    }
    var all: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = recv(socket, &block, block.count, 0), count > 0 { all += block[..<count] }
    self.init(parsing: all)
  }

  private init(parsing bytes: [UInt8]) {
    let mark = Array("\r\n\r\n".utf8)
    let end = bytes.indices.first { bytes[$0...].starts(with: mark) } ?? bytes.endIndex
    let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
    status = lines.first.flatMap { Int($0.split(separator: " ").dropFirst().first ?? "") } ?? 0
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    self.headers = headers
    let rest = bytes[min(end + mark.count, bytes.endIndex)...]
    if headers["transfer-encoding"] == "chunked" {
      (body, isWhole) = Self.unchunked(rest)
    } else {
      body = Array(rest)
      isWhole = headers["content-length"].flatMap(Int.init).map { $0 == rest.count } ?? false
    }
  }

  /// The content of chunks (RFC 9112 §7.1), and whether the last one came.
  private static func unchunked(_ bytes: ArraySlice<UInt8>) -> ([UInt8], Bool) {
    var rest = bytes
    var body: [UInt8] = []
    while let end = rest.firstIndex(of: 10) {
      guard let size = Int(String(decoding: rest[..<end], as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines), radix: 16) else {
        break
      }
      if size == 0 { return (body, true) }
      let start = end + 1
      guard start + size + 2 <= rest.endIndex else { return (body + rest[start...], false) }
      body += rest[start..<start + size]
      rest = rest[(start + size + 2)...]
    }
    return (body, false)
  }
}
