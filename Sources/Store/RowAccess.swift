/// The rows of one order that answer a pattern.
struct RowAccess {
  let order: RowOrder
  /// How many leading positions are bound.
  let depth: Int
  let rows: Range<Int>
  /// What the object, which is the third column, must be in besides.
  let objectFilter: Range<StoreID>?

  /// Finds the rows by binary search; `sortedBy` asks for an order in which the first free column is this position.
  init(_ pattern: QuadPattern, _ snapshot: Snapshot, sortedBy: Position? = nil) {
    let orders = pattern.orders
    var depth = 0
    if pattern.subject != nil { depth += 1 }
    if pattern.predicate != nil { depth += 1 }
    if pattern.object != nil { depth += 1 }
    let order = orders.first { depth < 3 && $0.position(depth) == sortedBy } ?? orders[0]
    let permutation = snapshot.permutation(order)
    let bound = (pattern.bound(order.positions.0) ?? 0, pattern.bound(order.positions.1) ?? 0, pattern.bound(order.positions.2) ?? 0)
    var rows: Range<Int>
    switch depth {
    case 0: rows = permutation.allRows
    case 1: rows = permutation.rows(bound.0)
    case 2: rows = permutation.rows(bound.0, bound.1)
    default: rows = permutation.rows(bound.0, bound.1, bound.2)
    }
    var filter = pattern.objectRange
    if let range = filter, depth < 3, order.position(depth) == .object {
      filter = nil
      if depth == 0 {
        let low = permutation.lowerBound(range.lowerBound)
        rows = (low..<max(low, permutation.lowerBound(range.upperBound))).clamped(to: rows)
      } else {
        let column = depth == 1 ? permutation.second : permutation.third
        let low = Permutation.lowerBound(column, rows, range.lowerBound)
        rows = low..<Permutation.lowerBound(column, low..<rows.upperBound, range.upperBound)
      }
    }
    self.order = order
    self.depth = depth
    self.rows = rows
    objectFilter = filter
  }
}
