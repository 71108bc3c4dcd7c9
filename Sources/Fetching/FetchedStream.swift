import Glibc
import Problems
import Resources

/// A body that has come whole, with what its server said of it.
final class FetchedStream: ByteStream {
  let name: String
  let link: String?
  let isFromNetwork = true
  /// Holds the file open.
  private let body: TemporaryFile
  private let bytes: FileStream

  init(_ body: TemporaryFile, link: String?) {
    name = body.name
    self.link = link
    self.body = body
    bytes = FileStream(descriptor: body.descriptor, name: body.name, owned: false)
    lseek(body.descriptor, 0, SEEK_SET)
  }

  var fileDescriptor: Int32? { body.descriptor }

  func read(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int { try bytes.read(into: target) }
}
