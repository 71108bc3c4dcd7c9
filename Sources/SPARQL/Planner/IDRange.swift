import Bytes
import RDF
import Store

/// A comparison of a variable with a constant, as the range of ids for which it is true: ids follow the order of values.
struct IDRange {
  let variable: VariableID
  let ids: Range<StoreID>

  /// The range that decides `expression` for stored terms; nil for another expression, or where no range does.
  init?(_ expression: Expression, _ snapshot: Snapshot) {
    let comparison: Comparison
    let constant: Constant
    switch expression {
    case .compare(let given, .variable(let variable), .constant(let value)):
      (self.variable, comparison, constant) = (variable, given, value)
    case .compare(let given, .constant(let value), .variable(let variable)):
      (self.variable, comparison, constant) = (variable, given.mirrored, value)
    default: return nil
    }
    guard let ids = Self.ids(comparison, constant, snapshot) else { return nil }
    self.ids = ids
  }

  /// The ids for which `expression`, whose range this is, is either true or false rather than an error; nil where none are known.
  func decided(_ expression: Expression, _ snapshot: Snapshot) -> Range<StoreID>? {
    switch expression {
    case .compare(_, .variable, .constant(let constant)), .compare(_, .constant(let constant), .variable):
      switch constant.value.payload {
      case .integer, .decimal, .float, .double: snapshot.orderedNumbers
      case .dateTime: snapshot.range(of: .dateTime)
      case .date: snapshot.range(of: .date)
      case .string: snapshot.range(of: .string)
      case .iri: snapshot.range(of: .iri)
      default: nil
      }
    default: nil
    }
  }

  private static func ids(_ comparison: Comparison, _ constant: Constant, _ snapshot: Snapshot) -> Range<StoreID>? {
    let value = constant.value
    switch value.payload {
    case .integer, .decimal, .float, .double: return numbers(comparison, value, snapshot)
    case .dateTime, .date: return moments(comparison, value, snapshot)
    case .string:
      let low = snapshot.firstString(from: value.lexical)
      let isHeld = snapshot.id(ofString: value.lexical) != nil
      return comparison.ids(around: low..<(isHeld ? low + 1 : low), within: snapshot.range(of: .string))
    case .iri:
      guard comparison == .equal else { return nil }
      return snapshot.id(ofIRI: value.lexical).map { $0..<$0 + 1 } ?? 0..<0
    default: return nil
    }
  }

  /// Comparisons of dates of which only one has a zone are errors where they stand near each other (``Value/less(_:_:)``): the order of ids
  /// decides where all near the constant are as it is.
  private static func moments(_ comparison: Comparison, _ value: Value, _ snapshot: Snapshot) -> Range<StoreID>? {
    guard let moment = value.moment else { return nil }
    let isDate = if case .date = value.payload { true } else { false }
    func ids(at instant: Instant) -> Range<StoreID> { isDate ? snapshot.dates(at: instant) : snapshot.dateTimes(at: instant) }
    let low = ids(at: moment.instant.adding(seconds: -Instant.widestZone)).lowerBound
    let high = ids(at: moment.instant.adding(seconds: Instant.widestZone)).upperBound
    let values = snapshot.valueColumns
    guard high - low <= 1 << 20, (low..<high).allSatisfy({ (values.moment($0).zoneMinutes != nil) == moment.hasZone }) else { return nil }
    return comparison.ids(around: ids(at: moment.instant), within: snapshot.range(of: isDate ? .date : .dateTime))
  }

  private static func numbers(_ comparison: Comparison, _ value: Value, _ snapshot: Snapshot) -> Range<StoreID>? {
    guard let number = value.number, !number.isNaN, !snapshot.holdsNumbersOutOfOrder else { return nil }
    let all = snapshot.orderedNumbers
    let isExact: Bool
    switch number {
    case .integer, .decimal: isExact = !snapshot.holdsFloatingPoint
    case .float, .double: isExact = false
    }
    if isExact { return comparison.ids(around: snapshot.numbers(equalTo: number), within: all) }
    return rounded(comparison, value, all, snapshot)
  }

  /// Comparisons of exact numbers with floating point ones round first (SPARQL 1.1 §17.3), so that near the constant the order of exact
  /// values does not decide: those ids are looked at one by one.
  private static func rounded(_ comparison: Comparison, _ value: Value, _ all: Range<StoreID>, _ snapshot: Snapshot) -> Range<StoreID>? {
    guard let middle = value.double, middle.isFinite else { return nil }
    // More than a float rounds by; below the least normal one, any step of it.
    let margin = max(middle.magnitude * 1e-6, 1e-37)
    let low = snapshot.numbers(equalTo: .double(middle - margin)).lowerBound
    let high = snapshot.numbers(equalTo: .double(middle + margin)).upperBound
    guard low <= high, high - low <= 4096 else { return nil }
    let scratch = TextScratch()
    let terms = QueryTerms(snapshot)
    let near = (low..<high).filter { Value.compare(comparison, terms.value($0, scratch), value) == true }
    switch comparison {
    case .equal, .notEqual:
      guard comparison == .equal else { return nil }
      guard let first = near.first, let last = near.last else { return low..<low }
      return Int(last - first) + 1 == near.count ? first..<last + 1 : nil
    case .less, .lessOrEqual:
      // All that are below, and a first part of those that are near.
      return near.last.map { Int($0 - low) + 1 == near.count } ?? true ? all.lowerBound..<low + StoreID(near.count) : nil
    case .greater, .greaterOrEqual:
      return near.first.map { Int(high - $0) == near.count } ?? true ? high - StoreID(near.count)..<all.upperBound : nil
    }
  }
}

extension Comparison {
  /// The same with its sides exchanged.
  var mirrored: Comparison {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .greater: .less
    case .lessOrEqual: .greaterOrEqual
    case .greaterOrEqual: .lessOrEqual
    }
  }

  /// The ids of `all` that compare so with a value whose own ids are `equal`.
  fileprivate func ids(around equal: Range<StoreID>, within all: Range<StoreID>) -> Range<StoreID>? {
    switch self {
    case .equal: equal
    case .notEqual: nil
    case .less: all.lowerBound..<max(all.lowerBound, equal.lowerBound)
    case .lessOrEqual: all.lowerBound..<max(all.lowerBound, equal.upperBound)
    case .greater: min(equal.upperBound, all.upperBound)..<all.upperBound
    case .greaterOrEqual: min(equal.lowerBound, all.upperBound)..<all.upperBound
    }
  }
}

extension Value {
  /// The number as the store knows it.
  fileprivate var number: NumericValue? {
    switch payload {
    case .integer(let value): .integer(value)
    case .decimal(let value): .decimal(value)
    case .float(let value): .float(value)
    case .double(let value): .double(value)
    default: nil
    }
  }
}

extension Expression {
  /// The conditions that must all be true for this one to be (§17.4.1.6).
  var conjuncts: [Expression] {
    // Each would be an operator of its own; so many are as well looked at together.
    if case .and(let all) = self, all.count < 200 { return all.flatMap(\.conjuncts) }
    return [self]
  }
}
