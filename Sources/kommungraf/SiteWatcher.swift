import Foundation
import Problems
import Site

/// Looks at the sources of a served site once a second, and reads again what changed.
struct SiteWatcher: Sendable {
  private let site: LiveSite
  private let console: Console

  init(_ site: LiveSite, _ console: Console) {
    self.site = site
    self.console = console
  }

  /// Begins to watch, on a thread of its own: builds may take long.
  func start() {
    let watcher = self
    Thread.detachNewThread { watcher.watch() }
  }

  private func watch() {
    var sources = SourceWatch(site.file)
    while true {
      Thread.sleep(forTimeInterval: 1)
      for name in sources.changed() { rebuild(name) }
    }
  }

  private func rebuild(_ name: String) {
    do throws(Failure) {
      let report = try site.rebuild(dataset: name)
      for part in report.parts { for problem in part.problems { console.show(problem) } }
      for line in report.lines(in: console.language) { console.tell(line) }
    } catch {
      console.show(error.problem)
    }
  }
}
