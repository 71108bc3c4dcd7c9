import Bytes

/// Asks queries of a ``JSONTree`` (RFC 9535 §2): gives the numbers of the parts that they find, in their order.
package struct JSONPathRun {
  /// How many parts may be looked at before a query is given up: filters within filters can ask far more than a value has parts.
  package static let most = 20_000_000

  /// How many may be looked at yet.
  package internal(set) var budget: Int
  private let most: Int
  let compiler: ExpressionCompiler

  /// A run.
  /// - Parameters:
  ///   - compiler: compiles the regular expressions that stand in the data.
  ///   - most: how many parts may be looked at for one question.
  package init(compiler: @escaping ExpressionCompiler, most: Int = JSONPathRun.most) {
    self.compiler = compiler
    self.most = most
    budget = most
  }

  /// Whether a query has been given up, so that what it found is not all.
  package var isGivenUp: Bool { budget <= 0 }

  /// Begins to count anew.
  package mutating func restart() { budget = most }

  /// Finds the parts that the steps of a path lead to from `node`.
  /// - Parameters:
  ///   - root: the part that `$` in filters means.
  ///   - found: what is found is appended to it.
  package mutating func find(
    _ segments: [JSONPath.Segment], from node: Int, root: Int, in tree: borrowing JSONTree, into found: inout ContiguousArray<Int>
  ) {
    if let single = single(segments, from: node, in: tree) {
      if single >= 0 { found.append(single) }
      return
    }
    var nodes: ContiguousArray<Int> = [node]
    for segment in segments {
      var next: ContiguousArray<Int> = []
      for node in nodes where budget > 0 { select(segment, node, root, tree, &next) }
      nodes = next
    }
    found.append(contentsOf: nodes)
  }

  /// Where steps lead of which each goes to one node at most: -1 for nowhere, nil where they are no such steps.
  @inline(__always)
  private mutating func single(_ segments: [JSONPath.Segment], from node: Int, in tree: borrowing JSONTree) -> Int? {
    var node = node
    for segment in segments {
      guard !segment.isDescendant, segment.selectors.count == 1 else { return nil }
      switch segment.selectors[0] {
      case .name(let name):
        if node >= 0 { node = name.withView { tree.member($0, of: node) } ?? -1 }
      case .index(let index):
        if node >= 0 { node = tree.element(index, of: node) ?? -1 }
      default: return nil
      }
    }
    return node
  }

  private mutating func select(
    _ segment: JSONPath.Segment, _ node: Int, _ root: Int, _ tree: borrowing JSONTree, _ found: inout ContiguousArray<Int>
  ) {
    guard segment.isDescendant else {
      for selector in segment.selectors { select(selector, node, root, tree, &found) }
      return
    }
    // The parts stand in the order of a walk from parents to children.
    var part = node
    let end = Int(tree.parts[node].end)
    while part < end, budget > 0 {
      if tree.parts[part].isShadowed {
        part = Int(tree.parts[part].end)
        continue
      }
      if tree.parts[part].count > 0 || segment.selectors == [.each] {
        for selector in segment.selectors { select(selector, part, root, tree, &found) }
      }
      part += 1
    }
  }

  private mutating func select(
    _ selector: JSONPath.Selector, _ node: Int, _ root: Int, _ tree: borrowing JSONTree, _ found: inout ContiguousArray<Int>
  ) {
    budget -= 1
    switch selector {
    case .name(let name): if let member = name.withView({ tree.member($0, of: node) }) { found.append(member) }
    case .index(let index): if let element = tree.element(index, of: node) { found.append(element) }
    case .each where tree.parts[node].kind != .array: found.append(node)
    case .wildcard, .each: forEachChild(node, tree) { child in found.append(child) }
    case .filter(let filter):
      var children: ContiguousArray<Int> = []
      forEachChild(node, tree) { child in children.append(child) }
      for child in children where budget > 0 && holds(filter, child, root, tree) { found.append(child) }
    case .slice(let start, let end, let step):
      guard tree.parts[node].kind == .array else { return }
      var children: ContiguousArray<Int> = []
      forEachChild(node, tree) { child in children.append(child) }
      for index in Self.indices(start, end, step, count: children.count) { found.append(children[index]) }
    }
  }

  private mutating func forEachChild(_ node: Int, _ tree: borrowing JSONTree, _ body: (Int) -> Void) {
    let end = Int(tree.parts[node].end)
    var child = node + 1
    while child < end {
      budget -= 1
      if !tree.parts[child].isShadowed { body(child) }
      child = Int(tree.parts[child].end)
    }
  }

  /// The places that a slice means (RFC 9535 §2.3.4.2).
  private static func indices(_ start: Int?, _ end: Int?, _ step: Int, count: Int) -> StrideTo<Int> {
    func normal(_ index: Int) -> Int { index >= 0 ? index : count + index }
    if step > 0 {
      let low = min(max(normal(start ?? 0), 0), count)
      return stride(from: low, to: min(max(normal(end ?? count), 0), count), by: step)
    }
    if step == 0 { return stride(from: 0, to: 0, by: 1) }
    let high = min(max(start.map(normal) ?? count - 1, -1), count - 1)
    return stride(from: high, to: min(max(end.map(normal) ?? -1, -1), count - 1), by: step)
  }
}
