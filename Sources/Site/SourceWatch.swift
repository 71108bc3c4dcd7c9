import Glibc
import Problems
import Tables

/// Sees which datasets of a site have sources that changed: files that were written, came or went.
package struct SourceWatch: Sendable {
  /// A file as it was when it was looked at.
  private struct Trace: Equatable {
    let path: String
    let size: Int
    let seconds: Int
    let nanoseconds: Int
    let node: UInt
  }

  private let site: SiteFile
  private var traces: [String: [Trace]] = [:]

  /// A watch that knows the sources as they are now.
  package init(_ site: SiteFile) {
    self.site = site
    _ = changed()
  }

  /// The datasets whose sources are not as they were at the last call, in the order of the site's file.
  package mutating func changed() -> [String] {
    var names: [String] = []
    for dataset in site.datasets {
      // Sources that are missing are a state too: the next build says so.
      let files = (try? SourceFiles.find(dataset.sources, in: site.folder)) ?? []
      let found = files.compactMap(Self.trace)
      if let before = traces[dataset.name], before != found { names.append(dataset.name) }
      traces[dataset.name] = found
    }
    return names
  }

  private static func trace(_ path: String) -> Trace? {
    var status = stat()
    guard stat(TableName(path).file, &status) == 0 else { return nil }
    return Trace(
      path: path, size: Int(status.st_size), seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec,
      node: UInt(status.st_ino))
  }
}
