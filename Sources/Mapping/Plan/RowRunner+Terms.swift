import Bytes
import Identifiers
import Problems
import RDF
import Tables

// From the values of a row to the terms of term maps (RML-Core §5).
extension RowRunner {
  /// Makes the terms of term plans, one plan after the other.
  mutating func makeAll(_ numbers: [Int], _ row: Int, _ input: borrowing RowBatch) -> Range<Int> {
    let first = made.count
    for index in 0..<numbers.count { _ = make(numbers[index], row, input) }
    return first..<made.count
  }

  /// Makes the terms of a term plan: the places of their ids in ``made``.
  @inline(__always)
  mutating func make(_ number: Int, _ row: Int, _ input: borrowing RowBatch) -> Range<Int> {
    let first = made.count
    let hot = hotTerms.elements + number
    switch hot.pointee.kind {
    case .constant: made.append(hot.pointee.term)
    case .literal, .natural:
      let cell = values.cells[hot.pointee.column]
      if cell.state == .value {
        if hot.pointee.kind == .natural, cell.isValue {
          let (kind, qualifier) = natural(cell)
          made.append(batch.terms.add(kind, start: Int(cell.start), length: Int(cell.length), qualifier: qualifier))
        } else {
          made.append(
            batch.terms.add(hot.pointee.literal, start: Int(cell.start), length: Int(cell.length), qualifier: hot.pointee.term))
        }
      } else if cell.state == .list {
        makeEach(terms.elements + number, hot.pointee.column, row, input)
      }
    case .other: makeOther(number, row, input)
    }
    return first..<made.count
  }

  /// Makes the terms of a term plan that is neither a constant nor a literal of a column.
  private mutating func makeOther(_ number: Int, _ row: Int, _ input: borrowing RowBatch) {
    let first = made.count
    let plan = terms.elements + number
    for index in 0..<plan.pointee.conditions.count where !holds(plan.pointee.conditions[index]) { return }
    switch plan.pointee.source {
    case .constant(let term): made.append(term)
    case .defaultGraph: made.append(graph)
    case .column(let column):
      let cell = values.cells[column]
      if cell.state == .value { makeOne(plan, cell, column, row, input) } else if cell.state == .list { makeEach(plan, column, row, input) }
    case .parts(let parts):
      makeOfParts(plan, parts, 0, row, input)
      if made.count > Self.most, isTooMany(made.count, row, input) { made.removeLast(made.count - first) }
    case .row(let number):
      let start = batch.terms.bytes.count
      appendRowLabel()
      batch.terms.bytes.append(UInt8(ascii: "m"))
      batch.terms.bytes.append(decimal: number)
      made.append(added(.blankNode, from: start))
    }
  }

  @inline(never)
  private mutating func makeEach(_ plan: UnsafeMutablePointer<TermPlan>, _ column: Int, _ row: Int, _ input: borrowing RowBatch) {
    let list = values.cells[column]
    for index in Int(list.start)..<Int(list.start + list.length) {
      let item = values.items[index]
      if item.state == .value { makeOne(plan, item, column, row, input) }
    }
  }

  /// Makes the term of one value of a column.
  private mutating func makeOne(
    _ plan: UnsafeMutablePointer<TermPlan>, _ cell: CellValue, _ column: Int, _ row: Int, _ input: borrowing RowBatch
  ) {
    switch plan.pointee.form {
    case .literal(let kind, let qualifier):
      made.append(batch.terms.add(kind, start: Int(cell.start), length: Int(cell.length), qualifier: qualifier))
    case .natural:
      let (kind, qualifier) = cell.isValue ? natural(cell) : (.string, 0)
      made.append(batch.terms.add(kind, start: Int(cell.start), length: Int(cell.length), qualifier: qualifier))
    default: makeOther(plan, cell.range, column, row, input, isValue: cell.isValue)
    }
  }

  /// The datatype that a number or truth value of JSON has (RML-IO, `rml:JSONPath`).
  private func natural(_ cell: CellValue) -> (TermKind, TermID) {
    let text = batch.terms.bytes.view(cell.range)
    if text[0] == UInt8(ascii: "t") || text[0] == UInt8(ascii: "f") { return (.typed, naturalTerms.boolean) }
    let isInteger = !text.buffer.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
    return (.typed, isInteger ? naturalTerms.integer : naturalTerms.double)
  }

  /// Makes a term of a text that stands in the arena.
  private mutating func makeOther(
    _ plan: UnsafeMutablePointer<TermPlan>, _ range: Range<Int>, _ column: Int, _ row: Int, _ input: borrowing RowBatch,
    isValue: Bool = false
  ) {
    spare.truncate()
    spare.append(batch.terms.bytes.view(range))
    let start = batch.terms.bytes.count
    switch plan.pointee.form {
    case .literal(let kind, let qualifier):
      made.append(batch.terms.add(kind, start: range.lowerBound, length: range.count, qualifier: qualifier))
    case .checked(let parser, let qualifier): makeChecked(by: parser, qualifier, plan, isValue: isValue, column, row, input)
    case .natural: made.append(batch.terms.add(.string, start: range.lowerBound, length: range.count))
    case .iri: made.append(batch.terms.add(.iri, start: range.lowerBound, length: range.count))
    case .blankNode:
      appendBlankNodePrefix()
      batch.terms.bytes.append(blankNodeLabel: spare.view)
      made.append(added(.blankNode, from: start))
    case .register:
      guard let register = columns.elements[column].register else { return }
      register.append(iriOf: spare.view, to: &batch.terms.bytes)
      made.append(added(.iri, from: start))
    case .reference(let base, let encoding):
      if !spare.view.isAbsoluteIRI {
        guard let base else {
          return report(Problem(.baseNeeded, at: place(of: column, row, input), value: shown(spare.view, column)))
        }
        batch.terms.bytes.append(bytes: base)
      }
      batch.terms.bytes.append(spare.view)
      let iri = batch.terms.bytes.view(start..<batch.terms.bytes.count)
      if encoding != .none, iri.firstForbiddenInIRI != nil || (encoding == .ascii && !iri.isASCII) {
        report(Problem(.iriInvalid, at: place(of: column, row, input), value: shown(spare.view, column)))
        return batch.terms.bytes.truncate(to: start)
      }
      made.append(added(.iri, from: start))
    case .language(let number): makeTagged(range, with: number, column, row, input)
    case .datatype(let number): makeTyped(range, with: number, plan, isValue: isValue, column, row, input)
    }
  }

  /// Makes literals of a text, one for each language that the row gives.
  private mutating func makeTagged(
    _ range: Range<Int>, with number: Int, _ column: Int, _ row: Int, _ input: borrowing RowBatch
  ) {
    let first = made.count
    let qualifiers = make(number, row, input)
    var found: [TermID] = []
    for index in qualifiers {
      let record = batch.terms[made[index]]
      if batch.terms.view(made[index]).isKnownLanguageForm {
        found.append(batch.terms.add(.tag, start: Int(record.start), length: Int(record.length)))
      } else {
        let text = batch.terms.view(made[index])
        report(Problem(.languageInvalid, at: place(of: column, row, input), value: shown(text, column)))
      }
    }
    made.removeLast(made.count - first)
    for qualifier in found {
      made.append(batch.terms.add(.tagged, start: range.lowerBound, length: range.count, qualifier: qualifier))
    }
  }

  /// Makes a term of texts and values in turn, or one for each choice of values where columns have several.
  private mutating func makeOfParts(
    _ plan: UnsafeMutablePointer<TermPlan>, _ parts: TextPieces, _ from: Int, _ row: Int, _ input: borrowing RowBatch
  ) {
    for index in from..<parts.pieces.count {
      if case .needed(let column, let isWanted) = parts.pieces[index] {
        let state = values.cells[column].state
        if (state == .value || state == .list) != isWanted { return }
      }
      guard case .column(let column) = parts.pieces[index] else { continue }
      let cell = values.cells[column]
      if cell.state == .list {
        // One value of the column after the other, the same wherever the column stands.
        for item in Int(cell.start)..<Int(cell.start + cell.length) {
          if made.count > Self.most { break }
          values.cells[column] = values.items[item]
          makeOfParts(plan, parts, index, row, input)
        }
        values.cells[column] = cell
        return
      }
      if cell.state != .value { return }
    }
    let start = batch.terms.bytes.count
    var last = 0
    for index in 0..<parts.pieces.count {
      switch parts.pieces[index] {
      case .needed: break
      case .text(let low, let high): parts.literals.withUnsafeBufferPointer { batch.terms.bytes.append(ByteView($0)[low..<high]) }
      case .column(let column):
        last = column
        let cell = values.cells[column]
        batch.terms.bytes.reserve(Int(cell.length) * 3)
        let view = batch.terms.bytes.view(cell.range)
        switch plan.pointee.form {
        case .iri(.beyondUnreserved): batch.terms.bytes.append(iriSafe: view)
        case .iri(.ascii): batch.terms.bytes.append(percentEncoding: view)
        default: batch.terms.bytes.append(view)
        }
      }
    }
    makeOther(plan, start..<batch.terms.bytes.count, last, row, input)
  }
}
