import Problems
import Synchronization

/// Hands problems on, but for one: that a table has no rows, which is told once where several sources read it.
final class EmptySources: ProblemSink {
  private let outer: any ProblemSink
  private let told = Mutex<Set<String?>>([])

  init(_ outer: any ProblemSink) { self.outer = outer }

  func report(_ problem: Problem) {
    if problem.code == .tableWithoutRows, !told.withLock({ $0.insert(problem.place.file).inserted }) { return }
    outer.report(problem)
  }
}
