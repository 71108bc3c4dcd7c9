import Bytes
import Problems
import RDF
import Store

/// Joins solutions with a property path (SPARQL 1.1 §9, §18.4): from what a solution binds at one end, whatever the path reaches.
final class PathStep: Operator {
  private let input: any Operator
  private let pattern: PathPattern
  private let walker: PathWalker
  private let context: QueryContext
  private var pending: [Solutions] = []

  init(_ input: any Operator, _ pattern: PathPattern, scope: GraphScope, context: QueryContext) {
    self.input = input
    self.pattern = pattern
    self.context = context
    walker = PathWalker(context: context, scope: scope)
  }

  func next() throws(Failure) -> Solutions? {
    while pending.isEmpty {
      guard let batch = try input.next() else { return nil }
      var out = Solutions(slots: context.slots)
      for row in 0..<batch.count {
        try join(row, of: batch, into: &out)
        if out.count >= Solutions.target {
          pending.append(out)
          out = Solutions(slots: context.slots)
        }
      }
      if out.count > 0 { pending.append(out) }
    }
    return pending.removeFirst()
  }

  private func join(_ row: Int, of batch: Solutions, into out: inout Solutions) throws(Failure) {
    let start = end(pattern.subject, batch, row)
    let goal = end(pattern.object, batch, row)
    // A variable stands for a node of the graph; only a term of the query itself reaches itself from outside it (§18.4, ZeroLengthPath).
    if pattern.path.mayBeEmpty {
      for (end, term) in [(start, pattern.subject), (goal, pattern.object)] {
        if let end, term.variable != nil, !walker.isNode(end) { return }
      }
    }
    func emit(_ from: StoreID, _ to: StoreID) {
      if pattern.subject.variable != nil, pattern.subject.variable == pattern.object.variable, from != to { return }
      var found = Solutions.unit(slots: context.slots)
      if let variable = pattern.subject.variable { found.columns[variable] = [from] }
      if let variable = pattern.object.variable { found.columns[variable] = [to] }
      out.append(row, of: batch, joined: 0, of: found)
    }
    if let start {
      for reached in try walker.reached(from: start, pattern.path, forward: true) where goal == nil || goal == reached {
        emit(start, reached)
      }
    } else if let goal {
      for reached in try walker.reached(from: goal, pattern.path, forward: false) { emit(reached, goal) }
    } else {
      for node in try walker.starts(of: pattern.path) {
        for reached in try walker.reached(from: node, pattern.path, forward: true) { emit(node, reached) }
      }
    }
  }

  /// The id at an end of the path, nil where it is open.
  private func end(_ term: PatternTerm, _ batch: Solutions, _ row: Int) -> StoreID? {
    switch term {
    case .term(let term): return context.terms.id(of: term)
    case .variable(let variable):
      let value = batch[variable, row]
      return value == Solutions.unbound ? nil : value
    }
  }
}

/// Follows property paths through the graph.
///
/// Paths that say how often (`*`, `+`, `?`) and alternatives of one step give each node once; sequences and alternatives give a node as
/// often as ways lead there (§18.4).
struct PathWalker {
  let context: QueryContext
  let scope: GraphScope

  private var snapshot: Snapshot { context.terms.snapshot }

  /// The nodes that a path leads to, forwards or backwards.
  func reached(from node: StoreID, _ path: PropertyPath, forward: Bool) throws(Failure) -> [StoreID] {
    switch path {
    case .link(let predicate): return neighbours(of: node, predicate, forward: forward)
    case .inverse(let inner): return try reached(from: node, inner, forward: !forward)
    case .sequence(let parts):
      var nodes = [node]
      for part in forward ? parts : parts.reversed() {
        var next: [StoreID] = []
        for node in nodes { next += try reached(from: node, part, forward: forward) }
        nodes = next
      }
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

  /// Whether a term is a subject or an object of the graph.
  func isNode(_ id: StoreID) -> Bool {
    guard id < .firstQueryTerm else { return false }
    return snapshot.count(QuadPattern(subject: id, graph: scope)) > 0 || snapshot.count(QuadPattern(object: id, graph: scope)) > 0
  }

  /// Breadth first, each node once, so that cycles end.
  private func closure(from node: StoreID, _ step: PropertyPath, forward: Bool, includesStart: Bool) throws(Failure) -> [StoreID] {
    var seen: Set<StoreID> = includesStart ? [node] : []
    var order: [StoreID] = includesStart ? [node] : []
    var frontier = [node]
    while !frontier.isEmpty {
      try context.budget.check(rows: seen.count, slots: 8)
      var next: [StoreID] = []
      for node in frontier {
        for reached in try reached(from: node, step, forward: forward) where seen.insert(reached).inserted {
          next.append(reached)
          order.append(reached)
        }
      }
      frontier = next
    }
    return order
  }

  private func neighbours(of node: StoreID, _ predicate: ByteString, forward: Bool) -> [StoreID] {
    guard node < .firstQueryTerm, let predicate = predicate.withView({ snapshot.id(ofIRI: $0) }) else { return [] }
    let pattern = QuadPattern(subject: forward ? node : nil, predicate: predicate, object: forward ? nil : node, graph: scope)
    var nodes: [StoreID] = []
    var scan = snapshot.scan(pattern)
    while scan.next() { nodes += scan.column(0) }
    return nodes
  }

  /// What any predicate but these leads to.
  private func others(of node: StoreID, _ excluded: [ByteString], forward: Bool) -> [StoreID] {
    guard node < .firstQueryTerm else { return [] }
    let excluded = Set(excluded.compactMap { iri in iri.withView { snapshot.id(ofIRI: $0) } })
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
    var nodes: Set<StoreID> = []
    if path.mayBeEmpty {
      try collect(QuadPattern(graph: scope), subjects: true, objects: true, into: &nodes)
      return nodes.sorted()
    }
    for (predicate, isForward) in path.beginnings {
      guard let predicate else {
        try collect(QuadPattern(graph: scope), subjects: true, objects: true, into: &nodes)
        continue
      }
      guard let id = predicate.withView({ snapshot.id(ofIRI: $0) }) else { continue }
      try collect(QuadPattern(predicate: id, graph: scope), subjects: isForward, objects: !isForward, into: &nodes)
    }
    return nodes.sorted()
  }

  private func collect(_ pattern: QuadPattern, subjects: Bool, objects: Bool, into nodes: inout Set<StoreID>) throws(Failure) {
    var scan = snapshot.scan(pattern)
    while scan.next() {
      try context.budget.check()
      for column in 0..<scan.width {
        switch scan.position(column) {
        case .subject: if subjects { nodes.formUnion(scan.column(column)) }
        case .object: if objects { nodes.formUnion(scan.column(column)) }
        case .predicate: break
        }
      }
    }
  }
}

extension PropertyPath {
  /// Whether a node reaches itself by the path without a step.
  fileprivate var mayBeEmpty: Bool {
    switch self {
    case .link, .negated: false
    case .zeroOrMore, .zeroOrOne: true
    case .oneOrMore(let inner), .inverse(let inner): inner.mayBeEmpty
    case .sequence(let parts): parts.allSatisfy(\.mayBeEmpty)
    case .alternative(let parts): parts.contains(where: \.mayBeEmpty)
    }
  }

  /// The predicates by which the path may begin, with their direction; nil for any predicate.
  fileprivate var beginnings: [(predicate: ByteString?, isForward: Bool)] {
    switch self {
    case .link(let predicate): return [(predicate, true)]
    case .inverse(let inner): return inner.endings.map { ($0.predicate, !$0.isForward) }
    case .zeroOrMore(let inner), .zeroOrOne(let inner), .oneOrMore(let inner): return inner.beginnings
    case .alternative(let parts): return parts.flatMap(\.beginnings)
    case .sequence(let parts):
      var result: [(predicate: ByteString?, isForward: Bool)] = []
      for part in parts {
        result += part.beginnings
        if !part.mayBeEmpty { break }
      }
      return result
    case .negated: return [(nil, true)]
    }
  }

  /// The predicates by which the path may end, with their direction.
  private var endings: [(predicate: ByteString?, isForward: Bool)] {
    switch self {
    case .link(let predicate): return [(predicate, true)]
    case .inverse(let inner): return inner.beginnings.map { ($0.predicate, !$0.isForward) }
    case .zeroOrMore(let inner), .zeroOrOne(let inner), .oneOrMore(let inner): return inner.endings
    case .alternative(let parts): return parts.flatMap(\.endings)
    case .sequence(let parts):
      var result: [(predicate: ByteString?, isForward: Bool)] = []
      for part in parts.reversed() {
        result += part.endings
        if !part.mayBeEmpty { break }
      }
      return result
    case .negated: return [(nil, true)]
    }
  }
}
