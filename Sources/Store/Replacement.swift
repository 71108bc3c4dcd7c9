import Bytes
package import Problems
package import RDF

extension Snapshot {
  /// A snapshot in which some graphs are replaced by what a builder has gathered: the same as one built from scratch of the other graphs
  /// and the builder's quads. The builder is empty afterwards.
  ///
  /// Only the builder's terms and quads are sorted. Old ids go to new ones in the same order, so the other graphs' rows stay sorted and
  /// are merged with the new.
  /// - Parameters:
  ///   - graphs: the graphs whose quads go; nil for the default graph. They need not exist.
  ///   - windows: what graphs that grow keep. Things before the window go, those that the builder brings too, and the others stay with the
  ///     quads that come; that a thing came from a row is known of the last builder that speaks of it.
  /// - Throws: ``ProblemCode/limitExceeded``, ``ProblemCode/snapshotInvalid``.
  package func replacing(
    graphs: [Term?], within windows: [TimeWindow] = [], with builder: StoreBuilder
  ) throws(Failure) -> Snapshot {
    try touchAll()
    let removed = graphs.compactMap { $0.map { id(of: $0) } ?? .defaultGraph }
    let (quads, files) = builder.take()
    let replaced = try Replacement(self, removing: removed, windows, quads).snapshot(files)
    if windows.contains(where: replaced.holdsThings) { return try replaced.replacing(graphs: [], within: windows, with: StoreBuilder()) }
    return quads.hasUnusedTerms ? try replaced.withoutUnusedTerms() : replaced
  }

  /// A snapshot in which one graph is replaced; see ``replacing(graphs:with:)``.
  package func replacing(graph: Term?, with builder: StoreBuilder) throws(Failure) -> Snapshot {
    try replacing(graphs: [graph], with: builder)
  }

  /// A snapshot without one graph.
  /// - Throws: ``ProblemCode/limitExceeded``.
  package func removing(graph: Term?) throws(Failure) -> Snapshot { try replacing(graphs: [graph], with: StoreBuilder()) }

  /// The same quads, without terms that none of them speaks of.
  func withoutUnusedTerms() throws(Failure) -> Snapshot { try replacing(graphs: [], with: StoreBuilder()) }
}

/// One replacement, from the old snapshot and the new quads to the new snapshot.
struct Replacement {
  private let old: Snapshot
  private let removed: RemovedRows
  /// The old graphs that hold quads still.
  private let keptGraphs: [StoreID]
  /// The graphs that grow.
  private let growing: [Term]
  private let added: GatheredBox
  private let sorted: SortedTerms

  init(_ old: Snapshot, removing graphs: [StoreID], _ windows: [TimeWindow], _ added: GatheredBox) {
    self.old = old
    let things = windows.compactMap { OutdatedThings(old, before: $0) }
    let removed = RemovedRows(GraphSet(graphs, terms: old.termCount), things)
    self.removed = removed
    keptGraphs = Self.keptGraphs(of: old, removed)
    growing = windows.map(\.graph)
    self.added = added
    sorted = added.sortedTerms()
  }

  func snapshot(_ files: [String]) throws(Failure) -> Snapshot {
    let isUsed = usedTerms()
    let merged = try TermMerge(old.dictionary, isUsed: isUsed, added, sorted)
    let terms = merged.dictionary.count
    let predicates = Ranks(
      Set(old.predicates(without: removed).map { merged.oldIDs.start[Int($0)] } + added.predicates(merged.addedIDs)).sorted(),
      terms: terms)
    let kept = keptGraphs.map { $0 == .defaultGraph ? $0 : merged.oldIDs.start[Int($0)] }
    let graphs = Ranks(Set(kept + added.graphs(merged.addedIDs)).sorted(), terms: terms)
    let provenance = provenance(merged, isUsed, files)
    let width = KeyLayout(.spog, terms: terms, predicates: predicates.ids.count, graphs: graphs.ids.count).width
    let orders =
      width <= UInt64.bitWidth
      ? columns(merged, predicates, graphs, keys: UInt64.self) : columns(merged, predicates, graphs, keys: UInt128.self)
    return Snapshot(merged.dictionary, orders, graphs: graphs.ids, provenance: provenance)
  }

  private static func keptGraphs(of old: Snapshot, _ removed: RemovedRows) -> [StoreID] {
    let kept = old.allGraphs.filter { !removed.graphs.contains($0) }
    if removed.things.isEmpty { return kept }
    var isKept = Set(kept).subtracting(removed.things.map(\.graph))
    let rows = old.spog
    var last: StoreID?
    rows.forEachRow(without: removed) { _, row in
      let graph = rows.graphs?[row] ?? rows.onlyGraph
      if graph == last { return }
      last = graph
      isKept.insert(graph)
    }
    return kept.filter(isKept.contains)
  }

  /// Where subjects came from, by graph, with new ids.
  private func provenance(_ merged: TermMerge, _ isUsed: Column<Bool>, _ files: [String]) -> [StoreID: Provenance] {
    var new = added.provenance(merged.addedIDs, files)
    var all: [StoreID: Provenance] = [:]
    for graph in keptGraphs {
      guard let table = old.provenance[graph] else { continue }
      let things = removed.things.first { $0.graph == graph }
      let name = graph == .defaultGraph ? graph : merged.oldIDs.start[Int(graph)]
      let stays = table.entries.filter { isUsed.start[Int($0.subject)] && things?.contains($0.subject) != true }
      let entries = stays.map { entry in
        Provenance.Entry(subject: merged.oldIDs.start[Int(entry.subject)], file: entry.file, row: entry.row)
      }
      var kept = Provenance(entries, files: table.files)
      // A builder may bring quads of graphs that stay; what was known of those graphs stays known.
      let isGrowing = graph != .defaultGraph && growing.contains(old.term(graph))
      if let more = new.removeValue(forKey: name) {
        kept = isGrowing ? kept.renewed(by: more) : kept.joined(with: more)
      }
      all[name] = isGrowing ? kept.withoutUnusedFiles() : kept
    }
    return all.merging(new) { kept, _ in kept }
  }

  /// Which old terms are in quads that stay.
  private func usedTerms() -> Column<Bool> {
    let isUsed = Column<Bool>(count: old.termCount)
    isUsed.start.update(repeating: false, count: old.termCount)
    old.spog.forEachRow(without: removed) { subject, row in
      isUsed.start[Int(subject)] = true
      isUsed.start[Int(old.spog.second[row])] = true
      isUsed.start[Int(old.spog.third[row])] = true
    }
    for graph in keptGraphs where graph != .defaultGraph { isUsed.start[Int(graph)] = true }
    return isUsed
  }

  private func columns<Key: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>(
    _ merged: TermMerge, _ predicates: Ranks, _ graphs: Ranks, keys: Key.Type
  ) -> [PermutationColumns] {
    let counts = (merged.dictionary.count, predicates.ids.count, graphs.ids.count)
    let replacement = self
    @Sendable func column(_ order: RowOrder) -> PermutationColumns {
      let layout = KeyLayout(order, terms: counts.0, predicates: counts.1, graphs: counts.2)
      let kept: Growing<Key> = replacement.keptKeys(order, layout, merged.oldIDs, predicates, graphs)
      let new = SortedKeys<Key>(count: replacement.added.count)
      new.fill(replacement.added, merged.addedIDs, predicates, graphs, layout)
      let all = SortedKeys<Key>(count: kept.count + new.count)
      all.merge(kept, new)
      return PermutationColumns(order, all.keys, all.count, layout, predicates: predicates.ids, graphs: graphs.ids)
    }
    let ((posg, ospg), (spog, psog)) = inParallel({ (column(.posg), column(.ospg)) }) { (column(.spog), column(.psog)) }
    return [spog, psog, posg.sharing(psog.directory), ospg]
  }

  /// The rows of an order that stay, with their new ids, still sorted.
  private func keptKeys<Key: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ order: RowOrder, _ layout: KeyLayout, _ newIDs: Column<StoreID>, _ predicates: Ranks, _ graphs: Ranks
  ) -> Growing<Key> {
    let permutation = old.permutation(order)
    var keys = Growing<Key>(capacity: permutation.count)
    let ids = newIDs.start
    // Old predicates go to their new ranks at once.
    let predicateRanks = Column<UInt32>(count: old.termCount)
    for predicate in old.predicates(without: removed) { predicateRanks.start[Int(predicate)] = predicates.rank(ids[Int(predicate)]) }
    func place(_ position: Position) -> (UnsafeMutablePointer<UInt32>, Key) {
      (position == .predicate ? predicateRanks.start : ids, Key(layout.field(position).shift))
    }
    let (firsts, firstShift) = place(order.positions.0)
    let (seconds, secondShift) = place(order.positions.1)
    let (thirds, thirdShift) = place(order.positions.2)
    permutation.forEachRow(without: removed) { first, row in
      let graph = permutation.graphs?[row] ?? permutation.onlyGraph
      let rank = graphs.rank(graph == .defaultGraph ? graph : ids[Int(graph)])
      keys.append(
        Key(firsts[Int(first)]) &<< firstShift | Key(seconds[Int(permutation.second[row])]) &<< secondShift
          | Key(thirds[Int(permutation.third[row])]) &<< thirdShift | Key(rank))
    }
    withExtendedLifetime(predicateRanks) {}
    return keys
  }
}

extension Snapshot {
  /// The predicates of quads that stay.
  fileprivate func predicates(without removed: RemovedRows) -> Set<StoreID> {
    var found: Set<StoreID> = []
    if psog.graphs == nil, removed.graphs.contains(psog.onlyGraph) { return found }
    for at in 0..<psog.span {
      let predicate = psog.least + StoreID(at)
      let isKept = (Int(psog.starts[at])..<Int(psog.starts[at + 1])).contains { row in
        let graph = psog.graphs?[row] ?? psog.onlyGraph
        return !removed.graphs.contains(graph) && !removed.isGone(predicate, psog.second[row], psog.third[row], in: graph)
      }
      if isKept { found.insert(predicate) }
    }
    return found
  }
}
