import Bytes
import Identifiers
import Problems
import RDF
import Tables

// From the values of a row to its triples by term maps (RML-Core §11).
extension RowRunner {
  /// How many terms a term map may make of a row, and how many triples a link may: lists multiply each other.
  static let most = 1 << 20

  /// Whether so many are more than may be, which is told of.
  @inline(__always)
  mutating func isTooMany(_ count: Int, _ row: Int, _ input: borrowing RowBatch) -> Bool {
    if count <= Self.most { return false }
    reportTooMany(row, input)
    return true
  }

  @inline(never)
  private mutating func reportTooMany(_ row: Int, _ input: borrowing RowBatch) {
    let place = place(row, 0, input, column: nil)
    report(Problem(.limitExceeded, at: place, ["what": .phrase("item-triples"), "limit": "\(Self.most)"]))
  }

  /// Appends the triples of the current row by all triples maps over it, or fills the join tables.
  mutating func emitMaps(_ row: Int, _ input: borrowing RowBatch) {
    for index in 0..<gatherings.count { gather(gatherings.elements + index, row, input) }
    for index in 0..<maps.count {
      made.removeAll(keepingCapacity: true)
      emit(maps.elements + index, row, input)
    }
  }

  private mutating func emit(_ map: UnsafeMutablePointer<TriplesPlan>, _ row: Int, _ input: borrowing RowBatch) {
    let subjects = make(map.pointee.subject, row, input)
    if subjects.isEmpty { return }
    let graphs = makeAll(map.pointee.graphs, row, input)
    let hasGraphs = !map.pointee.graphs.isEmpty
    for index in 0..<map.pointee.types.count {
      for subject in subjects {
        if !hasGraphs { batch.append(made[subject], typeTerm, map.pointee.types[index], graph: graph) }
        for name in graphs { batch.append(made[subject], typeTerm, map.pointee.types[index], graph: made[name]) }
      }
    }
    let count = made.count
    let links = hotLinks.elements + map.pointee.firstLink
    for index in 0..<map.pointee.links.count {
      if !hasGraphs, links[index].isSimple {
        let objects = make(links[index].object, row, input)
        if isTooMany(subjects.count &* objects.count, row, input) { return }
        for subject in subjects {
          for object in objects { batch.append(made[subject], links[index].predicate, made[object], graph: graph) }
        }
      } else {
        emit(map.pointee.links[index], subjects, graphs, hasGraphs, row, input)
      }
      made.removeLast(made.count - count)
    }
  }

  private mutating func emit(
    _ link: LinkPlan, _ subjects: Range<Int>, _ graphs: Range<Int>, _ hasGraphs: Bool, _ row: Int, _ input: borrowing RowBatch
  ) {
    let predicates = makeAll(link.predicates, row, input)
    if predicates.isEmpty { return }
    let first = made.count
    for object in link.objects {
      switch object {
      case .term(let number): _ = make(number, row, input)
      case .joined(let table, let keys): join(table, keys, row, input)
      }
    }
    let objects = first..<made.count
    let more = makeAll(link.graphs, row, input)
    let isPlain = !hasGraphs && link.graphs.isEmpty
    let count = subjects.count &* predicates.count &* objects.count
    if isTooMany(count &* max(graphs.count &+ more.count, 1), row, input) { return }
    for subject in subjects {
      for predicate in predicates {
        for object in objects {
          if isPlain { batch.append(made[subject], made[predicate], made[object], graph: graph) }
          for name in graphs { batch.append(made[subject], made[predicate], made[object], graph: made[name]) }
          for name in more { batch.append(made[subject], made[predicate], made[object], graph: made[name]) }
        }
      }
    }
  }

  /// Adds the subjects that a join table has for the keys of the row.
  private mutating func join(_ table: JoinTable, _ keys: [Int], _ row: Int, _ input: borrowing RowBatch) {
    let first = made.count
    var found: [TermID] = []
    forEachKey(keys, row, input) { runner, key in
      table.find(key) { kind, subject in found.append(runner.batch.terms.add(kind, subject)) }
    }
    // The keys themselves are said of nobody.
    made.removeLast(made.count - first)
    made.append(contentsOf: found)
  }

  /// Adds the subjects of the row to a join table, under each of its keys.
  private mutating func gather(_ plan: UnsafeMutablePointer<GatheringPlan>, _ row: Int, _ input: borrowing RowBatch) {
    made.removeAll(keepingCapacity: true)
    let subjects = make(plan.pointee.subject, row, input)
    if subjects.isEmpty { return }
    let table = plan.pointee.table
    forEachKey(plan.pointee.keys, row, input) { runner, key in
      for subject in subjects {
        table.add(runner.batch.terms[runner.made[subject]].kind, runner.batch.terms.view(runner.made[subject]), key: key)
      }
    }
  }

  /// Tells `body` of each key that the row has: the texts of some terms, one of each.
  private mutating func forEachKey(
    _ terms: [Int], _ row: Int, _ input: borrowing RowBatch, _ body: (inout RowRunner, ByteView) -> Void
  ) {
    var parts: [Range<Int>] = []
    for term in terms {
      parts.append(make(term, row, input))
      if parts[parts.count - 1].isEmpty { return }
    }
    var choice = parts.map(\.lowerBound)
    var key = ByteBuffer()
    while true {
      key.truncate()
      for number in choice {
        let text = batch.terms.view(made[number])
        key.append(decimal: text.count)
        key.append(UInt8(ascii: ":"))
        key.append(text)
      }
      body(&self, key.view)
      var index = parts.count - 1
      while index >= 0 {
        choice[index] += 1
        if choice[index] < parts[index].upperBound { break }
        choice[index] = parts[index].lowerBound
        index -= 1
      }
      if index < 0 { return }
    }
  }
}
