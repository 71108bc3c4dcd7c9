import Bytes
import Identifiers
import Problems
import RDF
import Tables

// From the texts of a row to its values (tabular data model §6.4).
extension RowRunner {
  /// Parses all columns of the row; the lexical forms are written to the arena. Nil where the row goes on.
  ///
  /// What is wrong with cells is told only when it is known that the row as a whole is not what is wrong, and before running numbers are
  /// given.
  mutating func parse(_ row: Int, _ input: borrowing RowBatch) -> RowOutcome? {
    if !plan.daySources.isEmpty { findDays() }
    isHolding = true
    if !wrongAnswers.isEmpty { reportWrongAnswers(row, input) }
    if input.tellsValues {
      parseTold(row, input)
    } else {
      for number in 0..<columns.count where values.cells[number].state != .withheld && !hot.elements[number].isComputed {
        parse(number, row, input)
      }
    }
    isHolding = false
    if !held.isEmpty, let outcome = tellHeld(row, input) { return outcome }
    if needsMore { complete(row, input) }
    if !plan.agreements.isEmpty { checkAgreements(row, input) }
    return nil
  }

  /// Gives columns their values that need those of others, and compares those that must agree.
  private mutating func complete(_ row: Int, _ input: borrowing RowBatch) {
    for number in 0..<columns.count where hot.elements[number].needsMore && values.cells[number].state != .withheld {
      if hot.elements[number].isComputed || values.cells[number].state == .null { compute(number, row, input) }
      if let other = columns.elements[number].samePlace { settle(number, other, row, input) }
    }
    // Conditions may ask for what has only now been made.
    if hasConditionalTexts { forgetVerdicts() }
    for number in 0..<columns.count where hot.elements[number].isChecked { check(number, row, input) }
  }

  /// Tells what is wrong with the cells of the row; or, where the row is shifted, that it is. Nothing of that is told in a table with
  /// rules.
  private mutating func tellHeld(_ row: Int, _ input: borrowing RowBatch) -> RowOutcome? {
    let problems = held
    held.removeAll(keepingCapacity: true)
    // Only delimiters shift cells.
    if !input.tellsValues, plan.leavesOutFaults || plan.isSecretive, let shift = shift(row, input, isCertain: !plan.isSecretive) {
      if plan.isSecretive { return .undecided(.shifted(cell: shift.cell)) }
      let place = place(row, shift.cell, input, column: shift.column)
      report(Problem(.rowShifted, at: place, ["name": shownName(ofCell: shift.cell) ?? shift.column.text, "count": "\(shift.count)"]))
      return .passedOver
    }
    for problem in problems { report(problem) }
    return nil
  }

  /// Gives a column that has nothing of its own its running number or its text with other values in it.
  private mutating func compute(_ number: Int, _ row: Int, _ input: borrowing RowBatch) {
    let start = batch.terms.bytes.count
    if let counter = columns.elements[number].ordinal?.counter {
      guard columns.elements[number].ordinal?.key.expand(values, into: &batch.terms.bytes) == true else { return }
      let next = ordinals[counter].next(batch.terms.bytes.view(start..<batch.terms.bytes.count))
      batch.terms.bytes.truncate(to: start)
      if let suffix = columns.elements[number].ordinal?.suffix {
        if next > 1 {
          batch.terms.bytes.append(bytes: suffix)
          batch.terms.bytes.append(decimal: next)
        }
      } else {
        batch.terms.bytes.append(decimal: next)
      }
      values.cells[number] = value(from: start)
    } else if stands(number), columns.elements[number].text?.append(values, to: &batch.terms.bytes) == true {
      if hot.elements[number].isComputed, !columns.elements[number].steps.isEmpty, !tidy(from: start, number) { return }
      if hot.elements[number].isCode {
        values.cells[number] = quietCode(from: start, number)
      } else if hot.elements[number].isPlace {
        spare.truncate()
        spare.append(batch.terms.bytes.view(start..<batch.terms.bytes.count))
        batch.terms.bytes.truncate(to: start)
        values.cells[number] = place(spare.view, number, row, input)
      } else if columns.elements[number].parser.datatype.base == .string {
        values.cells[number] = value(from: start)
      } else {
        values.cells[number] = typed(from: start, number, row, input)
      }
    }
  }

  /// Whether the conditions of a column hold without which its text is no value.
  private mutating func stands(_ number: Int) -> Bool {
    for condition in columns.elements[number].conditions where !holds(condition) { return false }
    return true
  }

  /// The value of a text that was made for a column and stands in the arena from `start` on. What is wrong with it is told where the cell
  /// stands that the column's condition asks for, if it has one.
  private mutating func typed(from start: Int, _ number: Int, _ row: Int, _ input: borrowing RowBatch) -> CellValue {
    spare.truncate()
    spare.append(batch.terms.bytes.view(start..<batch.terms.bytes.count))
    batch.terms.bytes.truncate(to: start)
    guard let fault = columns.elements[number].parser.parse(spare.view, into: &batch.terms.bytes) else { return value(from: start) }
    let condition = columns.elements[number].conditions.first
    let origin = condition.map { plan.tests[$0].column } ?? number
    let place = place(of: origin, row, input)
    report(fault.problem(at: place, value: shown(spare.view, origin), columns.elements[number].parser.datatype))
    batch.terms.bytes.truncate(to: start)
    return CellValue(state: .faulty)
  }

  /// Gives a column whose text holds the item at hand of another column its value for that item.
  mutating func recompute(_ number: Int) {
    guard let text = columns.elements[number].text else { return }
    let start = batch.terms.bytes.count
    values.cells[number] = CellValue()
    guard text.append(values, to: &batch.terms.bytes) else { return }
    if !columns.elements[number].steps.isEmpty, !tidy(from: start, number) { return }
    values.cells[number] = hot.elements[number].isCode ? quietCode(from: start, number) : value(from: start)
  }

  /// Does the cleaning steps of a column to a text made of other columns; false, with nothing left of it, where that leaves nothing.
  private mutating func tidy(from start: Int, _ number: Int) -> Bool {
    for step in columns.elements[number].steps {
      spare.truncate()
      let isText = step.apply(batch.terms.bytes.view(start..<batch.terms.bytes.count), into: &spare)
      batch.terms.bytes.truncate(to: start)
      if !isText { return false }
      batch.terms.bytes.append(spare.view)
    }
    return batch.terms.bytes.count > start
  }

  /// The key of a register's thing that a text made of other columns names. Where it names none there is no value and no problem:
  /// what is wrong with the cells themselves has been told.
  private mutating func quietCode(from start: Int, _ number: Int) -> CellValue {
    spare.truncate()
    spare.append(batch.terms.bytes.view(start..<batch.terms.bytes.count))
    batch.terms.bytes.truncate(to: start)
    let match = columns.elements[number].register?.find(spare.view, key: &batch.terms.bytes, asOf: day(ofCodesIn: number))
    guard match == .found else { return CellValue() }
    return value(from: start)
  }

  /// Parses the columns of a row whose source tells values from texts.
  @inline(never)
  private mutating func parseTold(_ row: Int, _ input: borrowing RowBatch) {
    for number in 0..<columns.count where values.cells[number].state != .withheld && !hot.elements[number].isComputed {
      if isValue(number, row, input) { parseValue(number, row, input) } else { parse(number, row, input) }
    }
  }

  /// Whether the text of a column is a value as its cell has it, which cleaning has not changed.
  private func isValue(_ number: Int, _ row: Int, _ input: borrowing RowBatch) -> Bool {
    let column = hot.elements[number]
    let cell = cell(of: number)
    guard cell >= 0, cell < input.cellCount(row), input.isValue(row, cell) else { return false }
    return !column.isList && !column.isCode && !column.isPlace && texts[number] == input.cell(row, cell)
  }

  private mutating func parseValue(_ number: Int, _ row: Int, _ input: borrowing RowBatch) {
    let text = texts[number]
    if isNull(text, number) { return parse(number, row, input) }
    let start = batch.terms.bytes.count
    if let fault = columns.elements[number].parser.parse(value: text, into: &batch.terms.bytes) {
      values.cells[number] = faulty(fault, text, number, row, input)
    } else {
      values.cells[number] = value(from: start)
      values.cells[number].isValue = true
    }
  }

  private mutating func parse(_ number: Int, _ row: Int, _ input: borrowing RowBatch) {
    let column = hot.elements[number]
    var text = texts[number]
    if mayRepeat, IterationCells.areSeveral(text) { return parseSeveral(text, number, row, input) }
    if column.collapses { text = collapsed(text, keepsRuns: column.keepsRuns) }
    if text.isEmpty { text = defaults[number] }
    if !unreadable.isEmpty, let refused = unreadable.first(where: { $0.column == number }) {
      return reportUnreadable(number, wanted: refused.wanted, row, input)
    }
    if column.isList { return parseList(text, number, row, input) }
    if isNull(text, number) {
      if column.isRequired { reportMissing(number, row, input) }
    } else {
      values.cells[number] = value(of: text, number, row, input)
    }
  }

  private mutating func reportMissing(_ number: Int, _ row: Int, _ input: borrowing RowBatch) {
    // Of columns that take the cells of an unpivoted row, only one does.
    if columns.elements[number].source == .pivot, pivot?.value != number { return }
    report(Problem(.cellRequired, at: place(of: number, row, input), ["name": columns.elements[number].shownName]))
  }

  @inline(__always) func isNull(_ text: ByteView, _ number: Int) -> Bool {
    if hot.elements[number].onlyEmptyIsNull { return text.isEmpty }
    return columns.elements[number].nulls.contains { null in null.withView { $0 == text } }
  }

  /// The value of one of several texts of a cell.
  mutating func parsed(_ text: ByteView, _ number: Int, _ row: Int, _ input: borrowing RowBatch) -> CellValue {
    let text = hot.elements[number].collapses ? collapsed(text, keepsRuns: hot.elements[number].keepsRuns) : text
    return value(of: text, number, row, input)
  }

  /// The value of one text, or of one item of a list.
  private mutating func value(of text: ByteView, _ number: Int, _ row: Int, _ input: borrowing RowBatch) -> CellValue {
    let start = batch.terms.bytes.count
    if hot.elements[number].hasForm {
      let fault = columns.elements[number].parser.parse(text, into: &batch.terms.bytes)
      batch.terms.bytes.truncate(to: start)
      if let fault { return faulty(fault, text, number, row, input) }
    }
    if hot.elements[number].isCode { return code(text, number, row, input) }
    if hot.elements[number].isPlace { return place(text, number, row, input) }
    let parser = hot.elements[number].parser
    guard let fault = parser._withUnsafeGuaranteedRef({ $0.parse(text, into: &batch.terms.bytes) }) else { return value(from: start) }
    return faulty(fault, text, number, row, input)
  }

  /// Tells of a text that is no value of its datatype. By CSVW's own rules it is a string then.
  @inline(never)
  private mutating func faulty(
    _ fault: CellFault, _ text: ByteView, _ number: Int, _ row: Int, _ input: borrowing RowBatch
  ) -> CellValue {
    report(fault.problem(at: place(of: number, row, input), value: shown(text, number), columns.elements[number].parser.datatype))
    if plan.leavesOutFaults { return CellValue(state: .faulty) }
    let start = batch.terms.bytes.count
    batch.terms.bytes.append(text)
    return value(from: start, state: .faulty)
  }

  func value(from start: Int, state: CellState = .value) -> CellValue {
    CellValue(
      start: UInt32(truncatingIfNeeded: start), length: UInt32(truncatingIfNeeded: batch.terms.bytes.count &- start), state: state)
  }

  private mutating func parseList(_ text: ByteView, _ number: Int, _ row: Int, _ input: borrowing RowBatch) {
    guard let separator = columns.elements[number].separator else { return }
    if text.isEmpty || isNull(text, number) {
      if hot.elements[number].isRequired { reportMissing(number, row, input) }
      return
    }
    let first = values.items.count
    var rest = text
    var isLast = false
    while !isLast {
      let end = separator.withView { rest.firstRange(of: $0) }
      var item = rest[0..<(end ?? rest.count)]
      isLast = end == nil
      if let end { rest = rest.dropFirst(end + separator.count) }
      if hot.elements[number].collapses { item = item.trimmed }
      if item.isEmpty { item = defaults[number] }
      if isNull(item, number) { continue }
      let value = value(of: item, number, row, input)
      if value.state == .value || value.length > 0 { values.items.append(value) }
    }
    values.cells[number] = CellValue(start: UInt32(first), length: UInt32(values.items.count - first), state: .list)
  }

  /// The text with white space at its ends removed and each run in it one space; or only with tabs and line ends as spaces.
  private mutating func collapsed(_ text: ByteView, keepsRuns: Bool) -> ByteView {
    var before: UInt8 = keepsRuns ? 0 : 0x20
    var needsWork = false
    for byte in text.buffer {
      if isWhiteSpace(byte), byte != 0x20 || (before == 0x20 && !keepsRuns) {
        needsWork = true
        break
      }
      before = byte
    }
    if !needsWork, keepsRuns || text.isEmpty || before != 0x20 { return text }
    let start = cleaned.count
    var isPending = false
    for byte in text.buffer {
      if isWhiteSpace(byte) {
        if keepsRuns { cleaned.append(0x20) } else { isPending = cleaned.count > start }
      } else {
        if isPending { cleaned.append(0x20) }
        isPending = false
        cleaned.append(byte)
      }
    }
    return cleaned.view(start..<cleaned.count)
  }
}
