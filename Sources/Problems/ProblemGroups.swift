import Synchronization

/// The problems of one kind in one column.
package struct ProblemGroup: Sendable {
  /// Which kind.
  package let code: ProblemCode
  /// How grave.
  package let severity: Severity
  /// The column, or nil where the problems are about no column.
  package let column: String?
  /// What was checked, where one code stands for many checks.
  package let check: Words?
  /// How many there are.
  package fileprivate(set) var count = 0
  /// The first of them.
  package fileprivate(set) var first: [Problem] = []
  /// Some of the texts that are wrong; none that may not be shown.
  package fileprivate(set) var values = ValueSample()

  fileprivate mutating func take(_ problem: Problem) {
    count += 1
    if first.count < ProblemGroups.kept { first.append(problem) }
    if let value = problem.value { values.take(value) }
  }
}

extension ProblemCode {
  /// Whether a problem is about a column's being there at all, so that those of several columns belong together.
  fileprivate var isAboutHeader: Bool {
    switch self {
    case .columnMissing, .columnExtra, .columnAmbiguous, .columnTitleMismatch: true
    default: false
    }
  }
}

extension Problem {
  /// What was checked, where its code stands for many checks.
  fileprivate var check: Words? { code == .graphCheck || code == .graphCheckMore ? arguments["check"] : nil }
}

/// The problems of a run by kind and column, for people: how many there are of each, the first ones, and some of the texts. They are also
/// kept in the list of the run.
///
/// Memory is bounded whatever comes: so many groups, so many problems and texts in each.
package final class ProblemGroups: ProblemSink {
  /// How many problems of a group are kept in full.
  package static let kept = 20
  /// How many groups there are at most; what comes later counts among the problems of its kind that are about no column.
  package static let most = 300

  private struct Key: Hashable {
    let code: ProblemCode
    let severity: Severity
    let column: String?
    var check: Words?
  }

  private struct State {
    var groups: [ProblemGroup] = []
    var numbers: [Key: Int] = [:]

    /// The number of the group with a key, which is begun where there is none.
    mutating func number(of key: Key) -> Int {
      if let number = numbers[key] { return number }
      if groups.count >= ProblemGroups.most, key.column != nil {
        return number(of: Key(code: key.code, severity: key.severity, column: nil, check: key.check))
      }
      numbers[key] = groups.count
      groups.append(ProblemGroup(code: key.code, severity: key.severity, column: key.column, check: key.check))
      return groups.count - 1
    }
  }

  private let state = Mutex(State())
  /// The list of the run.
  package let list: ProblemList

  /// Groups of the problems that go to `list`.
  package init(_ list: ProblemList) { self.list = list }

  /// Takes note of a problem.
  package func report(_ problem: Problem) {
    list.report(problem)
    state.withLock { state in
      let column = problem.code.isAboutHeader ? nil : problem.place.tableColumn
      let number = state.number(of: Key(code: problem.code, severity: problem.severity, column: column, check: problem.check))
      state.groups[number].take(problem)
    }
  }

  /// The groups: errors first, then what is about secrecy, then warnings; within these in the order in which they began.
  package var groups: [ProblemGroup] {
    let groups = state.withLock { $0.groups }
    return [Severity.error, .secret, .warning].flatMap { severity in groups.filter { $0.severity == severity } }
  }

  /// How many problems there are of a severity.
  package func count(_ severity: Severity) -> Int {
    state.withLock { state in state.groups.reduce(0) { $0 + ($1.severity == severity ? $1.count : 0) } }
  }
}
