import Problems
import Synchronization

/// Hands problems on, but for one: that an iterator found nothing in a file in which others over it found something.
///
/// An answer without samples, or a list where another answer is about one thing, is no fault.
final class EmptySources: ProblemSink {
  private let outer: any ProblemSink
  private let empty = Mutex<[Problem]>([])

  init(_ outer: any ProblemSink) { self.outer = outer }

  func report(_ problem: Problem) {
    if problem.code == .tableWithoutRows {
      empty.withLock { $0.append(problem) }
    } else {
      outer.report(problem)
    }
  }

  /// Tells of the files in which nothing was found at all.
  /// - Parameter files: the file of each source that was read.
  func finish(files: [String]) {
    let problems = empty.withLock { $0 }
    for (number, problem) in problems.enumerated() {
      let isFirst = !problems.prefix(number).contains { $0.place.file == problem.place.file }
      let count = problems.count { $0.place.file == problem.place.file }
      if isFirst, count >= files.count(where: { $0 == problem.place.file }) { outer.report(problem) }
    }
  }
}
