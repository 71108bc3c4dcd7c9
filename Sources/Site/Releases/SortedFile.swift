import Bytes
package import Problems
package import Resources
package import Store

extension Snapshot {
  /// The quads as sorted lines of N-Quads (``Store/Snapshot/writeSortedLines(_:)``) in a file without a name, gone when nobody holds it any more.
  /// - Parameter name: what the user calls the dataset.
  /// - Throws: ``ProblemCode/limitExceeded``, ``ProblemCode/writeFailed``.
  package func sortedFile(named name: String) throws(Failure) -> MappedFile {
    let file = try TemporaryFile(name)
    try writeSortedLines { view throws(Failure) in try file.append(UnsafeRawBufferPointer(view.buffer)) }
    // The mapping goes on when the descriptor is closed.
    return try MappedFile(path: "/proc/self/fd/\(file.descriptor)", name: name)
  }
}
