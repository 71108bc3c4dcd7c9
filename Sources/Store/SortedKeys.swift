/// Quads packed into numbers by a ``KeyLayout``, and room to sort them. Used by one thread at a time.
final class SortedKeys<Key: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>: @unchecked Sendable {
  private var columns: [Column<Key>]
  private(set) var count: Int
  private var first: UnsafeMutablePointer<Key>
  private var second: UnsafeMutablePointer<Key>

  var keys: UnsafePointer<Key> { UnsafePointer(first) }

  init(count: Int) {
    let columns = [Column<Key>(count: count), Column<Key>(count: count)]
    self.columns = columns
    self.count = count
    first = columns[0].start
    second = columns[1].start
  }

  convenience init(copying other: SortedKeys) {
    self.init(count: other.count)
    first.update(from: other.first, count: other.count)
  }

  /// Sorts by some bits, stably.
  func sort(_ bits: Range<Int>) { RadixSort.sort(&first, &second, count, bits: bits) }

  /// Packs a builder's quads, sorts them and keeps each once.
  func fill(_ quads: GatheredBox, _ numbers: Column<StoreID>, _ predicates: Ranks, _ graphs: Ranks, _ layout: KeyLayout) {
    quads.pack(numbers, predicates, graphs, layout, into: first)
    sort(0..<layout.width)
    guard count > 0 else { return }
    var kept = 1
    for at in 1..<count where first[at] != first[at &- 1] {
      first[kept] = first[at]
      kept &+= 1
    }
    count = kept
  }

  /// Becomes what two sorted runs hold together, each key once.
  func merge(_ left: borrowing Growing<Key>, _ right: SortedKeys) {
    var one = 0
    var other = 0
    var kept = 0
    let (leftKeys, rightKeys) = (left.start, right.first)
    while one < left.count || other < right.count {
      if other == right.count || one < left.count && leftKeys[one] <= rightKeys[other] {
        if other < right.count, leftKeys[one] == rightKeys[other] { other &+= 1 }
        first[kept] = leftKeys[one]
        one &+= 1
      } else {
        first[kept] = rightKeys[other]
        other &+= 1
      }
      kept &+= 1
    }
    count = kept
  }

  /// Gives the memory back.
  func free() {
    columns = []
    count = 0
  }
}
