package import Problems
package import Resources

/// A stream whose next bytes can be looked at before they are read.
package final class PeekStream: ByteStream {
  /// What the user calls the input.
  package let name: String
  private let source: any ByteStream
  /// Bytes that were taken from the source and not yet read.
  private var held: [UInt8] = []

  /// A stream over another one.
  package init(_ source: any ByteStream) {
    self.source = source
    name = source.name
  }

  /// The `Link` header that came with the bytes.
  package var link: String? { source.link }

  /// Whether the bytes came over the network.
  package var isFromNetwork: Bool { source.isFromNetwork }

  /// The file that the bytes are of, where there is one.
  package var fileDescriptor: Int32? { source.fileDescriptor }

  /// The next `count` bytes, fewer only at the end. They stay to be read.
  package func peek(_ count: Int) throws(Failure) -> [UInt8] {
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 1)
    defer { chunk.deallocate() }
    while held.count < count {
      let got = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: chunk[..<(count - held.count)]))
      if got == 0 { break }
      held.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<got]))
    }
    return Array(held.prefix(count))
  }

  /// Passes over `count` bytes that were peeked at.
  func drop(_ count: Int) { held.removeFirst(min(count, held.count)) }

  /// Puts bytes back, to be read next.
  func unread(_ bytes: UnsafeRawBufferPointer) { held.insert(contentsOf: bytes, at: 0) }

  /// Reads what was peeked at, and then on.
  package func read(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    if held.isEmpty { return try source.read(into: target) }
    let count = min(target.count, held.count)
    target.copyBytes(from: held[..<count])
    held.removeFirst(count)
    return count
  }
}
