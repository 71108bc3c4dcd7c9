/// A pattern of triples by ids: nil positions match anything.
@usableFromInline package struct QuadPattern: Sendable, Hashable {
  /// The subject, or nil.
  package var subject: StoreID?
  /// The predicate, or nil.
  package var predicate: StoreID?
  /// The object, or nil.
  package var object: StoreID?
  /// Where ``object`` is nil: the ids that it may have, or nil for any.
  package var objectRange: Range<StoreID>?
  /// The graphs.
  package var graph: GraphScope

  /// A pattern.
  package init(
    subject: StoreID? = nil, predicate: StoreID? = nil, object: StoreID? = nil, objectRange: Range<StoreID>? = nil,
    graph: GraphScope = .union
  ) {
    self.subject = subject
    self.predicate = predicate
    self.object = object
    self.objectRange = object == nil ? objectRange : nil
    self.graph = graph
  }

  /// The orders that answer the pattern by one range of rows, a range of objects included where that is possible.
  package var orders: [RowOrder] {
    switch (subject != nil, predicate != nil, object != nil) {
    case (true, true, true): [.spog]
    case (true, true, false): [.spog, .psog]
    case (true, false, true): [.ospg]
    case (false, true, true): [.posg]
    case (true, false, false): [.spog]
    case (false, true, false): objectRange == nil ? [.psog, .posg] : [.posg, .psog]
    case (false, false, true): [.ospg]
    case (false, false, false): objectRange == nil ? [.spog, .psog, .posg, .ospg] : [.ospg]
    }
  }

  /// The bound id of a position.
  func bound(_ position: Position) -> StoreID? {
    switch position {
    case .subject: subject
    case .predicate: predicate
    case .object: object
    }
  }
}
