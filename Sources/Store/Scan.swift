/// A cursor over the rows that match a pattern: batches of up to ``batchSize`` rows, as one column of ids for each free position, in the
/// order of the rows.
///
/// Columns lie in the snapshot's own memory where they can, and are valid until the next call of ``next()`` or ``seek(_:)``.
@usableFromInline package struct Scan: ~Copyable {
  /// The most rows of a batch.
  package static let batchSize = 2048

  private let snapshot: Snapshot
  private let permutation: Permutation
  private let depth: Int
  private let objectFilter: Range<StoreID>?
  private let graphTest: GraphTest
  private let isDirect: Bool
  private let dropsRepeats: Bool
  private var row: Int
  private let end: Int
  /// At depth 0, which first id the row is of, counted from the least.
  private var key = 0
  /// The first of the permutation's repeats that is not before the row.
  private var repeatAt: Int
  /// Whether a row of the triple at hand has been given.
  private var isGiven = false
  private var scratch: UnsafeMutablePointer<StoreID>?
  private var columns: (UnsafePointer<StoreID>, UnsafePointer<StoreID>, UnsafePointer<StoreID>, UnsafePointer<StoreID>)

  /// The order of the rows.
  package let order: RowOrder
  /// How many columns of ids there are: one for each free position.
  package let width: Int
  /// Whether there is a column of graphs.
  package let hasGraphs: Bool
  /// How many rows the batch has.
  package private(set) var count = 0

  init(_ pattern: QuadPattern, _ snapshot: Snapshot, sortedBy: Position?) {
    let access = RowAccess(pattern, snapshot, sortedBy: sortedBy)
    let permutation = snapshot.permutation(access.order)
    self.snapshot = snapshot
    self.permutation = permutation
    order = access.order
    depth = access.depth
    width = 3 - access.depth
    hasGraphs = pattern.graph.yieldsGraph
    objectFilter = access.objectFilter
    graphTest = GraphTest(pattern.graph, snapshot)
    dropsRepeats = !hasGraphs && permutation.repeats(in: access.rows) > 0
    switch graphTest {
    case .any: isDirect = objectFilter == nil && !dropsRepeats
    default: isDirect = false
    }
    if case .none = graphTest { row = access.rows.upperBound } else { row = access.rows.lowerBound }
    end = access.rows.upperBound
    repeatAt = permutation.repeatIndex(row)
    columns = (permutation.second, permutation.second, permutation.second, permutation.second)
  }

  deinit { scratch?.deallocate() }

  /// The position of a column, 0 ..< ``width``.
  package func position(_ column: Int) -> Position { order.position(depth + column) }

  /// The position that rows are sorted by first; nil where all are bound.
  package var sortedBy: Position? { width > 0 ? position(0) : nil }

  /// The ids of a column, 0 ..< ``width``, of the rows at hand.
  package func column(_ number: Int) -> UnsafeBufferPointer<StoreID> {
    let start = number == 0 ? columns.0 : number == 1 ? columns.1 : columns.2
    return UnsafeBufferPointer(start: start, count: count)
  }

  /// The graphs of the rows at hand, where ``hasGraphs``.
  package var graphs: UnsafeBufferPointer<StoreID> { UnsafeBufferPointer(start: columns.3, count: count) }

  /// Goes on to the next batch; false where there are no more rows.
  package mutating func next() -> Bool {
    count = 0
    if row >= end { return false }
    if isDirect { takeDirect() } else { takeTested() }
    return count > 0
  }

  /// Skips to the first row whose first free column is not less than `id`; never goes back. The batch at hand is gone.
  package mutating func seek(_ id: StoreID) {
    count = 0
    if row >= end { return }
    switch depth {
    case 0: row = max(row, min(permutation.lowerBound(id), end))
    case 1: row = Permutation.lowerBound(permutation.second, row..<end, id)
    case 2: row = Permutation.lowerBound(permutation.third, row..<end, id)
    default: return
    }
    if depth == 0, id > permutation.least { key = max(key, min(Int(id &- permutation.least), permutation.span - 1)) }
    repeatAt = permutation.repeatIndex(row)
    isGiven = false
  }

  /// Room for four columns.
  private mutating func room() -> UnsafeMutablePointer<StoreID> {
    if let scratch { return scratch }
    let made = UnsafeMutablePointer<StoreID>.allocate(capacity: Self.batchSize * 4)
    scratch = made
    return made
  }

  /// Rows that are taken as they stand.
  private mutating func takeDirect() {
    let taken = min(end &- row, Self.batchSize)
    switch depth {
    case 0:
      let first = room()
      fillFirst(first, taken)
      columns.0 = UnsafePointer(first)
      columns.1 = permutation.second + row
      columns.2 = permutation.third + row
    case 1:
      columns.0 = permutation.second + row
      columns.1 = permutation.third + row
    case 2: columns.0 = permutation.third + row
    default: break
    }
    if hasGraphs {
      if let graphs = permutation.graphs {
        columns.3 = graphs + row
      } else {
        let graphs = room() + 3 * Self.batchSize
        graphs.update(repeating: permutation.onlyGraph, count: taken)
        columns.3 = UnsafePointer(graphs)
      }
    }
    row &+= taken
    count = taken
  }

  /// Writes the first ids of the next `taken` rows.
  private mutating func fillFirst(_ target: UnsafeMutablePointer<StoreID>, _ taken: Int) {
    var at = 0
    let starts = permutation.starts
    while at < taken {
      while Int(starts[key &+ 1]) <= row &+ at { key &+= 1 }
      let last = min(Int(starts[key &+ 1]) &- row, taken)
      let id = permutation.least &+ StoreID(truncatingIfNeeded: key)
      while at < last {
        target[at] = id
        at &+= 1
      }
    }
  }

  /// Rows that are looked at one by one: by object, graph, or whether their triple has been given.
  private mutating func takeTested() {
    let target = room()
    let size = Self.batchSize
    let starts = permutation.starts
    let least = objectFilter?.lowerBound ?? 0
    let greatest = objectFilter?.upperBound ?? .max
    let filters = objectFilter != nil
    var kept = 0
    while row < end, kept < size {
      let at = row
      row &+= 1
      if dropsRepeats {
        if repeatAt < permutation.repeatCount, Int(permutation.repeats[repeatAt]) == at {
          repeatAt &+= 1
          if isGiven { continue }
        } else {
          isGiven = false
        }
      }
      if filters, permutation.third[at] < least || permutation.third[at] >= greatest { continue }
      let graph = permutation.graphs?[at] ?? permutation.onlyGraph
      if !graphTest.holds(graph) { continue }
      isGiven = true
      switch depth {
      case 0:
        while Int(starts[key &+ 1]) <= at { key &+= 1 }
        target[kept] = permutation.least &+ StoreID(truncatingIfNeeded: key)
        target[kept &+ size] = permutation.second[at]
        target[kept &+ 2 &* size] = permutation.third[at]
      case 1:
        target[kept] = permutation.second[at]
        target[kept &+ size] = permutation.third[at]
      case 2: target[kept] = permutation.third[at]
      default: break
      }
      target[kept &+ 3 &* size] = graph
      kept &+= 1
    }
    columns = (UnsafePointer(target), UnsafePointer(target + size), UnsafePointer(target + 2 * size), UnsafePointer(target + 3 * size))
    count = kept
  }
}
