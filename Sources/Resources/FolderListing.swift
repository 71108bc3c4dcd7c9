import Glibc
package import Problems

/// What stands in a folder.
package enum FolderListing {
  /// The names of all that stands in a folder, hidden ones too, sorted; none where there is no such folder.
  package static func names(in folder: String) -> [String] { (try? readableNames(in: folder)) ?? [] }

  /// The names of all that stands in a folder, hidden ones too, sorted; none where there is no such folder.
  /// - Throws: ``ProblemCode/inputUnreadable`` where there is one that can't be listed.
  package static func readableNames(in folder: String) throws(Failure) -> [String] {
    guard let directory = opendir(folder) else {
      if errno == ENOENT || errno == ENOTDIR { return [] }
      throw Failure(.inputUnreadable, at: Place(file: folder), ["name": .text(folder), "reason": SystemError.reason(errno)])
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
