/// Puts blank nodes into an order by what is said of them, not by their labels.
///
/// All begin in one class. Each round splits classes by the quads that their nodes stand in, with the classes of the nodes
/// at the other ends. Where nothing splits any more, the first node of a class is taken for the least and the rounds go on: if
/// the others are its mirror images, which one is taken makes no difference. What is left when the work has been enough
/// keeps the order in which it came; telling that apart would take a canonical form.
struct BlankNodeOrder {
  private let rows: [QuadIDs]
  private let base: Int
  /// For ground terms their place in order, for blank nodes that of the first of their class.
  private var ranks: [UInt32]
  private var nodes: [TermID] = []
  /// For each blank node the indexes of its rows, one after the other; `starts` is by term id.
  private var starts: [Int]
  private var rowsOfNodes: [Int32] = []

  /// How many times the quads of a node may still be looked at.
  private var budget = 1_000_000

  init(_ collector: QuadCollector, _ rows: [QuadIDs], _ ranks: [UInt32], base: Int) {
    self.rows = rows
    self.base = base
    self.ranks = ranks
    starts = Array(repeating: 0, count: collector.termCount + 1)
    for id in 0..<TermID(collector.termCount) where collector.kind(id) == .blankNode {
      nodes.append(id)
      self.ranks[Int(id)] = UInt32(base)
    }
    if nodes.isEmpty { return }
    func eachNode(_ body: (TermID, Int32) -> Void) {
      for (index, row) in rows.enumerated() {
        for id in [row.subject, row.object, row.graph] where id != QuadBatch.defaultGraph && collector.kind(id) == .blankNode {
          body(id, Int32(index))
        }
      }
    }
    var counts = starts
    eachNode { id, _ in counts[Int(id) + 1] += 1 }
    for index in 1..<counts.count { counts[index] += counts[index - 1] }
    starts = counts
    var next = counts
    var filled = [Int32](repeating: 0, count: counts.last ?? 0)
    eachNode { id, row in
      filled[next[Int(id)]] = row
      next[Int(id)] += 1
    }
    rowsOfNodes = filled
  }

  /// The blank nodes in order.
  mutating func sorted() -> [TermID] {
    repeat {
      while budget > 0, split() {}
    } while budget > 0 && chooseLeast()
    return nodes
  }

  /// Takes the first node of the first class that others depend on out of its class; false where there is none.
  private mutating func chooseLeast() -> Bool {
    for start in nodes.indices.dropLast() where ranks[Int(nodes[start])] == ranks[Int(nodes[start + 1])] {
      if ranks[Int(nodes[start])] != UInt32(base + start) || !isLinked(nodes[start]) { continue }
      let rank = ranks[Int(nodes[start])]
      for node in nodes[(start + 1)...] {
        if ranks[Int(node)] != rank { break }
        ranks[Int(node)] = rank + 1
      }
      return true
    }
    return false
  }

  /// Whether the node stands in a quad with another blank node, whose place depends on this one's.
  private func isLinked(_ node: TermID) -> Bool {
    rowsOfNodes[starts[Int(node)]..<starts[Int(node) + 1]].contains { index in
      let row = rows[Int(index)]
      return [row.subject, row.object, row.graph].contains { id in
        id != node && id != QuadBatch.defaultGraph && starts[Int(id)] < starts[Int(id) + 1]
      }
    }
  }

  /// One round; false when no class was split.
  private mutating func split() -> Bool {
    // Going through all nodes is work too, far less for each.
    budget -= nodes.count / 16 + 1
    var isSplit = false
    var start = 0
    var renamed: [(node: TermID, rank: UInt32)] = []
    while start < nodes.count {
      var end = start + 1
      while end < nodes.count, ranks[Int(nodes[end])] == ranks[Int(nodes[start])] { end += 1 }
      if end - start > 1 {
        budget -= end - start
        let members = nodes[start..<end].enumerated().map { (place: $0.offset, node: $0.element, key: signature($0.element)) }
        let sorted = members.sorted { left, right in
          if left.key == right.key { return left.place < right.place }
          return left.key.lexicographicallyPrecedes(right.key)
        }
        var rank = start
        for (offset, member) in sorted.enumerated() {
          nodes[start + offset] = member.node
          if offset > 0, sorted[offset - 1].key != member.key {
            rank = start + offset
            isSplit = true
          }
          renamed.append((member.node, UInt32(base + rank)))
        }
      }
      start = end
    }
    // All at once, so that a round does not depend on the order in which it visits the classes.
    for (node, rank) in renamed { ranks[Int(node)] = rank }
    return isSplit
  }

  /// The quads in which the node stands, as numbers in order: as subject, then as object, then as graph.
  private func signature(_ node: TermID) -> [UInt128] {
    var keys: [UInt128] = []
    for place in starts[Int(node)]..<starts[Int(node) + 1] {
      let row = rows[Int(rowsOfNodes[place])]
      let graph = rank(row.graph, node)
      let predicate = rank(row.predicate, node)
      let subject = rank(row.subject, node)
      let object = rank(row.object, node)
      if row.subject == node { keys.append(predicate << 64 | object << 32 | graph) }
      if row.object == node { keys.append(1 << 96 | predicate << 64 | subject << 32 | graph) }
      if row.graph == node { keys.append(2 << 96 | predicate << 64 | subject << 32 | object) }
    }
    keys.sort()
    return keys
  }

  /// The rank of a term as the neighbour of `node`: the node itself and the default graph have ranks of their own.
  private func rank(_ id: TermID, _ node: TermID) -> UInt128 {
    if id == QuadBatch.defaultGraph { return 0xFFFF_FFFF }
    return id == node ? 0xFFFF_FFFE : UInt128(ranks[Int(id)])
  }
}
