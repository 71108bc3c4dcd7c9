import Glibc
package import Problems

/// The bytes of a stream as a file that can be read anywhere: the stream's own where it has one, else a copy of it.
package final class RandomAccessFile {
  /// What the user calls it, for messages.
  package let name: String
  /// How many bytes.
  package let size: Int
  private let descriptor: Int32

  /// Takes a stream of which nothing but its beginning has been looked at.
  /// - Throws: ``ProblemCode/limitExceeded`` for more than `limit` bytes, ``ProblemCode/writeFailed``, and what the stream throws.
  package init(_ stream: any ByteStream, limit: Int = 1 << 30) throws(Failure) {
    name = stream.name
    if let own = stream.fileDescriptor {
      descriptor = fcntl(own, F_DUPFD_CLOEXEC, 0)
    } else {
      let copy = try TemporaryFile(name)
      let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
      defer { chunk.deallocate() }
      while case let count = try stream.read(into: chunk), count > 0 {
        try copy.append(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
        if copy.count > limit { throw Self.tooLong(name, limit) }
      }
      descriptor = fcntl(copy.descriptor, F_DUPFD_CLOEXEC, 0)
    }
    var status = stat()
    if descriptor < 0 || fstat(descriptor, &status) != 0 {
      throw Failure(.inputUnreadable, at: Place(file: name), ["name": .text(name), "reason": SystemError.reason(errno)])
    }
    size = Int(status.st_size)
    if size > limit { throw Self.tooLong(name, limit) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// A descriptor of the file for a library that closes it itself; less than 0 where there is none to be had.
  package func duplicate() -> Int32 { fcntl(descriptor, F_DUPFD_CLOEXEC, 0) }

  /// Reads the bytes from `offset` on, as many as `count` and the file's end allow.
  /// - Throws: ``ProblemCode/inputUnreadable``.
  package func read(at offset: Int, count: Int) throws(Failure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: max(0, min(count, size - offset)))
    var done = 0
    while done < bytes.count {
      let got = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done, off_t(offset + done)) }
      if got < 0, errno == EINTR { continue }
      if got < 0 {
        throw Failure(.inputUnreadable, at: Place(file: name), ["name": .text(name), "reason": SystemError.reason(errno)])
      }
      if got == 0 { break }
      done += got
    }
    return Array(bytes[..<done])
  }

  private static func tooLong(_ name: String, _ limit: Int) -> Failure {
    Failure(.limitExceeded, at: Place(file: name), ["what": .phrase("bytes"), "limit": "\(limit)"])
  }
}
