import Glibc
import Tables

/// A file as it was when it was looked at.
struct FileTrace: Equatable, Sendable {
  let path: String
  let size: Int
  private let seconds: Int
  private let nanoseconds: Int
  let node: UInt

  /// The file of a source, which may be a sheet; nil where there is none, as of what is fetched.
  init?(_ path: String) {
    var status = stat()
    guard stat(TableName(path).file, &status) == 0 else { return nil }
    self.path = path
    size = Int(status.st_size)
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
    node = UInt(status.st_ino)
  }
}
