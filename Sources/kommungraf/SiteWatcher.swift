import Foundation
import Logging
import Problems
import Site
import Synchronization

/// Looks at a served site once a second, and builds again what has changed: datasets of which an embargo has ended, those whose sources on the
/// network are due and say something new, and, where that was asked for, those whose sources or mappings were written, and all where registers were.
struct SiteWatcher: Sendable {
  private let site: LiveSite
  private let console: Console
  private let log: Logger
  private let sources: SourceWatch?

  /// A watcher of a site that is to be built: what is written to a source while it is read has changed.
  init(_ site: LiveSite, _ console: Console, _ log: Logger, watchesSources: Bool) {
    self.site = site
    self.console = console
    self.log = log
    sources = watchesSources ? SourceWatch(site) : nil
  }

  /// Begins to watch, on a thread of its own: builds may take long.
  func start() {
    let watcher = self
    Thread.detachNewThread { watcher.watch() }
    // A server that does not answer keeps nothing else waiting.
    if let pulls = site.pulls { Thread.detachNewThread { watcher.pull(pulls) } }
  }

  private func pull(_ pulls: Pulls) {
    let round = PullRound()
    while true {
      for name in pulls.due where round.begin(name) {
        Thread.detachNewThread {
          pull(name, pulls)
          round.end(name)
        }
      }
      Thread.sleep(forTimeInterval: 1)
    }
  }

  private func pull(_ name: String, _ pulls: Pulls) {
    if pulls.pull(name) {
      rebuild(name)
    } else if let problem = pulls.statuses.first(where: { $0.dataset == name })?.problem {
      console.show(problem)
    }
  }

  private func watch() {
    var sources = sources
    // A dataset that can't be built is due for as long: it is tried again after a while.
    var rests: [String: ContinuousClock.Instant] = [:]
    while true {
      Thread.sleep(forTimeInterval: 1)
      let now = ContinuousClock.now
      let changes = sources?.changes() ?? SourceWatch.Changes()
      if changes.registers { rebuild() } else { for name in changes.datasets { rebuild(name) } }
      for name in site.due where rests[name].map({ $0 <= now }) ?? true {
        rests[name] = now + Self.rest
        rebuild(name)
      }
    }
  }

  private static let rest = Duration.seconds(60)

  private func rebuild(_ name: String) {
    log.debug("dataset is built again", metadata: ["dataset": "\(name)"])
    tell { () throws(Failure) in try site.rebuild(dataset: name) }
  }

  private func rebuild() {
    log.debug("site is built again, as registers were changed")
    tell { () throws(Failure) in try site.build(pulling: .nothing) }
    console.tell("kommungraf: " + Wording.shared.text("registers-read", in: console.language, [:]))
  }

  private func tell(_ build: () throws(Failure) -> SiteReport) {
    do throws(Failure) {
      let report = try build()
      log.tell(report)
      for part in report.parts { for problem in part.problems { console.show(problem) } }
      for line in report.lines(in: console.language) { console.tell(line) }
    } catch {
      console.show(error.problem)
    }
  }
}

/// The datasets that are pulled at the moment.
private final class PullRound: Sendable {
  private let names = Mutex<Set<String>>([])

  /// Whether a dataset is to be pulled now: it is not already, and there is room.
  func begin(_ name: String) -> Bool {
    names.withLock { $0.count < Pulls.atOnce && $0.insert(name).inserted }
  }

  func end(_ name: String) { names.withLock { _ = $0.remove(name) } }
}
