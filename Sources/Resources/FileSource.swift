import Bytes
import Glibc
package import Problems

/// Files on disk by path or `file:` IRI, standard input, and folders that stand in for prefixes of IRIs (`--resolve`).
package struct FileSource: ByteSource {
  /// A prefix of IRIs and the folder that holds what lies under it.
  package struct Mount: Sendable {
    let prefix: String
    let folder: String

    /// Reads IRIs that begin with `prefix` from `folder`.
    package init(prefix: String, folder: String) {
      self.prefix = prefix
      self.folder = folder
    }
  }

  private let mounts: [Mount]

  /// A source with these stand-ins; the longest prefix that fits is taken.
  package init(mounts: [Mount] = []) {
    self.mounts = mounts.sorted { $0.prefix.utf8.count > $1.prefix.utf8.count }
  }

  /// The path on disk of a name, or nil for one that would need the network.
  package func path(of name: String) -> String? {
    for mount in mounts where name.hasPrefix(mount.prefix) {
      let rest = name.dropFirst(mount.prefix.count).prefix { $0 != "?" && $0 != "#" }
      let separator = mount.folder.hasSuffix("/") || rest.hasPrefix("/") ? "" : "/"
      let path = mount.folder + separator + percentDecoded(String(rest))
      return path.split(separator: "/").contains("..") ? nil : path
    }
    if name.hasPrefix("file://") {
      let rest = name.dropFirst(7).prefix { $0 != "?" && $0 != "#" }
      return percentDecoded(String(rest.drop { $0 != "/" }))
    }
    return name.hasPrefix("http://") || name.hasPrefix("https://") ? nil : name
  }

  /// Opens a path, `-`, a `file:` IRI or an IRI under a mount.
  package func open(_ name: String) throws(Failure) -> any ByteStream {
    if name == "-" { return FileStream(descriptor: STDIN_FILENO, name: "-", owned: false) }
    guard let path = path(of: name) else {
      throw Failure(.networkUnavailable, at: Place(file: name), ["name": name])
    }
    return try FileStream(path: path, name: name.hasPrefix("file://") ? path : name)
  }
}

/// A file or pipe that is read from start to end.
package final class FileStream: ByteStream {
  /// What the user calls the input.
  package let name: String
  private let descriptor: Int32
  private let owned: Bool
  private var isAtStart = true

  /// A stream over an open descriptor, which is closed with it where it is `owned`.
  package init(descriptor: Int32, name: String, owned: Bool) {
    self.descriptor = descriptor
    self.name = name
    self.owned = owned
  }

  /// Opens the file at `path`.
  /// - Throws: ``ProblemCode/inputMissing`` or ``ProblemCode/inputUnreadable``.
  package convenience init(path: String, name: String) throws(Failure) {
    self.init(descriptor: try openForReading(path, name: name).descriptor, name: name, owned: true)
  }

  deinit { if owned { close(descriptor) } }

  /// The file itself, where it was opened by its path and is no device or pipe.
  package var fileDescriptor: Int32? {
    var status = stat()
    return owned && fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? descriptor : nil
  }

  /// Reads what is there, waiting for the first byte.
  /// - Throws: ``ProblemCode/inputUnreadable``, and ``ProblemCode/inputPacked`` where the file begins as one that has to be unpacked first.
  package func read(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    while true {
      let count = Glibc.read(descriptor, target.baseAddress, target.count)
      if count >= 0 {
        if isAtStart, let packed = PackedFile(UnsafeRawBufferPointer(rebasing: target[..<count])) { throw packed.failure(name) }
        isAtStart = false
        return count
      }
      if errno != EINTR {
        throw Failure(.inputUnreadable, at: Place(file: name), ["name": .text(name), "reason": SystemError.reason(errno)])
      }
    }
  }
}

/// Opens the file at `path`, and tells its size.
/// - Throws: ``ProblemCode/inputMissing`` or ``ProblemCode/inputUnreadable``.
func openForReading(_ path: String, name: String) throws(Failure) -> (descriptor: Int32, size: Int) {
  let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
  if descriptor < 0 {
    let reason = errno
    if reason == ENOENT || reason == ENOTDIR { throw Failure(.inputMissing, at: Place(file: name), ["name": name]) }
    throw Failure(.inputUnreadable, at: Place(file: name), ["name": .text(name), "reason": SystemError.reason(reason)])
  }
  var status = stat()
  if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
    close(descriptor)
    throw Failure(.inputUnreadable, at: Place(file: name), ["name": .text(name), "reason": SystemError.reason(EISDIR)])
  }
  return (descriptor, Int(status.st_size))
}

/// `text` with its percent-encoded bytes decoded.
package func percentDecoded(_ text: String) -> String {
  guard text.contains("%") else { return text }
  var out = ByteBuffer()
  ByteString(text).withView { out.append(percentDecoding: $0) }
  return out.view.text
}
