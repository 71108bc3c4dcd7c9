package import Store

/// Some solutions, column by column: an id for each variable and row.
///
/// Variables are slots; the slots beyond a query's own variables are for operators that need a mark on each row. A column that is nil is
/// unbound in every row.
package struct Solutions {
  /// Stands where a variable has no value.
  package static let unbound = StoreID.max
  /// The most rows that operators aim at.
  static let target = 2048

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

  /// About how many bytes the columns have.
  var byteCount: Int { columns.reduce(64) { $0 + ($1.map { $0.count * 4 + 32 } ?? 0) } }

  /// How a slot is bound.
  enum Binding { case none, all, some }

  /// In how many of the rows a slot has a value.
  func binding(of slot: Int) -> Binding {
    guard let column = columns[slot] else { return .none }
    var bound = 0
    column.withUnsafeBufferPointer { ids in for id in ids where id != Self.unbound { bound &+= 1 } }
    return bound == count ? .all : bound == 0 ? .none : .some
  }

  /// Appends all rows of another batch.
  mutating func append(_ other: Solutions) {
    if count == 0 {
      self = other
      return
    }
    for slot in columns.indices {
      if let source = other.columns[slot] {
        if columns[slot] == nil { columns[slot] = ContiguousArray(repeating: Self.unbound, count: count) }
        columns[slot]?.append(contentsOf: source)
      } else if columns[slot] != nil {
        columns[slot]?.append(contentsOf: repeatElement(Self.unbound, count: other.count))
      }
    }
    count += other.count
  }

  /// The rows with these numbers, in their order.
  func taking(_ rows: [UInt32]) -> Solutions {
    var result = Solutions(slots: columns.count)
    result.count = rows.count
    for slot in columns.indices { result.columns[slot] = columns[slot]?.gathered(rows) }
    return result
  }

  /// The rows with these numbers, which ascend and are each there once.
  func keeping(_ rows: [UInt32]) -> Solutions { rows.count == count ? self : taking(rows) }

  /// The rows of a range.
  func slice(_ rows: Range<Int>) -> Solutions {
    if rows.count == count { return self }
    var result = Solutions(slots: columns.count)
    result.count = rows.count
    for slot in columns.indices { result.columns[slot] = columns[slot].map { ContiguousArray($0[rows]) } }
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

extension ContiguousArray where Element == StoreID {
  /// The elements at these places, in their order.
  func gathered(_ rows: [UInt32]) -> ContiguousArray {
    withUnsafeBufferPointer { source in
      rows.withUnsafeBufferPointer { rows in
        ContiguousArray(unsafeUninitializedCapacity: rows.count) { target, count in
          for index in 0..<rows.count { target.initializeElement(at: index, to: source[Int(rows[index])]) }
          count = rows.count
        }
      }
    }
  }
}
