import Glibc

/// A connection to a port of this machine over which a test sends and reads bytes as they are; it ends with whoever holds it.
package final class OpenConnection {
  private let socket: Int32

  /// Connects.
  package init(port: Int) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard socket >= 0 else { throw SpawnFailure(path: "socket", reason: String(cString: strerror(errno))) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
    guard isConnected == 0 else {
      let reason = String(cString: strerror(errno))
      close(socket)
      throw SpawnFailure(path: "connect", reason: reason)
    }
    // A server that says nothing and stays is found out, and not waited for.
    var patience = timeval(tv_sec: 120, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(socket) }

  /// Sends text, as far as the other side takes it.
  package func send(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if sent <= 0 { return }
      rest = rest.dropFirst(sent)
    }
  }

  /// Reads up to the end of a mark, or to the end of the connection where that comes first or there is no mark.
  package func read(through mark: String? = nil) -> [UInt8] {
    let mark = mark.map { Array($0.utf8) }
    var all: [UInt8] = []
    var block = [UInt8](repeating: 0, count: mark == nil ? 1 << 16 : 1)
    while case let count = recv(socket, &block, block.count, 0), count > 0 {
      all += block[..<count]
      if let mark, all.suffix(mark.count) == mark[...] { break }
    }
    return all
  }
}
