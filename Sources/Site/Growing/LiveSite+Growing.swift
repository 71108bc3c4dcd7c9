import Bytes
import Logging
import Mapping
import RDF
import Store
import Synchronization

// Datasets that grow: what has come since is added to their graphs, and what is older than they keep goes.
extension LiveSite {
  /// What is known of a dataset that grows.
  struct Growth: Sendable {
    /// What has been read.
    let sources: GrowingSources
    /// The window and the snapshot that were looked at last and held nothing before the window.
    var clean: (start: TimeWindow.Start, snapshot: UInt64)?
  }

  /// What is to be read of a dataset.
  enum News {
    case whole
    case nothing
    /// Some files, or none where something is only to go, and the sources with them.
    case some(DatasetReading, GrowingSources)
  }

  /// What has come of a dataset since it was read.
  func whatIsNew(of part: SitePart) -> News {
    guard let before = growth.withLock({ $0[part.name]?.sources }), let now = plan.growingSources(of: part),
      let conversion = report.parts.first(where: { $0.part == part })?.conversion
    else { return .whole }
    func reading(_ files: [String], longer: Set<String> = []) -> DatasetReading {
      DatasetReading(
        files: files, rowsBefore: conversion.lastRowNumber, rowsToSkip: conversion.rowsOfFiles.filter { longer.contains($0.key) })
    }
    switch before.change(to: now, used: holder.current.files(of: part.graphTerm)) {
    case .none where holdsOutdated(part.name): return .some(reading([]), now)
    case .none:
      remember(part.name, now, read: [])
      return .nothing
    case .added(let files, let longer):
      if let file = longer.first(where: { conversion.rowsOfFiles[$0] == nil }) {
        tell(part, GrowingSources.Reason.changed.rawValue, file: file)
        return .whole
      }
      if conversion.looksBack {
        tell(part, "the mapping looks at other rows", file: files.first ?? "")
        return .whole
      }
      log.debug("dataset grows", metadata: ["dataset": "\(part.name)", "files": "\(files.count)"])
      return .some(reading(files, longer: longer), now)
    case .whole(let reason, let file):
      tell(part, reason.rawValue, file: file)
      return .whole
    }
  }

  /// Takes note of what has been read of a dataset that grows.
  /// - Parameter torn: the files whose last row has no end.
  func remember(_ name: String, _ sources: GrowingSources, read: [String], torn: Set<String> = []) {
    growth.withLock { all in
      var sources = sources
      sources.note(read, torn: torn, after: all[name]?.sources)
      all[name] = Growth(sources: sources)
    }
  }

  private func tell(_ part: SitePart, _ reason: String, file: String) {
    log.notice("growing dataset is read as a whole", metadata: ["dataset": "\(part.name)", "because": "\(reason)", "file": "\(file)"])
  }

  /// Whether a dataset grows and holds something that lies before its window.
  func holdsOutdated(_ name: String) -> Bool {
    guard let known = growth.withLock({ $0[name] }), let part = plan.parts.first(where: { $0.kind == .dataset && $0.name == name }),
      let window = window(of: part, by: known.sources.moments)
    else { return false }
    let snapshot = holder.current
    if let clean = known.clean, clean == (window.start, snapshot.version) { return false }
    if snapshot.holdsThings(before: window) { return true }
    // It is asked every second, and the answer changes with the window's beginning only.
    growth.withLock { $0[name]?.clean = (window.start, snapshot.version) }
    return false
  }

  /// The window of a dataset that grows, at this moment; nil for any other graph.
  func window(of part: SitePart, by moments: [ByteString]) -> TimeWindow? {
    plan.window(of: part, by: moments, at: now())
  }
}

extension SiteBuild {
  /// The window of a dataset that grows, at a moment; nil for any other graph.
  /// - Parameter moments: the IRIs of the properties that tell the moment of a thing; nil for those that its mapping says.
  func window(of part: SitePart, by moments: [ByteString]? = nil, at now: Instant) -> TimeWindow? {
    guard part.kind == .dataset, let dataset = site.datasets.first(where: { $0.name == part.name }), let keep = dataset.keep else {
      return nil
    }
    return TimeWindow(
      graph: part.graphTerm, moments: moments ?? self.moments(of: dataset).map { ByteString($0) }, start: keep.start(at: now))
  }

  /// Lets go of the pulled files of a dataset that grows of which nothing is left. What has no moment never goes, and where a row is looked at
  /// beside others all of them are needed.
  /// - Parameters:
  ///   - built: what became of its graph.
  ///   - used: the files of whose rows something is left in it, after what is too old has gone.
  ///   - window: the window of the dataset.
  func releaseFiles(of built: PartReport, used: [String], within window: TimeWindow) {
    guard let pulls, built.failure == nil, !built.conversion.looksBack, !used.isEmpty, !window.moments.isEmpty else { return }
    pulls.release(built.part.name, before: window.start.instant, used: used)
  }

  /// The sources of a dataset that grows, as they are now; nil for any other graph.
  func growingSources(of part: SitePart) -> GrowingSources? {
    guard part.kind == .dataset else { return nil }
    return site.datasets.first { $0.name == part.name }.flatMap { GrowingSources($0, of: self) }
  }
}

extension SiteReport {
  /// What a graph that grew has become, after what has been added to it.
  /// - Parameter used: the files of whose rows something was left before.
  func adding(_ added: PartReport, used: [String]) -> PartReport {
    guard added.part.kind == .dataset, let before = parts.first(where: { $0.part == added.part }) else { return added }
    var whole = added
    whole.conversion = before.conversion
    whole.conversion.add(added.conversion)
    whole.sources = before.sources.filter { !added.sources.contains($0) && GrowingSources.isUsed($0, among: used) } + added.sources
    return whole.withLastSources
  }

  /// Says how many triples the graph of a dataset that grows has, which are fewer than were made where some were there already or go.
  mutating func count(_ snapshot: Snapshot, in graph: Term) {
    guard let number = parts.firstIndex(where: { $0.part.graphTerm == graph }) else { return }
    parts[number].conversion.triples = snapshot.id(of: graph).map { snapshot.quadCount(in: $0) } ?? 0
  }
}

extension PartReport {
  /// How many sources of a dataset that grows are told of, the last ones: files come for years.
  private static let sourceLimit = 100

  /// The report with the last of its sources only.
  var withLastSources: PartReport {
    var report = self
    report.sources = Array(sources.suffix(Self.sourceLimit))
    report.conversion.rowsOfFiles = conversion.rowsOfFiles.filter { report.sources.contains($0.key) }
    return report
  }
}
