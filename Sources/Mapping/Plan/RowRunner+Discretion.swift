import Bytes
import Problems
import Tables

// What messages may say of a row that is published (contract §4): columns that rules look at are not the only ones in which a person's
// number may have ended up.
extension RowRunner {
  /// A cell's text for a message; nil where it may not be told: in columns that rules look at, and in tables with rules also in rows of
  /// which something was withheld, whose texts may have strayed, and where it could be a person's number.
  func shown(_ text: ByteView, _ number: Int) -> String? {
    columns.elements[number].isSecret || isDelicate(text) ? nil : text.text
  }

  /// Whether a key may not be told, under the same conditions.
  func isSecretKey(_ key: ByteView, of numbers: [Int]) -> Bool {
    numbers.contains { columns.elements[$0].isSecret } || isDelicate(key)
  }

  private func isDelicate(_ text: ByteView) -> Bool { plan.isSecretive && (hasWithheldCell || text.mayNumberPerson) }

  /// Whether a cell of the current row was withheld.
  private var hasWithheldCell: Bool {
    (0..<columns.count).contains { values.cells[$0].state == .withheld }
  }

  /// Where the text of a column stands in the row's file. In a row of which a cell was withheld the column in the line is left out: it
  /// would tell how long that cell is.
  func place(of number: Int, _ row: Int, _ input: borrowing RowBatch) -> Place {
    var place = place(row, max(hot.elements[number].cell, 0), input, column: columns.elements[number].name)
    if plan.isSecretive, hasWithheldCell { place.column = nil }
    return place
  }
}

extension ByteView {
  /// Whether a text could hold a Swedish personal number: six digits, the third of which begins a month, and four digits or masks, whatever
  /// stands between them but letters and the colons of a time; a number that a spreadsheet shortened to `8.50132E+09`; or digits that are not 0–9.
  var mayNumberPerson: Bool {
    let mask: UInt8 = 10
    var run: [UInt8] = []
    var index = 0
    while index < count {
      let (scalar, length) = scalar(at: index)
      index += length
      switch scalar {
      case "0"..."9": run.append(UInt8(scalar.value - 0x30))
      case "X", "x", "*", "#", "?": run.append(mask)
      case "E", "e":
        if run.count > 4, run.allSatisfy({ $0 < mask }), index < count, self[index] == 0x2B || isDigit(self[index]) { return true }
        run = []
      case _ where scalar.properties.numericType == .decimal: return true
      case ":" where isTimePart(after: index): run = []
      case _ where scalar.properties.isAlphabetic: run = []
      default: break
      }
      guard run.count >= 10 else { continue }
      let last = run.suffix(10)
      if last.prefix(6).allSatisfy({ $0 < mask }), last[last.startIndex + 2] < 2 { return true }
    }
    return false
  }

  /// Whether two digits, and no more, follow: the minutes or seconds of a time.
  private func isTimePart(after index: Int) -> Bool {
    let digits = (index..<min(index + 3, count)).prefix { isDigit(self[$0]) }
    return digits.count == 2
  }
}
