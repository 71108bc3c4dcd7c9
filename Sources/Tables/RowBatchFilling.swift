import Bytes

/// What the readers fill a batch with.
extension RowBatch {
  /// Empties the batch; the memory is kept.
  mutating func reset(firstRow: Int, firstSource: Int, firstLine: Int, origin: RowOrigin) {
    bytes.truncate()
    base = UnsafePointer(bytes.address)
    self.firstRow = firstRow
    self.firstSource = firstSource
    self.firstLine = firstLine
    self.origin = origin
    tellsValues = origin.tellsValues
    if !remarks.isEmpty { remarks.removeAll() }
    forgetRows()
  }

  /// Forgets the rows and keeps the text.
  mutating func forgetRows() {
    cellTotal = 0
    rowTotal = 0
    marks[0] = RowMark(firstCell: 0, start: 0, line: 0, column: 1, source: 0)
  }

  /// Forgets the rows from `row` on and keeps the text.
  mutating func forgetRows(from row: Int) {
    cellTotal = Int(marks[row].firstCell)
    rowTotal = row
  }

  /// Whether a row has nothing but empty cells without quotes.
  func isBlank(_ row: Int) -> Bool {
    for column in 0..<cellCount(row) where slice(row, column).length > 0 || isQuoted(row, column) { return false }
    return true
  }

  /// Makes room for `extra` more bytes, after which the text does not move until as many have come.
  mutating func reserveBytes(_ extra: Int) {
    bytes.reserve(extra)
    base = UnsafePointer(bytes.address)
  }

  /// Makes room for `extra` more cells.
  @inline(__always) mutating func reserveCells(_ extra: Int) {
    if cellTotal &+ extra > cellCapacity { growCells(extra) }
  }

  @inline(never) private mutating func growCells(_ extra: Int) {
    cellCapacity = max(cellCapacity * 2, cellTotal + extra)
    let larger = UnsafeMutablePointer<CellSlice>.allocate(capacity: cellCapacity)
    larger.update(from: cells, count: cellTotal)
    cells.deallocate()
    cells = larger
  }

  /// Appends a cell, for which room was reserved.
  @inline(__always) mutating func push(_ slice: CellSlice) {
    assert(cellTotal < cellCapacity)
    cells[cellTotal] = slice
    cellTotal &+= 1
  }

  /// Ends a row: `mark` tells its first cell, and what follows belongs to the next row.
  @inline(__always) mutating func endRow(_ mark: RowMark) {
    if rowTotal &+ 2 > markCapacity { growMarks() }
    marks[rowTotal] = mark
    rowTotal &+= 1
    marks[rowTotal].firstCell = UInt32(truncatingIfNeeded: cellTotal)
  }

  @inline(never) private mutating func growMarks() {
    markCapacity *= 2
    let larger = UnsafeMutablePointer<RowMark>.allocate(capacity: markCapacity)
    larger.update(from: marks, count: rowTotal + 1)
    marks.deallocate()
    marks = larger
  }

  /// Says of a row that it is to be left out.
  mutating func markDamaged(_ row: Int) { marks[row].columnAndFlag |= RowMark.damagedFlag }

  /// Says of a row that its cells may not be what they seem.
  mutating func markDoubtful(_ row: Int) { marks[row].columnAndFlag |= RowMark.doubtfulFlag }

  /// Begins the text of a decoded cell in the side area and says where it will stand; `source` is where the cell begins.
  mutating func beginDecoded(source: Int) -> Int {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: source).littleEndian) { raw in
      for byte in raw { bytes.append(byte) }
    }
    return bytes.count
  }

  /// The offset of the first byte of a cell in the text, its quote included.
  func sourceOffset(_ slice: CellSlice) -> Int {
    let start = Int(slice.start)
    if slice.isUnknown { return 0 }
    guard slice.isDecoded else { return slice.isQuoted ? start - 1 : start }
    let text = bytes.address
    return (0..<4).reduce(0) { $0 | Int(text[start - 4 + $1]) << (8 * $1) }
  }
}
