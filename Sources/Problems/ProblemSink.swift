import Synchronization

/// Where problems go as they are found.
package protocol ProblemSink: AnyObject, Sendable {
  /// Takes note of a problem.
  func report(_ problem: Problem)
}

/// The problems of one run: the first ``kept`` of each code, and the number of all.
package final class ProblemList: ProblemSink {
  private struct State {
    var problems: [Problem] = []
    var counts: [ProblemCode: Int] = [:]
    var errors = 0
  }

  private let state = Mutex(State())
  /// How many problems of one code are kept in full.
  package let kept: Int

  /// An empty list that keeps the first `kept` problems of each code.
  package init(kept: Int = 100) { self.kept = kept }

  /// Takes note of a problem; beyond the bound it is only counted.
  package func report(_ problem: Problem) {
    state.withLock { state in
      let count = state.counts[problem.code, default: 0] + 1
      state.counts[problem.code] = count
      if problem.severity == .error { state.errors += 1 }
      if count <= kept { state.problems.append(problem) }
    }
  }

  /// The problems kept, in the order in which they came.
  package var problems: [Problem] { state.withLock { $0.problems } }

  /// How many of each code there were, the ones not kept included.
  package var counts: [ProblemCode: Int] { state.withLock { $0.counts } }

  /// How many problems had severity ``Severity/error``.
  package var errorCount: Int { state.withLock { $0.errors } }
}
