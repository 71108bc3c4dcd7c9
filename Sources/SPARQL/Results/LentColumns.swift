import RDF

/// Columns of ids, copied side by side into one buffer, so that the addresses of all of them can be lent at once.
///
/// An array lends its address for the length of a call alone, so that calls would nest as deep as there are columns.
struct LentColumns: ~Copyable {
  /// The address of each column, until columns are copied again.
  private(set) var addresses: [UnsafePointer<TermID>] = []
  private var buffer = UnsafeMutableBufferPointer<TermID>(start: nil, count: 0)

  init() {}

  deinit { buffer.deallocate() }

  /// How many bytes the buffer and the addresses have.
  var byteCount: Int { (buffer.count + 2 * addresses.count) * 4 }

  /// Takes over columns of at least `count` ids each, of which the first `count` are copied; the columns that are nil, or shorter, have no
  /// value in any row, and share one address.
  mutating func copy(_ columns: some Collection<ContiguousArray<TermID>?>, count: Int) {
    let bound = columns.lazy.filter { $0 != nil }.count
    reserve((bound + 1) * count)
    addresses.removeAll(keepingCapacity: true)
    guard var next = buffer.baseAddress else { return }
    let unbound = next
    unbound.initialize(repeating: SolutionBatch.unbound, count: count)
    next += count
    for column in columns {
      guard let column, column.count >= count else {
        addresses.append(UnsafePointer(unbound))
        continue
      }
      column.withUnsafeBufferPointer { ids in
        if let first = ids.baseAddress { next.initialize(from: first, count: count) }
      }
      addresses.append(UnsafePointer(next))
      next += count
    }
  }

  private mutating func reserve(_ count: Int) {
    if buffer.count >= max(1, count) { return }
    buffer.deallocate()
    buffer = .allocate(capacity: max(1, count))
  }
}
