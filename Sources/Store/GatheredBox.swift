import Bytes
import Problems

/// Gathered quads that are only read, which two threads may do at once, while they become a snapshot.
final class GatheredBox: @unchecked Sendable {
  private var quads: GatheredQuads

  init(_ quads: consuming GatheredQuads) { self.quads = quads }

  var count: Int { quads.count }

  var hasUnusedTerms: Bool { quads.hasUnusedTerms }

  func sortedTerms() -> SortedTerms { TermSorting.sort(quads.interner, quads.qualifiers) }

  /// Visits terms in order from a place on; see ``SortedTerms/forEach(from:_:_:_:)``.
  func forEach(_ sorted: SortedTerms, from start: Int = 0, _ body: (Int, OrderedTerm) -> Bool) -> Int {
    sorted.forEach(from: start, quads.interner, quads.qualifiers, body)
  }

  func dictionary(_ sorted: SortedTerms) throws(Failure) -> TermDictionary {
    var writer = TermDictionaryWriter()
    _ = forEach(sorted) { _, term in
      writer.add(term)
      return true
    }
    return try writer.finish()
  }

  /// The ids of all predicates, sorted.
  func predicates(_ numbers: Column<StoreID>) -> [StoreID] {
    let isUsed = Column<Bool>(count: max(numbers.count, 1))
    isUsed.start.update(repeating: false, count: max(numbers.count, 1))
    let column = quads.columns.predicates
    for row in 0..<quads.count { isUsed.start[Int(column[row])] = true }
    var found: [StoreID] = []
    for number in 0..<numbers.count where isUsed.start[number] { found.append(numbers.start[number]) }
    return found.sorted()
  }

  /// The ids of all graphs, sorted; ``StoreID/defaultGraph`` last where it is one of them.
  func graphs(_ numbers: Column<StoreID>) -> [StoreID] {
    let runs = quads.runs
    return Set(runs.map { Self.graph($0.graph, numbers) }).sorted()
  }

  private static func graph(_ number: UInt32, _ numbers: Column<StoreID>) -> StoreID {
    number == .defaultGraph ? number : numbers.start[Int(number)]
  }

  func pack<Key: FixedWidthInteger & UnsignedInteger>(
    _ numbers: Column<StoreID>, _ predicates: Ranks, _ graphs: Ranks, _ layout: KeyLayout, into keys: UnsafeMutablePointer<Key>
  ) {
    let ids = numbers.start
    let (subjects, predicateColumn, objects) = quads.columns
    let ranks = predicates.table.start
    let (subjectShift, predicateShift, objectShift) = (Key(layout.subject.shift), Key(layout.predicate.shift), Key(layout.object.shift))
    let runs = quads.runs
    let count = quads.count
    for (index, run) in runs.enumerated() {
      let end = index + 1 < runs.count ? runs[index + 1].start : count
      let graph = Key(graphs.rank(Self.graph(run.graph, numbers))) &<< Key(layout.graph.shift)
      for row in run.start..<end {
        let subject = Key(truncatingIfNeeded: ids[Int(subjects[row])]) &<< subjectShift
        let predicate = Key(truncatingIfNeeded: ranks[Int(ids[Int(predicateColumn[row])])]) &<< predicateShift
        let object = Key(truncatingIfNeeded: ids[Int(objects[row])]) &<< objectShift
        keys[row] = subject | predicate | object | graph
      }
    }
  }

  /// Where subjects came from, by graph.
  func provenance(_ numbers: Column<StoreID>, _ files: [String]) -> [StoreID: Provenance] {
    var entries: [StoreID: [Provenance.Entry]] = [:]
    let (notes, count) = quads.allNotes
    for note in UnsafeBufferPointer(start: notes, count: count) {
      entries[Self.graph(note.graph, numbers), default: []].append(
        .init(subject: numbers.start[Int(note.subject)], file: note.file, row: note.row))
    }
    return entries.mapValues { Provenance($0, files: files) }
  }

  /// Gives back all memory when nothing is needed any more.
  func dropTerms() { quads = GatheredQuads() }
}
