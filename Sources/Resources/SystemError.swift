import Glibc
package import Problems

/// Why the operating system would not do something, in words for people.
package enum SystemError {
  /// The reason behind a value of `errno`.
  package static func reason(_ number: Int32) -> Words {
    switch number {
    case EACCES, EPERM: .phrase("permission-denied")
    case EISDIR: .phrase("is-folder")
    case ENOENT, ENOTDIR: .phrase("folder-missing")
    case EEXIST: .phrase("file-exists")
    case ENOSPC, EDQUOT: .phrase("disk-full")
    case EROFS: .phrase("disk-read-only")
    case EPIPE: .phrase("receiver-gone")
    case ENAMETOOLONG: .phrase("name-too-long")
    case EIO: .phrase("disk-error")
    default: .phrase("system-error", ["number": "\(number)"])
    }
  }
}
