import Foundation

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
    let connection = try OpenConnection(port: port)
    connection.send(request)
    self.init(parsing: connection.read())
  }

  /// An answer that was read.
  package init(parsing bytes: [UInt8]) {
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
