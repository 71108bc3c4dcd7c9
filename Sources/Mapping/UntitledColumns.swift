import Bytes
import Problems
import Tables

/// Rows of a table some of whose columns have no title, so that no mapping by titles says anything of them: where something stands in one, it
/// is told once, at the first such cell.
final class UntitledColumns: RowSource {
  private let rows: any RowSource
  /// The columns, counted from 0, of which nothing has been told.
  private var silent: [Int]

  /// Watches over columns of `rows`.
  init(_ rows: any RowSource, columns: [Int]) {
    self.rows = rows
    silent = columns
  }

  var name: String { rows.name }
  var kind: TableReader.Kind { rows.kind }
  var place: Place { rows.place }
  var header: [[ByteString]] { rows.header }
  var comments: [ByteString] { rows.comments }
  var problems: any ProblemSink {
    get { rows.problems }
    set { rows.problems = newValue }
  }

  func headerPlace(_ column: Int?) -> Place { rows.headerPlace(column) }

  func next(_ batch: inout RowBatch) throws(Failure) -> Bool {
    guard try rows.next(&batch) else { return false }
    look(at: batch)
    return true
  }

  /// Tells of what stands in the columns in rows that have been read.
  func look(at batch: borrowing RowBatch) {
    if silent.isEmpty { return }
    var told: Set<Int> = []
    for column in silent {
      let first = (0..<batch.rowCount).first { column < batch.cellCount($0) && !batch.cell($0, column).trimmedOfSpaces.isEmpty }
      guard let first else { continue }
      told.insert(column)
      let place = batch.place(first, column)
      let name = kind == .xlsx ? Place.letters(ofColumn: place.column ?? column + 1) : "\(column + 1)"
      problems.report(Problem(.columnUntitled, at: place, ["column": name]))
    }
    silent.removeAll { told.contains($0) }
  }
}
