import RDF
import Store

/// A condition that is worked out for all solutions of a batch at once, from their ids alone.
///
/// Ids follow the order of values, so that a comparison with a constant is a range of them; the parts of a date stand in the store's columns.
/// What ids don't tell is left open, for that solution to be asked about by itself.
indirect enum BatchCondition {
  /// What a condition comes to for a solution; as numbers, as they stand in columns.
  enum Verdict {
    static let no: UInt8 = 0
    static let yes: UInt8 = 1
    static let open: UInt8 = 2
  }

  /// The ids in a range for which a comparison is true; of the others in `decided` it is false.
  case range(VariableID, yes: Range<StoreID>, decided: Range<StoreID>)
  /// A part of a date, compared with a number.
  case part(MomentPart, of: VariableID, Comparison, Int)
  case bound(VariableID)
  case not(BatchCondition)
  case all([BatchCondition])
  case any([BatchCondition])
  /// Nothing is known from ids.
  case unknown

  /// What is known of an expression.
  init(_ expression: Expression, _ snapshot: Snapshot) {
    switch expression {
    case .compare(.notEqual, let left, let right): self = .not(BatchCondition(.compare(.equal, left, right), snapshot))
    case .compare: self = Self.comparison(expression, snapshot)
    case .call(.bound, let arguments):
      if case .variable(let variable)? = arguments.first { self = .bound(variable) } else { self = .unknown }
    case .not(let inner): self = .not(BatchCondition(inner, snapshot))
    case .and(let operands): self = .all(operands.map { BatchCondition($0, snapshot) })
    case .or(let operands): self = .any(operands.map { BatchCondition($0, snapshot) })
    case .member(let left, let all, let isNegated):
      let equal = BatchCondition.any(all.map { BatchCondition(.compare(.equal, left, $0), snapshot) })
      self = isNegated ? .not(equal) : equal
    default: self = .unknown
    }
  }

  /// Whether ids decide for some solutions.
  var isUseful: Bool {
    switch self {
    case .range, .part, .bound: true
    case .not(let inner): inner.isUseful
    case .all(let parts), .any(let parts): parts.contains(where: \.isUseful)
    case .unknown: false
    }
  }

  private static func comparison(_ expression: Expression, _ snapshot: Snapshot) -> BatchCondition {
    if let part = MomentPart.comparison(expression) { return .part(part.part, of: part.variable, part.comparison, part.number) }
    guard let range = IDRange(expression, snapshot), let decided = range.decided(expression, snapshot) else { return .unknown }
    return .range(range.variable, yes: range.ids, decided: decided)
  }

  /// The verdicts of a batch's solutions.
  func verdicts(_ batch: Solutions, _ snapshot: Snapshot) -> [UInt8] {
    switch self {
    case .unknown: return [UInt8](repeating: Verdict.open, count: batch.count)
    case .range(let variable, let yes, let decided):
      let width = StoreID(truncatingIfNeeded: yes.count)
      let decidedWidth = StoreID(truncatingIfNeeded: decided.count)
      return Self.each(batch, variable) { id in
        id &- yes.lowerBound < width ? Verdict.yes : id &- decided.lowerBound < decidedWidth ? Verdict.no : Verdict.open
      }
    case .bound(let variable): return Self.each(batch, variable) { $0 == Solutions.unbound ? Verdict.no : Verdict.yes }
    case .part(let part, let variable, let comparison, let number):
      let values = snapshot.valueColumns
      let known = part.isOfDay ? values.moments : snapshot.range(of: .dateTime)
      return Self.each(batch, variable) { id in
        guard known.contains(id) else { return Verdict.open }
        return comparison.holds(part.value(values.moment(id)), number) ? Verdict.yes : Verdict.no
      }
    case .not(let inner): return inner.verdicts(batch, snapshot).map { $0 == Verdict.open ? $0 : 1 &- $0 }
    case .all(let parts): return Self.joined(parts, batch, snapshot, deciding: Verdict.no)
    case .any(let parts): return Self.joined(parts, batch, snapshot, deciding: Verdict.yes)
    }
  }

  @inline(__always)
  private static func each(_ batch: Solutions, _ variable: VariableID, _ verdict: (StoreID) -> UInt8) -> [UInt8] {
    guard let column = batch.columns[variable] else { return [UInt8](repeating: verdict(Solutions.unbound), count: batch.count) }
    return column.withUnsafeBufferPointer { ids in
      [UInt8](unsafeUninitializedCapacity: ids.count) { target, filled in
        for row in 0..<ids.count { target.initializeElement(at: row, to: verdict(ids[row])) }
        filled = ids.count
      }
    }
  }

  /// One operand that decides does so whatever the others are (SPARQL 1.1 §17.2, truth table).
  private static func joined(_ parts: [BatchCondition], _ batch: Solutions, _ snapshot: Snapshot, deciding: UInt8) -> [UInt8] {
    var result = [UInt8](repeating: 1 &- deciding, count: batch.count)
    for part in parts {
      let next = part.verdicts(batch, snapshot)
      for row in result.indices where result[row] != deciding && next[row] != 1 &- deciding { result[row] = next[row] }
    }
    return result
  }
}

extension Comparison {
  /// Whether two numbers compare so.
  @inline(__always) fileprivate func holds(_ left: Int, _ right: Int) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .greater: left > right
    case .lessOrEqual: left <= right
    case .greaterOrEqual: left >= right
    }
  }
}
