import Bytes
import Problems
import RDF
import Resources
import Synchronization

/// Takes note of the files that are opened of a source: what a conversion is made by beside its inputs, as mappings, registers and code lists.
final class OpenedFiles: ByteSource {
  private let source: any ByteSource
  private let names = Mutex<Set<String>>([])

  init(_ source: any ByteSource) { self.source = source }

  func open(_ name: String) throws(Failure) -> any ByteStream {
    let stream = try source.open(name)
    names.withLock { _ = $0.insert(name) }
    return stream
  }

  /// A digest of a text and the files that have been opened, but for some.
  /// - Throws: what reading them throws.
  func digest(after text: String, without inputs: Set<String>) throws(Failure) -> String {
    var all = ByteBuffer()
    all.append(bytes: ByteString(text))
    for name in names.withLock({ $0 }).subtracting(inputs).sorted() {
      all.append(bytes: ByteString("\n\(name)\n"))
      all.append(bytes: ByteString(try source.open(name).readAll()))
    }
    return Digest(.sha256).hex(of: all.view).text
  }
}
