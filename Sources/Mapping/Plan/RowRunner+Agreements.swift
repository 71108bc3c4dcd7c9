import Bytes
import Problems
import RDF
import Tables

// What rows that speak of one thing say alike (contract §4, `same`).
extension RowRunner {
  /// Tells of values that contradict what an earlier row with the same key says. They count all the same: who reads the data can't know
  /// which is right.
  mutating func checkAgreements(_ row: Int, _ input: borrowing RowBatch) {
    for index in 0..<plan.agreements.count {
      let start = batch.terms.bytes.count
      guard plan.agreements[index].key.expand(values, into: &batch.terms.bytes) else { continue }
      let table = agreements[plan.agreements[index].table]
      let key = table.number(of: batch.terms.bytes.view(start..<batch.terms.bytes.count))
      batch.terms.bytes.truncate(to: start)
      for column in 0..<plan.agreements[index].columns.count {
        let (number, place) = plan.agreements[index].columns[column]
        let cell = values.cells[number]
        guard cell.state == .value else { continue }
        let value = batch.terms.bytes.view(cell.range)
        guard let first = table.contradicted(value, key: key, place: place, row: values.rowNumber) else { continue }
        tell(number, value, first, row, input)
      }
    }
  }

  @inline(never)
  private mutating func tell(
    _ number: Int, _ value: ByteView, _ first: (row: Int, file: String?), _ row: Int, _ input: borrowing RowBatch
  ) {
    let other = "\(first.row)" + (first.file.map { " (\($0))" } ?? "")
    let arguments = ["name": columns.elements[number].shownName, "first": other]
    report(Problem(.rowsDisagree, at: place(of: number, row, input), value: shown(value, number), arguments))
  }
}
