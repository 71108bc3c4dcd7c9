import Store

/// The order in which the patterns of a basic graph pattern are joined: the one with the fewest expected rows first, then always one that
/// shares a variable with those before it and is expected to give the fewest rows for each of their solutions.
///
/// What is expected comes from exact counts of the index.
struct PatternOrder {
  let snapshot: Snapshot
  let scope: GraphScope

  /// The patterns in the order in which to join them.
  /// - Parameter bound: the variables that have a value beforehand.
  func ordered(_ patterns: [ResolvedPattern], bound: Set<VariableID>) -> [ResolvedPattern] {
    var rest = patterns
    var bound = bound
    var result: [ResolvedPattern] = []
    while !rest.isEmpty {
      let costs = rest.map { pattern -> (isApart: Bool, rows: Double) in
        let variables = pattern.variables
        let isApart = !bound.isEmpty && !variables.isEmpty && bound.isDisjoint(with: variables)
        return (isApart, expectedRows(pattern, bound))
      }
      let best = costs.indices.min { left, right in
        if costs[left].isApart != costs[right].isApart { return !costs[left].isApart }
        return costs[left].rows < costs[right].rows
      }
      guard let best else { break }
      let chosen = rest.remove(at: best)
      bound.formUnion(chosen.variables)
      result.append(chosen)
    }
    return result
  }

  /// How many rows a pattern is expected to give for one solution that binds `bound`.
  private func expectedRows(_ pattern: ResolvedPattern, _ bound: Set<VariableID>) -> Double {
    guard let constants = pattern.constants(scope) else { return 0 }
    var rows = Double(snapshot.count(constants))
    for (position, place) in zip([Position.subject, .predicate, .object], pattern.places) {
      guard case .slot(let variable) = place, bound.contains(variable), rows > 1 else { continue }
      rows /= Double(max(1, snapshot.distinctCount(of: position, in: constants)))
    }
    return rows
  }
}

/// A triple pattern whose terms have ids.
struct ResolvedPattern {
  let places: [PatternStep.Place]
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

  var variables: Set<VariableID> {
    Set(places.compactMap { if case .slot(let variable) = $0 { variable } else { nil } })
  }

  /// The pattern with only its constants bound; nil where nothing matches.
  func constants(_ scope: GraphScope) -> QuadPattern? {
    if isEmpty { return nil }
    let ids = places.map { place -> StoreID? in if case .id(let id) = place { id } else { nil } }
    return QuadPattern(subject: ids[0], predicate: ids[1], object: ids[2], graph: scope)
  }
}
