package import Bytes
import Glibc
package import Problems

/// Where finished bytes go.
package protocol ByteOutput: AnyObject {
  /// Takes the bytes of `view`; they may be reused when the call returns.
  /// - Throws: ``ProblemCode/writeFailed``.
  func write(_ view: ByteView) throws(Failure)
}

/// Bytes collected in memory.
package final class MemoryOutput: ByteOutput {
  /// All that was written.
  package private(set) var bytes: [UInt8] = []

  /// An empty output.
  package init() {}

  /// Keeps the bytes.
  package func write(_ view: ByteView) throws(Failure) { bytes.append(contentsOf: view.buffer) }

  /// All that was written, as text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Standard output, or another descriptor that stays open.
package final class DescriptorOutput: ByteOutput {
  private let descriptor: Int32
  private let name: String

  /// An output to a descriptor that somebody else owns.
  package init(descriptor: Int32 = STDOUT_FILENO, name: String = "-") {
    self.descriptor = descriptor
    self.name = name
  }

  /// Writes all of the bytes.
  package func write(_ view: ByteView) throws(Failure) { try writeAll(view, to: descriptor, name: name) }
}

/// A file that appears under its name only when it is whole: it is written beside the target and renamed.
///
/// What is no regular file, such as a device or a pipe, and what is a descriptor's name, such as `/dev/stdout`, is written to as it is,
/// never replaced. Where the name is a symbolic link it stays one, and the file that it leads to is replaced.
package final class FileOutput: ByteOutput {
  private let path: String
  /// Where the file ends up.
  private let target: String
  /// Where it is written; nil where it is written to the target itself.
  private let temporary: String?
  private let descriptor: Int32
  private var isOpen = true
  /// Its number among ``UnfinishedFiles``, where it has one.
  private let number: Int?

  /// Whether two paths lead to one file, which two outputs would each put in its place. What is written to as it is may have several.
  package static func replacesSame(_ one: String, _ other: String) -> Bool {
    let (one, other) = (resolvedLink(one), resolvedLink(other))
    return isReplaceable(one) && isReplaceable(other) && withoutDetours(one) == withoutDetours(other)
  }

  /// Begins a file that will stand at `path`, readable as the process's mask says, or only by its owner where `isPrivate`.
  /// - Throws: ``ProblemCode/writeFailed``.
  package init(path: String, isPrivate: Bool = false) throws(Failure) {
    self.path = path
    target = resolvedLink(path)
    let beside = isReplaceable(target) ? "\(target).\(getpid()).part" : nil
    temporary = beside
    number = beside.flatMap { UnfinishedFiles.note($0) }
    if let beside {
      descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, isPrivate ? 0o600 : 0o666)
    } else {
      descriptor = open(target, O_WRONLY | O_CLOEXEC)
    }
    if descriptor < 0 {
      isOpen = false
      let failure = writeFailure(path)
      UnfinishedFiles.forget(number)
      throw failure
    }
  }

  deinit { abandon() }

  /// Writes all of the bytes.
  package func write(_ view: ByteView) throws(Failure) { try writeAll(view, to: descriptor, name: path) }

  /// Puts the file in its place.
  /// - Throws: ``ProblemCode/writeFailed``; the target is then as it was.
  package func finish() throws(Failure) {
    guard isOpen else { return }
    isOpen = false
    defer { UnfinishedFiles.forget(number) }
    let isClosed = close(descriptor) == 0
    if isClosed, temporary.map({ rename($0, target) == 0 }) ?? true { return }
    let failure = writeFailure(path)
    if let temporary { unlink(temporary) }
    throw failure
  }

  /// Leaves no trace of what was written.
  package func abandon() {
    guard isOpen else { return }
    isOpen = false
    close(descriptor)
    if let temporary { unlink(temporary) }
    UnfinishedFiles.forget(number)
  }
}

/// The file that a symbolic link leads to; the path itself where it is none, or leads nowhere.
private func resolvedLink(_ path: String) -> String {
  var status = stat()
  guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK, !namesDescriptor(path), let real = realpath(path, nil) else {
    return path
  }
  defer { free(real) }
  return String(cString: real)
}

/// The path of a file, which need not be there, in the folder that its folder really is.
private func withoutDetours(_ path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return resolved(".") + "/" + path }
  return resolved(String(path[...slash])) + "/" + path[path.index(after: slash)...]
}

/// Whether a file of this name may be replaced by another: there is none yet, or it is a regular one.
private func isReplaceable(_ path: String) -> Bool {
  if namesDescriptor(path) { return false }
  var status = stat()
  return stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
}

/// Whether a path is the system's name for an open descriptor.
private func namesDescriptor(_ path: String) -> Bool {
  ["/dev/stdout", "/dev/stderr"].contains(path) || path.hasPrefix("/dev/fd/") || path.hasPrefix("/proc/")
}

/// Writes all of the bytes, however often the system takes only some.
/// - Throws: ``ProblemCode/writeFailed``.
package func writeAll(_ view: ByteView, to descriptor: Int32, name: String) throws(Failure) {
  var written = 0
  while written < view.count {
    let count = Glibc.write(descriptor, view.start + written, view.count - written)
    if count >= 0 {
      written += count
    } else if errno != EINTR {
      throw writeFailure(name)
    }
  }
}

/// The failure to write to what the user calls `name`, for the reason that `errno` gives.
package func writeFailure(_ name: String) -> Failure {
  var arguments: [String: Words] = ["name": .text(name), "reason": SystemError.reason(errno)]
  // What has gone to standard output can't be taken back.
  if name != "-" { arguments["file"] = .text(name) }
  return Failure(.writeFailed, at: Place(file: name), arguments)
}
