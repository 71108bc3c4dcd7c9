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

  private func isDelicate(_ text: ByteView) -> Bool { plan.isSecretive && (hasWithheldCell || text.mayHoldPersonalNumber) }

  /// Whether a cell of the current row was withheld.
  private var hasWithheldCell: Bool {
    (0..<columns.count).contains { values.cells[$0].state == .withheld }
  }

  /// Where the text of a column stands in the row's file. In a row of which a cell was withheld the column in the line is left out: it
  /// would tell how long that cell is.
  func place(of number: Int, _ row: Int, _ input: borrowing RowBatch) -> Place {
    var place = place(row, max(cell(of: number), 0), input, column: columns.elements[number].name)
    if plan.isSecretive, hasWithheldCell { place.column = nil }
    return place
  }

  /// What was wrong with the current row as it was read, told of the same place.
  func discreet(_ problem: Problem) -> Problem {
    guard plan.isSecretive, hasWithheldCell else { return problem }
    var problem = problem
    problem.place.column = nil
    return problem
  }
}
