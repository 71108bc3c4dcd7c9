import Bytes
import RDF

extension Value {
  /// The order of ORDER BY (SPARQL 1.1 §15.1): below 0 where `left` comes first, 0 where neither does.
  ///
  /// No value, blank nodes, IRIs, literals; among literals where the specification leaves it open: numbers, dateTimes, dates, times,
  /// truth values, strings, strings with a language, others. Numbers that are equal, and blank nodes, are not told apart; NaN comes
  /// before all other numbers.
  package static func order(_ left: Value, _ right: Value) -> Int {
    let ranks = (left.rank, right.rank)
    if ranks.0 != ranks.1 { return ranks.0 < ranks.1 ? -1 : 1 }
    switch left.payload {
    case .none, .blank: return 0
    case .iri, .string: return order(left.lexical, right.lexical)
    case .tagged, .other:
      let first = order(left.lexical, right.lexical)
      return first != 0 ? first : order(left.qualifier, right.qualifier)
    default:
      if left.isNaN || right.isNaN { return left.isNaN ? (right.isNaN ? 0 : -1) : 1 }
      if less(left, right) == true { return -1 }
      return less(right, left) == true ? 1 : 0
    }
  }

  private var isNaN: Bool {
    switch payload {
    case .double(let value): value.isNaN
    case .float(let value): value.isNaN
    default: false
    }
  }

  private var rank: Int {
    switch payload {
    case .none: 0
    case .blank: 1
    case .iri: 2
    case .integer, .decimal, .float, .double: 3
    case .dateTime: 4
    case .date: 5
    case .time: 6
    case .boolean: 7
    case .string: 8
    case .tagged: 9
    case .other: 10
    }
  }

  private static func order(_ left: ByteView, _ right: ByteView) -> Int { left < right ? -1 : left == right ? 0 : 1 }
}
