import Bytes
import RDF

extension ResultTable {
  /// Whether two results say the same but for the labels of blank nodes. Terms are compared as terms; the order of solutions counts where
  /// either result says so.
  package func matches(_ other: ResultTable) -> Bool {
    if isUntyped != other.isUntyped { return untyped.matches(other.untyped) }
    guard truth == other.truth, Set(variables) == Set(other.variables), rows.count == other.rows.count else { return false }
    if isOrdered || other.isOrdered {
      var pairs = BlankPairs()
      for (left, right) in zip(rows, other.rows) where !pairs.add(left, right) { return false }
      return true
    }
    var candidates: [[String: Term]: [Int]] = [:]
    for (index, row) in other.rows.enumerated() { candidates[row.mapValues(\.withoutLabel), default: []].append(index) }
    // The rows with the fewest candidates first, so that wrong guesses are found early.
    let order = rows.map { ($0, candidates[$0.mapValues(\.withoutLabel)] ?? []) }.sorted { $0.1.count < $1.1.count }
    var isTaken = Array(repeating: false, count: rows.count)
    var steps = 0
    func place(_ at: Int, _ pairs: BlankPairs) -> Bool {
      if at == order.count { return true }
      steps += 1
      if steps > 1_000_000 { return false }
      var tried: Set<[String: Term]> = []
      for index in order[at].1 where !isTaken[index] && tried.insert(other.rows[index]).inserted {
        var extended = pairs
        guard extended.add(order[at].0, other.rows[index]) else { continue }
        isTaken[index] = true
        if place(at + 1, extended) { return true }
        isTaken[index] = false
      }
      return false
    }
    return place(0, BlankPairs())
  }

  /// The result as CSV tells of it.
  private var untyped: ResultTable {
    var table = self
    table.isUntyped = true
    if isUntyped { return table }
    table.rows = rows.map { row in
      var texts: [String: Term] = [:]
      for variable in variables { texts[variable] = row[variable].map(\.withoutKind) ?? .string("") }
      return texts
    }
    return table
  }
}

/// Which blank node of one result is which of the other, one to one.
private struct BlankPairs {
  private var forward: [ByteString: ByteString] = [:]
  private var backward: [ByteString: ByteString] = [:]

  mutating func add(_ left: [String: Term], _ right: [String: Term]) -> Bool {
    guard left.count == right.count else { return false }
    for (variable, term) in left {
      guard let other = right[variable] else { return false }
      if case .blankNode(let a) = term, case .blankNode(let b) = other {
        guard forward[a, default: b] == b, backward[b, default: a] == a else { return false }
        forward[a] = b
        backward[b] = a
      } else if term != other {
        return false
      }
    }
    return true
  }
}

extension Term {
  fileprivate var withoutLabel: Term { if case .blankNode = self { .blankNode("") } else { self } }

  fileprivate var withoutKind: Term {
    switch self {
    case .iri(let text), .literal(let text, _): .literal(text, .datatype(XSD.string))
    case .blankNode: self
    }
  }
}
