import Glibc
package import Problems

/// A file without a name that bytes are put aside in, gone when nobody holds it any more.
package final class TemporaryFile {
  /// What the user calls the bytes, for messages.
  package let name: String
  /// How many bytes it holds.
  package private(set) var count = 0
  /// The open file, whose position is its end.
  package let descriptor: Int32

  /// Begins an empty file for what the user calls `name`, where `TMPDIR` says, else in `/tmp`.
  /// - Throws: ``ProblemCode/writeFailed``.
  package init(_ name: String) throws(Failure) {
    self.name = name
    var path = Array((Self.folder + "/kommungraf-XXXXXX").utf8CString)
    descriptor = mkstemp(&path)
    if descriptor < 0 { throw failure(errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(path)
  }

  deinit { close(descriptor) }

  /// Appends bytes.
  /// - Throws: ``ProblemCode/writeFailed``.
  package func append(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
    var done = 0
    while done < bytes.count {
      let written = write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      if written < 0, errno != EINTR { throw failure(errno) }
      done += max(written, 0)
    }
    count += done
  }

  private func failure(_ reason: Int32) -> Failure {
    Failure(.writeFailed, at: Place(file: name), ["name": .text(Self.folder), "reason": SystemError.reason(reason)])
  }

  private static var folder: String {
    guard let path = getenv("TMPDIR").map({ String(cString: $0) }), path.hasPrefix("/") else { return "/tmp" }
    return path
  }
}
