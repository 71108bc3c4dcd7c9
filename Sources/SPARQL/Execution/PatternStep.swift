import Problems
import Store

/// Joins solutions with a triple pattern by looking them up in the index: for every solution, the rows that match the pattern with its
/// values put in (SPARQL 1.1 §18.3.1). Where solutions come in the order of the index, that is a merge.
final class PatternStep: Operator {
  private let input: any Operator
  private let pattern: ResolvedPattern
  private let test: GraphTest
  private let context: QueryContext
  /// Which slots somebody asks for; nil for all.
  private let needed: Set<Int>?
  /// Which part of the rows is read, where others read the rest.
  private let half: ScanHalf?
  /// Batches in each of which every slot of the pattern is bound either in all rows or in none.
  private var pending: [Solutions] = []
  private var batch = Solutions(slots: 0)
  private var lookup: PatternLookup?
  private var lows: [UInt32] = []
  private var highs: [UInt32] = []
  /// The solution at hand, and the next of its rows.
  private var row = 0
  private var place = 0
  /// Of each row that is given: the solution, and where the rest of it stands.
  private var solutions: [UInt32] = []
  private var places: [UInt32] = []

  init(
    _ input: any Operator, _ pattern: ResolvedPattern, _ test: GraphTest, context: QueryContext, needed: Set<Int>? = nil,
    half: ScanHalf? = nil
  ) {
    self.half = half
    self.input = input
    self.pattern = pattern
    self.test = test
    self.context = context
    self.needed = needed
  }

  func next() throws(Failure) -> Solutions? {
    while true {
      guard let lookup else {
        if try !begin() { return nil }
        continue
      }
      solutions.removeAll(keepingCapacity: true)
      places.removeAll(keepingCapacity: true)
      if lookup.isPlain { takeAll() } else { try takeKept(lookup) }
      if row == batch.count { self.lookup = nil }
      if solutions.isEmpty { continue }
      try context.check()
      if let out = assembled(lookup) { return out }
    }
  }

  /// Looks up the next batch; false where there is none.
  private func begin() throws(Failure) -> Bool {
    try context.check()
    if pending.isEmpty {
      guard let next = try input.next() else { return false }
      pending = next.split(bySlots: pattern.slots)
    }
    batch = pending.removeFirst()
    let lookup = PatternLookup(pattern, batch, context.terms.snapshot, test)
    (lows, highs) = lookup.ranges(batch.count)
    self.lookup = lookup
    row = 0
    place = batch.count > 0 ? Int(lows[0]) : 0
    if let half, batch.count == 1 {
      let rows = half.rows(place..<Int(highs[0]))
      place = rows.lowerBound
      highs[0] = UInt32(truncatingIfNeeded: rows.upperBound)
    }
    return true
  }

  /// Takes rows until there are enough.
  private func takeAll() {
    let count = batch.count
    // In variables of the call's own, as they are reached for every row.
    var (solutions, places, row, place) = (self.solutions, self.places, self.row, self.place)
    self.solutions = []
    self.places = []
    let (lows, highs) = (lows, highs)
    defer { (self.solutions, self.places, self.row, self.place) = (solutions, places, row, place) }
    while row < count, solutions.count < Solutions.target {
      let taken = min(Int(highs[row]) - place, Solutions.target - solutions.count)
      if taken == 1 {
        solutions.append(UInt32(truncatingIfNeeded: row))
        places.append(UInt32(truncatingIfNeeded: place))
      } else if taken > 0 {
        solutions.append(contentsOf: repeatElement(UInt32(truncatingIfNeeded: row), count: taken))
        places.append(contentsOf: UInt32(truncatingIfNeeded: place)..<UInt32(truncatingIfNeeded: place + taken))
      }
      place += taken
      if place >= Int(highs[row]) {
        row += 1
        if row < count { place = Int(lows[row]) }
      }
    }
  }

  /// Takes rows that belong to the graphs that are asked for, each triple once.
  private func takeKept(_ lookup: PatternLookup) throws(Failure) {
    var looked = 0
    while row < batch.count, solutions.count < Solutions.target {
      if place >= Int(highs[row]) {
        advance()
        continue
      }
      looked += 1
      if looked & 0xFFFF == 0 { try context.check() }
      if lookup.isKept(place, from: Int(lows[row])) {
        solutions.append(UInt32(truncatingIfNeeded: row))
        places.append(UInt32(truncatingIfNeeded: place))
      }
      place += 1
    }
  }

  private func advance() {
    row += 1
    if row < batch.count { place = Int(lows[row]) }
  }

  /// The rows that were taken; nil where none is left.
  private func assembled(_ lookup: PatternLookup) -> Solutions? {
    var out = Solutions(slots: context.slots)
    out.count = solutions.count
    let isSame = solutions.count == batch.count && lows.count == batch.count && isEachOnce
    for slot in out.columns.indices {
      guard let column = batch.columns[slot], isNeeded(slot) else { continue }
      if isSame {
        out.columns[slot] = column
      } else if batch.count == 1 {
        out.columns[slot] = ContiguousArray(repeating: column[0], count: out.count)
      } else {
        out.columns[slot] = column.gathered(solutions)
      }
    }
    let isContiguous = lookup.isPlain && batch.count == 1
    var first: [Int: ContiguousArray<StoreID>] = [:]
    var kept: [UInt32]?
    for (position, slot) in lookup.free {
      let isTwice = lookup.free.filter { $0.slot == slot }.count > 1
      if !isTwice, !isNeeded(slot) { continue }
      let column = places.withUnsafeBufferPointer { rows in
        rows.baseAddress.map { lookup.column(position, $0, rows.count, isContiguous: isContiguous) } ?? []
      }
      // A variable that stands twice must have one value.
      if let other = first[slot] {
        kept = (kept ?? Array(0..<UInt32(column.count))).filter { column[Int($0)] == other[Int($0)] }
      } else {
        first[slot] = column
        out.columns[slot] = column
      }
    }
    guard let kept else { return out }
    return kept.isEmpty ? nil : out.keeping(kept)
  }

  private func isNeeded(_ slot: Int) -> Bool {
    guard let needed, slot < context.variables.count else { return true }
    return needed.contains(slot)
  }

  /// Whether the rows that were taken are the solutions of the batch, each once.
  private var isEachOnce: Bool {
    for (index, solution) in solutions.enumerated() where Int(solution) != index { return false }
    return true
  }
}

extension Solutions {
  /// Batches of the same rows in each of which every one of these slots is bound either in all rows or in none.
  func split(bySlots slots: [Int]) -> [Solutions] {
    let open = slots.filter { columns[$0] != nil && binding(of: $0) != .all }
    if open.isEmpty { return [self] }
    var rows: [Int: [UInt32]] = [:]
    for row in 0..<count {
      var mask = 0
      for (bit, slot) in open.enumerated() where self[slot, row] != Self.unbound { mask |= 1 << bit }
      rows[mask, default: []].append(UInt32(truncatingIfNeeded: row))
    }
    return rows.keys.sorted().map { mask in
      var part = taking(rows[mask] ?? [])
      for (bit, slot) in open.enumerated() where mask & 1 << bit == 0 { part.columns[slot] = nil }
      return part
    }
  }
}
