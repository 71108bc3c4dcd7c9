import Bytes
import Problems
import Store

/// Follows property paths through the graph.
///
/// Paths that say how often (`*`, `+`, `?`) give each node once; sequences, alternatives and negated sets give a node as often as ways lead
/// there (§18.4).
final class PathWalker {
  private let context: QueryContext
  private let scope: GraphScope
  private let test: GraphTest
  private let memory: WorkingMemory
  private var predicates: [ByteString: StoreID?] = [:]
  /// Bits of the nodes that a closure has met, one set for each closure within another; all clear while it is not in use.
  private var free: [[UInt64]] = []
  private var held = 0

  init(context: QueryContext, scope: GraphScope) {
    self.context = context
    self.scope = scope
    test = GraphTest(scope, context.terms.snapshot)
    memory = context.memory()
  }

  private var snapshot: Snapshot { context.terms.snapshot }

  /// How many bytes are kept between walks.
  var byteCount: Int { free.reduce(0) { $0 + $1.count * 8 } }

  /// The nodes that a path leads to, forwards or backwards.
  func reached(from node: StoreID, _ path: PropertyPath, forward: Bool) throws(Failure) -> [StoreID] {
    switch path {
    case .link(let predicate): return neighbours(of: node, predicate, forward: forward)
    case .inverse(let inner): return try reached(from: node, inner, forward: !forward)
    case .sequence(let parts):
      var nodes = [node]
      for part in forward ? parts : parts.reversed() { nodes = try reached(from: nodes, part, forward: forward) }
      return nodes
    case .alternative(let parts):
      var nodes: [StoreID] = []
      for part in parts { nodes += try reached(from: node, part, forward: forward) }
      return nodes
    case .zeroOrOne(let inner):
      var seen: Set<StoreID> = [node]
      return [node] + (try reached(from: node, inner, forward: forward)).filter { seen.insert($0).inserted }
    case .zeroOrMore(let inner): return try closure(from: node, inner, forward: forward, includesStart: true)
    case .oneOrMore(let inner): return try closure(from: node, inner, forward: forward, includesStart: false)
    case .negated(let ahead, let back):
      var nodes: [StoreID] = []
      if let ahead { nodes += others(of: node, ahead, forward: forward) }
      if let back { nodes += others(of: node, back, forward: !forward) }
      return nodes
    }
  }

  /// What a path leads to from several nodes, a node as often as there are ways.
  private func reached(from nodes: [StoreID], _ path: PropertyPath, forward: Bool) throws(Failure) -> [StoreID] {
    var next: [StoreID] = []
    let before = held
    for (index, node) in nodes.enumerated() {
      next += try reached(from: node, path, forward: forward)
      if index & 255 == 0 || next.count * 4 > held - before + 1 << 16 {
        try context.check()
        held = before + next.count * 4
        try memory.set(held)
      }
    }
    held = before
    try memory.set(held)
    return next
  }

  /// Whether a term is a subject or an object of the graph.
  func isNode(_ id: StoreID) -> Bool {
    guard id < .firstQueryTerm else { return false }
    return snapshot.count(QuadPattern(subject: id, graph: scope)) > 0 || snapshot.count(QuadPattern(object: id, graph: scope)) > 0
  }

  /// Breadth first, each node once, so that cycles end.
  private func closure(from node: StoreID, _ step: PropertyPath, forward: Bool, includesStart: Bool) throws(Failure) -> [StoreID] {
    var seen = free.popLast() ?? [UInt64](repeating: 0, count: snapshot.termCount / 64 + 1)
    var order: [StoreID] = []
    // Only the node that the walk begins at can be one that the query has made.
    func isNew(_ id: StoreID) -> Bool {
      let place = Int(id >> 6)
      guard place < seen.count else { return !order.contains(id) }
      let bit: UInt64 = 1 << UInt64(id & 63)
      if seen[place] & bit != 0 { return false }
      seen[place] |= bit
      return true
    }
    if includesStart, isNew(node) { order.append(node) }
    var next = includesStart ? 0 : -1
    while next < order.count {
      let from = next < 0 ? node : order[next]
      next += 1
      if next & 255 == 0 {
        try context.check()
        try memory.set(held + order.count * 4)
      }
      for reached in try reached(from: from, step, forward: forward) where isNew(reached) { order.append(reached) }
    }
    for id in order where Int(id >> 6) < seen.count { seen[Int(id >> 6)] = 0 }
    free.append(seen)
    return order
  }

  private func id(of predicate: ByteString) -> StoreID? {
    if let known = predicates[predicate] { return known }
    let found = predicate.withView { snapshot.id(ofIRI: $0) }
    predicates[predicate] = .some(found)
    return found
  }

  private func neighbours(of node: StoreID, _ predicate: ByteString, forward: Bool) -> [StoreID] {
    guard node < .firstQueryTerm, let predicate = id(of: predicate) else { return [] }
    let permutation = forward ? snapshot.permutation(.spog) : snapshot.permutation(.posg)
    if case .any = test, permutation.repeatCount == 0 {
      let rows = forward ? permutation.rows(node, predicate) : permutation.rows(predicate, node)
      if rows.isEmpty { return [] }
      return Array(UnsafeBufferPointer(start: permutation.third + rows.lowerBound, count: rows.count))
    }
    let pattern = QuadPattern(subject: forward ? node : nil, predicate: predicate, object: forward ? nil : node, graph: scope)
    var nodes: [StoreID] = []
    var scan = snapshot.scan(pattern)
    while scan.next() { nodes += scan.column(0) }
    return nodes
  }

  /// What any predicate but these leads to.
  private func others(of node: StoreID, _ excluded: [ByteString], forward: Bool) -> [StoreID] {
    guard node < .firstQueryTerm else { return [] }
    let excluded = Set(excluded.compactMap { id(of: $0) })
    var nodes: [StoreID] = []
    var scan = snapshot.scan(QuadPattern(subject: forward ? node : nil, object: forward ? nil : node, graph: scope))
    while scan.next() {
      let predicates = scan.position(0) == .predicate ? 0 : 1
      for row in 0..<scan.count where !excluded.contains(scan.column(predicates)[row]) { nodes.append(scan.column(1 - predicates)[row]) }
    }
    return nodes
  }

  /// The nodes at which a path may begin where nothing is known: those of the triples that begin it, or all nodes of the graph where the
  /// path may have no length (§9.3).
  func starts(of path: PropertyPath) throws(Failure) -> [StoreID] {
    var nodes = [Bool](repeating: false, count: snapshot.termCount)
    if path.mayBeEmpty {
      try collect(QuadPattern(graph: scope), subjects: true, objects: true, into: &nodes)
    } else {
      for (predicate, isForward) in path.beginnings {
        guard let predicate else {
          try collect(QuadPattern(graph: scope), subjects: true, objects: true, into: &nodes)
          continue
        }
        guard let id = id(of: predicate) else { continue }
        try collect(QuadPattern(predicate: id, graph: scope), subjects: isForward, objects: !isForward, into: &nodes)
      }
    }
    return nodes.indices.filter { nodes[$0] }.map { StoreID(truncatingIfNeeded: $0) }
  }

  private func collect(_ pattern: QuadPattern, subjects: Bool, objects: Bool, into nodes: inout [Bool]) throws(Failure) {
    var scan = snapshot.scan(pattern)
    while scan.next() {
      try context.check()
      for column in 0..<scan.width {
        switch scan.position(column) {
        case .subject where subjects, .object where objects: for id in scan.column(column) { nodes[Int(id)] = true }
        case .subject, .object, .predicate: break
        }
      }
    }
  }
}
