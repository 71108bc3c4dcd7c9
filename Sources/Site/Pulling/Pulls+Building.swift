import Mapping
import Problems
import RDF
import Synchronization
import Tables

// What a build reads of the copies, and what it tells of them.
extension Pulls {
  /// The files of a dataset's copy, with others of its sources that are no addresses in their places.
  /// - Throws: why there is no copy.
  func inputs(of dataset: SiteFile.Dataset) throws(Failure) -> [String] {
    let found = records.withLock { $0[dataset.name] }
    guard let copy = found?.state?.current else {
      throw Failure(found?.status.problem ?? Problem(.inputMissing, ["name": dataset.sources.first ?? ""]))
    }
    change(dataset.name) { $0.built = copy.files }
    let folder = PullFolder(dataset.name, site: site)
    var inputs: [String] = []
    for (index, source) in dataset.sources.enumerated() {
      if SiteFile.Dataset.isPulled(source) {
        inputs += copy.files.filter { $0.source == index }.map { TableName(file: folder.path(of: $0), sheet: $0.sheet).text }
      } else {
        inputs += try SourceFiles.find([source], in: site.folder)
      }
    }
    return inputs
  }

  /// The files that a build reads of each address among a dataset's sources.
  func files(ofEachAddressOf dataset: SiteFile.Dataset, among inputs: [String]) -> [[String]] {
    guard let files = records.withLock({ $0[dataset.name]?.state?.current?.files }) else { return [] }
    let folder = PullFolder(dataset.name, site: site)
    let paths = Dictionary(grouping: files, by: \.source).mapValues { Set($0.map { folder.path(of: $0) }) }
    return paths.sorted { $0.key < $1.key }.map { _, paths in inputs.filter { paths.contains(TableName($0).file) } }.filter { !$0.isEmpty }
  }

  /// What tells the sources of a dataset and what they are asked for from others; empty where there is no copy.
  func fingerprint(of dataset: SiteFile.Dataset) -> String { records.withLock { $0[dataset.name]?.state?.fingerprint } ?? "" }

  /// Whether the copy that was built is the newest one, whichever program has pulled that.
  func hasBuiltNewest(of dataset: SiteFile.Dataset) -> Bool {
    guard let record = records.withLock({ $0[dataset.name] }), let known = record.state else { return false }
    return PullFolder(dataset.name, site: site).state(known.fingerprint)?.current?.files == record.built
  }

  /// Tells where a dataset's copy is older than it should be, and why.
  func tellAge(of dataset: SiteFile.Dataset, _ problems: any ProblemSink) {
    guard let found = records.withLock({ $0[dataset.name] }), let copy = found.state?.current, let problem = found.status.problem else {
      return
    }
    problems.report(Problem(problem.code, at: problem.place, value: problem.value, severity: .warning, problem.arguments))
    problems.report(
      Problem(
        .sourceKept, at: Place(file: site.path, line: dataset.line),
        [
          "name": .text(dataset.name), "moment": .text(SwedishTime.text(at: copy.checked)), "age": Self.age(from: copy.checked, to: moment),
          "reason": found.isUnbuilt ? .phrase("kept-unbuilt") : .phrase("kept-unread"),
        ]))
  }

  /// Tells once of each source of a dataset that names more pages than were fetched, because the last ones had nothing in them, where a build
  /// reads files of which the last page is one.
  func tellStopped(of dataset: SiteFile.Dataset, reading inputs: [String], _ problems: any ProblemSink) {
    guard let state = records.withLock({ $0[dataset.name]?.state }) else { return }
    let folder = PullFolder(dataset.name, site: site)
    let read = Set(inputs.map { TableName($0).file })
    let files = [state.current, state.older].flatMap { $0?.files ?? [] }.filter { $0.isStopped && read.contains(folder.path(of: $0)) }
    for source in Set(files.map(\.source)).sorted() where dataset.sources.indices.contains(source) {
      let name = SourceFiles.publicAddress(of: dataset.sources[source]) ?? "…"
      problems.report(Problem(.sourceStopped, at: Place(file: name), ["name": .text(name), "count": "\(SourcePull.lastEmpty)"]))
    }
  }

  /// How old something is, in the largest unit of which there are two.
  static func age(from moment: Instant, to now: Instant) -> Words {
    let seconds = max(0, now.seconds - moment.seconds)
    if seconds >= 172_800 { return .phrase("age-days", ["count": "\(seconds / 86_400)"]) }
    if seconds >= 7200 { return .phrase("age-hours", ["count": "\(seconds / 3600)"]) }
    return .phrase("age-minutes", ["count": "\(seconds / 60)"])
  }
}
