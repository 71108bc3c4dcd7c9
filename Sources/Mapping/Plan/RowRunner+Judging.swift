import Bytes
import Identifiers
import Problems
import RDF
import Tables

// Secrecy (contract §4): rows are judged before any of their cells is parsed.
extension RowRunner {
  /// Decides what of the row may be published. Nil where the row goes on, perhaps without some of its cells.
  mutating func judge(_ row: Int, _ input: borrowing RowBatch) -> RowOutcome? {
    for number in 0..<columns.count { values.cells[number] = CellValue() }
    forgetVerdicts()
    if !plan.isSecretive && !plan.pointsOut { return nil }
    for index in 0..<plan.withhold.count where !plan.withhold[index].onlyPointsOut && holds(plan.withhold[index]) {
      review(plan.withhold[index], .rowWithheld, column: nil, row, input)
      return .withheld(rule: plan.withhold[index].counter)
    }
    for index in 0..<plan.embargoes.count {
      if let outcome = judge(plan.embargoes[index]) { return outcome }
    }
    for index in 0..<plan.withhold.count where plan.withhold[index].onlyPointsOut && holds(plan.withhold[index]) {
      pointOut(plan.withhold[index], column: nil, row, input)
    }
    if !cutBy.isEmpty { cutBy.removeAll(keepingCapacity: true) }
    // All rules look at the texts as they stand in the file; only then are cells blotted out.
    for number in 0..<columns.count where !columns.elements[number].withhold.isEmpty { judge(column: number, row, input) }
    for number in 0..<columns.count where values.cells[number].state == .withheld { texts[number] = .empty }
    forgetVerdicts()
    return nil
  }

  /// Withholds a cell where a rule says so, and points one out that is published and has something in it.
  private mutating func judge(column number: Int, _ row: Int, _ input: borrowing RowBatch) {
    for index in 0..<columns.elements[number].withhold.count {
      let rule = columns.elements[number].withhold[index]
      guard !rule.onlyPointsOut, holds(rule) else { continue }
      values.cells[number].state = .withheld
      if columns.elements[number].repeatsCell { return }
      cutBy.append(rule.counter)
      return review(rule, .cellWithheld, column: number, row, input)
    }
    if !plan.pointsOut || columns.elements[number].repeatsCell || texts[number].trimmedOfSpaces.isEmpty { return }
    for index in 0..<columns.elements[number].withhold.count {
      let rule = columns.elements[number].withhold[index]
      if rule.onlyPointsOut, holds(rule) { pointOut(rule, column: number, row, input) }
    }
  }

  private mutating func pointOut(_ rule: BoundRule, column: Int?, _ row: Int, _ input: borrowing RowBatch) {
    counters.pointedOut[rule.counter] += 1
    review(rule, .published, column: column, row, input)
  }

  /// Adds what a rule found to the list for a person, where it leaves a doubt and somebody asked for one.
  private func review(
    _ rule: BoundRule, _ outcome: ReviewList.Outcome, column: Int?, _ row: Int, _ input: borrowing RowBatch
  ) {
    guard let review = context.review, rule.doubt >= 0 else { return }
    review.add(
      row, of: input, rule: counters.ruleNames[rule.counter], outcome, column: column.map { columns.elements[$0].name.text },
      why: .text(plan.doubts[rule.doubt]))
  }

  /// The column that rules look at whose cell holds something that could not be read, such as the error value of a formula: its row can't be
  /// judged.
  func unknownSecret(_ row: Int, _ width: Int, _ input: borrowing RowBatch) -> Int? {
    for number in 0..<columns.count where columns.elements[number].isSecret {
      let cell = hot.elements[number].cell
      if cell >= 0, cell < width, input.isUnknown(row, cell) { return number }
    }
    return nil
  }

  /// Whether a rule withholds; one whose column the file lacks always does.
  private mutating func holds(_ rule: BoundRule) -> Bool {
    guard let condition = rule.condition else { return true }
    return holds(condition)
  }

  /// Whether the condition with a number holds of the current row. It is looked into once a row.
  mutating func holds(_ number: Int) -> Bool {
    let known = verdicts.elements[number]
    if known != 0 { return known == 2 }
    let column = tests.elements[number]._withUnsafeGuaranteedRef { $0.column }
    let text = text(column)
    let isWithheld = values.cells[column].state == .withheld
    let verdict =
      mayRepeat && IterationCells.areSeveral(text)
      ? holdsOfOne(of: text, number)
      : tests.elements[number]._withUnsafeGuaranteedRef { $0.holds(of: text, isWithheld: isWithheld, spare: &spare) }
    verdicts.elements[number] = verdict ? 2 : 1
    return verdict
  }

  /// Whether the condition with a number holds of one of several values.
  @inline(never)
  private mutating func holdsOfOne(of text: ByteView, _ number: Int) -> Bool {
    var index = 0
    while index + 1 < text.count {
      let end = text.firstIndex(of: IterationCells.mark, from: index + 2) ?? text.count
      let item = text[index + 2..<end].trimmedOfSpaces
      index = end
      if tests.elements[number]._withUnsafeGuaranteedRef({ $0.holds(of: item, isWithheld: false, spare: &spare) }) { return true }
    }
    return false
  }

  func forgetVerdicts() { verdicts.elements.update(repeating: 0, count: verdicts.count) }

  /// The text of a column as conditions see it: as it stands in the file, or what was made of other columns.
  private func text(_ number: Int) -> ByteView {
    guard hot.elements[number].isComputed else { return texts[number].trimmedOfSpaces }
    let cell = values.cells[number]
    return cell.state == .value ? batch.terms.bytes.view(Int(cell.start)..<Int(cell.start + cell.length)) : .empty
  }
}
