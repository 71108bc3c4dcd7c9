package import Problems

/// A stream of which only so much is read.
package final class BoundedStream: ByteStream {
  /// What the user calls the input.
  package let name: String
  /// Whether the bytes come from the network.
  package var isFromNetwork: Bool { stream.isFromNetwork }
  private let stream: any ByteStream
  private let limit: Int
  private var count = 0

  /// A stream of at most `limit` bytes of another.
  package init(_ stream: any ByteStream, limit: Int) {
    name = stream.name
    self.stream = stream
    self.limit = limit
  }

  /// Reads the next bytes.
  /// - Throws: ``ProblemCode/limitExceeded`` where there are more than the limit, and what the other throws.
  package func read(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    let read = try stream.read(into: target)
    count += read
    if count > limit { throw Failure(.limitExceeded, at: Place(file: name), ["what": .phrase("bytes"), "limit": "\(limit)"]) }
    return read
  }
}
