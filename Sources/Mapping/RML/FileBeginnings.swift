import Problems
import Resources

/// The beginnings of files, for trying which mapping fits: of one that goes on for long no more is read to see that it has nothing.
struct FileBeginnings: ByteSource {
  /// How many items are looked at.
  static let items = 64
  /// How many bytes are read.
  private static let longest = 16 << 20

  private let resources: any ByteSource

  init(_ resources: any ByteSource) { self.resources = resources }

  func open(_ name: String) throws(Failure) -> any ByteStream { Beginning(try resources.open(name)) }

  /// A stream that fails where the beginning ends.
  private final class Beginning: ByteStream {
    private let stream: any ByteStream
    private var count = 0

    init(_ stream: any ByteStream) { self.stream = stream }

    var name: String { stream.name }
    var isFromNetwork: Bool { stream.isFromNetwork }

    func read(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
      let read = try stream.read(into: target)
      count += read
      if count > longest { throw Failure(.limitExceeded, at: Place(file: name), ["what": .phrase("bytes"), "limit": "\(longest)"]) }
      return read
    }
  }
}
