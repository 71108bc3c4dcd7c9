import Bytes

// What filters say of a node (RFC 9535 §2.3.5.2), and the functions in them (§2.4).
extension JSONPathRun {
  /// What is compared.
  private enum Value {
    case nothing
    case null
    case bool(Bool)
    case number(Double)
    case string(ByteString)
    /// An object or array: the number of the part.
    case container(Int)
  }

  /// Whether a filter holds of a node.
  package mutating func holds(_ filter: JSONPathFilter, _ node: Int, _ root: Int, _ tree: borrowing JSONTree) -> Bool {
    budget -= 1
    switch filter {
    case .any(let parts):
      for part in parts where holds(part, node, root, tree) { return true }
      return false
    case .all(let parts):
      for part in parts where !holds(part, node, root, tree) { return false }
      return true
    case .not(let part): return !holds(part, node, root, tree)
    case .exists(let query): return !nodes(query, node, root, tree).isEmpty
    case .holds(let call): return matches(call, node, root, tree)
    case .compares(let left, let comparison, let right):
      return compare(value(left, node, root, tree), comparison, value(right, node, root, tree), tree)
    }
  }

  private mutating func nodes(
    _ query: JSONPathQuery, _ node: Int, _ root: Int, _ tree: borrowing JSONTree
  ) -> ContiguousArray<Int> {
    var found: ContiguousArray<Int> = []
    find(query.segments, from: query.isAbsolute ? root : node, root: root, in: tree, into: &found)
    return found
  }

  private mutating func value(_ operand: JSONPathOperand, _ node: Int, _ root: Int, _ tree: borrowing JSONTree) -> Value {
    switch operand {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .number(let value): return .number(value)
    case .string(let value): return .string(value)
    case .query(let query): return nodes(query, node, root, tree).first.map { Self.value($0, tree) } ?? .nothing
    case .call(.length(let operand)): return length(value(operand, node, root, tree), tree)
    case .call(.count(let query)): return .number(Double(nodes(query, node, root, tree).count))
    case .call(.value(let query)):
      let found = nodes(query, node, root, tree)
      return found.count == 1 ? Self.value(found[0], tree) : .nothing
    case .call(.match): return .nothing
    }
  }

  private static func value(_ number: Int, _ tree: borrowing JSONTree) -> Value {
    switch tree.parts[number].kind {
    case .object, .array: return .container(number)
    case .string:
      var text = ByteBuffer()
      tree.append(number, to: &text)
      return .string(ByteString(text.view))
    case .number: return .number(Double(tree.raw(number).text) ?? .nan)
    case .true: return .bool(true)
    case .false: return .bool(false)
    case .null: return .null
    }
  }

  private func length(_ value: Value, _ tree: borrowing JSONTree) -> Value {
    switch value {
    case .string(let text): return .number(Double(text.withView { $0.scalarCount }))
    case .container(let number):
      var count = 0
      var child = number + 1
      while child < Int(tree.parts[number].end) {
        if !tree.parts[child].isShadowed { count += 1 }
        child = Int(tree.parts[child].end)
      }
      return .number(Double(count))
    default: return .nothing
    }
  }

  private mutating func matches(_ call: JSONPathCall, _ node: Int, _ root: Int, _ tree: borrowing JSONTree) -> Bool {
    guard case .match(let text, let expression, let isWhole, let compiled) = call,
      case .string(let text) = value(text, node, root, tree)
    else { return false }
    if let compiled { return compiled.matcher.map { matcher in text.withView { matcher.matches($0) } } ?? false }
    guard case .string(let source) = value(expression, node, root, tree), let matcher = compiler(source, isWhole) else { return false }
    return text.withView { matcher.matches($0) }
  }

  private mutating func compare(_ left: Value, _ comparison: JSONPathComparison, _ right: Value, _ tree: borrowing JSONTree) -> Bool {
    switch comparison {
    case .equal: return isEqual(left, right, tree)
    case .unequal: return !isEqual(left, right, tree)
    case .less: return isLess(left, right)
    case .greater: return isLess(right, left)
    case .lessOrEqual: return isLess(left, right) || isEqual(left, right, tree)
    case .greaterOrEqual: return isLess(right, left) || isEqual(left, right, tree)
    }
  }

  private func isLess(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)): left < right
    // UTF-8 sorts as its scalar values do.
    case (.string(let left), .string(let right)): left < right
    default: false
    }
  }

  private mutating func isEqual(_ left: Value, _ right: Value, _ tree: borrowing JSONTree) -> Bool {
    switch (left, right) {
    case (.nothing, .nothing), (.null, .null): return true
    case (.bool(let left), .bool(let right)): return left == right
    case (.number(let left), .number(let right)): return left == right
    case (.string(let left), .string(let right)): return left == right
    case (.container(let left), .container(let right)): return isSame(left, right, tree)
    default: return false
    }
  }

  /// Whether two objects or arrays say the same. The text's own depth is limited, and with it how deep this goes.
  private mutating func isSame(_ left: Int, _ right: Int, _ tree: borrowing JSONTree) -> Bool {
    budget -= 1
    guard budget > 0, tree.parts[left].kind == tree.parts[right].kind else { return false }
    var child = left + 1
    var other = right + 1
    var members = 0
    while child < Int(tree.parts[left].end) {
      defer { child = Int(tree.parts[child].end) }
      if tree.parts[left].kind == .array {
        if other >= Int(tree.parts[right].end) { return false }
        if !isEqual(Self.value(child, tree), Self.value(other, tree), tree) { return false }
        other = Int(tree.parts[other].end)
      } else if !tree.parts[child].isShadowed {
        members += 1
        var key = ByteBuffer()
        tree.appendKey(child, to: &key)
        guard let match = tree.member(key.view, of: right) else { return false }
        if !isEqual(Self.value(child, tree), Self.value(match, tree), tree) { return false }
      }
    }
    if tree.parts[left].kind == .array { return other >= Int(tree.parts[right].end) }
    guard case .number(let count) = length(.container(right), tree) else { return false }
    return Double(members) == count
  }
}
