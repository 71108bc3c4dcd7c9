/// The quads of a snapshot in one order: where the rows of each first id stand, and columns of the second and third ids and the graphs.
///
/// It borrows its memory from the ``Snapshot``, which must be held meanwhile.
@frozen @usableFromInline package struct Permutation: @unchecked Sendable {
  /// The least first id.
  @usableFromInline package let least: StoreID
  /// How many ids there are from the least to the greatest first id.
  @usableFromInline package let span: Int
  /// For each of those ids where its rows begin, and at the end the count of all rows.
  @usableFromInline package let starts: UnsafePointer<UInt32>
  /// The ids of the second position, row by row.
  @usableFromInline package let second: UnsafePointer<StoreID>
  /// The ids of the third position, row by row.
  @usableFromInline package let third: UnsafePointer<StoreID>
  /// The graphs, row by row; nil where all rows are of ``onlyGraph``.
  @usableFromInline package let graphs: UnsafePointer<StoreID>?
  /// The graph of all rows, where there is but one.
  @usableFromInline package let onlyGraph: StoreID
  /// How many rows.
  @usableFromInline package let count: Int
  /// The rows whose triple is that of the row before, in order.
  @usableFromInline let repeats: UnsafePointer<UInt32>
  /// How many of them there are.
  @usableFromInline package let repeatCount: Int
  /// Where the columns lie in a file: its blocks, which are to be touched before a column is read.
  @usableFromInline let blocks: UnsafePointer<BlockTable>?

  init(
    least: StoreID, span: Int, starts: UnsafePointer<UInt32>, second: UnsafePointer<StoreID>, third: UnsafePointer<StoreID>,
    graphs: UnsafePointer<StoreID>?, onlyGraph: StoreID, count: Int, repeats: UnsafePointer<UInt32>, repeatCount: Int,
    blocks: UnsafePointer<BlockTable>?
  ) {
    self.least = least
    self.span = span
    self.starts = starts
    self.second = second
    self.third = third
    self.graphs = graphs
    self.onlyGraph = onlyGraph
    self.count = count
    self.repeats = repeats
    self.repeatCount = repeatCount
    self.blocks = blocks
  }

  /// The first row whose first id is not less than `id`.
  @inlinable @inline(__always) package func lowerBound(_ id: StoreID) -> Int {
    if id <= least { return 0 }
    let at = Int(id &- least)
    if at >= span { return count }
    if let blocks, !blocks.pointee.touch(starts, at..<at &+ 1) { return 0 }
    return Int(starts[at])
  }

  /// All rows.
  @inlinable package var allRows: Range<Int> { blocks == nil ? 0..<count : checkedRows() }

  /// The rows with this first id.
  @inlinable @inline(__always) package func rows(_ first: StoreID) -> Range<Int> {
    guard first >= least, Int(first &- least) < span else { return 0..<0 }
    let at = Int(first &- least)
    if blocks != nil { return checkedRows(at) }
    return Int(starts[at])..<Int(starts[at &+ 1])
  }

  /// The rows with these first and second ids.
  @inlinable @inline(__always) package func rows(_ first: StoreID, _ secondID: StoreID) -> Range<Int> {
    let all = rows(first)
    let low = Self.lowerBound(second, all, secondID)
    return low..<Self.upperBound(second, low..<all.upperBound, secondID)
  }

  /// The rows with these three ids, one for each graph.
  @inlinable package func rows(_ first: StoreID, _ secondID: StoreID, _ thirdID: StoreID) -> Range<Int> {
    let all = rows(first, secondID)
    let low = Self.lowerBound(third, all, thirdID)
    return low..<Self.upperBound(third, low..<all.upperBound, thirdID)
  }

  /// The first row of `rows`, sorted in `column`, whose id is not less than `id`: near the start at once, else by doubling steps.
  @inlinable @inline(__always)
  package static func lowerBound(_ column: UnsafePointer<StoreID>, _ rows: Range<Int>, _ id: StoreID) -> Int {
    var low = rows.lowerBound
    var step = 1
    while low &+ step <= rows.upperBound, column[low &+ step &- 1] < id {
      low &+= step
      step &+= step
    }
    var high = min(low &+ step &- 1, rows.upperBound)
    while low < high {
      let middle = (low &+ high) &>> 1
      if column[middle] < id { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  /// The first row of `rows`, sorted in `column`, whose id is greater than `id`.
  @inlinable @inline(__always)
  package static func upperBound(_ column: UnsafePointer<StoreID>, _ rows: Range<Int>, _ id: StoreID) -> Int {
    id == .max ? rows.upperBound : lowerBound(column, rows, id &+ 1)
  }

  /// How many of `rows` repeat the triple of the row before in another graph.
  @inlinable package func repeats(in rows: Range<Int>) -> Int {
    repeatCount == 0 ? 0 : repeatIndex(rows.upperBound) - repeatIndex(rows.lowerBound)
  }

  /// The index in ``repeats`` of the first row that is not before `row`.
  @inlinable func repeatIndex(_ row: Int) -> Int {
    if let blocks, !blocks.pointee.touch(repeats, 0..<repeatCount) { return 0 }
    return Self.lowerBound(repeats, 0..<repeatCount, UInt32(truncatingIfNeeded: row))
  }
}

extension Permutation {
  /// All rows where the file that holds them is sound, none where it is damaged.
  @usableFromInline @inline(never) func checkedRows() -> Range<Int> {
    guard let blocks, blocks.pointee.touch(starts, 0..<span + 1) else { return 0..<0 }
    return touched(0..<count)
  }

  /// The rows of the first id of a place in ``starts``; none where the file that holds them is damaged.
  @usableFromInline @inline(never) func checkedRows(_ at: Int) -> Range<Int> {
    guard let blocks, blocks.pointee.touch(starts, at..<at + 2) else { return 0..<0 }
    return touched(Int(starts[at])..<Int(starts[at + 1]))
  }

  /// Some rows, whose columns may be read from now on; none where the file that holds them is damaged.
  private func touched(_ rows: Range<Int>) -> Range<Int> {
    guard let blocks else { return rows }
    let areGood = blocks.pointee.touch(second, rows) && blocks.pointee.touch(third, rows)
    if let graphs, !blocks.pointee.touch(graphs, rows) { return 0..<0 }
    return areGood ? rows : 0..<0
  }
}
