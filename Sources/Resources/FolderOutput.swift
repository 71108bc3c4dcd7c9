import Bytes
import Glibc
package import Problems

/// A folder that appears under its name only when it is whole: it is written beside the target and takes its place in one step.
///
/// Whoever looks finds the old folder or the new one, whatever happens meanwhile; what a run that was killed has left beside the target the next
/// one takes away. Where the name is a symbolic link it stays one, and the folder that it leads to is replaced.
package final class FolderOutput {
  /// Where the folder ends up, as the user named it.
  package let path: String
  /// Where it is written.
  package let temporary: String
  private let target: String
  /// The open folder, locked as long as it is written.
  private let descriptor: Int32
  private var isOpen = true

  /// Begins a folder that will stand at `path`, in place of the one that stands there.
  /// - Throws: ``ProblemCode/writeFailed``.
  package init(path: String) throws(Failure) {
    var trimmed = path[...]
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed = trimmed.dropLast() }
    self.path = String(trimmed)
    target = resolved(String(trimmed))
    temporary = "\(target).\(getpid()).part"
    // Nobody takes away as abandoned what is not locked yet.
    let parent = Self.lockedParent(of: target)
    defer { if parent >= 0 { close(parent) } }
    Self.removeAbandoned(besides: target)
    guard mkdir(temporary, 0o777) == 0 else {
      descriptor = -1
      isOpen = false
      throw writeFailure(path)
    }
    descriptor = open(temporary, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor >= 0 { flock(descriptor, LOCK_EX | LOCK_NB) }
  }

  deinit { abandon() }

  /// Begins a file of the folder. `name` may have folders in it, which are made.
  /// - Throws: ``ProblemCode/writeFailed``.
  package func file(_ name: String) throws(Failure) -> FileOutput {
    var folder = temporary
    for part in name.split(separator: "/").dropLast() {
      folder += "/" + part
      if mkdir(folder, 0o777) != 0, errno != EEXIST { throw writeFailure(path + "/" + name) }
    }
    return try FileOutput(path: temporary + "/" + name)
  }

  /// Puts the folder in its place, and takes away the one that stood there.
  /// - Parameter check: looks at what stands there, once nobody else who writes a folder so can change it any more.
  /// - Throws: ``ProblemCode/writeFailed`` and what `check` throws; the target is then as it was.
  package func finish(after check: () throws(Failure) -> Void = {}) throws(Failure) {
    guard isOpen else { return }
    // What the new name leads to must be on the disk before the name leads there.
    try Self.visit(temporary) { path, isFolder throws(Failure) in
      let opened = open(path, O_RDONLY | O_CLOEXEC | (isFolder ? O_DIRECTORY : 0))
      defer { if opened >= 0 { close(opened) } }
      if opened < 0 || fsync(opened) != 0 { throw writeFailure(self.path) }
    }
    let parent = Self.lockedParent(of: target)
    defer { if parent >= 0 { close(parent) } }
    if parent < 0 { throw writeFailure(path) }
    try check()
    var status = stat()
    if lstat(target, &status) != 0 {
      if rename(temporary, target) != 0 { throw writeFailure(path) }
    } else {
      try exchange()
    }
    isOpen = false
    if descriptor >= 0 { close(descriptor) }
    fsync(parent)
    if exists(temporary) { Self.remove(temporary) }
  }

  /// Leaves no trace of what was written.
  package func abandon() {
    guard isOpen else { return }
    isOpen = false
    Self.remove(temporary)
    if descriptor >= 0 { close(descriptor) }
  }

  /// The call that lets two names change places, which the C library's header keeps from us. Without it, or on a file system that can't,
  /// there is a moment between two renames.
  private func exchange() throws(Failure) {
    typealias Call = @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    let bothWays: UInt32 = 2
    if let found = dlsym(nil, "renameat2"), unsafeBitCast(found, to: Call.self)(AT_FDCWD, temporary, AT_FDCWD, target, bothWays) == 0 {
      return
    }
    let aside = temporary + ".old"
    if rename(target, aside) != 0 { throw writeFailure(path) }
    if rename(temporary, target) != 0 {
      let failure = writeFailure(path)
      rename(aside, target)
      throw failure
    }
    Self.remove(aside)
  }

  /// The folder that the target stands in, open and locked until it is closed; negative where it can't be.
  private static func lockedParent(of target: String) -> Int32 {
    let opened = open(split(target).folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if opened < 0 || flock(opened, LOCK_EX) == 0 { return opened }
    close(opened)
    return -1
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
  }

  /// Takes away the folders beside a target that nobody writes any more.
  private static func removeAbandoned(besides target: String) {
    let (folder, name) = split(target)
    for other in FolderListing.names(in: folder) where other.hasPrefix(name + ".") && other.hasSuffix(".part") {
      let number = other.dropFirst(name.count + 1).dropLast(5)
      if number.isEmpty || !number.utf8.allSatisfy({ $0 &- 0x30 < 10 }) { continue }
      let path = folder + "/" + other
      let opened = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      if opened < 0 { continue }
      defer { close(opened) }
      if flock(opened, LOCK_EX | LOCK_NB) == 0 { remove(path) }
    }
  }

  /// Takes away a folder and all in it; a link in it, and not what it leads to.
  private static func remove(_ path: String) {
    try? visit(path) { path, isFolder throws(Failure) in
      if isFolder { rmdir(path) } else { unlink(path) }
    }
  }

  /// Calls `body` for all that stands in a folder, then for the folder. Folders that are nested too deep to be ours are left alone.
  private static func visit(_ path: String, depth: Int = 0, _ body: (String, Bool) throws(Failure) -> Void) throws(Failure) {
    var status = stat()
    guard depth < 64, lstat(path, &status) == 0 else { return }
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    if isFolder {
      for name in FolderListing.names(in: path) { try visit(path + "/" + name, depth: depth + 1, body) }
    }
    try body(path, isFolder)
  }
}

/// A path without links and detours, so that two paths of one file or folder are the same; the path itself where there is nothing yet.
package func resolved(_ path: String) -> String {
  guard let real = realpath(path, nil) else { return path }
  defer { free(real) }
  return String(cString: real)
}

private func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
