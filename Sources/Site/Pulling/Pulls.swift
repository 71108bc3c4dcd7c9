import Bytes
package import Logging
import Mapping
import Problems
package import RDF
package import Resources
import Synchronization
import Tables

/// The sources of a site that are fetched from the network, each with the copy of it that lies on the disk: the site is built from copies.
///
/// A pull that fails changes no copy. One thread at a time pulls; others see how it stands meanwhile.
package final class Pulls: Sendable {
  /// Which sources are asked.
  package enum Choice: Sendable {
    /// Those of which there is no copy, so that a site can be built at once.
    case missing
    /// Those too that are due.
    case due
  }

  /// What is known of a dataset.
  struct Record {
    let schedule: PullSchedule
    var state: PulledState?
    /// What has been tried; ``Pulls/statuses`` says besides what is at hand and when it is due.
    var status: PullStatus
    /// The files that the last build of the dataset read.
    var built: [PulledCopy.File] = []
    /// The files of the copy that serves because what came after it could not be built; nil where that has not happened.
    var fallback: [PulledCopy.File]?
    /// Whether the problem is that what came could not be built.
    var isUnbuilt = false
  }

  let site: SiteFile
  private let library: Library
  private let resources: any ByteSource
  private let fetcher: any ByteFetcher
  private let limits: PullLimits
  let log: Logger
  private let now: @Sendable () -> Instant
  let records: Mutex<[String: Record]>
  /// Held by the one thread that pulls or changes copies.
  let pulling = Mutex(())

  /// The sources of a site.
  /// - Parameters:
  ///   - library: where its mappings are looked up, which say how the pages of an API hang together.
  ///   - fetcher: what asks the servers.
  ///   - limits: how much may come from one source.
  ///   - log: what is told what has been pulled.
  ///   - now: the moment.
  package init(
    _ site: SiteFile, library: Library, resources: any ByteSource, fetcher: any ByteFetcher, limits: PullLimits = PullLimits(),
    log: Logger = .silent,
    now: @escaping @Sendable () -> Instant = { .now }
  ) {
    self.site = site
    self.library = library
    self.resources = resources
    self.fetcher = fetcher
    self.limits = limits
    self.log = log
    self.now = now
    var records: [String: Record] = [:]
    for dataset in site.datasets where dataset.isPulled {
      let sources = dataset.sources.compactMap(SourceFiles.publicAddress)
      records[dataset.name] = Record(
        schedule: PullSchedule(dataset.schedule),
        status: PullStatus(dataset: dataset.name, sources: sources, schedule: dataset.schedule))
    }
    self.records = Mutex(records)
    for dataset in site.datasets where dataset.isPulled {
      // Rules that can't be read are told when the dataset is pulled or built.
      guard let rules = try? rules(of: dataset) else { continue }
      let state = PullFolder(dataset.name, site: site).state(fingerprint(of: dataset, rules))
      change(dataset.name) { $0.state = state }
    }
  }

  /// How it stands with each dataset that is pulled, in the order of the site's file.
  package var statuses: [PullStatus] {
    let records = records.withLock { $0 }
    return site.datasets.compactMap { dataset in
      guard let record = records[dataset.name] else { return nil }
      var status = record.status
      let copy = record.state?.current
      status.succeeded = copy?.checked
      status.files = copy?.files.count ?? 0
      status.size = copy?.size ?? 0
      status.due = due(record.schedule, status)
      return status
    }
  }

  /// The datasets whose sources are to be asked now by their schedules, in the order of the site's file.
  package var due: [String] {
    let now = now()
    return statuses.filter { status in status.due.map { $0 <= now } ?? false }.map(\.dataset)
  }

  private func due(_ schedule: PullSchedule, _ status: PullStatus) -> Instant? {
    if status.failures > 0 { return status.tried.map { schedule.due(afterFailures: status.failures, at: $0) } }
    // A program that has started asks all sources of which it does not know that they need not be asked yet.
    guard let last = status.succeeded, let next = schedule.due(after: last) else { return status.tried == nil ? now() : nil }
    return next
  }

  /// Asks sources, one dataset after the other. What goes wrong stands in ``statuses``.
  package func run(_ choice: Choice) {
    let now = now()
    for status in statuses {
      let isDue = status.due.map { $0 <= now } ?? false
      if status.succeeded == nil || choice == .due && isDue { _ = pull(status.dataset) }
    }
  }

  /// Asks the sources of a dataset.
  /// - Returns: whether there is something that the last build did not read: it came now, or another program had pulled it before.
  package func pull(_ name: String) -> Bool {
    guard let dataset = site.datasets.first(where: { $0.name == name && $0.isPulled }) else { return false }
    return pulling.withLock { _ in
      change(name) { $0.status.tried = now() }
      var secrets = Secrets.none
      do throws(Failure) {
        if let path = dataset.headers { secrets = try Secrets(path: path.hasPrefix("/") ? path : site.folder + "/" + path) }
        let rules = try rules(of: dataset)
        let folder = PullFolder(name, site: site)
        let (state, isNew) = try folder.locked { () throws(Failure) in
          try DatasetPull(dataset, rules, secrets, fetcher, limits, folder, now()).run(fingerprint(of: dataset, rules))
        }
        change(name) { record in
          record.state = state
          record.status.problem = nil
          record.isUnbuilt = false
          // After something that could not be built, what comes has to be built first, so that the rests go on to double.
          if record.fallback == nil || record.fallback == state.current?.files {
            record.fallback = nil
            record.status.failures = 0
          }
        }
        log.info("pulled", metadata: ["dataset": "\(name)", "new": "\(isNew)", "files": "\(state.current?.files.count ?? 0)"])
        return isNew || isUnread(name)
      } catch {
        let problem = secrets.redacted(error.problem)
        change(name) { record in
          record.status.failures += 1
          record.status.problem = problem
          record.isUnbuilt = false
        }
        log.warning("not pulled", metadata: ["dataset": "\(name)", "problem": "\(problem.code.rawValue)"])
        return false
      }
    }
  }

  /// Whether the copy in force is another one than a build has read.
  private func isUnread(_ name: String) -> Bool {
    guard let record = records.withLock({ $0[name] }), let copy = record.state?.current else { return false }
    return !record.built.isEmpty && record.built != copy.files
  }

  // MARK: - What a build reads

  /// The files of a dataset's copy, with others of its sources that are no addresses in their places.
  /// - Throws: why there is no copy.
  func inputs(of dataset: SiteFile.Dataset) throws(Failure) -> [String] {
    var found = records.withLock { $0[dataset.name] }
    if found?.state?.current == nil, found?.status.tried == nil {
      _ = pull(dataset.name)
      found = records.withLock { $0[dataset.name] }
    }
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
          "name": .text(dataset.name), "moment": .text(SwedishTime.text(at: copy.checked)), "age": Self.age(from: copy.checked, to: now()),
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

  /// Takes note that the copy could be built, so that the one before it is needed no more.
  func accept(_ name: String) {
    settle(name) { state in
      guard state.older != nil || !state.isAccepted else { return false }
      state.older = nil
      state.isAccepted = true
      return true
    }
    change(name) { record in
      guard let fallback = record.fallback, record.built != fallback, record.state?.current?.files == record.built else { return }
      record.fallback = nil
      // What has gone wrong since is about the next one.
      if record.status.problem == nil { record.status.failures = 0 }
    }
  }

  /// Lets go of the files of a growing dataset of which nothing is left in its graph. The last ones of each source stay: what comes is compared
  /// with them.
  /// - Parameters:
  ///   - start: when the window began; what came later stays in any case.
  ///   - used: the files of whose rows something is left.
  func release(_ name: String, before start: Instant, used: [String]) {
    let folder = PullFolder(name, site: site)
    settle(name) { state in
      guard state.isAccepted, let files = state.current?.files else { return false }
      let last = Dictionary(files.map { ($0.source, $0.moment) }, uniquingKeysWith: max)
      let kept = files.filter { file in
        file.moment >= start || file.moment == last[file.source] || GrowingSources.isUsed(folder.path(of: file), among: used)
      }
      state.current?.files = kept
      return kept.count < files.count
    }
  }

  /// Goes back to the copy before the one that could not be built.
  /// - Parameter problem: why not.
  /// - Returns: whether there is one, or another program has pulled meanwhile, so that there is something else to build.
  func reject(_ name: String, _ problem: Problem) -> Bool {
    let settlement = settle(name) { state in
      guard let older = state.older else { return false }
      state.current = older
      state.older = nil
      state.isAccepted = true
      return true
    }
    if settlement == .done {
      change(name) { record in
        record.fallback = record.state?.current?.files
        record.isUnbuilt = true
        record.status.failures += 1
        record.status.problem = problem
      }
    }
    return settlement != .nothing
  }

  /// What came of a wish to change which copies there are.
  private enum Settlement {
    /// There was nothing to change.
    case nothing
    /// They were changed.
    case done
    /// Another program had changed them, and its state is known now.
    case overtaken
  }

  /// Changes which copies there are, unless another one than was built has come meanwhile, from this program or from another one.
  @discardableResult private func settle(_ name: String, _ body: (inout PulledState) -> Bool) -> Settlement {
    func known() -> PulledState? {
      guard let record = records.withLock({ $0[name] }), let state = record.state, state.current?.files == record.built else { return nil }
      var changed = state
      return body(&changed) ? state : nil
    }
    // Most often there is nothing to change, and then no pull that goes on is waited for.
    if known() == nil { return .nothing }
    return pulling.withLock { _ in
      guard let known = known() else { return .nothing }
      let folder = PullFolder(name, site: site)
      do throws(Failure) {
        return try folder.locked { () throws(Failure) -> Settlement in
          guard var state = folder.state(known.fingerprint) else { return .nothing }
          guard state.number == known.number, state.current?.files == known.current?.files else {
            change(name) { $0.state = state }
            return .overtaken
          }
          guard body(&state) else { return .nothing }
          change(name) { record in
            record.state = state
            record.built = state.current?.files ?? []
          }
          try folder.write(state)
          return .done
        }
      } catch {
        // What could not be written is known here, and the next pull writes it.
        log.warning("copies not settled", metadata: ["dataset": "\(name)", "problem": "\(error.problem.code.rawValue)"])
        return records.withLock { $0[name]?.state } == known ? .nothing : .done
      }
    }
  }

  /// How a dataset's sources are asked for changes; nil where all comes each time, or where each pull's file is kept.
  func changes(of dataset: SiteFile.Dataset) -> PullRules.Changes? { dataset.keep == nil ? (try? rules(of: dataset))?.changes : nil }

  /// The present moment, as the pulls know it.
  var moment: Instant { now() }

  // MARK: - Parts

  private func change(_ name: String, _ body: (inout Record) -> Void) {
    records.withLock { records in
      if var record = records[name] {
        body(&record)
        records[name] = record
      }
    }
  }

  private func rules(of dataset: SiteFile.Dataset) throws(Failure) -> PullRules {
    let specification = try Specification(
      folder: try library.mapping(dataset.mapping), resources: resources, problems: ProblemList())
    return PullRules(of: specification, variant: dataset.variant)
  }

  private func fingerprint(of dataset: SiteFile.Dataset, _ rules: PullRules) -> String {
    let text = dataset.sources.joined(separator: "\n") + "\n" + (dataset.keep == nil ? "" : "keep") + "\n" + rules.fingerprint
    return ByteString(text).withView { Digest(.sha256).hex(of: $0).text }
  }

  /// How old something is, in the largest unit of which there are two.
  static func age(from moment: Instant, to now: Instant) -> Words {
    let seconds = max(0, now.seconds - moment.seconds)
    if seconds >= 172_800 { return .phrase("age-days", ["count": "\(seconds / 86_400)"]) }
    if seconds >= 7200 { return .phrase("age-hours", ["count": "\(seconds / 3600)"]) }
    return .phrase("age-minutes", ["count": "\(seconds / 60)"])
  }
}

extension SiteFile.Dataset {
  /// Whether a source is fetched from the network.
  static func isPulled(_ source: String) -> Bool { source.hasPrefix("http://") || source.hasPrefix("https://") }

  /// Whether some of its sources are fetched from the network.
  var isPulled: Bool { sources.contains(where: Self.isPulled) }
}
