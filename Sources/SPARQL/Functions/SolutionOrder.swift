import Bytes
import RDF

extension Value {
  /// The order of ORDER BY (SPARQL 1.1 §15.1): below 0 where `left` comes first, 0 where neither does.
  ///
  /// No value, blank nodes, IRIs, literals; among literals, where the specification leaves it open, as the store orders its ids: numbers
  /// with NaN last, dateTimes, dates, truth values, strings, strings by language, others by datatype. Values that are equal, and blank
  /// nodes, are not told apart.
  package static func order(_ left: Value, _ right: Value) -> Int {
    let ranks = (left.rank, right.rank)
    if ranks.0 != ranks.1 { return ranks.0 < ranks.1 ? -1 : 1 }
    switch left.payload {
    case .none, .blank: return 0
    case .iri, .string: return order(left.lexical, right.lexical)
    case .tagged, .other:
      let first = order(left.tagOrDatatype, right.tagOrDatatype)
      return first != 0 ? first : order(left.lexical, right.lexical)
    default:
      if left.isNaN || right.isNaN { return left.isNaN ? (right.isNaN ? 0 : 1) : -1 }
      // A total order needs a zone for all: those without count as UTC.
      if let first = left.moment, let other = right.moment {
        return first.instant == other.instant ? 0 : first.instant < other.instant ? -1 : 1
      }
      if less(left, right) == true { return -1 }
      if less(right, left) == true { return 1 }
      // Times among literals of other datatypes.
      return order(left.tagOrDatatype, right.tagOrDatatype, where: equal(left, right) == nil)
    }
  }

  private var tagOrDatatype: ByteView { if case .tagged = payload { qualifier } else { datatype } }

  private static func order(_ left: ByteView, _ right: ByteView, where isAsked: Bool) -> Int { isAsked ? order(left, right) : 0 }

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
    case .boolean: 6
    case .string: 7
    case .tagged: 8
    case .other, .time: 9
    }
  }

  private static func order(_ left: ByteView, _ right: ByteView) -> Int { left < right ? -1 : left == right ? 0 : 1 }
}
