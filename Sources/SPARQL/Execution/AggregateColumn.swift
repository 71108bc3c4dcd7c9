import Bytes
import Problems
import RDF
import Store

/// One aggregate over all groups at once, on ids where they say enough: counts, sums of exact numbers, and the least and greatest, which
/// the order of ids tells. What they don't say goes to an ``Accumulator`` of the group.
final class AggregateColumn {
  private enum Way {
    /// `COUNT(*)`
    case countAll
    /// Counts where a variable has a value.
    case count(VariableID)
    /// Counts the different values of a variable.
    case countDistinct(VariableID)
    /// `COUNT(DISTINCT *)`
    case countSolutions
    /// SUM or AVG of a variable.
    case sum(VariableID)
    /// MIN or MAX of a variable.
    case best(VariableID, isLeast: Bool)
    case general(ExpressionColumn?)
  }

  private let aggregate: Aggregate
  private let way: Way
  private let evaluator: RowEvaluator
  private let scope: GraphScope
  private var counts: [Int] = []
  private var sums: [ExactSum] = []
  private var bests: [StoreID] = []
  private var seen: KeyTable?
  /// The groups whose ids did not say enough.
  private var accumulators: [UInt32: Accumulator] = [:]
  private var accumulatorBytes = 0
  /// The ids of literals of datatypes whose order the store does not know.
  private let unordered: Range<StoreID>

  init(_ aggregate: Aggregate, _ evaluator: RowEvaluator, scope: GraphScope) {
    self.aggregate = aggregate
    self.evaluator = evaluator
    self.scope = scope
    unordered = evaluator.context.terms.snapshot.range(of: .other)
    switch (aggregate.kind, aggregate.argument) {
    case (.count, nil):
      way = aggregate.isDistinct ? .countSolutions : .countAll
      if aggregate.isDistinct { seen = KeyTable(width: evaluator.context.variables.count + 1) }
    case (.count, .variable(let variable)?):
      way = aggregate.isDistinct ? .countDistinct(variable) : .count(variable)
      if aggregate.isDistinct { seen = KeyTable(width: 2) }
    case (.sum, .variable(let variable)?) where !aggregate.isDistinct: way = .sum(variable)
    case (.average, .variable(let variable)?) where !aggregate.isDistinct: way = .sum(variable)
    case (.min, .variable(let variable)?): way = .best(variable, isLeast: true)
    case (.max, .variable(let variable)?): way = .best(variable, isLeast: false)
    default: way = .general(nil)
    }
  }

  /// About how many bytes it holds.
  var byteCount: Int {
    counts.count * 8 + sums.count * MemoryLayout<ExactSum>.stride + bests.count * 4 + (seen?.byteCount ?? 0) + accumulatorBytes
  }

  /// Takes the solutions of a batch, each with the number of its group.
  func add(_ batch: Solutions, _ groups: [UInt32], groupCount: Int) throws(Failure) {
    switch way {
    case .countAll:
      counts.grow(to: groupCount, with: 0)
      counts.withUnsafeMutableBufferPointer { counts in for group in groups { counts[Int(group)] &+= 1 } }
    case .count(let variable):
      counts.grow(to: groupCount, with: 0)
      guard let column = batch.columns[variable] else { return }
      counts.withUnsafeMutableBufferPointer { counts in
        for (row, group) in groups.enumerated() where column[row] != Solutions.unbound { counts[Int(group)] &+= 1 }
      }
    case .countDistinct(let variable):
      counts.grow(to: groupCount, with: 0)
      guard let column = batch.columns[variable] else { return }
      count([ContiguousArray(groups), column], groups) { column[$0] != Solutions.unbound }
    case .countSolutions:
      counts.grow(to: groupCount, with: 0)
      count([ContiguousArray(groups)] + batch.columns[0..<evaluator.context.variables.count], groups) { _ in true }
    case .sum(let variable):
      sums.grow(to: groupCount, with: ExactSum())
      try addSums(batch, variable, groups)
    case .best(let variable, let isLeast):
      bests.grow(to: groupCount, with: Solutions.unbound)
      try addBests(batch, variable, groups, isLeast: isLeast)
    case .general:
      for row in 0..<batch.count { try addGeneral(batch, row, group: groups[row]) }
      try evaluator.endBatch()
    }
  }

  /// Counts the rows whose key is new and for which `isCounted`.
  private func count(_ columns: [ContiguousArray<StoreID>?], _ groups: [UInt32], _ isCounted: (Int) -> Bool) {
    guard let seen else { return }
    // New keys are numbered one after the other.
    var next = UInt32(seen.count)
    for (row, number) in seen.add(columns, rows: groups.count).enumerated() where number == next {
      next += 1
      if isCounted(row) { counts[Int(groups[row])] &+= 1 }
    }
  }

  private func addSums(_ batch: Solutions, _ variable: VariableID, _ groups: [UInt32]) throws(Failure) {
    // In a variable of the call's own, the sums are reached without asking each time whether anybody else is at them.
    var sums = self.sums
    self.sums = []
    defer { self.sums = sums }
    let values = evaluator.context.terms.snapshot.valueColumns
    let column = batch.columns[variable]
    var isGeneral = !accumulators.isEmpty
    for row in 0..<batch.count {
      let group = groups[row]
      let id = column.map { $0[row] } ?? Solutions.unbound
      if values.numbers.contains(id), !isGeneral || accumulators[group] == nil {
        let number = values.number(id)
        if let small = number.smallDecimal,
          sums[Int(group)].add(small.unscaled, scale: small.scale, isDecimal: number.type == .decimal)
        {
          continue
        }
      }
      isGeneral = true
      if accumulators[group] == nil {
        let sum = sums[Int(group)]
        accumulators[group] = Accumulator(aggregate, count: sum.count, sum: sum.value)
        accumulatorBytes += 256
      }
      try addGeneral(batch, row, group: group)
    }
    try evaluator.endBatch()
  }

  private func addBests(_ batch: Solutions, _ variable: VariableID, _ groups: [UInt32], isLeast: Bool) throws(Failure) {
    var bests = self.bests
    self.bests = []
    defer { self.bests = bests }
    let column = batch.columns[variable]
    for row in 0..<batch.count {
      let group = Int(groups[row])
      let id = column.map { $0[row] } ?? Solutions.unbound
      if id < unordered.lowerBound, accumulators.isEmpty || accumulators[groups[row]] == nil {
        let best = bests[group]
        if best == Solutions.unbound || (isLeast ? id < best : id > best) { bests[group] = id }
        continue
      }
      if accumulators[groups[row]] == nil {
        var accumulator = Accumulator(aggregate)
        if bests[group] != Solutions.unbound {
          accumulator.add(evaluator.context.terms.value(bests[group], evaluator.functions.scratch), evaluator.functions)
        }
        accumulators[groups[row]] = accumulator
        accumulatorBytes += 256
      }
      try addGeneral(batch, row, group: groups[row])
    }
    try evaluator.endBatch()
  }

  private func addGeneral(_ batch: Solutions, _ row: Int, group: UInt32) throws(Failure) {
    guard let argument = aggregate.argument else { return }
    let value = try evaluator.value(argument, batch, row, scope: scope)
    var accumulator = accumulators.removeValue(forKey: group) ?? Accumulator(aggregate)
    let before = accumulator.memory
    accumulator.add(value, evaluator.functions)
    accumulatorBytes += accumulator.memory - before
    accumulators[group] = accumulator
  }

  /// Whether ids said enough of all solutions that came to this one and another, so that what they came to can be put together.
  func canTake(_ other: AggregateColumn) -> Bool {
    guard accumulators.isEmpty, other.accumulators.isEmpty else { return false }
    switch way {
    case .general, .countDistinct, .countSolutions: return false
    case .countAll, .count, .sum, .best: return true
    }
  }

  /// Takes what another of the same aggregate came to, whose groups have these numbers here; false where a sum would not fit.
  func take(_ other: AggregateColumn, _ groups: [UInt32], groupCount: Int) throws(Failure) -> Bool {
    switch way {
    case .countAll, .count:
      counts.grow(to: groupCount, with: 0)
      for (group, count) in zip(groups, other.counts) { counts[Int(group)] += count }
    case .sum:
      sums.grow(to: groupCount, with: ExactSum())
      for (group, sum) in zip(groups, other.sums) where !sums[Int(group)].add(sum) { return false }
    case .best(_, let isLeast):
      bests.grow(to: groupCount, with: Solutions.unbound)
      for (group, id) in zip(groups, other.bests) where id != Solutions.unbound {
        let best = bests[Int(group)]
        if best == Solutions.unbound || (isLeast ? id < best : id > best) { bests[Int(group)] = id }
      }
    case .general, .countDistinct, .countSolutions: return false
    }
    return true
  }

  /// The results of all groups.
  func results(groupCount: Int) throws(Failure) -> ContiguousArray<StoreID> {
    let terms = evaluator.context.terms
    let scratch = evaluator.functions.scratch
    var column = ContiguousArray<StoreID>()
    column.reserveCapacity(groupCount)
    for group in 0..<groupCount {
      if column.count & 1023 == 1023 {
        try evaluator.endBatch()
        try evaluator.context.check()
      }
      if let accumulator = accumulators[UInt32(truncatingIfNeeded: group)] {
        column.append(terms.id(of: accumulator.result(evaluator.functions), scratch))
        continue
      }
      switch way {
      case .countAll, .count, .countDistinct, .countSolutions:
        column.append(terms.id(of: .integer(group < counts.count ? counts[group] : 0), scratch))
      case .sum:
        let sum = group < sums.count ? sums[group] : ExactSum()
        column.append(terms.id(of: aggregate.kind == .sum ? sum.value : sum.average, scratch))
      case .best: column.append(group < bests.count ? bests[group] : Solutions.unbound)
      case .general: column.append(terms.id(of: Accumulator(aggregate).result(evaluator.functions), scratch))
      }
    }
    try evaluator.endBatch()
    return column
  }
}

extension Array {
  /// Appends elements until there are so many.
  fileprivate mutating func grow(to length: Int, with element: Element) {
    if length > count { append(contentsOf: repeatElement(element, count: length - count)) }
  }
}
