import Bytes
import Problems
import RDF
import Tables

// Cells that hold several values, places, and cells that must agree with others (contract §4).
extension RowRunner {
  /// Takes the cell of a column with items apart; false where it holds no list.
  mutating func cutItems(_ number: Int) -> Bool {
    guard let items = columns.elements[number].items else { return true }
    let text = texts[number].trimmedOfSpaces
    texts[number] = .empty
    if text.isEmpty { return true }
    let start = cleaned.count
    guard items.append(itemsOf: text, steps: columns.elements[number].steps, to: &cleaned, spare: &spare) else { return false }
    texts[number] = cleaned.view(start..<cleaned.count)
    return true
  }

  /// Tells of a cell that holds no list. Its text has not been kept: it is taken from the row again.
  mutating func reportUnreadable(_ number: Int, _ row: Int, _ input: borrowing RowBatch) {
    let cell = hot.elements[number].cell
    let text = cell < 0 ? ByteView.empty : input.cell(row, cell)
    report(Problem(.cellItems, at: place(of: number, row, input), value: shown(text, number)))
    values.cells[number] = CellValue(state: .faulty)
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
      let names = ["name": columns.elements[number].name.text, "other": columns.elements[other].name.text]
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
