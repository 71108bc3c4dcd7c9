import Bytes
import Problems
import Store

/// What the operators of one run of a query gave, and how long each took.
///
/// Operators are wrapped where there is a profile, so that a run without one costs nothing. The clock runs for one operator at a time:
/// for the one that works, not for those that wait for it.
final class QueryProfile {
  /// One operator of the plan, and those below it.
  final class Node {
    let label: String
    let expected: Double?
    fileprivate(set) var rows = 0
    fileprivate(set) var time = Duration.zero
    fileprivate(set) var children: [Node] = []
    /// How many of the children the opening at hand has come to.
    fileprivate var opened = 0

    fileprivate init(_ label: String, _ expected: Double?) {
      self.label = label
      self.expected = expected
    }

    fileprivate var step: QueryPlan.Step {
      QueryPlan.Step(operation: label, expectedRows: expected, rows: rows, time: time, parts: children.map(\.step))
    }
  }

  /// Holds the operators of the whole query.
  let root = Node("", nil)
  private var current: Node
  private var running: Node?
  private var since = ContinuousClock.now

  init() { current = root }

  /// Where operators are being opened.
  var place: Node { current }

  /// Opens an operator and what is below it.
  func measured(
    _ label: @autoclosure () -> String, expected: Double? = nil, _ make: () throws(Failure) -> any Operator
  ) throws(Failure) -> any Operator {
    let parent = current
    // What is opened again, as an OPTIONAL is for each batch, counts where it stands already.
    if parent.opened == parent.children.count { parent.children.append(Node(label(), expected)) }
    let node = parent.children[parent.opened]
    parent.opened += 1
    node.opened = 0
    current = node
    defer { current = parent }
    return Measured(try make(), node, self)
  }

  /// Opens operators once more below a place at which they were opened before, or may be now for the first time.
  func again(at place: Node, from opened: Int, _ make: () throws(Failure) -> any Operator) throws(Failure) -> any Operator {
    let before = current
    current = place
    place.opened = opened
    defer { current = before }
    return try make()
  }

  /// How many operators stand below the place by now.
  var openedHere: Int { current.opened }

  /// What was measured.
  var plan: QueryPlan { QueryPlan(steps: root.children.map(\.step)) }

  /// Lets the clock run for an operator; says for which it ran.
  fileprivate func run(_ node: Node?) -> Node? {
    let now = ContinuousClock.now
    running?.time += now - since
    since = now
    defer { running = node }
    return running
  }
}

/// An operator that is measured.
private final class Measured: Operator {
  private let inner: any Operator
  private let node: QueryProfile.Node
  private let profile: QueryProfile

  init(_ inner: any Operator, _ node: QueryProfile.Node, _ profile: QueryProfile) {
    self.inner = inner
    self.node = node
    self.profile = profile
  }

  func next() throws(Failure) -> Solutions? {
    let before = profile.run(node)
    defer { _ = profile.run(before) }
    let batch = try inner.next()
    node.rows += batch?.count ?? 0
    return batch
  }
}

extension Algebra {
  /// Whether the pattern is an operator of its own, rather than a name for those that it is made of.
  var isShown: Bool {
    switch self {
    case .unit, .bgp, .filter, .toMultiset: false
    default: true
    }
  }

  /// What the operator is, without what is below it.
  func label(_ variables: VariableTable) -> String {
    let shell: Algebra
    switch self {
    case .join(let parts): return "join of \(parts.count)"
    case .union(let parts): return "union of \(parts.count)"
    case .leftJoin(_, _, let condition):
      return "optional" + (condition.map { " " + AlgebraText.render($0, variables) } ?? "")
    case .minus: return "minus"
    case .extend(_, let variable, let expression): shell = .extend(.unit, variable, expression)
    case .graph(let name, _): shell = .graph(name, .unit)
    case .group(let grouping, _): shell = .group(grouping, .unit)
    case .orderBy(let conditions, _): shell = .orderBy(conditions, .unit)
    case .project(let variables, _): shell = .project(variables, .unit)
    case .distinct: return "distinct"
    case .reduced: return "reduced"
    case .slice(let offset, let limit, _): return "slice offset \(offset)" + (limit.map { " limit \($0)" } ?? "")
    case .values(let table): return "values of \(table.rows.count)"
    default: shell = self
    }
    var text = AlgebraText.render(shell, variables)
    if text.hasPrefix("("), text.hasSuffix(")") { text = String(text.dropFirst().dropLast()) }
    if text.hasSuffix(" (unit)") { text.removeLast(7) }
    return text
  }
}

extension ResolvedPattern {
  /// The pattern as a query has it.
  func label(_ context: QueryContext) -> String {
    var text = AlgebraText(context.variables)
    for (number, place) in places.enumerated() {
      if number > 0 { text.out.append(" ") }
      switch place {
      case .slot(let slot): text.add(PatternTerm.variable(slot))
      case .id(let id): text.add(context.terms.term(of: id))
      }
    }
    return (objectRange == nil ? "scan " : "scan in a range ") + text.out.view.text
  }
}
