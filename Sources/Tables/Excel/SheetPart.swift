import Bytes
import Problems
import XML

/// Reads the part of a sheet into rows (ECMA-376 part 1, §18.3).
///
/// The cells of a row may come in any order. Rows and cells that do not say where they stand follow the one before. Rows in which nothing
/// stands are left out.
final class SheetPart: XMLPart {
  private enum State { case start, sheet, rows, row, cell, value, inline, inlineText, run, runText }

  /// How many bytes the texts of a batch may have; what one step of XML makes of shared texts stays far below.
  private static let mostBatchBytes = 256 << 20

  let file: String
  let part: String
  let workbook: Workbook
  /// The rows that have been read since it was last emptied.
  var batch = RowBatch()
  /// What is to be reported of them.
  var findings: [Finding] = []
  /// The columns of the sheet that rows get; nil for all up to the last with something in it.
  var columns: Range<Int>?
  /// Rows of the sheet up to this one are no rows of the table; their texts are kept in ``comments``.
  var skippedRows = 0
  /// The texts of rows that were skipped.
  var comments: [ByteString] = []
  /// How many columns the sheet says that it has; 0 where it does not say so.
  private(set) var saidColumns = 0

  private var state = State.start
  /// How many elements are open within one that is passed over.
  private var passed = 0
  /// The namespace of the sheet's own elements; those of other vocabularies are passed over.
  private var namespace: XMLName?
  private var rowName: XMLName?
  private var cellName: XMLName?
  private var valueName: XMLName?
  private var referenceName: XMLName?
  private var styleName: XMLName?
  private var typeName: XMLName?

  /// The row of the sheet that is being read.
  private(set) var rowNumber = 0
  private var rowsRead = 0
  /// Where its texts and findings begin in those of the batch.
  private(set) var rowStart = 0
  private(set) var rowFindings = 0
  /// The cells of the row, by column of the sheet.
  var cells: ContiguousArray<CellSlice> = []
  /// The cell that is being read, of which the text of the value is ``content``.
  var cell = StoredCell()
  var content = ByteBuffer()
  private var textStart = 0
  /// Columns of which it was told that they have no title.
  var untitled: Set<Int> = []

  /// A reader of a sheet.
  init(_ sheet: Workbook.Sheet, of workbook: Workbook) {
    self.workbook = workbook
    file = workbook.name
    part = sheet.part
  }

  func begin(_ tag: XMLTag) throws(Failure) {
    if passed > 0 || tag.namespace != namespace && state != .start {
      passed &+= 1
      return
    }
    switch state {
    case .row where tag.name == cellName:
      try beginCell(tag)
      state = .cell
    case .cell where tag.name == valueName && cell.type != .inline: beginValue(.value)
    case .cell where tag.isNamed("is"): beginValue(.inline)
    case .cell:
      if tag.isNamed("f") { cell.hasFormula = true }
      passed = 1
    case .rows where tag.name == rowName:
      try beginRow(tag)
      state = .row
    case .inline where tag.isNamed("t"): beginText(.inlineText)
    case .inline where tag.isNamed("r"): state = .run
    case .run where tag.isNamed("t"): beginText(.runText)
    case .sheet where tag.isNamed("sheetData"): state = .rows
    case .start:
      if !tag.isNamed("worksheet") || !tag.isMain { throw damaged(.phrase("part-other", ["part": part])) }
      learnNames(tag)
      state = .sheet
    case .sheet:
      if tag.isNamed("dimension"), let range = tag["ref"]?.withView({ CellReference.range($0) }) {
        saidColumns = min(range.last.column + 1, CellReference.mostColumns)
      }
      passed = 1
    default: passed = 1
    }
  }

  func end(at position: XMLPosition) throws(Failure) {
    if passed > 0 {
      passed &-= 1
      return
    }
    switch state {
    case .cell:
      try endCell()
      state = .row
    case .value, .inline: state = .cell
    case .row:
      try endRow()
      state = .rows
    case .inlineText, .runText:
      content.decodeCellEscapes(from: textStart)
      state = state == .inlineText ? .inline : .run
    case .run: state = .inline
    case .rows: state = .sheet
    case .sheet, .start: state = .start
    }
  }

  func text(_ text: ByteView, at position: XMLPosition) throws(Failure) {
    guard passed == 0, state == .value || state == .inlineText || state == .runText else { return }
    if content.count + text.count > CSVReader.longestRow { throw exceeded(.phrase("row-bytes"), CSVReader.longestRow) }
    content.append(text)
  }

  /// Learns what the names are in this document that are looked for in every row.
  private func learnNames(_ root: XMLTag) {
    namespace = root.namespace
    rowName = root.interned("row")
    cellName = root.interned("c")
    valueName = root.interned("v")
    referenceName = root.interned("r")
    styleName = root.interned("s")
    typeName = root.interned("t")
  }

  private func beginValue(_ state: State) {
    content.truncate()
    cell.hasValue = true
    self.state = state
  }

  private func beginText(_ state: State) {
    textStart = content.count
    self.state = state
  }

  private func beginRow(_ tag: XMLTag) throws(Failure) {
    rowNumber += 1
    for index in 0..<tag.count where tag.name(index) == referenceName && tag.namespace(index) == nil {
      guard let number = tag.value(index).cardinal, number > 0 else { throw damaged(.phrase("row-reference", ["part": part])) }
      rowNumber = number
    }
    rowsRead += 1
    if max(rowNumber, rowsRead) > CellReference.mostRows { throw exceeded(.phrase("rows"), CellReference.mostRows) }
    cells.removeAll(keepingCapacity: true)
    cell.column = -1
    rowStart = batch.bytes.count
    rowFindings = findings.count
  }

  private func beginCell(_ tag: XMLTag) throws(Failure) {
    var column = cell.column &+ 1
    cell = StoredCell()
    for index in 0..<tag.count where tag.namespace(index) == nil {
      let name = tag.name(index)
      if name == referenceName {
        guard let reference = CellReference(tag.value(index)) else { throw damaged(.phrase("cell-reference", ["part": part])) }
        column = reference.column
      } else if name == styleName {
        cell.style = tag.value(index).cardinal ?? 0
      } else if name == typeName {
        cell.type = StoredCell.Kind(tag.value(index))
      }
    }
    if column >= CellReference.mostColumns { throw exceeded(.phrase("columns"), CellReference.mostColumns) }
    cell.column = column
  }

  /// Ends a row, unless nothing stands in it.
  private func endRow() throws(Failure) {
    while let last = cells.last, last.length == 0, !last.isUnknown { cells.removeLast() }
    if batch.bytes.count - rowStart > CSVReader.longestRow { throw exceeded(.phrase("row-bytes"), CSVReader.longestRow) }
    if batch.bytes.count > Self.mostBatchBytes { throw exceeded(.phrase("batch-bytes"), Self.mostBatchBytes) }
    if rowNumber <= skippedRows {
      keepComment()
    } else if let columns {
      if push(columns) { return }
    } else if !cells.isEmpty {
      batch.reserveCells(cells.count)
      let first = batch.cellTotal
      for slice in cells { batch.push(slice) }
      return finishRow(first)
    }
    batch.bytes.truncate(to: rowStart)
    findings.removeLast(findings.count - rowFindings)
  }

  /// Pushes the row's cells in some columns, the others are passed over; false where nothing stands in these.
  private func push(_ columns: Range<Int>) -> Bool {
    let shared = columns.clamped(to: 0..<cells.count)
    guard cells[shared].contains(where: { $0.length > 0 || $0.isUnknown }) else { return false }
    batch.reserveCells(columns.count)
    let first = batch.cellTotal
    for column in shared { batch.push(cells[column]) }
    for _ in shared.count..<columns.count { batch.push(CellSlice(rowStart, 0)) }
    noteUntitled(outside: columns, of: batch.rowCount)
    finishRow(first)
    return true
  }

  /// Tells of columns of a row of the batch in which something stands that no title is for.
  private func noteUntitled(outside columns: Range<Int>, of row: Int) {
    for column in 0..<min(columns.lowerBound, cells.count) where cells[column].length > 0 { note(untitled: column, row) }
    var column = columns.upperBound
    while column < cells.count {
      if cells[column].length > 0 { note(untitled: column, row) }
      column += 1
    }
  }

  /// Takes what has been read of a row that is not whole out of the batch, before the batch changes hands.
  func suspend() -> OpenRow {
    if state == .start || state == .sheet || state == .rows { return OpenRow(number: rowNumber) }
    let row = OpenRow(
      number: rowNumber, text: ByteString(batch.bytes.view(rowStart..<batch.bytes.count)), cells: cells.map { $0.moved(by: -rowStart) },
      findings: Array(findings[rowFindings...]))
    batch.bytes.truncate(to: rowStart)
    findings.removeLast(row.findings.count)
    return row
  }

  /// Puts what has been read of a row after the rows of the batch.
  func resume(_ row: OpenRow) {
    rowNumber = row.number
    rowStart = batch.bytes.count
    rowFindings = findings.count
    batch.bytes.append(bytes: row.text)
    cells.removeAll(keepingCapacity: true)
    for slice in row.cells { cells.append(slice.moved(by: rowStart)) }
    for finding in row.findings { findings.append(finding.moved(to: batch.rowCount)) }
  }

  /// Makes the rows of the batch from `first` on those of the table, with the cells in `columns`. Of the rows before them the last
  /// `headerRows` are the header; the others are kept as comments.
  func keepTable(from first: Int, headerRows: Int, _ columns: Range<Int>, _ origin: RowOrigin) {
    let open = suspend()
    var old = RowBatch()
    swap(&old, &batch)
    batch.reset(firstRow: 1, firstSource: 0, firstLine: 0, origin: origin)
    batch.bytes.append(old.bytes.view)
    rowStart = batch.bytes.count
    self.columns = columns
    let known = findings
    findings = []
    for row in 0..<old.rowCount {
      cells.removeAll(keepingCapacity: true)
      for column in 0..<old.cellCount(row) { cells.append(old.slice(row, column)) }
      rowNumber = old.sourceRow(row)
      rowFindings = findings.count
      if row >= first {
        if push(columns) {
          for finding in known where finding.row == row { findings.append(finding.moved(to: batch.rowCount - 1)) }
        }
      } else if row < first - headerRows {
        keepComment()
      }
    }
    resume(open)
  }

  private func finishRow(_ firstCell: Int) {
    batch.endRow(RowMark(firstCell: firstCell, start: rowStart, line: rowNumber, column: 1, source: rowNumber))
  }

  private func keepComment() {
    let texts = cells.filter { $0.length > 0 }.map { batch.bytes.view(Int($0.start)..<Int($0.start) + $0.length).text }
    if !texts.isEmpty { comments.append(ByteString(texts.joined(separator: ", "))) }
  }

  private func exceeded(_ what: Words, _ limit: Int) -> Failure {
    Failure(.limitExceeded, at: Place(file: file), ["what": what, "limit": "\(limit)"])
  }
}

/// A row of a sheet that is not whole yet: its number in the sheet and what has been read of it.
struct OpenRow {
  fileprivate let number: Int
  fileprivate var text: ByteString = ""
  fileprivate var cells: [CellSlice] = []
  fileprivate var findings: [Finding] = []
}
