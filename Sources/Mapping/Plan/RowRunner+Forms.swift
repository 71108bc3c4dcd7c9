import Bytes
import Problems
import RDF
import Tables

// Cells that hold several values, places, and cells that must agree with others (contract §4).
extension RowRunner {
  /// Takes the cell of a column with items apart.
  mutating func cutItems(_ number: Int) {
    guard let items = columns.elements[number].items else { return }
    let text = texts[number].trimmedOfSpaces
    texts[number] = .empty
    if text.isEmpty || isNull(text, number) { return }
    // A list of texts that are lists themselves is none that a person would write.
    if mayRepeat, IterationCells.areSeveral(text) { return unreadable.append((number, nil)) }
    let start = cleaned.count
    switch items.append(itemsOf: text, steps: columns.elements[number].steps, to: &cleaned, spare: &spare) {
    case .list: texts[number] = cleaned.view(start..<cleaned.count)
    case .noList: unreadable.append((number, nil))
    case .refused(let step): unreadable.append((number, WantedText(step)))
    }
  }

  /// Tells of a cell that holds no list, or not what a cleaning step asks for. Its text may not have been kept: it is taken from the row
  /// again.
  mutating func reportUnreadable(_ number: Int, wanted: WantedText?, _ row: Int, _ input: borrowing RowBatch) {
    let cell = self.cell(of: number)
    let text = cell < 0 ? ByteView.empty : input.cell(row, cell)
    let value = shown(text, number)
    let place = place(of: number, row, input)
    if let wanted {
      report(CellFault.wants(wanted).problem(at: place, value: value, columns.elements[number].parser.datatype))
    } else {
      report(Problem(.cellItems, at: place, value: value))
    }
    values.cells[number] = CellValue(state: .faulty)
  }

  /// The number of the cell in which the text of a column stands; -1 for none.
  func cell(of number: Int) -> Int {
    if columns.elements[number].source == .pivot, let pivot { return pivot.cell }
    return hot.elements[number].cell
  }

  /// The point that a text gives, as well-known text.
  mutating func place(_ text: ByteView, _ number: Int, _ row: Int, _ input: borrowing RowBatch) -> CellValue {
    guard let form = columns.elements[number].coordinates else { return CellValue() }
    do throws(PlaceFault) {
      let point = try form.point(text)
      let start = batch.terms.bytes.count
      batch.terms.bytes.append(point)
      return value(from: start)
    } catch {
      report(Problem(error.code, at: place(of: number, row, input), value: shown(text, number), ["form": form.rawValue]))
      return CellValue(state: .faulty)
    }
  }

  /// Compares a place with that of another column, which counts where it has one.
  mutating func settle(_ number: Int, _ other: Int, _ row: Int, _ input: borrowing RowBatch) {
    guard let own = point(number), let first = point(other) else { return }
    let distance = own.distance(to: first)
    if distance > Self.greatestDifference {
      let names = ["name": columns.elements[number].shownName, "other": columns.elements[other].shownName]
      let metres = "\(Int(min(distance, 10_000_000).rounded()))"
      report(Problem(.coordinatesDiffer, at: place(of: number, row, input), names.merging(["metres": metres]) { $1 }))
    }
    values.cells[number] = CellValue()
  }

  /// Metres between two statements of one place, beyond which they are taken to differ.
  private static let greatestDifference = 20.0

  private func point(_ number: Int) -> GeographicPoint? {
    let cell = values.cells[number]
    guard cell.state == .value else { return nil }
    return try? CoordinateForm.wgs84LonLat.point(batch.terms.bytes.view(cell.range))
  }

  /// Tells of a value that is not the text that other columns say it is.
  mutating func check(_ number: Int, _ row: Int, _ input: borrowing RowBatch) {
    let cell = values.cells[number]
    guard cell.state == .value, let text = columns.elements[number].check else { return }
    let start = batch.terms.bytes.count
    guard text.append(values, to: &batch.terms.bytes) else { return }
    let expected = batch.terms.bytes.view(start..<batch.terms.bytes.count)
    let found = batch.terms.bytes.view(cell.range)
    if !(found == expected) {
      var arguments: [String: String] = [:]
      arguments["expected"] = shown(expected, number)
      report(Problem(.cellDisagrees, at: place(of: number, row, input), value: shown(found, number), arguments))
    }
    batch.terms.bytes.truncate(to: start)
  }
}
