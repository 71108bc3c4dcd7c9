/// A position of a triple.
@frozen @usableFromInline package enum Position: UInt8, Sendable, CaseIterable {
  case subject, predicate, object
}

/// The orders in which a snapshot keeps its quads. All end in the graph.
@frozen @usableFromInline package enum RowOrder: UInt8, Sendable, CaseIterable {
  /// By subject, predicate, object.
  case spog
  /// By predicate, subject, object: joins on the subject merge.
  case psog
  /// By predicate, object, subject: values by range.
  case posg
  /// By object, subject, predicate.
  case ospg

  /// The positions in the order of their columns.
  @inlinable package var positions: (Position, Position, Position) {
    switch self {
    case .spog: (.subject, .predicate, .object)
    case .psog: (.predicate, .subject, .object)
    case .posg: (.predicate, .object, .subject)
    case .ospg: (.object, .subject, .predicate)
    }
  }

  /// The position of the column of a number, 0 to 2.
  @inlinable package func position(_ column: Int) -> Position {
    column == 0 ? positions.0 : column == 1 ? positions.1 : positions.2
  }
}
