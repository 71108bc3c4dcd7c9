import Problems
import Store

/// Joins solutions with a property path (SPARQL 1.1 §9, §18.4): from what a solution binds at one end, whatever the path reaches.
final class PathStep: Operator {
  private let input: any Operator
  private let pattern: PathPattern
  private let walker: PathWalker
  private let context: QueryContext
  private let memory: WorkingMemory
  private var batch = Solutions(slots: 0)
  private var row = 0
  /// What the row at hand still leads to: nodes from which to go, and what the last of them reaches.
  private var starts: Range<Int> = 0..<0
  private var start: StoreID = 0
  private var isForward = true
  private var reached: [StoreID] = []
  private var reachedAt = 0
  /// Whether ``reached`` is what ``start`` leads to.
  private var isLast = false
  /// What the row must end at; nil for any node.
  private var goal: StoreID?
  /// Both ends open: the nodes to begin at are the same for every row.
  private var allStarts: [StoreID]?
  /// What nodes lead to, as many rows come to the same.
  private var known: [StoreID: [StoreID]] = [:]
  private var knownBack: [StoreID: [StoreID]] = [:]
  private var knownBytes = 0
  private static let mostKnown = 16 << 20

  private var rows: [UInt32] = []
  private var subjects = ContiguousArray<StoreID>()
  private var objects = ContiguousArray<StoreID>()

  init(_ input: any Operator, _ pattern: PathPattern, scope: GraphScope, context: QueryContext) {
    self.input = input
    self.pattern = pattern
    self.context = context
    memory = context.memory()
    walker = PathWalker(context: context, scope: scope)
  }

  func next() throws(Failure) -> Solutions? {
    rows.removeAll(keepingCapacity: true)
    subjects.removeAll(keepingCapacity: true)
    objects.removeAll(keepingCapacity: true)
    var steps = 0
    while rows.count < Solutions.target {
      steps += 1
      if steps & 255 == 0 { try context.check() }
      if reachedAt < reached.count {
        emit()
      } else if !starts.isEmpty, let allStarts {
        try go(from: allStarts[starts.lowerBound])
        starts = starts.dropFirst()
      } else if row < batch.count {
        try begin()
        row += 1
      } else if rows.isEmpty {
        try context.check()
        guard let next = try input.next() else { return nil }
        batch = next
        row = 0
      } else {
        // The rows that were found are of this batch.
        break
      }
    }
    return assembled()
  }

  /// Finds out where the row at hand begins and ends.
  private func begin() throws(Failure) {
    let first = end(pattern.subject)
    let last = end(pattern.object)
    // A variable stands for a node of the graph; only a term of the query itself reaches itself from outside it (§18.4, ZeroLengthPath).
    if pattern.path.mayBeEmpty {
      for (end, term) in [(first, pattern.subject), (last, pattern.object)] {
        if let end, term.variable != nil, !walker.isNode(end) { return }
      }
    }
    let isForward = first != nil || last == nil
    if isForward != self.isForward { isLast = false }
    self.isForward = isForward
    goal = first != nil ? last : nil
    if let node = first ?? last { return try go(from: node) }
    if allStarts == nil { allStarts = try walker.starts(of: pattern.path) }
    starts = 0..<(allStarts?.count ?? 0)
  }

  /// Turns to what a node leads to.
  private func go(from node: StoreID) throws(Failure) {
    // Neighbouring rows often have the same node.
    if node != start || !isLast { reached = try nodes(from: node) }
    start = node
    isLast = true
    reachedAt = 0
  }

  private func nodes(from node: StoreID) throws(Failure) -> [StoreID] {
    if let found = isForward ? known[node] : knownBack[node] { return found }
    let found = try walker.reached(from: node, pattern.path, forward: isForward)
    // With both ends open each node is come to once for each row, and most often there is but one.
    if allStarts == nil || batch.count > 1, knownBytes < Self.mostKnown {
      if isForward { known[node] = found } else { knownBack[node] = found }
      knownBytes += found.count * 4 + 64
    }
    try memory.set(knownBytes + walker.byteCount + (allStarts?.count ?? 0) * 4 + found.count * 4)
    return found
  }

  /// Takes what the node at hand reaches, as far as there is room.
  private func emit() {
    let isLoop = pattern.subject.variable != nil && pattern.subject.variable == pattern.object.variable
    while rows.count < Solutions.target, reachedAt < reached.count {
      let node = reached[reachedAt]
      reachedAt += 1
      if let goal, goal != node { continue }
      if isLoop, node != start { continue }
      rows.append(UInt32(truncatingIfNeeded: row - 1))
      subjects.append(isForward ? start : node)
      objects.append(isForward ? node : start)
    }
  }

  private func assembled() -> Solutions {
    var out = batch.taking(rows)
    if let variable = pattern.subject.variable { out.columns[variable] = subjects }
    if let variable = pattern.object.variable { out.columns[variable] = objects }
    return out
  }

  /// The id at an end of the path, nil where it is open.
  private func end(_ term: PatternTerm) -> StoreID? {
    switch term {
    case .term(let term): return context.terms.id(of: term)
    case .variable(let variable):
      let value = batch[variable, row]
      return value == Solutions.unbound ? nil : value
    }
  }
}
