import Bytes
package import Logging
import Mapping
import Problems
package import RDF
package import Resources
import Synchronization

/// The sources of a site that are fetched from the network, each with the copy of it that lies on the disk: the site is built from copies.
///
/// A pull that fails changes no copy. One thread at a time pulls a dataset; others see how it stands meanwhile, and pull other datasets.
package final class Pulls: Sendable {
  /// How many datasets are pulled at once: a server that does not answer is not to keep the sources of others waiting.
  package static let atOnce = 4

  /// Which sources are asked.
  package enum Choice: Sendable {
    /// None: datasets without a copy wait until somebody asks.
    case nothing
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
    /// How many seconds its server wanted to be left alone when it was last asked, or nil.
    var rest: Int?
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
  /// Whose turn it is, for each dataset.
  private let turns: [String: PullTurn]

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
    turns = records.mapValues { _ in PullTurn() }
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
      status.due = due(record, status)
      return status
    }
  }

  /// The datasets whose sources are to be asked now by their schedules, in the order of the site's file.
  package var due: [String] {
    let now = now()
    return statuses.filter { status in status.due.map { $0 <= now } ?? false }.map(\.dataset)
  }

  private func due(_ record: Record, _ status: PullStatus) -> Instant? {
    let schedule = record.schedule
    if status.failures > 0 { return status.tried.map { schedule.due(afterFailures: status.failures, at: $0, rest: record.rest) } }
    // A program that has started asks all sources of which it does not know that they need not be asked yet.
    guard let last = status.succeeded, let next = schedule.due(after: last) else { return status.tried == nil ? now() : nil }
    return next
  }

  /// Asks sources, ``atOnce`` datasets at the same time, and returns when all have been asked. What goes wrong stands in ``statuses``.
  package func run(_ choice: Choice) {
    if choice == .nothing { return }
    let now = now()
    let names = statuses.filter { status in
      status.succeeded == nil || choice == .due && status.due.map { $0 <= now } ?? false
    }.map(\.dataset)
    pull(PullQueue(names), threads: min(names.count, Self.atOnce))
  }

  private func pull(_ queue: PullQueue, threads: Int) {
    func work() { while let name = queue.next() { _ = pull(name) } }
    if threads > 1 { _ = inParallel({ self.pull(queue, threads: threads - 1) }, work) } else { work() }
  }

  /// Whether there is no copy of a dataset yet, and nothing has gone wrong that it is missing for.
  func isAwaited(_ name: String) -> Bool {
    records.withLock { $0[name] }.map { $0.state?.current == nil && $0.status.problem == nil } ?? false
  }

  /// Does what no other thread is to do at the same time: what changes the copies of a dataset.
  func inTurn<Value: Sendable>(_ name: String, _ body: () -> Value) -> Value {
    guard let turn = turns[name] else { return body() }
    return turn.mutex.withLock { _ in body() }
  }

  /// Asks the sources of a dataset.
  /// - Returns: whether there is something that the last build did not read: it came now, or another program had pulled it before.
  package func pull(_ name: String) -> Bool {
    guard let dataset = site.datasets.first(where: { $0.name == name && $0.isPulled }) else { return false }
    return inTurn(name) {
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
          record.rest = nil
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
          record.rest = error.rest
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

  /// How a dataset's sources are asked for changes; nil where all comes each time, or where each pull's file is kept.
  func changes(of dataset: SiteFile.Dataset) -> PullRules.Changes? { dataset.keep == nil ? (try? rules(of: dataset))?.changes : nil }

  /// The present moment, as the pulls know it.
  var moment: Instant { now() }

  // MARK: - Parts

  /// Changes what is known of a dataset.
  func change(_ name: String, _ body: (inout Record) -> Void) {
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
}

/// Held by the one thread that pulls a dataset or changes its copies.
private final class PullTurn: Sendable {
  let mutex = Mutex(())
}

/// Datasets that are to be pulled, for threads that take one after the other.
private final class PullQueue: Sendable {
  private let rest: Mutex<ArraySlice<String>>

  init(_ names: [String]) { rest = Mutex(names[...]) }

  func next() -> String? { rest.withLock { $0.popFirst() } }
}

extension SiteFile.Dataset {
  /// Whether a source is fetched from the network.
  static func isPulled(_ source: String) -> Bool { source.hasPrefix("http://") || source.hasPrefix("https://") }

  /// Whether some of its sources are fetched from the network.
  package var isPulled: Bool { sources.contains(where: Self.isPulled) }
}
