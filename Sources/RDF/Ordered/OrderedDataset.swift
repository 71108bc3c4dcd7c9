package import Bytes

/// The quads of a collector, each once, in order: by graph (the default graph first), subject, predicate (rdf:type first)
/// and object.
package struct OrderedDataset {
  /// Where the terms are.
  package let collector: QuadCollector
  /// The quads in order.
  package let rows: [QuadIDs]
  /// The place of each term in the order, by its id.
  package let ranks: [UInt32]

  /// Which order terms have.
  package enum Order: Sendable {
    /// IRIs by bytes, literals by lexical form, blank nodes by what is said of them.
    case byValue
    /// As they first came.
    case asMet
  }

  /// Orders a dataset; without `hasGraphs` all quads are taken to the default graph.
  package init(_ collector: QuadCollector, hasGraphs: Bool, order: Order = .byValue) {
    self.collector = collector
    var rows = collector.rows
    if !hasGraphs {
      for index in rows.indices { rows[index].graph = QuadBatch.defaultGraph }
    }
    rows = rows.withoutDuplicates()
    let terms = order == .asMet ? Array(0..<TermID(collector.termCount)) : Self.termsByValue(collector, rows)
    var ranks = [UInt32](repeating: .max, count: collector.termCount)
    for (rank, id) in terms.enumerated() { ranks[Int(id)] = UInt32(rank) }
    self.ranks = ranks
    let type = collector.id(ofIRI: RDFTerms.type)
    let keys = rows.map { row in
      let graph = row.graph == QuadBatch.defaultGraph ? 0 : ranks[Int(row.graph)] + 1
      let predicate = row.predicate == type ? 0 : ranks[Int(row.predicate)] + 1
      return UInt128(graph) << 96 | UInt128(ranks[Int(row.subject)]) << 64 | UInt128(predicate) << 32
        | UInt128(ranks[Int(row.object)])
    }.sorted()
    self.rows = keys.map { key in
      func part(_ shift: UInt128) -> Int { Int(UInt32(truncatingIfNeeded: key >> shift)) }
      return QuadIDs(
        subject: terms[part(64)], predicate: part(32) == 0 ? type ?? 0 : terms[part(32) - 1], object: terms[part(0)],
        graph: part(96) == 0 ? QuadBatch.defaultGraph : terms[part(96) - 1])
    }
  }

  private static func termsByValue(_ collector: QuadCollector, _ rows: [QuadIDs]) -> [TermID] {
    let ground = TermOrder.sortedGround(of: collector)
    var ranks = [UInt32](repeating: .max, count: collector.termCount)
    for (rank, id) in ground.enumerated() { ranks[Int(id)] = UInt32(rank) }
    var nodes = BlankNodeOrder(collector, rows, ranks, base: ground.count)
    return ground + nodes.sorted()
  }

  /// Labels `b0`, `b1`, … for the blank nodes, in the order in which the sorted quads name them.
  package func labelsInOrder() -> [TermID: ByteString] {
    var labels: [TermID: ByteString] = [:]
    for row in rows {
      for id in [row.subject, row.object, row.graph] where id != QuadBatch.defaultGraph && collector.kind(id) == .blankNode {
        if labels[id] == nil { labels[id] = ByteString("b\(labels.count)") }
      }
    }
    return labels
  }
}
