import Store

/// The order in which the patterns of a basic graph pattern are joined: the one with the fewest expected rows first, then always one that
/// shares a variable with those before it and is expected to give the fewest rows for each of their solutions.
///
/// What is expected comes from exact counts of the index.
struct PatternOrder {
  let snapshot: Snapshot

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
      rows = count
      for (slot, values) in distinct where rows > 1 && bound.contains(slot) { rows /= values }
    }
  }

  /// The patterns in the order in which to join them, each with the rows that it is expected to give for one solution before it.
  ///
  /// Counts are asked for once a pattern, and looked at again only where a variable of it has been bound, so that thousands of patterns
  /// are ordered at once.
  /// - Parameter bound: the variables that have a value beforehand.
  func ordered(_ patterns: [ResolvedPattern], bound: Set<VariableID>) -> [(pattern: ResolvedPattern, rows: Double)] {
    var bound = bound
    var candidates = patterns.map { Candidate($0, snapshot: snapshot) }
    var users: [Int: [Int]] = [:]
    for index in candidates.indices {
      candidates[index].update(bound)
      for slot in candidates[index].slots { users[slot, default: []].append(index) }
    }
    var result: [(pattern: ResolvedPattern, rows: Double)] = []
    result.reserveCapacity(patterns.count)
    for _ in patterns.indices {
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
