import Bytes
import Problems

/// Makes a snapshot from all that a builder has gathered.
enum SnapshotAssembly {
  /// Sorts terms and quads. Keys beyond 64 bits, or all where `isWide`, take the slower way through 128.
  static func build(_ quads: GatheredBox, files: [String], isWide: Bool = false) throws(Failure) -> Snapshot {
    let sorted = quads.sortedTerms()
    let numbers = sorted.rank
    let predicates = Ranks(quads.predicates(numbers), terms: sorted.count)
    let graphs = Ranks(quads.graphs(numbers), terms: sorted.count)
    let layout = KeyLayout(.spog, terms: sorted.count, predicates: predicates.ids.count, graphs: graphs.ids.count)
    let provenance = quads.provenance(numbers, files)
    if layout.width <= UInt64.bitWidth, !isWide {
      return try build(quads, sorted, numbers, predicates, graphs, layout, provenance, keys: UInt64.self)
    }
    return try build(quads, sorted, numbers, predicates, graphs, layout, provenance, keys: UInt128.self)
  }

  private static func build<Key: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>(
    _ quads: GatheredBox, _ sorted: SortedTerms, _ numbers: Column<StoreID>, _ predicates: Ranks, _ graphs: Ranks, _ layout: KeyLayout,
    _ provenance: [StoreID: Provenance], keys: Key.Type
  ) throws(Failure) -> Snapshot {
    let work = SortedKeys<Key>(count: quads.count)
    let (_, dictionary) = try inParallel({ work.fill(quads, numbers, predicates, graphs, layout) }) { () throws(Failure) in
      try quads.dictionary(sorted)
    }
    quads.dropTerms()
    return Snapshot(dictionary, columns(work, layout, predicates.ids, graphs.ids), graphs: graphs.ids, provenance: provenance)
  }

  /// All orders from keys that are sorted by subject, predicate and object. Sorting is stable, so that each order comes from another by
  /// sorting on one position.
  private static func columns<Key: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>(
    _ work: SortedKeys<Key>, _ layout: KeyLayout, _ predicates: [StoreID], _ graphs: [StoreID]
  ) -> [PermutationColumns] {
    let other = SortedKeys(copying: work)
    let ((ospg, posg), (spog, psog)) = inParallel({
      other.sort(layout.object.bits)
      let ospg = PermutationColumns(.ospg, other.keys, other.count, layout, predicates: predicates, graphs: graphs)
      other.sort(layout.predicate.bits)
      let posg = PermutationColumns(.posg, other.keys, other.count, layout, predicates: predicates, graphs: graphs)
      other.free()
      return (ospg, posg)
    }) {
      let spog = PermutationColumns(.spog, work.keys, work.count, layout, predicates: predicates, graphs: graphs)
      work.sort(layout.predicate.bits)
      let psog = PermutationColumns(.psog, work.keys, work.count, layout, predicates: predicates, graphs: graphs)
      work.free()
      return (spog, psog)
    }
    return [spog, psog, posg.sharing(psog.directory), ospg]
  }
}
