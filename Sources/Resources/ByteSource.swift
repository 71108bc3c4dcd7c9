package import Problems

/// A way to the bytes behind a name: files, folders that stand in for the network, memory in tests.
package protocol ByteSource: Sendable {
  /// Opens what `name` (a path, `-` for standard input, or an IRI) stands for.
  /// - Throws: ``ProblemCode/inputMissing``, ``ProblemCode/inputUnreadable`` or ``ProblemCode/networkUnavailable``.
  func open(_ name: String) throws(Failure) -> any ByteStream
}

/// Bytes that come in pieces.
package protocol ByteStream: AnyObject {
  /// What the user calls the input, for messages.
  var name: String { get }

  /// The `Link` header that came with the bytes (RFC 8288); nil where there was none.
  var link: String? { get }

  /// Whether the bytes came over the network, so that nobody here vouches for them.
  var isFromNetwork: Bool { get }

  /// A regular file whose bytes, from its start, are those of the stream, for readers that go to and fro; nil where there is none. It stays
  /// open as long as the stream does.
  var fileDescriptor: Int32? { get }

  /// Reads into `target` and says how many bytes came; 0 at the end, and only there.
  func read(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int
}

extension ByteStream {
  /// Nothing: files have no headers.
  package var link: String? { nil }

  /// False: files are the user's own.
  package var isFromNetwork: Bool { false }

  /// None.
  package var fileDescriptor: Int32? { nil }

  /// Reads the rest into memory.
  /// - Throws: ``ProblemCode/limitExceeded`` beyond `limit` bytes.
  package func readAll(limit: Int = 1 << 30) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { chunk.deallocate() }
    while true {
      let count = try read(into: chunk)
      if count == 0 { return bytes }
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
      if bytes.count > limit {
        throw Failure(.limitExceeded, at: Place(file: name), ["what": .phrase("bytes"), "limit": "\(limit)"])
      }
    }
  }
}
