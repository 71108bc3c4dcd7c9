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

  func open(_ name: String) throws(Failure) -> any ByteStream {
    BoundedStream(try resources.open(name), limit: Self.longest)
  }
}
