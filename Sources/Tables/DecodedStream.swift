package import Problems
package import Resources

/// A text in UTF-8 whatever encoding it comes in, in pieces of any size.
package final class DecodedStream: ByteStream {
  /// What the user calls the input.
  package let name: String
  private let source: any ByteStream
  private let decoded: UTF8Stream
  /// What was decoded and did not fit into a small target.
  private var held: [UInt8] = []

  /// The text of a stream.
  /// - Parameter declared: its encoding; nil where the text must say it: a byte order mark, UTF-16 by its zeros, else UTF-8 or Windows-1252.
  /// - Throws: ``ProblemCode/encodingUnknown`` for a label that is not known.
  package init(_ stream: any ByteStream, declared: String?) throws(Failure) {
    name = stream.name
    source = stream
    decoded = try UTF8Stream(stream, declared: declared)
  }

  /// The `Link` header that came with the bytes.
  package var link: String? { source.link }

  /// Whether the bytes came over the network.
  package var isFromNetwork: Bool { source.isFromNetwork }

  /// Reads decoded text.
  package func read(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    if held.isEmpty {
      if target.count >= UTF8Stream.leastTarget { return try decoded.read(into: target) }
      let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: UTF8Stream.leastTarget, alignment: 1)
      defer { chunk.deallocate() }
      let count = try decoded.read(into: chunk)
      held = Array(chunk[..<count])
    }
    let count = min(target.count, held.count)
    target.copyBytes(from: held[..<count])
    held.removeFirst(count)
    return count
  }
}
