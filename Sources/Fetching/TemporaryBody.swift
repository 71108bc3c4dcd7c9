import Foundation
import Glibc
import NIOCore
import Problems
import Resources

/// A body that is being received: a file without a name, gone when it is closed.
final class TemporaryBody {
  let name: String
  fileprivate var descriptor: Int32
  /// How many bytes have come.
  private(set) var count = 0

  /// Begins an empty body of what the user calls `name`.
  init(_ name: String) throws(Failure) {
    self.name = name
    var path = Array((NSTemporaryDirectory() + "/kommungraf-XXXXXX").utf8CString)
    descriptor = mkstemp(&path)
    if descriptor < 0 { throw Failure(.writeFailed, at: Place(file: name), ["name": .text("/tmp"), "reason": SystemError.reason(errno)]) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(path)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Appends bytes.
  func append(_ bytes: ByteBufferView) throws(Failure) {
    let isWritten = bytes.withUnsafeBytes { raw in
      var done = 0
      while done < raw.count {
        let written = write(descriptor, raw.baseAddress.map { $0 + done }, raw.count - done)
        if written < 0, errno != EINTR { return false }
        done += max(written, 0)
      }
      return true
    }
    if !isWritten { throw Failure(.writeFailed, at: Place(file: name), ["name": .text("/tmp"), "reason": SystemError.reason(errno)]) }
    count += bytes.count
  }
}

/// A body that has come whole, with what its server said of it.
final class FetchedStream: ByteStream {
  let name: String
  let link: String?
  let isFromNetwork = true
  private let file: FileStream

  init(_ body: TemporaryBody, link: String?) {
    name = body.name
    self.link = link
    lseek(body.descriptor, 0, SEEK_SET)
    file = FileStream(descriptor: body.descriptor, name: body.name, owned: true)
    body.descriptor = -1
  }

  func read(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int { try file.read(into: target) }
}
