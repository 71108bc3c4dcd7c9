import Bytes
import Identifiers
import Problems
import RDF
import Tables

// Secrecy (contract §4): rows are judged before any of their cells is parsed.
extension RowRunner {
  /// Decides what of the row may be published. True where the whole row is withheld.
  mutating func judge() -> Bool {
    for number in 0..<columns.count { values.cells[number] = CellValue() }
    forgetVerdicts()
    if !plan.isSecretive { return false }
    for index in 0..<plan.withhold.count where holds(plan.withhold[index]) {
      counters.rows[plan.withhold[index].counter] += 1
      return true
    }
    // All rules look at the texts as they stand in the file; only then are cells blotted out.
    for number in 0..<columns.count {
      for index in 0..<columns.elements[number].withhold.count where holds(columns.elements[number].withhold[index]) {
        counters.cells[columns.elements[number].withhold[index].counter] += 1
        values.cells[number].state = .withheld
        break
      }
    }
    for number in 0..<columns.count where values.cells[number].state == .withheld { texts[number] = .empty }
    forgetVerdicts()
    return false
  }

  /// Whether a cell that rules look at holds something that could not be read, such as the error value of a formula: its row can't be judged.
  func lacksSecret(_ row: Int, _ width: Int, _ input: borrowing RowBatch) -> Bool {
    for number in 0..<columns.count where columns.elements[number].isSecret {
      let cell = hot.elements[number].cell
      if cell >= 0, cell < width, input.isUnknown(row, cell) { return true }
    }
    return false
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
    let verdict = tests.elements[number]._withUnsafeGuaranteedRef { $0.holds(of: text, isWithheld: isWithheld, spare: &spare) }
    verdicts.elements[number] = verdict ? 2 : 1
    return verdict
  }

  private func forgetVerdicts() { verdicts.elements.update(repeating: 0, count: verdicts.count) }

  /// The text of a column as conditions see it: as it stands in the file, or what was made of other columns.
  private func text(_ number: Int) -> ByteView {
    guard hot.elements[number].isComputed else { return texts[number].trimmedOfSpaces }
    let cell = values.cells[number]
    return cell.state == .value ? batch.terms.bytes.view(Int(cell.start)..<Int(cell.start + cell.length)) : .empty
  }
}
