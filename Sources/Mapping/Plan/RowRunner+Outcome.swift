import Bytes
import Problems
import RDF
import Tables

// What becomes of a row, and what is counted of it (contract §2).
extension RowRunner {
  /// Converts a row, or the observation at hand of it: judges it, parses its cells, and appends its triples.
  mutating func convert(_ row: Int, _ width: Int, _ input: borrowing RowBatch) -> RowOutcome {
    cutTexts(row, width, input)
    if plan.isSecretive, input.tellsValues, let secret = unknownSecret(row, width, input) { return .undecided(.form(column: secret)) }
    if !unreadable.isEmpty, plan.isSecretive, let secret = unreadable.first(where: { columns.elements[$0.column].isSecret }) {
      return .undecided(.form(column: secret.column))
    }
    if let outcome = judge(row, input) { return outcome }
    for index in 0..<plan.conditions.count where !holds(plan.conditions[index]) { return .passedOver }
    values.items.removeAll(keepingCapacity: true)
    let start = batch.count
    if let outcome = parse(row, input) { return outcome }
    if !cutBy.isEmpty { for rule in cutBy { counters.cells[rule] += 1 } }
    if plan.checksKeys { checkKeys(row, input) }
    if plan.subjects.isEmpty, !(maps.isEmpty && gatherings.isEmpty) { emitMaps(row, input) } else { emit() }
    if batch.count > start, origins != nil { origins?.note(values.rowNumber, start..<batch.count) }
    guard let objects else { return .published(hasSaid: batch.count > start) }
    let hasSaid = objects.current.hasEntries
    if !subjects.isEmpty { writeObjects(objects) }
    return .published(hasSaid: hasSaid)
  }

  /// Converts a row once for each of its observations. It counts once: as published where one is, and what is withheld of it then counts
  /// as cells; else as what became of the first.
  mutating func unpivot(_ row: Int, _ width: Int, _ input: borrowing RowBatch) {
    var hasSaid = false
    var others: [RowOutcome] = []
    for number in 0..<pivots.count {
      if pivots[number].cell >= width || input.cell(row, pivots[number].cell).trimmedOfSpaces.isEmpty { continue }
      pivot = pivots[number]
      switch convert(row, width, input) {
      case .published(let says): hasSaid = hasSaid || says
      case .passedOver: break
      case let outcome: others.append(outcome)
      }
    }
    pivot = nil
    if !hasSaid, let first = others.first { return note(first, row, input) }
    note(.published(hasSaid: hasSaid), row, input)
    for outcome in others {
      switch outcome {
      case .withheld(let rule): counters.cells[rule] += 1
      case .embargoed(let day): report.rowsEmbargoed[day, default: 0] += 1
      case .undecided: report.cellsWithheld[ConversionReport.undecided, default: 0] += 1
      case .published, .passedOver: break
      }
    }
  }

  /// Counts what became of a row. Nothing is told of one that can't be judged, not even its number.
  mutating func note(_ outcome: RowOutcome, _ row: Int, _ input: borrowing RowBatch) {
    switch outcome {
    case .published(let hasSaid):
      if hasSaid { report.rowsPublished += 1 }
      if values.rowNumber <= GarbledColumns.rows { lookForGarbledTexts(row, input) }
      if !input.remarks.isEmpty { tellRemarks(row, input) }
    case .passedOver: if !input.remarks.isEmpty { tellRemarks(row, input) }
    case .withheld(let rule): counters.rows[rule] += 1
    case .embargoed(let day): report.rowsEmbargoed[day, default: 0] += 1
    case .undecided(let doubt):
      report.rowsWithheld[ConversionReport.undecided, default: 0] += 1
      doubts.note(doubt)
      report(Problem(.rowUndecided, at: table))
      context.review?.add(
        row, of: input, rule: ConversionReport.undecided, .rowWithheld, column: nil, why: words(doubt, width: input.cellCount(row)))
    }
  }

  /// Tells what was wrong with the cells of a row as it was read, but for those that are withheld.
  private mutating func tellRemarks(_ row: Int, _ input: borrowing RowBatch) {
    for remark in input.remarks(on: row) {
      let isWithheld = (0..<columns.count).contains { cell(of: $0) == remark.cell && values.cells[$0].state == .withheld }
      if !isWithheld { report(discreet(input.problem(of: remark))) }
    }
  }

  private func words(_ doubt: Doubt, width: Int) -> Words {
    switch doubt {
    case .damaged: .phrase("doubt-damaged")
    case .quote: .phrase("doubt-quote")
    case .width: .phrase("doubt-width", ["found": "\(width)", "expected": "\(plan.width)"])
    case .form(let column): .phrase("doubt-form", ["name": columns.elements[column].shownName])
    case .day: .phrase("doubt-day")
    case .shifted: .phrase("doubt-shifted")
    }
  }

  /// Tells why no row of the file could be judged, where that is so: what ails them all is the file's own fault, and betrays none of them.
  func tellDoubts() {
    let read = report.rowsRead - doubts.before.read
    let undecided = (report.rowsWithheld[ConversionReport.undecided] ?? 0) - doubts.before.undecided
    guard read > 1, undecided == read else { return }
    for doubt in doubts.reasons {
      let reason: Words
      switch doubt {
      case .width: reason = .phrase("doubts-width", ["expected": "\(plan.width)"])
      case .shifted(let cell):
        reason = .phrase("doubts-shifted", ["name": shownName(ofCell: cell) ?? "\(cell + 1)"])
      default: reason = words(doubt, width: 0)
      }
      context.problems.report(Problem(.rowsUndecided, at: table, ["reason": reason]))
    }
  }
}
