/// The memory of a ``Permutation``, and how many different second ids each first id has.
struct PermutationColumns: Sendable {
  let directory: Directory
  let second: Column<StoreID>
  let third: Column<StoreID>
  let graphs: Column<StoreID>?
  let repeats: Column<UInt32>
  let view: Permutation

  /// Where the rows of each first id begin. Orders with the same first position share one.
  struct Directory: Sendable {
    let least: StoreID
    let starts: Column<UInt32>
    /// How many ids have rows.
    let used: Int
  }

  var byteCount: Int { second.byteCount + third.byteCount + (graphs?.byteCount ?? 0) + repeats.byteCount }

  /// Unpacks keys that are sorted by `order` and each there once.
  init<Key: FixedWidthInteger & UnsignedInteger>(
    _ order: RowOrder, _ keys: UnsafePointer<Key>, _ count: Int, _ layout: KeyLayout, predicates: [StoreID], graphs names: [StoreID]
  ) {
    let second = Column<StoreID>(count: count)
    let third = Column<StoreID>(count: count)
    let graphs = names.count > 1 ? Column<StoreID>(count: count) : nil
    var repeats = Growing<UInt32>()
    let fields = (layout.field(order.positions.0), layout.field(order.positions.1), layout.field(order.positions.2))
    Self.unpack(keys, count, fields.2, into: third, through: order.positions.2 == .predicate ? predicates : nil)
    Self.unpack(keys, count, fields.1, into: second, through: order.positions.1 == .predicate ? predicates : nil)
    if let graphs {
      Self.unpack(keys, count, layout.graph, into: graphs, through: names)
      let mask = ~((Key(1) << Key(layout.graph.width)) - 1)
      for row in 1..<max(count, 1) where keys[row] & mask == keys[row &- 1] & mask { repeats.append(UInt32(truncatingIfNeeded: row)) }
    }
    self.init(
      Self.directory(keys, count, fields.0, through: order.positions.0 == .predicate ? predicates : nil), second, third, graphs,
      onlyGraph: names.first ?? .defaultGraph, repeats.column())
  }

  /// Columns that are at hand, in memory or in a file with these blocks.
  init(
    _ directory: Directory, _ second: Column<StoreID>, _ third: Column<StoreID>, _ graphs: Column<StoreID>?, onlyGraph: StoreID,
    _ repeats: Column<UInt32>, blocks: CheckedBlocks? = nil
  ) {
    self.directory = directory
    self.second = second
    self.third = third
    self.graphs = graphs
    self.repeats = repeats
    view = Permutation(
      least: directory.least, span: directory.starts.count - 1, starts: UnsafePointer(directory.starts.start),
      second: UnsafePointer(second.start), third: UnsafePointer(third.start), graphs: graphs.map { UnsafePointer($0.start) },
      onlyGraph: onlyGraph, count: second.count, repeats: UnsafePointer(repeats.start), repeatCount: repeats.count,
      blocks: blocks?.table)
  }

  /// The same with the directory of an order that begins with the same position.
  func sharing(_ directory: Directory) -> PermutationColumns {
    PermutationColumns(directory, second, third, graphs, onlyGraph: view.onlyGraph, repeats)
  }

  private static func unpack<Key: FixedWidthInteger & UnsignedInteger>(
    _ keys: UnsafePointer<Key>, _ count: Int, _ field: KeyLayout.Field, into column: Column<StoreID>, through ids: [StoreID]?
  ) {
    let shift = Key(field.shift)
    let mask = (Key(1) << Key(field.width)) - 1
    let target = column.start
    guard let ids else {
      for row in 0..<count { target[row] = StoreID(truncatingIfNeeded: (keys[row] &>> shift) & mask) }
      return
    }
    ids.withUnsafeBufferPointer { ids in
      for row in 0..<count { target[row] = ids[Int(truncatingIfNeeded: (keys[row] &>> shift) & mask)] }
    }
  }

  private static func directory<Key: FixedWidthInteger & UnsignedInteger>(
    _ keys: UnsafePointer<Key>, _ count: Int, _ field: KeyLayout.Field, through ids: [StoreID]?
  ) -> Directory {
    let shift = Key(field.shift)
    let mask = (Key(1) << Key(field.width)) - 1
    func first(_ row: Int) -> StoreID {
      let value = (keys[row] &>> shift) & mask
      return ids.map { $0[Int(truncatingIfNeeded: value)] } ?? StoreID(truncatingIfNeeded: value)
    }
    guard count > 0 else {
      let starts = Column<UInt32>(count: 1)
      starts.start[0] = 0
      return Directory(least: 0, starts: starts, used: 0)
    }
    let least = first(0)
    let span = Int(first(count - 1) - least) + 1
    let starts = Column<UInt32>(count: span + 1)
    var next = 0
    var used = 0
    var row = 0
    while row < count {
      let id = Int(first(row) &- least)
      while next <= id {
        starts.start[next] = UInt32(truncatingIfNeeded: row)
        next &+= 1
      }
      used &+= 1
      let value = (keys[row] &>> shift) & mask
      row &+= 1
      while row < count, (keys[row] &>> shift) & mask == value { row &+= 1 }
    }
    starts.start[span] = UInt32(truncatingIfNeeded: count)
    return Directory(least: least, starts: starts, used: used)
  }

  /// For each first id that has rows, how many different second ids it has, in order.
  func distinctSeconds() -> [StoreID: Int] {
    var found: [StoreID: Int] = [:]
    for at in 0..<view.span {
      let rows = Int(view.starts[at])..<Int(view.starts[at + 1])
      if rows.isEmpty { continue }
      var distinct = 1
      for row in rows.dropFirst() where second.start[row] != second.start[row &- 1] { distinct &+= 1 }
      found[view.least + StoreID(at)] = distinct
    }
    return found
  }
}
