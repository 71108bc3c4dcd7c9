import Glibc
package import Problems

/// A file whose bytes are in memory as far as somebody reads them. What is written there never reaches the file.
///
/// The file must not be changed while it is mapped; to replace it by another of the same name does no harm.
package final class MappedFile: @unchecked Sendable {
  /// The bytes; the address is that of a page of memory.
  package let bytes: UnsafeMutableRawBufferPointer

  /// Maps the file at `path`.
  /// - Parameter name: what the user calls it.
  /// - Throws: ``ProblemCode/inputMissing`` or ``ProblemCode/inputUnreadable``.
  package init(path: String, name: String) throws(Failure) {
    let (descriptor, size) = try openForReading(path, name: name)
    defer { close(descriptor) }
    if size == 0 {
      bytes = UnsafeMutableRawBufferPointer(start: nil, count: 0)
      return
    }
    let start = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE, descriptor, 0)
    guard let start, start != MAP_FAILED else {
      throw Failure(.inputUnreadable, at: Place(file: name), ["name": .text(name), "reason": SystemError.reason(errno)])
    }
    bytes = UnsafeMutableRawBufferPointer(start: start, count: size)
  }

  deinit { if !bytes.isEmpty { munmap(bytes.baseAddress, bytes.count) } }
}
