import Store

/// The order in which the patterns of a basic graph pattern are joined: the one with the fewest expected rows first, then always one that
/// shares a variable with those before it and is expected to give the fewest rows for each of their solutions.
///
/// What is expected comes from exact counts of the index.
struct PatternOrder {
  let snapshot: Snapshot

  /// The patterns in the order in which to join them, each with the rows that it is expected to give for one solution before it.
  /// - Parameter bound: the variables that have a value beforehand.
  func ordered(_ patterns: [ResolvedPattern], bound: Set<VariableID>) -> [(pattern: ResolvedPattern, rows: Double)] {
    var rest = patterns
    var bound = bound
    var result: [(pattern: ResolvedPattern, rows: Double)] = []
    while !rest.isEmpty {
      let costs = rest.map { pattern -> (isApart: Bool, rows: Double) in
        let isApart = !bound.isEmpty && !pattern.slots.isEmpty && bound.isDisjoint(with: pattern.slots)
        return (isApart, expectedRows(pattern, bound))
      }
      let best = costs.indices.min { left, right in
        if costs[left].isApart != costs[right].isApart { return !costs[left].isApart }
        return costs[left].rows < costs[right].rows
      }
      guard let best else { break }
      let chosen = rest.remove(at: best)
      bound.formUnion(chosen.slots)
      result.append((chosen, costs[best].rows))
    }
    return result
  }

  /// How many rows a pattern is expected to give for one solution that binds `bound`.
  private func expectedRows(_ pattern: ResolvedPattern, _ bound: Set<VariableID>) -> Double {
    let constants = pattern.constants
    var rows = Double(snapshot.count(constants))
    for (position, place) in zip(Position.allCases, pattern.places) {
      guard case .slot(let variable) = place, bound.contains(variable), rows > 1 else { continue }
      rows /= Double(max(1, snapshot.distinctCount(of: position, in: constants)))
    }
    return rows
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
