import Bytes
import RDF

extension Value {
  /// `=` (SPARQL 1.1 §17.3, RDFterm-equal §17.4.1.7): nil for a type error, as for two literals of which one has a datatype that says
  /// nothing here. Literals of two datatypes that are known are never equal.
  package static func equal(_ left: Value, _ right: Value) -> Bool? {
    if let pair = NumberPair(left, right) { return pair.isEqual }
    switch (left.payload, right.payload) {
    case (.none, _), (_, .none): return nil
    case (.iri, .iri), (.blank, .blank), (.string, .string): return left.lexical == right.lexical
    case (.tagged, .tagged): return left.lexical == right.lexical && left.qualifier.equalsIgnoringCase(right.qualifier)
    case (.boolean(let a), .boolean(let b)): return a == b
    case (.dateTime(let a), .dateTime(let b)): return a.instant == b.instant
    case (.date(let a), .date(let b)): return a.instant == b.instant
    case (.time(let a), .time(let b)): return a.instant == b.instant
    case (.iri, _), (_, .iri), (.blank, _), (_, .blank): return false
    case (.other, .other): return left.lexical == right.lexical && left.qualifier == right.qualifier ? true : nil
    case (.other, _), (_, .other): return nil
    default: return false
    }
  }

  /// `<` (§17.3): nil for a type error. Dates and times without zone count as UTC, the implicit time zone.
  package static func less(_ left: Value, _ right: Value) -> Bool? {
    if let pair = NumberPair(left, right) { return pair.isLess }
    switch (left.payload, right.payload) {
    case (.string, .string): return left.lexical < right.lexical
    case (.boolean(let a), .boolean(let b)): return !a && b
    case (.dateTime(let a), .dateTime(let b)): return a.instant < b.instant
    case (.date(let a), .date(let b)): return a.instant < b.instant
    case (.time(let a), .time(let b)): return a.instant < b.instant
    default: return nil
    }
  }

  /// A comparison; nil for a type error.
  package static func compare(_ comparison: Comparison, _ left: Value, _ right: Value) -> Bool? {
    switch comparison {
    case .equal: equal(left, right)
    case .notEqual: equal(left, right).map { !$0 }
    case .less: less(left, right)
    case .greater: less(right, left)
    // Not `>` would be wrong for NaN.
    case .lessOrEqual: less(left, right).flatMap { $0 ? true : equal(left, right) }
    case .greaterOrEqual: less(right, left).flatMap { $0 ? true : equal(left, right) }
    }
  }

  /// Whether two values are the same term (§17.4.1.8).
  package static func sameTerm(_ left: Value, _ right: Value, _ scratch: TextScratch) -> Bool {
    guard let a = left.term(scratch), let b = right.term(scratch) else { return false }
    return a.kind == b.kind && a.lexical == b.lexical && a.qualifier == b.qualifier
  }
}

extension NumberPair {
  fileprivate var isEqual: Bool {
    switch self {
    case .integers(let a, let b): a == b
    case .decimals(let a, let b): a == b
    case .floats(let a, let b): a == b
    case .doubles(let a, let b): a == b
    }
  }

  fileprivate var isLess: Bool {
    switch self {
    case .integers(let a, let b): a < b
    case .decimals(let a, let b): a < b
    case .floats(let a, let b): a < b
    case .doubles(let a, let b): a < b
    }
  }
}
