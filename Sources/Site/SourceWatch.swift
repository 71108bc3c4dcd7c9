import Problems

/// Sees which datasets of a site have sources that changed: files that were written, came or went.
package struct SourceWatch: Sendable {
  private let site: SiteFile
  private var traces: [String: [FileTrace]] = [:]

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
      let found = files.compactMap { FileTrace($0) }
      if let before = traces[dataset.name], before != found { names.append(dataset.name) }
      traces[dataset.name] = found
    }
    return names
  }
}
