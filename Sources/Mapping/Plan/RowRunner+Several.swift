import Bytes
import Identifiers
import Problems
import RDF
import Tables

// Cells that hold several values, as JSON and XML have them (``IterationCells``).
extension RowRunner {
  /// How much more room cleaning needs where each of several values is cleaned for itself.
  func roomForSeveral(_ text: ByteView, _ number: Int) -> Int {
    guard IterationCells.areSeveral(text) else { return 0 }
    let count = text.buffer.count { $0 == IterationCells.mark }
    return count * (columns.elements[number].steps.count + 1) * (CleaningStep.extra + 2)
  }

  /// Cleans each of several values; those that a step refuses are left out.
  mutating func cleanSeveral(_ number: Int) {
    let text = texts[number]
    let start = cleaned.count
    var isRefused: CleaningStep?
    var index = 0
    while index + 1 < text.count {
      let end = text.firstIndex(of: IterationCells.mark, from: index + 2) ?? text.count
      cleaned.append(text[index..<index + 2])
      let begin = cleaned.count
      cleaned.append(text[index + 2..<end])
      index = end
      for step in columns.elements[number].steps {
        spare.truncate()
        spare.append(cleaned.view(begin..<cleaned.count))
        cleaned.truncate(to: begin)
        if !step.apply(spare.view, into: &cleaned) {
          isRefused = step
          cleaned.truncate(to: begin - 2)
          break
        }
      }
    }
    texts[number] = cleaned.view(start..<cleaned.count)
    if let isRefused { unreadable.append((number, WantedText(isRefused))) }
  }

  /// Parses each of several values.
  @inline(never)
  mutating func parseSeveral(_ text: ByteView, _ number: Int, _ row: Int, _ input: borrowing RowBatch) {
    let first = values.items.count
    var index = 0
    while index + 1 < text.count {
      let end = text.firstIndex(of: IterationCells.mark, from: index + 2) ?? text.count
      let isValue = text[index + 1] == IterationCells.value
      let item = text[index + 2..<end]
      index = end
      if isNull(item, number) { continue }
      var value = parsed(item, number, row, input)
      if value.state != .value { continue }
      value.isValue = isValue
      values.items.append(value)
    }
    let count = values.items.count - first
    values.cells[number] = CellValue(start: UInt32(first), length: UInt32(count), state: count > 0 ? .list : .null)
  }
}
