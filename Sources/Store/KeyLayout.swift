/// How the ids of a quad stand in one number. Predicates and graphs stand as their rank among the predicates and graphs, which is short.
struct KeyLayout: Sendable {
  /// The bits of one position.
  struct Field: Sendable {
    var shift = 0
    var width = 0

    var bits: Range<Int> { shift..<shift + width }
  }

  var subject = Field()
  var predicate = Field()
  var object = Field()
  var graph = Field()

  /// How many bits are used.
  var width: Int { subject.width + predicate.width + object.width + graph.width }

  /// A layout whose numbers sort as the rows of `order` do.
  init(_ order: RowOrder, terms: Int, predicates: Int, graphs: Int) {
    let termWidth = Self.bits(terms)
    subject.width = termWidth
    object.width = termWidth
    predicate.width = Self.bits(predicates)
    graph.width = Self.bits(graphs)
    object.shift = graph.width
    subject.shift = graph.width
    predicate.shift = graph.width
    switch order {
    case .spog:
      predicate.shift += object.width
      subject.shift += object.width + predicate.width
    case .psog:
      subject.shift += object.width
      predicate.shift += object.width + subject.width
    case .posg:
      object.shift += subject.width
      predicate.shift += object.width + subject.width
    case .ospg:
      subject.shift += predicate.width
      object.shift += predicate.width + subject.width
    }
  }

  /// How many bits the numbers below `count` need.
  static func bits(_ count: Int) -> Int { count <= 1 ? 0 : Int.bitWidth - (count - 1).leadingZeroBitCount }

  func field(_ position: Position) -> Field {
    switch position {
    case .subject: subject
    case .predicate: predicate
    case .object: object
    }
  }
}

/// Few ids among many, such as the predicates among the terms: ranked in their order.
struct Ranks: Sendable {
  /// The ids in order.
  let ids: [StoreID]
  /// For each id below the count of terms its rank, where it has one.
  let table: Column<UInt32>

  /// Ranks ids that are sorted, each once. The id ``StoreID/defaultGraph`` is ranked last by itself.
  init(_ ids: [StoreID], terms: Int) {
    self.ids = ids
    table = Column(count: terms)
    for (rank, id) in ids.enumerated() where id != .defaultGraph { table.start[Int(id)] = UInt32(truncatingIfNeeded: rank) }
  }

  @inline(__always) func rank(_ id: StoreID) -> UInt32 {
    id == .defaultGraph ? UInt32(truncatingIfNeeded: ids.count &- 1) : table.start[Int(id)]
  }
}
