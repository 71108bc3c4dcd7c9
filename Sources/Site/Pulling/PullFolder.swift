import Bytes
import Glibc
import Problems
import RDF
import Resources

/// The folder of a dataset's pulled copies, `.kommungraf/pulled/NAME` beside the site's file.
///
/// Files are written under names that no copy has yet, and what copies there are stands in one file that is replaced as a whole: a pull that
/// ends half-way, and a machine that stops, leave the copies that there were.
struct PullFolder: Sendable {
  /// The folder's path.
  let path: String

  /// The folder of a dataset of a site.
  init(_ name: String, site: SiteFile) { path = site.folder + "/.kommungraf/pulled/" + name }

  private var statePath: String { path + "/state.json" }

  /// Whether a path is that of a file of some copy.
  static func holds(_ path: String) -> Bool { path.contains("/.kommungraf/pulled/") }

  /// The path of a file of a copy.
  func path(of file: PulledCopy.File) -> String { path + "/" + file.path }

  /// The state on the disk; nil where there is none for these sources and rules. A copy of which a file is missing or short is none.
  func state(_ fingerprint: String) -> PulledState? {
    guard var state = written(), state.fingerprint == fingerprint else { return nil }
    if let copy = state.older, !isWhole(copy) { state.older = nil }
    if let copy = state.current, !isWhole(copy) {
      state.current = state.older
      state.isAccepted = state.older != nil
      state.older = nil
    }
    return state
  }

  /// A state without copies for the first pull of these sources, numbered after the pulls of any others.
  func newState(_ fingerprint: String) -> PulledState { PulledState(fingerprint: fingerprint, number: written()?.number ?? 0) }

  private func written() -> PulledState? {
    guard let bytes = try? FileStream(path: statePath, name: statePath).readAll(limit: 1 << 28) else { return nil }
    return PulledState(bytes, file: statePath)
  }

  private func isWhole(_ copy: PulledCopy) -> Bool {
    copy.files.allSatisfy { file in
      var status = stat()
      return stat(path(of: file), &status) == 0 && Int(status.st_size) == file.size
    }
  }

  /// Puts a state in the place of the one before, and takes away the files that neither of its copies has.
  /// - Throws: ``ProblemCode/writeFailed``; the old state is then in force.
  func write(_ state: PulledState) throws(Failure) {
    try makeFolder(path)
    let output = try FileOutput(path: statePath, isPrivate: true)
    try output.write(state.json.view)
    try output.finish()
    tidy(keeping: state)
  }

  /// Takes away what a pull has written that failed.
  func forget(pull number: Int) {
    for name in FolderListing.names(in: path) where name.hasPrefix("\(number)-") {
      for file in FolderListing.names(in: path + "/" + name) { unlink("\(path)/\(name)/\(file)") }
      rmdir(path + "/" + name)
    }
  }

  /// Takes away what no copy has. Where that fails there is too much, and nothing is wrong.
  private func tidy(keeping state: PulledState) {
    let used = Set((state.current?.files ?? []).map(\.path) + (state.older?.files ?? []).map(\.path))
    let folders = Set(used.compactMap { $0.split(separator: "/").first.map(String.init) })
    for name in FolderListing.names(in: path) where name.first?.isNumber == true {
      for file in FolderListing.names(in: path + "/" + name) where !used.contains(name + "/" + file) { unlink("\(path)/\(name)/\(file)") }
      if !folders.contains(name) { rmdir(path + "/" + name) }
    }
  }

  /// Writes a file of a copy, whose bytes `body` appends.
  /// - Parameters:
  ///   - place: the folder in this one, which begins with the number of the pull.
  ///   - name: the file's name.
  /// - Returns: the path below the folder, and how many bytes.
  func write(
    _ place: String, _ name: String, body: ((ByteView) throws(Failure) -> Void) throws(Failure) -> Void
  ) throws(Failure) -> (path: String, size: Int) {
    try makeFolder(path + "/" + place)
    let target = "\(path)/\(place)/\(name)"
    // What a pull left here that ended half-way is nobody's.
    unlink(target)
    let output = try FileOutput(path: target, isPrivate: true)
    var size = 0
    do throws(Failure) {
      try body { (bytes: ByteView) throws(Failure) in
        size += bytes.count
        try output.write(bytes)
      }
      try output.finish()
    } catch {
      output.abandon()
      throw error
    }
    return ("\(place)/\(name)", size)
  }

  /// Makes a folder that only its owner may look into, and those above it up to the site's own.
  private func makeFolder(_ folder: String) throws(Failure) {
    if mkdir(folder, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = folder.lastIndex(of: "/"), folder.contains("/.kommungraf") else { throw writeFailure(folder) }
    try makeFolder(String(folder[..<slash]))
    if mkdir(folder, 0o700) != 0, errno != EEXIST { throw writeFailure(folder) }
  }

  /// Waits until no other program pulls into the folder, and keeps others waiting while `body` runs.
  /// - Parameter name: what of the folder is locked, where that is not its copies: nobody waits for a slow server then.
  func locked<Value>(_ name: String? = nil, _ body: () throws(Failure) -> Value) throws(Failure) -> Value {
    try makeFolder(path)
    let target = name.map { "\(path)/\($0).lock" } ?? path
    let descriptor =
      name == nil ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : open(target, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    if descriptor < 0 { throw writeFailure(target) }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 { if errno != EINTR { throw writeFailure(path) } }
    return try body()
  }
}
