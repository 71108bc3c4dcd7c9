package import Bytes
package import RDF

extension Snapshot {
  /// The value of a number, or nil for any other term.
  package func number(of id: StoreID) -> NumericValue? {
    guard dictionary.range(.number).contains(id) else { return nil }
    let packed = dictionary.number(id)
    if packed.isSmallDecimal || packed.type > .decimal { return packed.value(.empty) }
    var out = ByteBuffer()
    append(id, to: &out)
    return packed.value(out.view)
  }

  /// The moment of a dateTime, the beginning of a date, or nil for any other term; without zone as in UTC.
  package func instant(of id: StoreID) -> Instant? {
    guard columns.moments.contains(id) else { return nil }
    let packed = dictionary.moment(id)
    if !packed.hasFraction { return packed.instant(.empty) }
    var out = ByteBuffer()
    append(id, to: &out)
    return packed.instant(out.view)
  }

  /// The value of an xsd:boolean, or nil for any other term.
  package func boolean(of id: StoreID) -> Bool? {
    guard dictionary.range(.boolean).contains(id) else { return nil }
    var out = ByteBuffer()
    append(id, to: &out)
    return BooleanValue(lexical: out.view)?.isTrue
  }

  /// The ids of all numbers that are not not-a-number.
  package var orderedNumbers: Range<StoreID> {
    let all = dictionary.range(.number)
    let end = Search.firstIndex(in: Int(all.lowerBound)..<Int(all.upperBound)) { number(of: StoreID($0))?.isNaN ?? false }
    return all.lowerBound..<StoreID(end)
  }

  /// The ids of the numbers that are exactly `value`, an empty range where they would stand if there are none.
  package func numbers(equalTo value: NumericValue) -> Range<StoreID> {
    run(dictionary.range(.number)) { number(of: $0)?.compare(exactly: value) ?? 0 }
  }

  /// The ids of the dateTimes at an instant, an empty range where they would stand if there are none.
  package func dateTimes(at instant: Instant) -> Range<StoreID> { moments(.dateTime, instant) }

  /// The ids of the dates that begin at an instant, an empty range where they would stand if there are none.
  package func dates(at instant: Instant) -> Range<StoreID> { moments(.date, instant) }

  /// The first xsd:string whose bytes are not before `text`.
  package func firstString(from text: ByteView) -> StoreID {
    var scratch = ByteBuffer()
    return dictionary.lowerBound(OrderedTerm(termClass: .string, view: text), &scratch)
  }

  /// The ids of all terms of the same value as a number, dateTime, date or boolean; of any other term itself alone.
  package func equalRun(of id: StoreID) -> Range<StoreID> {
    switch dictionary.termClass(id) {
    case .number: return number(of: id).map { numbers(equalTo: $0) } ?? id..<id + 1
    case .dateTime: return instant(of: id).map { dateTimes(at: $0) } ?? id..<id + 1
    case .date: return instant(of: id).map { dates(at: $0) } ?? id..<id + 1
    case .boolean:
      let isTrue = boolean(of: id) ?? false
      return run(dictionary.range(.boolean)) { boolean(of: $0) == isTrue ? 0 : isTrue ? -1 : 1 }
    case .blankNode, .iri, .string, .tagged, .other: return id..<id + 1
    }
  }

  private func moments(_ termClass: TermClass, _ instant: Instant) -> Range<StoreID> {
    run(dictionary.range(termClass)) { id in
      let other = self.instant(of: id) ?? instant
      return other == instant ? 0 : other < instant ? -1 : 1
    }
  }

  /// The ids of a sorted range for which `compare` is 0, negative before them, positive after.
  private func run(_ range: Range<StoreID>, _ compare: (StoreID) -> Int) -> Range<StoreID> {
    let all = Int(range.lowerBound)..<Int(range.upperBound)
    let low = Search.firstIndex(in: all) { compare(StoreID($0)) >= 0 }
    let high = Search.firstIndex(in: low..<all.upperBound) { compare(StoreID($0)) > 0 }
    return StoreID(low)..<StoreID(high)
  }
}

extension Snapshot {
  /// The first id of those whose value is that of a number, dateTime, date or boolean; for any other term its own.
  package func firstEqual(to id: StoreID) -> StoreID {
    var first = id
    while first > 0, isEqual(first - 1, id) { first -= 1 }
    return first
  }

  /// Whether two ids, which stand side by side or have only equal ones between them, have one value.
  private func isEqual(_ left: StoreID, _ right: StoreID) -> Bool {
    if columns.numbers.contains(left), columns.numbers.contains(right) {
      let (a, b) = (dictionary.number(left), dictionary.number(right))
      if let a = a.smallDecimal, let b = b.smallDecimal, a.scale == b.scale { return a.unscaled == b.unscaled }
      guard let a = number(of: left), let b = number(of: right) else { return false }
      return a.compare(exactly: b) == 0
    }
    if columns.moments.contains(left), columns.moments.contains(right) {
      guard dictionary.termClass(left) == dictionary.termClass(right), dictionary.moment(left).seconds == dictionary.moment(right).seconds
      else { return false }
      return instant(of: left) == instant(of: right)
    }
    guard let a = boolean(of: left), let b = boolean(of: right) else { return false }
    return a == b
  }
}
