import Bytes
import Identifiers
import Tables

// From the cells of a row to the texts of its columns, cleaned (contract §4, `clean`).
extension RowRunner {
  /// Finds the text of each column in the row, cleaned.
  mutating func cutTexts(_ row: Int, _ width: Int, _ input: borrowing RowBatch) {
    cleaned.truncate()
    var total = 0
    for number in 0..<columns.count {
      let cell = hot.elements[number].cell
      let text = cell < 0 ? constants[number] : cell < width ? input.cell(row, cell) : .empty
      texts[number] = text
      total &+= text.count
    }
    if let pivot, let plan = plan.unpivot {
      for column in plan.dimensions { texts[column] = pivot.text }
      texts[pivot.value] = pivot.cell < width ? input.cell(row, pivot.cell) : .empty
      total += pivot.text.count * plan.dimensions.count + texts[pivot.value].count
    }
    // Room for every step of every column and for collapsing white space, so that no text moves while the row is worked on.
    var several = 0
    if mayRepeat, hasSteps { for number in 0..<columns.count { several += roomForSeveral(texts[number], number) } }
    cleaned.reserve(room.perByte &* total &+ room.beside &+ several)
    if !unreadable.isEmpty { unreadable.removeAll(keepingCapacity: true) }
    if hasItems { for number in 0..<columns.count where columns.elements[number].items != nil { cutItems(number) } }
    if hasSteps { cleanTexts() }
    if !answers.isEmpty { gatherAnswers(row, width, input) }
  }

  private mutating func cleanTexts() {
    for number in 0..<columns.count where !columns.elements[number].steps.isEmpty && columns.elements[number].items == nil {
      if mayRepeat, IterationCells.areSeveral(texts[number]) {
        cleanSeveral(number)
        continue
      }
      for step in columns.elements[number].steps {
        // What means no value, or nothing at all, is refused by no step.
        if texts[number].isEmpty { break }
        let start = cleaned.count
        guard step.apply(texts[number], into: &cleaned) else {
          if !isNull(texts[number].trimmedOfSpaces, number) { unreadable.append((number, WantedText(step))) }
          break
        }
        texts[number] = cleaned.view(start..<cleaned.count)
      }
    }
  }
}

extension TablePlan {
  /// How much memory the cleaned texts of a row may take: so many bytes for each byte of its texts, and so many beside.
  var cleaningRoom: (perByte: Int, beside: Int) {
    var room = (perByte: 1, beside: 64)
    for column in columns {
      var (growth, extra) = (1, 0)
      var (growths, extras) = (0, 0)
      var (most, mostExtra) = (1, 0)
      for step in column.steps {
        growth *= step.growth
        extra = extra * step.growth + CleaningStep.extra
        growths += growth
        extras += extra
        most = max(most, growth)
        mostExtra = max(mostExtra, extra)
      }
      if column.items != nil {
        // An item takes two bytes at least, with what stands before the next one.
        room.perByte = max(room.perByte, most + (mostExtra + 1) / 2 + 1)
        room.beside += 2 * (mostExtra + 1)
      } else {
        // The last text may be copied once more, without runs of white space.
        room.perByte = max(room.perByte, growths + growth)
        room.beside += extras + extra
      }
    }
    return room
  }
}
