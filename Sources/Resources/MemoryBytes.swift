package import Problems

/// A stream over bytes in memory, handed out in pieces of at most `piece` bytes.
package final class MemoryStream: ByteStream {
  /// What the user calls the input.
  package let name: String
  /// Whether the bytes are to be taken as such from the network.
  package let isFromNetwork: Bool
  private let bytes: [UInt8]
  private let piece: Int
  private var position = 0

  /// A stream over `bytes`. A small `piece` makes a reader meet every border between reads.
  package init(_ bytes: [UInt8], name: String = "memory", piece: Int = .max, isFromNetwork: Bool = false) {
    self.bytes = bytes
    self.name = name
    self.isFromNetwork = isFromNetwork
    self.piece = piece
  }

  /// Copies the next bytes.
  package func read(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    let count = min(target.count, piece, bytes.count - position)
    target.copyBytes(from: bytes[position..<position + count])
    position += count
    return count
  }
}

/// Named bytes in memory, for tests.
package struct MemorySource: ByteSource {
  private let files: [String: [UInt8]]

  /// A source that knows these names.
  package init(_ files: [String: [UInt8]]) { self.files = files }

  /// Opens one of the names.
  package func open(_ name: String) throws(Failure) -> any ByteStream {
    guard let bytes = files[name] else { throw Failure(.inputMissing, at: Place(file: name), ["name": name]) }
    return MemoryStream(bytes, name: name)
  }
}
