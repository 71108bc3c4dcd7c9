package import Store

/// Some solutions, column by column: an id for each variable and row.
///
/// Variables are slots; the slots beyond a query's own variables are for operators that need a mark on each row. A column that is nil is
/// unbound in every row.
package struct Solutions {
  /// Stands where a variable has no value.
  package static let unbound = StoreID.max
  /// The most rows that operators aim at.
  static let target = 1024

  /// How many solutions.
  package var count: Int
  /// The columns by slot.
  package var columns: [ContiguousArray<StoreID>?]

  /// No solutions over so many slots.
  init(slots: Int) {
    count = 0
    columns = Array(repeating: nil, count: slots)
  }

  /// The solution that binds nothing.
  static func unit(slots: Int) -> Solutions {
    var batch = Solutions(slots: slots)
    batch.count = 1
    return batch
  }

  /// The value of a slot in a row, ``unbound`` where it has none.
  package subscript(slot: Int, row: Int) -> StoreID {
    columns[slot].map { $0[row] } ?? Self.unbound
  }

  /// Appends a row of another batch.
  mutating func append(_ row: Int, of other: Solutions) {
    for slot in columns.indices { append(other[slot, row], to: slot) }
    count += 1
  }

  /// Appends a row in which each slot has its value in one of two compatible rows.
  mutating func append(_ row: Int, of left: Solutions, joined other: Int, of right: Solutions) {
    for slot in columns.indices {
      let value = left[slot, row]
      append(value == Self.unbound ? right[slot, other] : value, to: slot)
    }
    count += 1
  }

  /// Appends a value to a column whose rows so far are ``count``.
  @inline(__always) private mutating func append(_ value: StoreID, to slot: Int) {
    if columns[slot] != nil {
      columns[slot]?.append(value)
    } else if value != Self.unbound {
      var column = ContiguousArray(repeating: Self.unbound, count: count)
      column.append(value)
      columns[slot] = column
    }
  }

  /// The rows with these numbers, in their order.
  func selecting(_ rows: [Int]) -> Solutions {
    if rows.count == count { return self }
    var result = Solutions(slots: columns.count)
    result.count = rows.count
    for slot in columns.indices {
      guard let column = columns[slot] else { continue }
      result.columns[slot] = ContiguousArray(rows.map { column[$0] })
    }
    return result
  }

  /// Whether two rows agree wherever both have a value (SPARQL 1.1 §18.3, compatible).
  static func areCompatible(_ left: Solutions, _ row: Int, _ right: Solutions, _ other: Int, slots: [Int]) -> Bool {
    for slot in slots {
      let value = left[slot, row]
      let match = right[slot, other]
      if value != match, value != unbound, match != unbound { return false }
    }
    return true
  }
}
