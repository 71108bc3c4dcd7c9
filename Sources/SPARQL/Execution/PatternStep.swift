import Problems
import Store

/// Joins solutions with a triple pattern by looking each of them up in the index: for every solution, the rows that match the pattern with
/// its values put in (SPARQL 1.1 §18.3.1).
final class PatternStep: Operator {
  /// What stands in a position: an id that is known before, or a slot.
  enum Place { case id(StoreID), slot(Int) }

  private let input: any Operator
  private let places: [Place]
  private let scope: GraphScope
  private let context: QueryContext
  private var batch: Solutions?
  private var row = 0
  private var scan: Scan?
  /// For the scan at hand: the slot that each of its columns fills, -1 for one that must only agree with another.
  private var targets: [Int] = []

  init(_ input: any Operator, _ places: [Place], scope: GraphScope, context: QueryContext) {
    self.input = input
    self.places = places
    self.scope = scope
    self.context = context
  }

  func next() throws(Failure) -> Solutions? {
    var out = Solutions(slots: context.slots)
    while out.count < Solutions.target {
      if scan != nil {
        if scan?.next() == true {
          appendRows(to: &out)
        } else {
          scan = nil
          row += 1
        }
        continue
      }
      if let batch, row < batch.count {
        open(batch)
        continue
      }
      try context.budget.check()
      batch = try input.next()
      row = 0
      if batch == nil { break }
    }
    return out.count > 0 ? out : nil
  }

  /// The pattern with the values of the row at hand.
  private func open(_ batch: Solutions) {
    var ids: [StoreID?] = []
    for place in places {
      switch place {
      case .id(let id): ids.append(id)
      case .slot(let slot):
        let value = batch[slot, row]
        ids.append(value == Solutions.unbound ? nil : value)
      }
    }
    // What the query has made itself stands in no stored triple.
    if ids.contains(where: { $0.map { $0 >= .firstQueryTerm } ?? false }) {
      row += 1
      return
    }
    let opened = context.terms.snapshot.scan(QuadPattern(subject: ids[0], predicate: ids[1], object: ids[2], graph: scope))
    targets = []
    for column in 0..<opened.width {
      let number: Int =
        switch opened.position(column) {
        case .subject: 0
        case .predicate: 1
        case .object: 2
        }
      if case .slot(let slot) = places[number] { targets.append(slot) } else { targets.append(-1) }
    }
    scan = consume opened
  }

  private func appendRows(to out: inout Solutions) {
    guard let batch, let count = scan?.count else { return }
    // Which rows stay where a variable stands twice in the pattern; nil for all of them, the common case.
    var kept: [Int]?
    for column in targets.indices {
      for other in (column + 1)..<max(targets.count, column + 1) where targets[other] == targets[column] {
        kept = (kept ?? Array(0..<count)).filter { scan?.column(column)[$0] == scan?.column(other)[$0] }
      }
    }
    let start = out.count
    let keptCount = kept?.count ?? count
    for slot in out.columns.indices {
      if let column = targets.firstIndex(of: slot) {
        fill(&out.columns[slot], upTo: start)
        if let source = scan?.column(column) {
          if let kept {
            out.columns[slot]?.append(contentsOf: kept.map { source[$0] })
          } else {
            out.columns[slot]?.append(contentsOf: source)
          }
        }
      } else {
        let value = batch[slot, row]
        if value == Solutions.unbound, out.columns[slot] == nil { continue }
        fill(&out.columns[slot], upTo: start)
        out.columns[slot]?.append(contentsOf: repeatElement(value, count: keptCount))
      }
    }
    out.count = start + keptCount
  }

  private func fill(_ column: inout ContiguousArray<StoreID>?, upTo count: Int) {
    if column == nil { column = ContiguousArray(repeating: Solutions.unbound, count: count) }
  }
}
