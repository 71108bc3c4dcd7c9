import Bytes
import Problems

/// The header of a sheet, found among its first rows.
struct SheetHeader {
  /// The header rows, each with the titles of the columns in ``columns``.
  private(set) var titles: [[ByteString]] = []
  /// The columns of the sheet that the table has, from the first with a title to the last.
  private(set) var columns = 0..<0
  /// The row of the sheet that the header stands in; 0 where there is none.
  private(set) var line = 0
  /// The number of the first row of the batch that is no header.
  private(set) var end = 0
  /// Whether rows with something in them were passed over in search of the header.
  private(set) var isFound = false

  /// No header.
  init() {}

  /// Finds the header among the rows of a batch, which have all their cells.
  /// - Parameters:
  ///   - count: how many header rows there are.
  ///   - skipped: how many columns of the sheet are left out.
  ///   - merged: gives the cells that are one, of rows up to a row of the sheet. It is asked only where titles are missing.
  init(
    in batch: borrowing RowBatch, rows count: Int, skipping skipped: Int, search: HeaderSearch?,
    merged: (Int) throws(Failure) -> [MergedCells.Area]
  ) throws(Failure) {
    var candidates = Candidates(batch, count: search == nil ? count : max(count, HeaderSearch.rows))
    guard let lastLine = candidates.lines.last else { return }
    var first = search?.header(among: candidates.rows) ?? 0
    let isWhole = search.map { $0.match(candidates.rows[first]).isWhole } ?? true
    if !isWhole || candidates.lacksTitles(in: first..<first + count, batch) {
      candidates.fill(try merged(lastLine))
      first = search?.header(among: candidates.rows) ?? 0
    }
    let found = candidates.rows[first..<min(first + count, candidates.rows.count)]
    let titled = found.flatMap { row in row.indices.filter { $0 >= skipped && !row[$0].isEmpty } }
    guard let low = titled.min(), let high = titled.max() else { return }
    columns = low..<high + 1
    titles = found.map { row in columns.map { $0 < row.count ? row[$0] : "" } }
    line = candidates.lines[first]
    end = first + found.count
    isFound = first > 0
  }

  /// A table without header, whose columns are those of its rows.
  init(columnsOf batch: borrowing RowBatch, said: Int, skipping skipped: Int) {
    var width = said
    for row in 0..<batch.rowCount { width = max(width, batch.cellCount(row)) }
    columns = min(skipped, width)..<width
  }

  /// A table whose titles stand elsewhere.
  init(titles: [ByteString], skipping skipped: Int) {
    self.titles = [titles]
    columns = skipped..<skipped + titles.count
  }
}

/// The first rows of a sheet as titles.
private struct Candidates {
  private(set) var rows: [[ByteString]] = []
  /// The row of the sheet that each stands in.
  private(set) var lines: [Int] = []

  init(_ batch: borrowing RowBatch, count: Int) {
    for row in 0..<min(count, batch.rowCount) {
      lines.append(batch.sourceRow(row))
      var cells: [ByteString] = []
      for column in 0..<batch.cellCount(row) { cells.append(title(batch.cell(row, column))) }
      rows.append(cells)
    }
  }

  /// Whether a column in which something stands in later rows has no title in some rows.
  func lacksTitles(in header: Range<Int>, _ batch: borrowing RowBatch) -> Bool {
    var titled: Set<Int> = []
    for row in header where row < rows.count { titled.formUnion(rows[row].indices.filter { !rows[row][$0].isEmpty }) }
    for row in header.upperBound..<max(header.upperBound, batch.rowCount) {
      for column in 0..<batch.cellCount(row) where !titled.contains(column) && !batch.cell(row, column).isEmpty { return true }
    }
    return false
  }

  /// Gives all cells of an area the text of its first.
  mutating func fill(_ areas: [MergedCells.Area]) {
    for area in areas {
      guard let top = lines.firstIndex(of: area.rows.lowerBound), top < rows.count, area.columns.lowerBound < rows[top].count else {
        continue
      }
      let text = rows[top][area.columns.lowerBound]
      if text.isEmpty { continue }
      for row in rows.indices where area.rows.contains(lines[row]) {
        while rows[row].count <= area.columns.upperBound { rows[row].append("") }
        for column in area.columns where rows[row][column].isEmpty { rows[row][column] = text }
      }
    }
  }
}

/// The text of a header cell: without byte order marks, and with runs of white space, in which titles are broken into lines, as one space.
private func title(_ text: ByteView) -> ByteString {
  var out = ByteBuffer()
  withoutMarks(text).withView { text in
    for byte in text.buffer {
      if !isWhiteSpace(byte) { out.append(byte) } else if out.view.buffer.last != 0x20 { out.append(0x20) }
    }
  }
  return ByteString(out.view.trimmed)
}
