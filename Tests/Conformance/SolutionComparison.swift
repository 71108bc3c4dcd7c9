import Bytes
import RDF

/// Compares solutions as multisets, or as sequences, under one mapping of blank nodes.
struct SolutionComparison {
  private typealias Row = [String: Term]

  private let expected: [Row]
  private let found: [Row]
  private var isOrdered: Bool
  private let differentVariables: String?
  private var forth: [Term: Term] = [:]
  private var back: [Term: Term] = [:]
  private var used: [Bool]
  /// The rows of the answer that are like an expected one but for blank nodes.
  private var alike: [Row: [Int]] = [:]
  private var steps = 0
  private static let stepLimit = 200_000

  init(_ expected: Solutions, _ found: Solutions, isOrdered: Bool) {
    self.expected = expected.rows.map { $0.mapValues(\.comparable) }
    self.found = found.rows.map { $0.mapValues(\.comparable) }
    self.isOrdered = isOrdered
    used = Array(repeating: false, count: found.rows.count)
    let isSame = expected.variables == found.variables
    differentVariables = isSame ? nil : "\(expected.variables.sorted()) expected, \(found.variables.sorted()) found"
    for (index, row) in self.found.enumerated() { alike[row.mapValues(\.unlabelled), default: []].append(index) }
  }

  var verdict: Verdict {
    if let differentVariables { return .failed("the variables differ", details: differentVariables) }
    guard expected.count == found.count else {
      return .failed("the number of solutions differs", details: "\(expected.count) expected, \(found.count) found\n" + difference)
    }
    var search = self
    if search.places(0) { return .passed }
    if isOrdered {
      var unordered = self
      unordered.isOrdered = false
      if unordered.places(0) { return .failed("the order of the solutions differs", details: found.map(Self.text).joined(separator: "\n")) }
    }
    return .failed("the solutions differ", details: difference)
  }

  /// Whether each expected solution was found, and none more often than it is expected. Blank nodes are all alike: which stands where is
  /// not asked of those results whose cardinality is open.
  var laxVerdict: Verdict {
    if let differentVariables { return .failed("the variables differ", details: differentVariables) }
    var counts: [Row: (expected: Int, found: Int)] = [:]
    for row in expected { counts[row.mapValues(\.unlabelled), default: (0, 0)].expected += 1 }
    for row in found { counts[row.mapValues(\.unlabelled), default: (0, 0)].found += 1 }
    let isSame = counts.values.allSatisfy { $0.found >= 1 && $0.found <= $0.expected }
    return isSame ? .passed : .failed("the solutions differ", details: difference)
  }

  /// Whether the expected solutions from this one on have each a solution of their own among the rest.
  private mutating func places(_ index: Int) -> Bool {
    if index == expected.count { return true }
    steps += 1
    if steps > Self.stepLimit { return false }
    let row = expected[index]
    let candidates = alike[row.mapValues(\.unlabelled)] ?? []
    var tried: Set<[String: Term]> = []
    for candidate in candidates where !used[candidate] && (!isOrdered || candidate == index) {
      guard tried.insert(found[candidate]).inserted, let pairs = newPairs(row, found[candidate]) else { continue }
      for (left, right) in pairs { (forth[left], back[right]) = (right, left) }
      used[candidate] = true
      if places(index + 1) { return true }
      used[candidate] = false
      for (left, right) in pairs { (forth[left], back[right]) = (nil, nil) }
    }
    return false
  }

  /// What the mapping must have more so that two rows are the same; nil where it says otherwise.
  private func newPairs(_ left: Row, _ right: Row) -> [(Term, Term)]? {
    var pairs: [Term: Term] = [:]
    var reverse: [Term: Term] = [:]
    for (variable, term) in left {
      guard case .blankNode = term, let other = right[variable] else { continue }
      if let mapped = forth[term] ?? pairs[term], mapped != other { return nil }
      if let mapped = back[other] ?? reverse[other], mapped != term { return nil }
      if forth[term] == nil { (pairs[term], reverse[other]) = (other, term) }
    }
    return Array(pairs)
  }

  /// The rows that only one side has, blank nodes all alike.
  private var difference: String {
    var balance: [Row: Int] = [:]
    for row in expected { balance[row.mapValues(\.unlabelled), default: 0] += 1 }
    for row in found { balance[row.mapValues(\.unlabelled), default: 0] -= 1 }
    let lines = balance.filter { $0.value != 0 }.map { row, count in (count > 0 ? "- " : "+ ") + "\(abs(count))× " + Self.text(row) }
    return lines.isEmpty ? "the same but for what blank nodes stand where" : lines.sorted().joined(separator: "\n")
  }

  private static func text(_ row: [String: Term]) -> String {
    row.sorted { $0.key < $1.key }.map { "?\($0.key)=\($0.value.notation)" }.joined(separator: " ")
  }
}

extension Term {
  /// The term that stands for all with the same value: numbers may be spelt in several ways, language tags in capitals or not.
  fileprivate var comparable: Term {
    guard case .literal(let lexical, let qualifier) = self else { return self }
    switch qualifier {
    case .language(let tag): return .literal(lexical, .language(ByteString(tag.text.lowercased())))
    case .datatype(let type):
      switch type {
      case XSD.decimal, XSD.integer:
        guard let value = lexical.withView({ DecimalValue(lexical: $0) }) else { return self }
        var spelling = ByteBuffer()
        value.append(to: &spelling)
        return .literal(ByteString(spelling.view), qualifier)
      case XSD.double, "http://www.w3.org/2001/XMLSchema#float":
        return Double(lexical.text).map { .literal(ByteString("\($0)"), qualifier) } ?? self
      default: return self
      }
    }
  }

  fileprivate var unlabelled: Term { if case .blankNode = self { .blankNode("") } else { self } }

  fileprivate var notation: String {
    switch self {
    case .iri(let text): "<\(text.text)>"
    case .blankNode(let label): "_:\(label.text)"
    case .literal(let lexical, .language(let tag)): "\"\(lexical.text)\"@\(tag.text)"
    case .literal(let lexical, .datatype(XSD.string)): "\"\(lexical.text)\""
    case .literal(let lexical, .datatype(let type)): "\"\(lexical.text)\"^^\(type.text.split(separator: "#").last ?? "")"
    }
  }
}
