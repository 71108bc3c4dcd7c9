import Problems
import Resources
import Tables

/// Tells of sources that name more pages than were fetched, because the last ones had nothing in them.
struct StoppedPaging {
  private let dataset: SiteFile.Dataset
  private let folder: PullFolder

  /// Looks at the copies of a dataset.
  init(_ dataset: SiteFile.Dataset, _ folder: PullFolder) {
    self.dataset = dataset
    self.folder = folder
  }

  /// Tells it once of each source, where a build reads files of which the last page is one.
  func tell(of inputs: [String], _ problems: any ProblemSink) {
    let path = folder.path + "/state.json"
    guard let bytes = try? FileStream(path: path, name: path).readAll(limit: 1 << 28), let state = PulledState(bytes, file: path) else {
      return
    }
    let read = Set(inputs.map { TableName($0).file })
    let files = [state.current, state.older].flatMap { $0?.files ?? [] }.filter { $0.isStopped && read.contains(folder.path(of: $0)) }
    for source in Set(files.map(\.source)).sorted() where dataset.sources.indices.contains(source) {
      let name = SourceFiles.publicAddress(of: dataset.sources[source]) ?? "…"
      problems.report(Problem(.sourceStopped, at: Place(file: name), ["name": .text(name), "count": "\(SourcePull.lastEmpty)"]))
    }
  }
}
