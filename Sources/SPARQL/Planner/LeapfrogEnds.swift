import Store

/// A triple pattern as what it ties together: a known predicate between two different variables, or a variable and a term.
struct LeapfrogEnds {
  enum End: Hashable { case id(StoreID), slot(Int) }

  let subject: End
  let predicate: StoreID
  let object: End

  /// The ends of a pattern; nil where it has another shape.
  init?(_ pattern: ResolvedPattern) {
    guard case .id(let predicate) = pattern.places[1], pattern.objectRange == nil else { return nil }
    func end(_ place: ResolvedPattern.Place) -> End { if case .slot(let slot) = place { .slot(slot) } else { .id(pattern.id(place)) } }
    subject = end(pattern.places[0])
    object = end(pattern.places[2])
    self.predicate = predicate
    if pattern.slots.isEmpty || subject == object { return nil }
  }

  private var slots: [Int] {
    [subject, object].compactMap { if case .slot(let slot) = $0 { slot } else { nil } }
  }

  /// The variables of patterns in the order in which to go through them: those of most patterns first, each beside one before it.
  static func order(_ ends: [LeapfrogEnds]) -> [Int] {
    var uses: [Int: Int] = [:]
    for slot in ends.flatMap(\.slots) { uses[slot, default: 0] += 1 }
    var order: [Int] = []
    var rest = Set(uses.keys)
    while !rest.isEmpty {
      func isBeside(_ slot: Int) -> Bool { ends.contains { $0.slots.contains(slot) && !$0.slots.allSatisfy(rest.contains) } }
      let near = rest.filter(isBeside)
      let next = (near.isEmpty ? rest : near).max { (uses[$0] ?? 0, -$0) < (uses[$1] ?? 0, -$1) }
      guard let next else { break }
      order.append(next)
      rest.remove(next)
    }
    return order
  }

  /// Whether patterns tie their variables together in one piece, and some of them in a circle.
  static func haveCircle(_ ends: [LeapfrogEnds]) -> Bool {
    var pieces: [Int: Int] = [:]
    var hasCircle = false
    for slots in ends.map(\.slots) {
      for slot in slots where pieces[slot] == nil { pieces[slot] = slot }
      guard slots.count == 2, let first = pieces[slots[0]], let second = pieces[slots[1]] else { continue }
      if first == second {
        hasCircle = true
      } else {
        for (slot, piece) in pieces where piece == second { pieces[slot] = first }
      }
    }
    return hasCircle && Set(pieces.values).count == 1
  }
}

extension ResolvedPattern {
  /// The id in a place that has one.
  fileprivate func id(_ place: Place) -> StoreID { if case .id(let id) = place { id } else { .max } }
}

extension PatternOrder {
  /// How many times the rows of all patterns together those of joins of two at a time must be for their variables to be gone through
  /// instead.
  private static let blowUp = 4.0
  /// More patterns than these are joined as they are: to find in what order to go through their variables takes the longer the more there
  /// are, each beside all others.
  private static let mostTied = 64
  /// Fewer rows than these are joined as they are.
  private static let leastRows = 4096.0

  /// Whether patterns are better joined variable by variable: they close a circle, and joins in this order make many more rows on the way
  /// than the patterns have.
  ///
  /// Hubs make circles slow, and averages don't show hubs; so the rows of the first two patterns together are counted one by one, which
  /// takes about as long as to read the two.
  func prefersVariables(_ steps: Steps) -> Bool {
    guard steps.count > 2, steps.count <= Self.mostTied else { return false }
    let ends = steps.compactMap { LeapfrogEnds($0.pattern) }
    guard ends.count == steps.count, LeapfrogEnds.haveCircle(ends) else { return false }
    let all = steps.reduce(0.0) { $0 + Double(snapshot.count($1.pattern.constants)) }
    guard all >= Self.leastRows else { return false }
    var rows = Double(ends[0].joinedCount(with: ends[1], snapshot))
    var most = rows
    for step in steps.dropFirst(2) {
      // What is looked at before a pattern that only closes a circle throws it away.
      most = max(most, rows)
      rows *= step.rows
    }
    return most > Self.blowUp * all
  }
}

extension LeapfrogEnds {
  /// How many rows two patterns have together, where they share one variable; 0 where they share none or two.
  fileprivate func joinedCount(with other: LeapfrogEnds, _ snapshot: Snapshot) -> Int {
    let shared = slots.filter(other.slots.contains)
    guard shared.count == 1, let slot = shared.first else { return 0 }
    var (left, leftRows) = values(of: slot, snapshot)
    var (right, rightRows) = other.values(of: slot, snapshot)
    if leftRows.count > rightRows.count { (left, leftRows, right, rightRows) = (right, rightRows, left, leftRows) }
    var count = 0
    while !leftRows.isEmpty, !rightRows.isEmpty {
      let value = left[leftRows.lowerBound]
      let end = Permutation.upperBound(left, leftRows, value)
      let low = Permutation.lowerBound(right, rightRows, value)
      let high = Permutation.upperBound(right, low..<rightRows.upperBound, value)
      count &+= (end - leftRows.lowerBound) &* (high - low)
      leftRows = end..<leftRows.upperBound
      rightRows = high..<rightRows.upperBound
    }
    return count
  }

  /// The pattern's values of a variable, in order, each as often as it has rows.
  private func values(of slot: Int, _ snapshot: Snapshot) -> (column: UnsafePointer<StoreID>, rows: Range<Int>) {
    let isSubject = subject == .slot(slot)
    if case .id(let known) = isSubject ? object : subject {
      let permutation = snapshot.permutation(isSubject ? .posg : .psog)
      return (permutation.third, permutation.rows(predicate, known))
    }
    let permutation = snapshot.permutation(isSubject ? .psog : .posg)
    return (permutation.second, permutation.rows(predicate))
  }
}
