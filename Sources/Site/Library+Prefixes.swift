import Bytes
package import Problems
package import RDFSyntax
import Resources

extension Prefixes {
  /// The prefixes of a library, from `vocabularies/prefixes.ttl`; none where it has no such file.
  /// - Throws: what the file throws.
  package init(of library: Library) throws(Failure) {
    guard let path = library.file("vocabularies/prefixes.ttl") else {
      self.init()
      return
    }
    let bytes = try FileSource().open(path).readAll(limit: 1 << 20)
    self = try ByteString(bytes).withView { view throws(Failure) in try Prefixes(parsing: view, file: path) }
  }
}
