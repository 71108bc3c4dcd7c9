package import Logging
import Mapping
package import Problems
package import RDF
package import RDFSyntax
package import Resources
package import SPARQL
package import Store
import Synchronization

/// A site with the snapshot of it that is served: built as a whole, and again dataset by dataset while readers go on.
///
/// Building blocks the thread that asks for it, and one build waits for another. Readers never wait: they take the snapshot from
/// ``holder`` and keep it for the whole of a request.
package final class LiveSite: Sendable {
  /// The site.
  package let file: SiteFile
  /// Where its mappings and vocabularies are looked up.
  package let library: Library
  /// The snapshot that is served; empty until the site has been built.
  package let holder = SnapshotHolder(Snapshot())
  /// The registers and code lists, with the patterns of their IRIs that are in force in this site. One that can't be read is not here.
  /// They are read each time they are asked for: to serve a site needs none of them.
  package var registers: [PublishedRegister] { plan.parts.compactMap(reader.read) }

  /// The copies of what is fetched from the network; nil where nothing is pulled.
  package let pulls: Pulls?
  let plan: SiteBuild
  /// What has been read of the datasets that grow, by name.
  let growth = Mutex<[String: Growth]>([:])
  let log: Logger
  let now: @Sendable () -> Instant
  private let reader: RegisterReader
  private let building = Mutex(())
  private let served = Mutex(SiteReport())
  private let today: @Sendable () -> CivilDate

  /// A site of which nothing has been built yet.
  /// - Parameters:
  ///   - library: where mappings and vocabularies are looked up.
  ///   - problems: where the problems of all builds go; each build's own stand in its report besides.
  ///   - log: what is told how datasets are read.
  ///   - pulls: the copies of what is fetched from the network.
  ///   - today: the day, in Sweden, as of which embargoes are judged.
  ///   - moment: the time that a graph is said to be built at, as xsd:dateTime.
  ///   - now: the moment from which datasets that grow are kept so long back.
  package init(
    _ file: SiteFile, library: Library, resources: any ByteSource, problems: any ProblemSink, log: Logger = .silent, pulls: Pulls? = nil,
    today: @escaping @Sendable () -> CivilDate = { SwedishTime.date(at: .now) },
    moment: @escaping @Sendable () -> String = { SwedishTime.text(at: .now) },
    now: @escaping @Sendable () -> Instant = { .now }
  ) {
    self.file = file
    self.library = library
    self.today = today
    self.pulls = pulls
    self.now = now
    self.log = log
    plan = SiteBuild(
      file, library: library, resources: resources, problems: problems, log: log, pulls: pulls, today: today, moment: moment)
    reader = RegisterReader(file, library.holdingRegisters(ofSite: file.folder), resources)
  }

  /// What became of the graphs of the snapshot that is served.
  package var report: SiteReport { served.withLock { $0 } }

  /// The datasets that are to be built again because time has passed: those of which rows have become public, because an embargo has ended,
  /// and those that grow of which something is no longer to be kept.
  package var due: [String] {
    let opened = dueToEmbargo
    return opened + file.datasets.map(\.name).filter { !opened.contains($0) && holdsOutdated($0) }
  }

  private var dueToEmbargo: [String] {
    let today = today()
    return report.parts.filter { part in
      part.part.kind == .dataset && part.conversion.rowsEmbargoed.keys.contains { $0 <= today }
    }.map(\.part.name)
  }

  /// The site as a source of answers, with the union of all graphs as the default graph.
  /// - Parameters:
  ///   - prefixes: those that messages about undeclared ones suggest.
  ///   - services: the endpoints that SERVICE may ask; nil for none.
  package func source(prefixes: Prefixes, threads: QueryThreads, services: Services? = nil) -> EmbeddedSource {
    EmbeddedSource(holder, scope: .union, prefixes: prefixes, threads: threads, services: services)
  }

  /// Builds every graph and puts the snapshot in place.
  ///
  /// Of a graph that can't be built nothing is published the first time; later on the one that was served stays. The report says why. Nothing is
  /// said of a dataset whose sources have not been asked yet, where there is no copy of them.
  /// - Parameter choice: which sources on the network are asked first.
  /// - Throws: ``ProblemCode/limitExceeded`` where the store can't hold what came; what was served goes on being served.
  package func build(pulling choice: Pulls.Choice = .due) throws(Failure) -> SiteReport {
    pulls?.run(choice)
    return try building.withLock { _ throws(Failure) -> SiteReport in try make(plan.parts.filter { !isAwaited($0) }) }
  }

  /// The datasets of which nothing can be built yet, since their sources have not been asked.
  package var awaited: [String] { plan.parts.filter(isAwaited).map(\.name) }

  private func isAwaited(_ part: SitePart) -> Bool { part.kind == .dataset && pulls?.isAwaited(part.name) == true }

  /// Reads one dataset again, and with it the catalog, and puts both in place at once, so that no answer mixes two states.
  ///
  /// Of a dataset that grows only the files that have come are read, and what is older than it keeps goes; where nothing of that has
  /// happened, nothing is done. It is read as a whole where that would not give the same: where a file or the mapping was changed, a file was
  /// removed of which something is left, or an embargo has ended.
  ///
  /// Where one of them can't be built the old snapshot goes on serving, and the report says why.
  /// - Parameter asWhole: whether one that grows is read as a whole in any case.
  /// - Returns: what became of the dataset, and of the catalog where it came to that.
  /// - Throws: ``ProblemCode/datasetUnknown`` with the nearest name, ``ProblemCode/limitExceeded``.
  package func rebuild(dataset name: String, asWhole: Bool = false) throws(Failure) -> SiteReport {
    let parts = plan.parts.filter { $0.kind == .dataset && $0.name == name || $0.kind == .catalog }
    guard parts.contains(where: { $0.kind == .dataset }) else {
      var arguments = ["name": name]
      arguments["nearest"] = nearest(to: name, among: file.datasets.map(\.name))
      throw Failure(.datasetUnknown, value: name, arguments)
    }
    return try building.withLock { _ throws(Failure) -> SiteReport in
      guard let part = parts.first, !isAwaited(part) else { return SiteReport() }
      if asWhole || dueToEmbargo.contains(name) { return try make(parts) }
      switch whatIsNew(of: part) {
      case .whole: return try make(parts)
      case .nothing: return SiteReport()
      case .some(let reading, let sources): return try make(parts, adding: reading, of: sources)
      }
    }
  }

  /// Builds graphs and puts those that could be built in place of the old ones, all at once. Where others are served already and the
  /// catalog, which speaks of them, can't be built, nothing changes.
  /// - Parameters:
  ///   - reading: what is added to the graph of the dataset among the parts; nil where it is replaced, as the others are.
  ///   - sources: the dataset's sources with it.
  private func make(
    _ parts: [SitePart], adding reading: DatasetReading? = nil, of sources: GrowingSources? = nil
  ) throws(Failure) -> SiteReport {
    let builder = StoreBuilder()
    let isFirst = report.parts.isEmpty
    var next = report
    var made = SiteReport()
    var grown: [String: GrowingSources] = [:]
    for part in parts {
      if part.kind == .catalog, !isFirst, made.failed.count == made.parts.count { break }
      let mark = builder.mark
      // What is written to a source while it is read is seen the next time.
      var seen = sources ?? plan.growingSources(of: part)
      var built = build(part, into: builder, after: next, reading: part.kind == .dataset ? reading ?? seen?.all : nil)
      // Where something was only to be added, what is served is what the older copy says.
      if built.hasOlderCopy, reading == nil {
        builder.forget(since: mark)
        seen = plan.growingSources(of: part)
        built = build(part, into: builder, after: next, reading: seen?.all)
      }
      made.parts.append(built)
      if built.failure == nil, part.kind == .dataset { grown[part.name] = seen }
      let whole = reading == nil ? built : next.adding(built, used: holder.current.files(of: part.graphTerm))
      if built.failure == nil || !next.isServing(part) { next.replace(whole, in: plan.parts) }
      // What had come of a graph before it failed is no state of it that anybody published.
      if built.failure != nil { builder.forget(since: mark) }
    }
    let isDescribed = made.parts.last.map { $0.part.kind == .catalog && $0.failure == nil } ?? false
    guard isFirst || isDescribed else { return made }
    let good = made.parts.filter { $0.failure == nil && (reading == nil || $0.part.kind != .dataset) }.map(\.part.graphTerm)
    let windows = plan.parts.compactMap { part in grown[part.name].flatMap { window(of: part, by: $0.moments) } }
    // Where nothing of the old stays, sorting the new alone is much the cheaper way.
    let isAll = isFirst || good.count == plan.parts.count
    let snapshot =
      isAll ? try builder.makeSnapshot().within(windows) : try holder.current.replacing(graphs: good, within: windows, with: builder)
    for window in windows { next.count(snapshot, in: window.graph) }
    put(snapshot, next)
    for built in made.parts {
      guard let sources = grown[built.part.name] else { continue }
      // Where a quote is open at the end of a file, so is its last row, whatever byte is the last one.
      let torn = Set(built.problems.filter { $0.code == .quoteOpen }.compactMap(\.place.file))
      remember(built.part.name, sources, read: built.sources, torn: torn)
    }
    for window in windows {
      guard let part = next.parts.first(where: { $0.part.graphTerm == window.graph }) else { continue }
      plan.releaseFiles(of: part, used: snapshot.files(of: window.graph), within: window)
    }
    return made
  }

  private func build(
    _ part: SitePart, into builder: StoreBuilder, after others: SiteReport, reading: DatasetReading?
  ) -> PartReport {
    let built = plan.build(part, into: builder, after: others, reading: reading)
    return reading == nil ? built : built.withLastSources
  }

  private func put(_ snapshot: Snapshot, _ report: SiteReport) {
    holder.replace(with: snapshot)
    served.withLock { $0 = report }
  }
}

extension SiteReport {
  /// Whether a graph has been built.
  fileprivate func isServing(_ part: SitePart) -> Bool { parts.contains { $0.part == part && $0.failure == nil } }

  /// Puts the report of a graph in the place of the one that there was, of parts in their order.
  fileprivate mutating func replace(_ report: PartReport, in order: [SitePart]) {
    let others = parts.filter { $0.part != report.part }
    parts = order.compactMap { part in part == report.part ? report : others.first { $0.part == part } }
  }
}

extension SitePart {
  /// The name of its graph.
  var graphTerm: Term { .iri(.init(graph)) }
}
