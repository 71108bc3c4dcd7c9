import Bytes
import Identifiers
import Problems
import RDF
import Tables

// From a text to the key of a register's thing.
extension RowRunner {
  /// The key of a register's thing that the text names.
  mutating func code(_ text: ByteView, _ number: Int, _ row: Int, _ input: borrowing RowBatch) -> CellValue {
    guard let register = columns.elements[number].register else { return CellValue() }
    let start = batch.terms.bytes.count
    let day = day(ofCodesIn: number)
    let match = register.find(text, key: &batch.terms.bytes, asOf: day)
    if match == .found {
      if day == nil, register.hasValidity { tellIfEnded(start, text, number, row, input) }
      return value(from: start)
    }
    let isSecret = shown(text, number) == nil
    report(register.problem(match, of: text, isSecret: isSecret, asOf: day, at: place(of: number, row, input)))
    return CellValue(state: .faulty)
  }

  /// Tells of a code that holds no longer, where no day was given as of which it is meant.
  private mutating func tellIfEnded(_ start: Int, _ text: ByteView, _ number: Int, _ row: Int, _ input: borrowing RowBatch) {
    guard let register = columns.elements[number].register,
      let member = register.ended(batch.terms.bytes.view(start..<batch.terms.bytes.count))
    else { return }
    let isSecret = shown(text, number) == nil
    report(register.problem(ended: member, of: text, isSecret: isSecret, at: place(of: number, row, input)))
  }

  /// The day as of which the codes of a column are looked up; nil where days don't matter or the row says none.
  func day(ofCodesIn number: Int) -> CivilDate? {
    let source = hot.elements[number].codeDay
    return source < 0 ? nil : days[source]
  }
}
