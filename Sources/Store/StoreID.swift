/// The number of a term within one ``Snapshot``: dense from 0, in the total order of ``TermClass``.
///
/// Ids of two snapshots do not mean the same term. Ids from ``firstQueryTerm`` on are never given to a stored term: they are for the terms
/// that a query makes itself.
@usableFromInline package typealias StoreID = UInt32

extension StoreID {
  /// The first id that a query may use for terms of its own (`BIND`, `SUM`).
  @inlinable package static var firstQueryTerm: StoreID { 1 << 31 }

  /// Stands where a graph's name would stand for the default graph. It is no term's id.
  @inlinable package static var defaultGraph: StoreID { .max }
}
