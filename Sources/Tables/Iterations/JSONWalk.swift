import Bytes
import JSON
import Problems
import Resources

/// Walks through a JSON text to the items of an iterator, of which one at a time is held.
///
/// The first steps of the iterator are gone along the tokens; where a step needs to see more than the node at hand (`..`, a slice from the
/// end, a filter that asks the root), or references go up from an item to the value that is reached, that value is held whole and the other
/// steps are asked of it. A filter is asked of each node alone, and what stands within it is held with it.
struct JSONWalk: ~Copyable {
  /// A container on the way to the items.
  private struct Level {
    let isObject: Bool
    /// The number of the step that chooses among its children.
    let step: Int
    /// How many of its children have been met.
    var count = 0
  }

  /// What is done with a child.
  private enum Way {
    /// It is passed over.
    case pass(JSONToken)
    /// It is gone into, where a step chooses.
    case enter(isObject: Bool, step: Int)
    /// It is held: an item, or what holds items; the steps from this one on are asked of it.
    case hold(step: Int)
    /// There is no more child.
    case close
    /// There is no more text.
    case end
  }

  /// Whether a value on the way is held whole.
  private enum Holding {
    case never
    /// References go up to it, and ask for members by their names: an array has none.
    case unlessArray
    case always
  }

  /// How long an item, or what is held whole, may be.
  static let longest = 256 << 20

  private var window: JSONWindow
  private let file: String
  /// The steps that are gone along the tokens, and how the value before each is met.
  private let steps: [JSONPath.Selector]
  private let holdings: [Holding]
  /// The steps that are asked of what is held, by the number of steps that were gone to it.
  private let rests: [[JSONPath.Segment]]
  private var levels: [Level] = []
  private var isFinished = false
  private var run: JSONPathRun
  /// What is held.
  private(set) var tree = JSONTree()
  /// The items in it.
  private(set) var items: ContiguousArray<Int> = []
  /// Whether the place where the items stand has been met, be it empty.
  private(set) var hasPlace = false
  /// Whether a key stands twice in what is held.
  private(set) var hasRepeatedKeys = false
  /// Where the same keys have come again.
  private var repeated: [Int] = []

  /// - Parameter references: what is asked of the items, perhaps going up from them.
  init(_ stream: any ByteStream, iterator: JSONPath, references: [JSONPath], compiler: @escaping ExpressionCompiler) {
    file = stream.name
    window = JSONWindow(stream, limit: Self.longest)
    run = JSONPathRun(compiler: compiler)
    var steps: [JSONPath.Selector] = []
    // A filter that asks the root must have it.
    for segment in iterator.segments.contains(where: \.asksRoot) ? [] : iterator.segments {
      guard !segment.isDescendant, segment.selectors.count == 1, Self.canStep(segment.selectors[0]) else { break }
      steps.append(segment.selectors[0])
      // What is within a node that a filter has judged is there already.
      if case .filter = segment.selectors[0] { break }
    }
    self.steps = steps
    let rests = (0...steps.count).map { Array(iterator.segments.dropFirst($0)) }
    holdings = rests.dropLast().map { Self.holding(before: $0, references) } + [.always]
    self.rests = rests
  }

  /// Whether a value must be held from which steps lead to items: where a reference may go up to it.
  private static func holding(before rest: [JSONPath.Segment], _ references: [JSONPath]) -> Holding {
    let least = max(rest.count { !$0.selectors.contains(.each) }, 1)
    let isBounded = rest.allSatisfy { !$0.isDescendant }
    let landing = references.filter { $0.levelsUp >= least && (!isBounded || $0.levelsUp <= rest.count) }
    if landing.isEmpty { return .never }
    let areNames = landing.allSatisfy { reference in
      guard let first = reference.segments.first, !first.isDescendant, first.selectors.count == 1 else { return false }
      if case .name = first.selectors[0] { return true }
      return false
    }
    return areNames ? .unlessArray : .always
  }

  private static func canStep(_ selector: JSONPath.Selector) -> Bool {
    switch selector {
    case .name, .wildcard, .each: true
    case .index(let index): index >= 0
    case .slice(let start, let end, let step): step == 1 && start ?? 0 >= 0 && end ?? 0 >= 0
    case .filter: true
    }
  }

  /// Goes on to what is held next; false at the end of the text.
  /// - Parameter problems: hears of keys that stand twice; nil where an item may be withheld for it, and so its keys may not be told.
  mutating func next(_ problems: (any ProblemSink)?) throws(Failure) -> Bool {
    while !isFinished {
      try advance()
      hasRepeatedKeys = !repeated.isEmpty
      if let problems { for offset in repeated { report(offset, problems) } }
      repeated.removeAll(keepingCapacity: true)
      if run.isGivenUp {
        throw Failure(.limitExceeded, at: Place(file: file), ["what": .phrase("path-steps"), "limit": "\(JSONPathRun.most)"])
      }
      if !items.isEmpty { return true }
    }
    return false
  }

  /// Where a byte of what is held stands.
  mutating func place(of offset: Int) -> (line: Int, column: Int) { window.place(of: offset) }

  private mutating func report(_ offset: Int, _ problems: any ProblemSink) {
    let place = place(of: offset)
    let text = window.scanner.text
    var end = offset + 1
    while end < text.count, text[end] != UInt8(ascii: "\"") { end += text[end] == UInt8(ascii: "\\") ? 2 : 1 }
    var key = ByteBuffer()
    key.append(jsonContent: text[offset + 1..<min(end, text.count)])
    problems.report(
      Problem(.jsonKeyDuplicate, at: Place(file: file, line: place.line, column: place.column), ["key": key.view.text]))
  }

  /// Goes on to the next child of the container at hand: into it, past it, or holding it.
  private mutating func advance() throws(Failure) {
    items.removeAll(keepingCapacity: true)
    let level = levels.last
    let (steps, holdings) = (steps, holdings)
    var tree = JSONTree()
    var repeated = repeated
    swap(&tree, &self.tree)
    defer { swap(&tree, &self.tree) }
    let way = try window.read { scanner throws(Failure) -> Way in
      repeated.removeAll(keepingCapacity: true)
      var token = try scanner.next()
      if token == .end { return .end }
      if token == .endObject || token == .endArray { return .close }
      var key = 0..<0
      var isEscaped = false
      if level?.isObject == true {
        (key, isEscaped) = (scanner.content, scanner.isEscaped)
        token = try scanner.next()
      }
      let way = Self.way(token, scanner.text[key], isEscaped, level, steps, holdings)
      if case .hold = way {
        let position = level?.count ?? 0
        try tree.read(&scanner, token, key: key, isKeyEscaped: isEscaped, position: position) { repeated.append($0) }
      }
      return way
    }
    self.repeated = repeated
    if !levels.isEmpty { levels[levels.count - 1].count += 1 }
    if !hasPlace { hasPlace = isPlace(way, level, tree) }
    switch way {
    case .end: isFinished = true
    case .close: levels.removeLast()
    case .pass(let token): try pass(token)
    case .enter(let isObject, let step): levels.append(Level(isObject: isObject, step: step))
    case .hold(let step): holdItems(tree, step)
    }
  }

  /// Whether the way to the next child shows the place where items stand: a list of which some elements are chosen, or one that ends without any
  /// elements. What items themselves show is asked of them.
  private func isPlace(_ way: Way, _ level: Level?, _ tree: borrowing JSONTree) -> Bool {
    switch way {
    case .enter(let isObject, let step):
      switch steps[step] {
      case .filter, .slice: return !isObject
      default: return false
      }
    case .close:
      guard let level, level.count == 0 else { return false }
      if case .name = steps[level.step] { return false }
      return true
    case .hold(let step): return !rests[step].isEmpty && tree.hasPlace(rests[step][...], from: 0)
    case .pass, .end: return false
    }
  }

  /// Passes over a value whose first token was just read.
  private mutating func pass(_ token: JSONToken) throws(Failure) {
    guard token == .beginObject || token == .beginArray else { return }
    let outer = window.scanner.depth - 1
    while window.scanner.depth > outer { _ = try window.read { scanner throws(Failure) in try scanner.next() } }
  }

  /// What is done with a child of a container, or with the whole text.
  private static func way(
    _ token: JSONToken, _ key: ByteView, _ isEscaped: Bool, _ level: Level?, _ steps: [JSONPath.Selector], _ holdings: [Holding]
  ) -> Way {
    var step = 0
    if let level {
      if !isChosen(key, isEscaped, level, by: steps[level.step]) { return .pass(token) }
      step = level.step + 1
    }
    while step < steps.count {
      if token == .beginObject || token == .beginArray {
        switch holdings[step] {
        case .always: return .hold(step: step)
        case .unlessArray: if token == .beginObject { return .hold(step: step) }
        case .never: break
        }
      }
      if steps[step] != .each || token == .beginArray { break }
      step += 1
    }
    if step == steps.count { return .hold(step: step) }
    switch token {
    case .beginObject: return .enter(isObject: true, step: step)
    case .beginArray: return .enter(isObject: false, step: step)
    default: return .pass(token)
    }
  }

  private static func isChosen(_ key: ByteView, _ isEscaped: Bool, _ level: Level, by selector: JSONPath.Selector) -> Bool {
    switch selector {
    case .wildcard, .filter: return true
    case .each: return !level.isObject
    case .index(let index): return !level.isObject && index == level.count
    case .slice(let start, let end, _): return !level.isObject && level.count >= start ?? 0 && level.count < end ?? .max
    case .name(let name):
      guard level.isObject else { return false }
      return name.withView { name in
        if !isEscaped { return key == name }
        var decoded = ByteBuffer()
        decoded.append(jsonContent: key)
        return decoded.view == name
      }
    }
  }

  /// Notes the items in what is held.
  private mutating func holdItems(_ tree: borrowing JSONTree, _ step: Int) {
    run.restart()
    if step == steps.count, case .filter(let filter)? = steps.last, !run.holds(filter, 0, 0, tree) { return }
    if rests[step].isEmpty { items.append(0) } else { run.find(rests[step], from: 0, root: 0, in: tree, into: &items) }
  }
}
