import Bytes
import RDF

/// The terms of a builder in the total order, each with its place.
struct SortedTerms: Sendable {
  /// The builder's numbers in order.
  let order: Column<UInt32>
  /// For each of the builder's numbers its place in the order.
  let rank: Column<UInt32>
  /// Where the numbers and moments begin in the order, and what their values are.
  let firstNumber: Int
  let numbers: [NumberItem]
  let firstMoment: Int
  let moments: [MomentItem]
  /// Where the groups with a qualifier begin, and the qualifier's number.
  let groups: [(start: Int, qualifier: Int)]
  let bounds: [Int]

  var count: Int { order.count }

  struct NumberItem {
    var key: UInt64
    var number: PackedNumber
    var id: UInt32
  }

  struct MomentItem {
    var moment: PackedMoment
    var id: UInt32
  }

  /// Calls `body` with the terms from `start` on in order, till it says that it has seen enough; gives the place after the last one seen.
  func forEach(
    from start: Int = 0, _ interner: borrowing TermInterner, _ qualifiers: borrowing QualifierTable, _ body: (Int, OrderedTerm) -> Bool
  ) -> Int {
    var at = start
    var group = Search.firstIndex(in: 0..<groups.count) { groups[$0].start > start } - 1
    while at < count {
      if !body(at, term(at, &group, interner, qualifiers)) { return at }
      at += 1
    }
    return at
  }

  private func term(_ at: Int, _ group: inout Int, _ interner: borrowing TermInterner, _ qualifiers: borrowing QualifierTable)
    -> OrderedTerm
  {
    let view = interner.view(Int(order.start[at]))
    var termClass = TermClass.blankNode
    while termClass != .other, at >= bounds[Int(termClass.rawValue) + 1] {
      termClass = TermClass(rawValue: termClass.rawValue + 1) ?? .other
    }
    var term = OrderedTerm(termClass: termClass, view: view)
    switch termClass {
    case .blankNode, .iri, .boolean, .string: break
    case .number: term.number = numbers[at - firstNumber].number
    case .dateTime, .date: term.moment = moments[at - firstMoment].moment
    case .tagged, .other:
      while group + 1 < groups.count, groups[group + 1].start <= at { group += 1 }
      term.qualifier = qualifiers.view(groups[group].qualifier)
    }
    return term
  }
}

/// Sorts a builder's terms.
struct TermSorting {
  /// Buckets of terms that are sorted among themselves: the classes, then each language and each datatype of its own.
  private static let firstQualified = Int(TermClass.tagged.rawValue)

  static func sort(_ interner: borrowing TermInterner, _ qualifiers: borrowing QualifierTable) -> SortedTerms {
    let count = interner.count
    let sortedQualifiers = qualifiers.sorted()
    var qualifierBucket = [Int](repeating: 0, count: qualifiers.count)
    for (place, qualifier) in sortedQualifiers.enumerated() { qualifierBucket[qualifier] = firstQualified + place }
    let bucketCount = firstQualified + sortedQualifiers.count
    let bucketOf = Column<UInt32>(count: count)
    var sizes = [Int](repeating: 0, count: bucketCount + 1)
    var numbers: [SortedTerms.NumberItem] = []
    var dateTimes: [SortedTerms.MomentItem] = []
    var dates: [SortedTerms.MomentItem] = []
    var scratch = ByteBuffer()
    for id in 0..<count {
      let record = interner.records[id]
      var bucket: Int
      switch record.kind {
      case .blankNode: bucket = Int(TermClass.blankNode.rawValue)
      case .iri, .tag: bucket = Int(TermClass.iri.rawValue)
      case .string: bucket = Int(TermClass.string.rawValue)
      case .tagged: bucket = qualifierBucket[record.qualifier]
      case .typed:
        let role = qualifiers.roles[record.qualifier]
        bucket = qualifierBucket[record.qualifier]
        if role != .other {
          var key: UInt64 = 0
          let term = OrderedTerm(interner.view(id), datatype: .empty, role: role, key: &key, scratch: &scratch)
          if term.termClass != .other { bucket = Int(term.termClass.rawValue) }
          switch term.termClass {
          case .number: numbers.append(.init(key: key, number: term.number, id: UInt32(truncatingIfNeeded: id)))
          case .dateTime: dateTimes.append(.init(moment: term.moment, id: UInt32(truncatingIfNeeded: id)))
          case .date: dates.append(.init(moment: term.moment, id: UInt32(truncatingIfNeeded: id)))
          default: break
          }
        }
      }
      bucketOf.start[id] = UInt32(truncatingIfNeeded: bucket)
      sizes[bucket] &+= 1
    }
    var starts = [0]
    for size in sizes.dropLast() { starts.append(starts[starts.count - 1] + size) }
    let items = Column<TextItem>(count: count)
    var next = starts
    for id in 0..<count {
      let bucket = Int(bucketOf.start[id])
      items.start[next[bucket]] = TextItem(key: 0, id: UInt32(truncatingIfNeeded: id))
      next[bucket] &+= 1
    }
    return finish(
      interner, items, starts, sortedQualifiers.filter { sizes[qualifierBucket[$0]] > 0 }.map { (starts[qualifierBucket[$0]], $0) },
      firstOther: firstQualified + (0..<qualifiers.count).count { qualifiers.isTag[$0] }, numbers, dateTimes, dates)
  }

  private static func finish(
    _ interner: borrowing TermInterner, _ items: Column<TextItem>, _ starts: [Int], _ groups: [(start: Int, qualifier: Int)],
    firstOther: Int, _ numberItems: [SortedTerms.NumberItem], _ dateTimeItems: [SortedTerms.MomentItem],
    _ dateItems: [SortedTerms.MomentItem]
  ) -> SortedTerms {
    nonisolated(unsafe) let sorter = TextSort(text: interner.text.start, records: interner.records.start)
    let count = interner.count
    let order = Column<UInt32>(count: count)
    let rank = Column<UInt32>(count: count)
    var numbers = numberItems
    var moments = dateTimeItems
    var dates = dateItems
    let text = Texts(text: sorter.text, records: sorter.records)
    let valued = Int(TermClass.number.rawValue)...Int(TermClass.date.rawValue)
    @Sendable func sortTexts(_ buckets: Range<Int>) {
      var sorter = sorter
      for bucket in buckets where !valued.contains(bucket) {
        let start = starts[bucket]
        sorter.sort(items.start + start, starts[bucket + 1] - start)
        for at in start..<starts[bucket + 1] { place(items.start[at].id, at) }
      }
    }
    @Sendable func place(_ id: UInt32, _ at: Int) {
      order.start[at] = id
      rank.start[Int(id)] = UInt32(truncatingIfNeeded: at)
    }
    // Blank nodes and IRIs are most of the terms; the other thread takes the literals.
    let literals = Int(TermClass.number.rawValue)
    _ = inParallel({ sortTexts(0..<literals) }) {
      sortTexts(literals..<starts.count - 1)
      numbers.sort { text.isBefore($0, $1) }
      moments.sort { text.isBefore($0, $1) }
      dates.sort { text.isBefore($0, $1) }
      for (at, item) in numbers.enumerated() { place(item.id, starts[literals] + at) }
      moments += dates
      for (at, item) in moments.enumerated() { place(item.id, starts[Int(TermClass.dateTime.rawValue)] + at) }
    }
    // Booleans are at most four and sorted as text so far.
    let booleans = starts[Int(TermClass.boolean.rawValue)]..<starts[Int(TermClass.boolean.rawValue) + 1]
    let sortedBooleans = booleans.map { order.start[$0] }.sorted {
      text.boolean($0) == text.boolean($1) ? text.view($0) < text.view($1) : !text.boolean($0)
    }
    for (at, id) in zip(booleans, sortedBooleans) { place(id, at) }
    var bounds = Array(starts[0...Int(TermClass.tagged.rawValue)])
    bounds.append(starts[firstOther])
    bounds.append(count)
    return SortedTerms(
      order: order, rank: rank, firstNumber: starts[literals], numbers: numbers,
      firstMoment: starts[Int(TermClass.dateTime.rawValue)], moments: moments, groups: groups, bounds: bounds)
  }

  /// The texts that decide between literals of values that eight bytes can't tell apart.
  private struct Texts {
    let text: UnsafePointer<UInt8>
    let records: UnsafePointer<TermInterner.Record>

    func view(_ id: UInt32) -> ByteView {
      let start = records[Int(id)].start
      return ByteView(text + Int(start), count: Int(records[Int(id) + 1].start - start))
    }

    func boolean(_ id: UInt32) -> Bool { BooleanValue(lexical: view(id))?.isTrue ?? false }

    @inline(__always) func isBefore(_ left: SortedTerms.NumberItem, _ right: SortedTerms.NumberItem) -> Bool {
      left.key == right.key ? isBeforeExactly(left, right) : left.key < right.key
    }

    @inline(never) private func isBeforeExactly(_ left: SortedTerms.NumberItem, _ right: SortedTerms.NumberItem) -> Bool {
      OrderedTerm.compare(
        OrderedTerm(termClass: .number, view: view(left.id), number: left.number),
        OrderedTerm(termClass: .number, view: view(right.id), number: right.number)) < 0
    }

    @inline(__always) func isBefore(_ left: SortedTerms.MomentItem, _ right: SortedTerms.MomentItem) -> Bool {
      if left.moment.seconds != right.moment.seconds { return left.moment.seconds < right.moment.seconds }
      return OrderedTerm.compare(
        OrderedTerm(termClass: .dateTime, view: view(left.id), moment: left.moment),
        OrderedTerm(termClass: .dateTime, view: view(right.id), moment: right.moment)) < 0
    }
  }
}
