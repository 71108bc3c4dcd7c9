import Bytes
import Problems
import Resources
import SPARQL
import Store

/// Snapshots in files (`--snapshot`, `--save-snapshot`).
enum SnapshotFile {
  /// Opens a snapshot.
  /// - Returns: it, and where patterns outside GRAPH are matched.
  /// - Throws: ``ProblemCode/inputMissing``, ``ProblemCode/inputUnreadable``, ``ProblemCode/snapshotInvalid``.
  static func open(_ name: String, _ source: FileSource) throws(Failure) -> (snapshot: Snapshot, scope: GraphScope) {
    guard let path = source.path(of: name) else { throw Failure(.networkUnavailable, at: Place(file: name), ["name": name]) }
    let file = try MappedFile(path: path, name: name)
    let (snapshot, hasUnion) = try Snapshot.opened(file.bytes, heldBy: file, name: name)
    return (snapshot, hasUnion ? .union : .defaultOnly)
  }

  /// Saves a snapshot, in place of a file of the same name.
  /// - Throws: ``ProblemCode/writeFailed``; a file of that name is then as it was.
  static func save(_ snapshot: Snapshot, scope: GraphScope, as path: String) throws(Failure) {
    let output = try FileOutput(path: path)
    try snapshot.save(hasUnion: scope == .union) { view throws(Failure) in try output.write(view) }
    try output.finish()
  }
}
