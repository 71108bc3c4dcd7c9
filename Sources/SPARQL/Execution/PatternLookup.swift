import Bytes
import Store

/// Where the rows of a triple pattern stand in an order of the store, once what a batch of solutions binds is put into it.
///
/// All solutions of the batch bind the same of the pattern's variables; ``PatternStep`` sees to that.
struct PatternLookup {
  let permutation: Permutation
  let order: RowOrder
  /// How many positions are bound, which are the first of the order.
  let depth: Int
  /// The columns that are not bound, and the slot that each fills.
  let free: [(position: Int, slot: Int)]
  private let keys: [Key]
  private let objectRange: Range<StoreID>?
  private let test: GraphTest
  /// Whether every row of a range belongs to the answer.
  let isPlain: Bool

  private enum Key {
    case id(StoreID)
    case column(ContiguousArray<StoreID>)
  }

  init(_ pattern: ResolvedPattern, _ batch: Solutions, _ snapshot: Snapshot, _ test: GraphTest) {
    var bound: [Position: Key] = [:]
    for (position, place) in zip(Position.allCases, pattern.places) {
      switch place {
      case .id(let id): bound[position] = .id(id)
      case .slot(let slot): if let column = batch.columns[slot] { bound[position] = .column(column) }
      }
    }
    order = Self.order(bound, isRange: pattern.objectRange != nil)
    permutation = snapshot.permutation(order)
    depth = bound.count
    let order = order
    keys = (0..<bound.count).compactMap { bound[order.position($0)] }
    free = (bound.count..<3).compactMap { column in
      let position = order.position(column)
      guard case .slot(let slot) = pattern.places[Int(position.rawValue)] else { return nil }
      return (column, slot)
    }
    objectRange = pattern.objectRange
    self.test = test
    if case .any = test { isPlain = permutation.repeatCount == 0 } else { isPlain = false }
  }

  /// The order in which the bound positions come first: the one whose rows for ascending keys lie close together.
  private static func order(_ bound: [Position: Key], isRange: Bool) -> RowOrder {
    func isAscending(_ key: Key?) -> Bool {
      guard case .column(let ids)? = key else { return true }
      return ids.withUnsafeBufferPointer { ids in
        for row in 1..<max(ids.count, 1) where ids[row] < ids[row &- 1] { return false }
        return true
      }
    }
    func isConstant(_ key: Key?) -> Bool { if case .id? = key { true } else { false } }
    let (subject, predicate, object) = (bound[.subject], bound[.predicate], bound[.object])
    switch (subject != nil, predicate != nil, object != nil) {
    case (true, true, true): return .spog
    case (true, true, false): return isConstant(predicate) && isAscending(subject) ? .psog : .spog
    case (true, false, true): return .ospg
    case (false, true, true): return .posg
    case (true, false, false): return .spog
    case (false, true, false): return isRange ? .posg : .psog
    case (false, false, true): return .ospg
    case (false, false, false): return .spog
    }
  }

  /// For each solution of the batch the rows that its values lead to.
  func ranges(_ count: Int) -> (lows: [UInt32], highs: [UInt32]) {
    var lows = [UInt32](repeating: 0, count: count)
    var highs = lows
    lend(keys[...], []) { columns in
      lows.withUnsafeMutableBufferPointer { lows in
        highs.withUnsafeMutableBufferPointer { highs in
          switch depth {
          case 0:
            lows.update(repeating: 0)
            highs.update(repeating: UInt32(truncatingIfNeeded: permutation.allRows.count))
          case 1: one(columns[0], lows, highs)
          case 2: two(columns[0], columns[1], lows, highs)
          default: three(columns[0], columns[1], columns[2], lows, highs)
          }
          if let objectRange { cut(objectRange, columns, lows, highs) }
        }
      }
    }
    return (lows, highs)
  }

  /// Ids row by row, or one id for all rows.
  private struct Ids {
    let start: UnsafePointer<StoreID>
    let stride: Int

    @inline(__always) subscript(row: Int) -> StoreID { start[row &* stride] }
  }

  private func lend(_ keys: ArraySlice<Key>, _ lent: [Ids], _ body: ([Ids]) -> Void) {
    guard let first = keys.first else { return body(lent) }
    switch first {
    case .id(let id): withUnsafePointer(to: id) { lend(keys.dropFirst(), lent + [Ids(start: $0, stride: 0)], body) }
    case .column(let column):
      column.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        lend(keys.dropFirst(), lent + [Ids(start: base, stride: 1)], body)
      }
    }
  }

  private typealias Bounds = UnsafeMutableBufferPointer<UInt32>

  private func one(_ first: Ids, _ lows: Bounds, _ highs: Bounds) {
    let permutation = permutation
    for row in 0..<lows.count {
      let rows = permutation.rows(first[row])
      lows[row] = UInt32(truncatingIfNeeded: rows.lowerBound)
      highs[row] = UInt32(truncatingIfNeeded: rows.upperBound)
    }
  }

  /// Goes on from the last key where keys ascend, which makes a merge of it.
  private func two(_ first: Ids, _ second: Ids, _ lows: Bounds, _ highs: Bounds) {
    let permutation = permutation
    var lastFirst = StoreID.max
    var all = 0..<0
    var cursor = 0
    var last: StoreID = 0
    for row in 0..<lows.count {
      let id = first[row]
      if id != lastFirst {
        all = permutation.rows(id)
        lastFirst = id
        cursor = all.lowerBound
        last = 0
      }
      let key = second[row]
      let low =
        key >= last
        ? Permutation.lowerBound(permutation.second, cursor..<all.upperBound, key)
        : Self.search(permutation.second, all.lowerBound..<cursor, key)
      cursor = low
      last = key
      lows[row] = UInt32(truncatingIfNeeded: low)
      highs[row] = UInt32(truncatingIfNeeded: Permutation.upperBound(permutation.second, low..<all.upperBound, key))
    }
  }

  private func three(_ first: Ids, _ second: Ids, _ third: Ids, _ lows: Bounds, _ highs: Bounds) {
    let permutation = permutation
    for row in 0..<lows.count {
      let rows = permutation.rows(first[row], second[row], third[row])
      lows[row] = UInt32(truncatingIfNeeded: rows.lowerBound)
      highs[row] = UInt32(truncatingIfNeeded: rows.upperBound)
    }
  }

  /// The first row of a sorted range whose id is not less than `id`, wherever it may be.
  @inline(__always)
  private static func search(_ column: UnsafePointer<StoreID>, _ rows: Range<Int>, _ id: StoreID) -> Int {
    Search.firstIndex(in: rows) { column[$0] >= id }
  }

  /// Leaves only the rows whose object is in a range.
  private func cut(_ range: Range<StoreID>, _ columns: [Ids], _ lows: Bounds, _ highs: Bounds) {
    if let bound = (0..<depth).first(where: { order.position($0) == .object }) {
      for row in 0..<lows.count where !range.contains(columns[bound][row]) { highs[row] = lows[row] }
      return
    }
    // Ranges are pushed into patterns with a bound predicate only, so that the object comes next in the order.
    let column = depth == 1 ? permutation.second : permutation.third
    for row in 0..<lows.count {
      let low = Permutation.lowerBound(column, Int(lows[row])..<Int(highs[row]), range.lowerBound)
      highs[row] = UInt32(truncatingIfNeeded: Permutation.lowerBound(column, low..<Int(highs[row]), range.upperBound))
      lows[row] = UInt32(truncatingIfNeeded: low)
    }
  }

  /// Whether a row of a range belongs to the answer: its graph is asked for, and its triple did not come before. `low` is where the range
  /// begins.
  func isKept(_ row: Int, from low: Int) -> Bool {
    if !test.holds(permutation.graphs?[row] ?? permutation.onlyGraph) { return false }
    var earlier = row - 1
    while earlier >= low, isSameTriple(earlier, row) {
      if test.holds(permutation.graphs?[earlier] ?? permutation.onlyGraph) { return false }
      earlier -= 1
    }
    return true
  }

  private func isSameTriple(_ left: Int, _ right: Int) -> Bool {
    guard permutation.repeatCount > 0 else { return false }
    if depth < 3, permutation.third[left] != permutation.third[right] { return false }
    if depth < 2, permutation.second[left] != permutation.second[right] { return false }
    // Without a bound position neighbours may differ in the first id alone.
    return depth > 0 || permutation.repeats(in: right..<right + 1) == 1
  }

  /// The ids that a column has in some rows, which ascend for each solution.
  func column(_ position: Int, _ rows: UnsafePointer<UInt32>, _ count: Int, isContiguous: Bool) -> ContiguousArray<StoreID> {
    ContiguousArray(unsafeUninitializedCapacity: count) { target, filled in
      if position == 0 {
        fillFirst(target, rows, count)
      } else {
        let column = position == 1 ? permutation.second : permutation.third
        if isContiguous, count > 0 {
          _ = target.update(fromContentsOf: UnsafeBufferPointer(start: column + Int(rows[0]), count: count))
        } else {
          for index in 0..<count { target.initializeElement(at: index, to: column[Int(rows[index])]) }
        }
      }
      filled = count
    }
  }

  private func fillFirst(_ target: UnsafeMutableBufferPointer<StoreID>, _ rows: UnsafePointer<UInt32>, _ count: Int) {
    let starts = permutation.starts
    var key = 0
    for index in 0..<count {
      let row = rows[index]
      if index == 0 || row < rows[index - 1] {
        // The last key whose rows begin at or before the row.
        key = Search.firstIndex(in: 0..<permutation.span) { starts[$0 &+ 1] > row }
      }
      while starts[key &+ 1] <= row { key &+= 1 }
      target.initializeElement(at: index, to: permutation.least &+ StoreID(truncatingIfNeeded: key))
    }
  }
}
