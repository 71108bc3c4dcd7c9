import Problems
import Store

/// The order in which the patterns of a basic graph pattern are joined.
///
/// What a pattern gives for one solution is expected from exact counts of the index. Of up to ``mostSearched`` patterns all orders are weighed
/// by what they make of that in all; of more, the pattern that gives the fewest rows comes next.
struct PatternOrder {
  /// The patterns in an order, each with the rows that it is expected to give for one solution before it.
  typealias Steps = [(pattern: ResolvedPattern, rows: Double)]

  /// How many patterns are the most of which all orders are weighed.
  private static let mostSearched = 12
  /// How much cheaper than the one that always takes the fewest rows an order must be to be taken: what is expected is not exact.
  private static let advantage = 0.5

  /// So many patterns are looked at, and so many placed, before the query's budget is asked again.
  private static let lookedAt = 1024
  private static let placed = 64

  let context: QueryContext

  var snapshot: Snapshot { context.terms.snapshot }

  /// A pattern that is not placed yet, and what it would cost now.
  private struct Candidate {
    let pattern: ResolvedPattern
    let slots: [Int]
    /// The rows of the pattern alone, and the distinct values of each of its slots in them.
    let count: Double
    let distinct: [(slot: Int, values: Double)]
    /// Whether it shares no variable with what is placed.
    var isApart: Bool
    /// The rows that it is expected to give for one solution before it.
    var rows = 0.0
    var isPlaced = false

    init(_ pattern: ResolvedPattern, snapshot: Snapshot) {
      self.pattern = pattern
      slots = pattern.slots
      let constants = pattern.constants
      count = Double(snapshot.count(constants))
      distinct = zip(Position.allCases, pattern.places).compactMap { position, place in
        guard case .slot(let slot) = place else { return nil }
        return (slot, Double(max(1, snapshot.distinctCount(of: position, in: constants))))
      }
      isApart = !slots.isEmpty
    }

    mutating func update(_ bound: Set<VariableID>) {
      isApart = !slots.isEmpty && bound.isDisjoint(with: slots)
      rows = PatternOrder.expected(count, of: distinct.map { bound.contains($0.slot) ? $0.values : nil })
    }
  }

  /// The patterns in the order in which to join them.
  /// - Parameter bound: the variables that have a value beforehand.
  /// - Throws: ``ProblemCode/queryTimeout`` and the other budgets' codes: to order very many takes long.
  func ordered(_ patterns: [ResolvedPattern], bound: Set<VariableID>) throws(Failure) -> Steps {
    let near = try nearest(patterns, bound)
    // To weigh them all takes about as long as so many rows do.
    guard patterns.count > 2, patterns.count <= Self.mostSearched, Self.cost(near) > Double(4 << patterns.count) else { return near }
    let best = cheapest(patterns, bound)
    return Self.cost(best) < Self.advantage * Self.cost(near) ? best : near
  }

  /// What an order costs: a look at the index for each solution, and all rows that come of it.
  private static func cost(_ steps: Steps) -> Double {
    var cost = 0.0
    var solutions = 1.0
    for step in steps {
      cost += solutions * (1 + step.rows)
      solutions *= step.rows
    }
    return cost
  }

  /// The pattern with the fewest expected rows first, then always one that shares a variable with those before it and is expected to give
  /// the fewest rows for each of their solutions.
  ///
  /// Counts are asked for once a pattern, and looked at again only where a variable of it has been bound, so that thousands of patterns
  /// are ordered at once.
  private func nearest(_ patterns: [ResolvedPattern], _ bound: Set<VariableID>) throws(Failure) -> Steps {
    var bound = bound
    var candidates: [Candidate] = []
    candidates.reserveCapacity(patterns.count)
    var users: [Int: [Int]] = [:]
    for (index, pattern) in patterns.enumerated() {
      if index % Self.lookedAt == Self.lookedAt - 1 { try context.check() }
      var candidate = Candidate(pattern, snapshot: snapshot)
      candidate.update(bound)
      for slot in candidate.slots { users[slot, default: []].append(index) }
      candidates.append(candidate)
    }
    var result: Steps = []
    result.reserveCapacity(patterns.count)
    for number in patterns.indices {
      if number % Self.placed == Self.placed - 1 { try context.check() }
      let mayBeApart = bound.isEmpty
      var best: Int?
      for index in candidates.indices where !candidates[index].isPlaced {
        guard let other = best else {
          best = index
          continue
        }
        let isApart = !mayBeApart && candidates[index].isApart
        let otherIsApart = !mayBeApart && candidates[other].isApart
        if isApart != otherIsApart ? otherIsApart : candidates[index].rows < candidates[other].rows { best = index }
      }
      guard let best else { break }
      candidates[best].isPlaced = true
      result.append((candidates[best].pattern, candidates[best].rows))
      for slot in candidates[best].slots where bound.insert(slot).inserted {
        for user in users[slot] ?? [] where !candidates[user].isPlaced { candidates[user].update(bound) }
      }
    }
    return result
  }

  /// The cheapest order, by dynamic programming over the sets of patterns that are joined.
  private func cheapest(_ patterns: [ResolvedPattern], _ bound: Set<VariableID>) -> Steps {
    struct Plan {
      var cost = Double.infinity
      var solutions = 1.0
      var bound: UInt64 = 0
      var last = -1
      var rows = 1.0
    }
    // Variables as bits; beyond 64 of them some share one, which makes what is expected less exact.
    func bits(_ variables: some Sequence<Int>) -> UInt64 { variables.reduce(0) { $0 | 1 << UInt64($1 & 63) } }
    let slots = patterns.map { bits($0.slots) }
    let given = bits(bound)
    // What a pattern gives depends on which of its own variables are bound, so it is worked out once for each of their sets.
    var known: [[UInt64: Double]] = Array(repeating: [:], count: patterns.count)
    func rows(_ next: Int, _ shared: UInt64) -> Double {
      if let rows = known[next][shared] { return rows }
      let rows = expectedRows(patterns[next], Set(patterns[next].slots.filter { shared & bits([$0]) != 0 }))
      known[next][shared] = rows
      return rows
    }
    var plans = [Plan](repeating: Plan(), count: 1 << patterns.count)
    plans[0].cost = 0
    plans[0].bound = given
    for set in 0..<plans.count - 1 where plans[set].cost < .infinity {
      let plan = plans[set]
      func isNear(_ next: Int) -> Bool { plan.bound == 0 || slots[next] == 0 || plan.bound & slots[next] != 0 }
      let hasNear = patterns.indices.contains { set & 1 << $0 == 0 && isNear($0) }
      for next in patterns.indices where set & 1 << next == 0 && (!hasNear || isNear(next)) {
        let rows = rows(next, slots[next] & plan.bound)
        let cost = plan.cost + plan.solutions * (1 + rows)
        let after = set | 1 << next
        guard cost < plans[after].cost else { continue }
        plans[after] = Plan(cost: cost, solutions: plan.solutions * rows, bound: plan.bound | slots[next], last: next, rows: rows)
      }
    }
    var steps: Steps = []
    var set = plans.count - 1
    while set != 0, plans[set].last >= 0 {
      steps.append((patterns[plans[set].last], plans[set].rows))
      set &= ~(1 << plans[set].last)
    }
    return steps.reversed()
  }

  /// How many rows a pattern is expected to give for one solution that binds `bound`.
  private func expectedRows(_ pattern: ResolvedPattern, _ bound: Set<VariableID>) -> Double {
    let constants = pattern.constants
    let values = zip(Position.allCases, pattern.places).compactMap { position, place -> Double?? in
      guard case .slot(let variable) = place else { return nil }
      return .some(bound.contains(variable) ? Double(max(1, snapshot.distinctCount(of: position, in: constants))) : nil)
    }
    return Self.expected(Double(snapshot.count(constants)), of: values)
  }

  /// How many of `count` rows are expected to match, where each variable has so many distinct values in them and, where not nil, one of
  /// them is given.
  ///
  /// A variable that is given is expected to have a row: what is joined is mostly about the same things. Of two that both are, the second
  /// only closes a circle, and most of what it could be is something else.
  private static func expected(_ count: Double, of values: [Double?]) -> Double {
    let given = values.compactMap { $0 }
    let rows = given.reduce(count, /)
    return given.count < 2 ? max(rows, min(count, 1)) : rows
  }
}

/// A triple pattern whose terms have ids.
struct ResolvedPattern {
  /// What stands in a position: an id that is known before, or a slot.
  enum Place { case id(StoreID), slot(Int) }

  /// Subject, predicate and object.
  let places: [Place]
  /// The ids that the object may have, where the predicate is known; nil for any.
  var objectRange: Range<StoreID>?
  /// Whether a term is not stored, so that nothing matches.
  let isEmpty: Bool

  init(_ pattern: TriplePattern, _ terms: QueryTerms) {
    var isEmpty = false
    places = [pattern.subject, pattern.predicate, pattern.object].map { term in
      switch term {
      case .variable(let variable): return .slot(variable)
      case .term(let term):
        guard let id = terms.snapshot.id(of: term) else {
          isEmpty = true
          return .id(.max)
        }
        return .id(id)
      }
    }
    self.isEmpty = isEmpty
  }

  /// The slots, each once.
  var slots: [Int] {
    var found: [Int] = []
    for case .slot(let slot) in places where !found.contains(slot) { found.append(slot) }
    return found
  }

  /// The pattern with only its constants bound, over all graphs, whose counts are at hand.
  var constants: QuadPattern {
    let ids = places.map { place -> StoreID? in if case .id(let id) = place { id } else { nil } }
    return QuadPattern(subject: ids[0], predicate: ids[1], object: ids[2], objectRange: objectRange, graph: .union)
  }

  /// Leaves only objects in a range where this pattern can use it: its object is the variable and its predicate is known.
  mutating func take(_ range: IDRange) -> Bool {
    guard case .slot(range.variable) = places[2], case .id = places[1] else { return false }
    if case .slot(range.variable) = places[0] { return false }
    let known = objectRange ?? 0..<StoreID.firstQueryTerm
    let low = max(known.lowerBound, range.ids.lowerBound)
    objectRange = low..<max(low, min(known.upperBound, range.ids.upperBound))
    return true
  }
}
