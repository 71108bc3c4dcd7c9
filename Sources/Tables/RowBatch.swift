public import Bytes
package import Problems

/// Some thousand rows: one block of UTF-8, slices of it as cells, and marks for the rows.
///
/// A batch is filled by a ``RowSource`` and filled again; the views that it lends are valid until then. Rows and columns
/// count from 0 within the batch.
@usableFromInline package struct RowBatch: ~Copyable {
  /// The source text of the rows, and after it the texts of cells that had to be decoded.
  var bytes = ByteBuffer(capacity: 1 << 12)
  @usableFromInline var base: UnsafePointer<UInt8>
  @usableFromInline var cells: UnsafeMutablePointer<CellSlice>
  var cellCapacity: Int
  @usableFromInline var cellTotal = 0
  /// One mark more than there are rows: the last one says where the next row's cells would begin.
  @usableFromInline var marks: UnsafeMutablePointer<RowMark>
  var markCapacity: Int
  @usableFromInline var rowTotal = 0

  /// Number of the first row of the batch, from 1, the header not counted (CSVW row number).
  package internal(set) var firstRow = 1
  /// The source number of the rows whose mark says 0.
  @usableFromInline var firstSource = 1
  /// The physical line of the rows whose mark says 0.
  var firstLine = 1
  /// What the rows come from, for the places of problems.
  var origin = RowOrigin(file: "", columns: [], pointer: nil)

  /// What is wrong with cells of rows that are to be judged first, but can be used; row by row.
  package internal(set) var remarks: [RowRemark] = []

  /// The remarks on a row.
  package func remarks(on row: Int) -> ArraySlice<RowRemark> {
    var (low, high) = (0, remarks.count)
    while low < high {
      let middle = (low + high) / 2
      if remarks[middle].row < row { low = middle + 1 } else { high = middle }
    }
    return remarks[low...].prefix { $0.row == row }
  }

  /// What is wrong with the cell of a remark.
  package func problem(of remark: RowRemark) -> Problem {
    if remark.code != .referenceNested { return Problem(remark.code, at: place(remark.row, remark.cell)) }
    return Problem(remark.code, at: Place(file: origin.file), ["reference": origin.columns[remark.cell].text])
  }

  /// An empty batch.
  package init() {
    base = UnsafePointer(bytes.address)
    cellCapacity = 1 << 10
    cells = .allocate(capacity: cellCapacity)
    markCapacity = 1 << 8
    marks = .allocate(capacity: markCapacity)
    marks[0] = RowMark(firstCell: 0, start: 0, line: 0, column: 1, source: 0)
  }

  deinit {
    cells.deallocate()
    marks.deallocate()
  }

  /// How many rows.
  @inlinable @inline(__always) package var rowCount: Int { rowTotal }

  /// How many cells a row has; rows need not have as many as the header.
  @inlinable @inline(__always) package func cellCount(_ row: Int) -> Int {
    assert(row >= 0 && row < rowTotal)
    return Int(truncatingIfNeeded: marks[row &+ 1].firstCell &- marks[row].firstCell)
  }

  /// A cell's text, unquoted and unescaped. `column` must be less than ``cellCount(_:)``. Valid until the next fill.
  @inlinable @inline(__always) package func cell(_ row: Int, _ column: Int) -> ByteView {
    let slice = slice(row, column)
    return ByteView(base + Int(truncatingIfNeeded: slice.start), count: slice.length)
  }

  /// Whether the cell was quoted, so that an empty text was written and not left out; in JSON and in a workbook, whether it is a text.
  @inlinable @inline(__always) package func isQuoted(_ row: Int, _ column: Int) -> Bool { slice(row, column).isQuoted }

  /// Whether the source tells values from texts, as JSON and workbooks do.
  package internal(set) var tellsValues = false

  /// Where ``tellsValues`` holds, whether a cell is no text but a number, a date, a time or a truth value. It is then written as XSD writes
  /// them, or in JSON as the number stands there.
  @inlinable @inline(__always) package func isValue(_ row: Int, _ column: Int) -> Bool {
    let slice = slice(row, column)
    return slice.length > 0 && !slice.isQuoted
  }

  /// Whether the source has something in the cell that could not be read, which was reported; its text is empty.
  @inlinable @inline(__always) package func isUnknown(_ row: Int, _ column: Int) -> Bool { slice(row, column).isUnknown }

  /// Whether a row holds bytes that cannot be read or control characters. That was reported; the row is to be left out.
  @inlinable @inline(__always) package func isDamaged(_ row: Int) -> Bool {
    assert(row >= 0 && row < rowTotal)
    return marks[row].isDamaged
  }

  /// Whether nothing is the matter with a row: it is neither damaged, nor does a quote in it that is never closed make it doubtful where its
  /// cells end. Both were reported; a doubtful row can be used where nobody must be sure what it holds.
  @inlinable @inline(__always) package func isWhole(_ row: Int) -> Bool {
    assert(row >= 0 && row < rowTotal)
    return marks[row].isWhole
  }

  /// The position of a row in its source, from 1, header, skipped and comment rows counted (CSVW source number).
  @inlinable @inline(__always) package func sourceRow(_ row: Int) -> Int {
    assert(row >= 0 && row < rowTotal)
    return firstSource &+ Int(truncatingIfNeeded: marks[row].source)
  }

  @inlinable @inline(__always) func slice(_ row: Int, _ column: Int) -> CellSlice {
    assert(row >= 0 && row < rowTotal && column >= 0 && column < cellCount(row))
    return cells[Int(truncatingIfNeeded: marks[row].firstCell) &+ column]
  }
}

/// That something is wrong with a cell, to be told where its row and the cell turn out not to be withheld.
package struct RowRemark: Sendable {
  /// The row within its batch.
  package let row: Int
  /// The cell within the row.
  package let cell: Int
  /// What is wrong with it.
  let code: ProblemCode
}

/// What the rows of a batch come from.
final class RowOrigin: Sendable {
  /// The file as the user named it.
  let file: String
  /// The columns' names.
  let columns: [ByteString]
  /// In JSON, the pointer to the array of rows; nil for other tables.
  let pointer: String?
  /// In a workbook, the sheet; nil for other tables.
  let sheet: String?
  /// How many columns of the sheet stand before the table's first.
  let firstColumn: Int
  /// Whether the source tells values from texts.
  let tellsValues: Bool

  init(
    file: String, columns: [ByteString], pointer: String? = nil, sheet: String? = nil, firstColumn: Int = 0, tellsValues: Bool = false
  ) {
    self.file = file
    self.columns = columns
    self.pointer = pointer
    self.sheet = sheet
    self.firstColumn = firstColumn
    self.tellsValues = tellsValues
  }
}
