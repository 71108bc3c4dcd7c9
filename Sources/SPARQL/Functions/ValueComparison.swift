import Bytes
import RDF

extension Value {
  /// `=` (SPARQL 1.1 §17.3, RDFterm-equal §17.4.1.7): nil for a type error, as for two literals of which one has a datatype that says
  /// nothing here, and for two dates of which only one has a zone and that stand too near each other. Literals of two datatypes that are
  /// known are never equal, nor is one with a language tag to one without.
  package static func equal(_ left: Value, _ right: Value) -> Bool? {
    if let pair = NumberPair(left, right) { return pair.isEqual }
    switch (left.payload, right.payload) {
    case (.none, _), (_, .none): return nil
    case (.iri, .iri), (.blank, .blank), (.string, .string): return left.lexical == right.lexical
    case (.tagged, .tagged): return left.lexical == right.lexical && left.qualifier.equalsIgnoringCase(right.qualifier)
    case (.boolean(let a), .boolean(let b)): return a == b
    case (.dateTime, .dateTime), (.date, .date), (.time, .time): return moments(left, right).map { $0 == 0 }
    case (.tagged, _), (_, .tagged): return false
    case (.iri, _), (_, .iri), (.blank, _), (_, .blank): return false
    case (.other, .other): return left.lexical == right.lexical && left.qualifier == right.qualifier ? true : nil
    case (.other, _), (_, .other): return nil
    default: return false
    }
  }

  /// `<` (§17.3): nil for a type error, and for two dates of which only one has a zone and that stand too near each other.
  package static func less(_ left: Value, _ right: Value) -> Bool? {
    if let pair = NumberPair(left, right) { return pair.isLess }
    switch (left.payload, right.payload) {
    case (.string, .string): return left.lexical < right.lexical
    case (.boolean(let a), .boolean(let b)): return !a && b
    case (.dateTime, .dateTime), (.date, .date), (.time, .time): return moments(left, right).map { $0 < 0 }
    default: return nil
    }
  }

  /// The order of two dateTimes, dates or times: nil where it can't be known, as only one has a zone, and the other may be any of those
  /// that there are (XSD 1.1 part 2 §D.2.1: from +14:00 to −14:00).
  private static func moments(_ left: Value, _ right: Value) -> Int? {
    guard let a = left.moment, let b = right.moment else { return nil }
    if a.hasZone == b.hasZone { return a.instant == b.instant ? 0 : a.instant < b.instant ? -1 : 1 }
    if a.instant.adding(seconds: Instant.widestZone) < b.instant { return -1 }
    return b.instant.adding(seconds: Instant.widestZone) < a.instant ? 1 : nil
  }

  /// When a dateTime, date or time is, one without zone as in UTC; nil for what is none of these.
  var moment: (instant: Instant, hasZone: Bool)? {
    switch payload {
    case .dateTime(let value): (value.instant, value.zone != .none)
    case .date(let value): (value.instant, value.zone != .none)
    case .time(let value): (value.instant, value.zone != .none)
    default: nil
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
    return a.isSame(as: b)
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
