package import Bytes
package import Problems

/// A table that is read once from start to end, some thousand rows at a time.
package protocol RowSource: AnyObject {
  /// The file as the user named it, for messages.
  var name: String { get }

  /// What kind of table it is.
  var kind: TableReader.Kind { get }

  /// The table as a place: its file, and of a workbook the sheet.
  var place: Place { get }

  /// Where the header stands, or in it the title of a column, counted from 0, as far as that is known.
  func headerPlace(_ column: Int?) -> Place

  /// Where problems go that are found as rows are read.
  var problems: any ProblemSink { get set }

  /// The header rows, usually one, as cells without white space around them; may be empty.
  var header: [[ByteString]] { get }

  /// The text of skipped rows before the header and of comment rows, as far as they are met (CSVW "Model" §8).
  var comments: [ByteString] { get }

  /// What was found, once no row is left.
  var finding: IteratorFinding { get }

  /// The namespace of a document's root, once that has been read; nil for none.
  var namespace: String? { get }

  /// Fills `batch` anew with the next rows and says whether there were any; false when no row is left.
  /// - Throws: a failure that ends the reading, such as ``ProblemCode/limitExceeded`` or ``ProblemCode/inputUnreadable``.
  func next(_ batch: inout RowBatch) throws(Failure) -> Bool
}

extension RowSource {
  /// The file.
  package var place: Place { Place(file: name) }

  /// Always items: a table without what is asked for is none that is read.
  package var finding: IteratorFinding { .items }

  /// None.
  package var namespace: String? { nil }

  /// Counts the rows of a batch that was filled, and says whether there were any. Where the whole table has none, that is told, once.
  /// - Parameter nextRow: the number of the next row, from 1; 0 once it was told.
  func countRows(of batch: borrowing RowBatch, _ nextRow: inout Int) -> Bool {
    nextRow += batch.rowCount
    if batch.rowCount > 0 { return true }
    if nextRow == 1 {
      nextRow = 0
      problems.report(Problem(.tableWithoutRows, at: place))
    }
    return false
  }
}
