package import Bytes
package import Problems
package import Resources
import XML

/// Reads a sheet of a workbook of Excel (`.xlsx`, `.xlsm`) as a table, row by row.
///
/// Memory is bounded by the texts that cells share and by a step of rows, whatever the length of the sheet. Numbers come as people see them,
/// dates and times as ISO 8601 has them, formulas as the values that were calculated last. Rows in which nothing stands are left out.
package final class ExcelReader: RowSource {
  /// How many rows a batch has at least, unless the sheet ends or it has this many cells.
  private static let batchRows = 1024
  private static let batchCells = 1 << 18
  /// How many bytes of XML are read at a time as long as rows may be wide.
  private static let smallStep = 1 << 12
  /// How many sheets that are not read are named.
  private static let mostNames = 10

  /// The file as the user named it.
  package var name: String { workbook.name }
  /// A workbook.
  package let kind = TableReader.Kind.xlsx
  /// The name of the sheet.
  package let sheet: String
  /// The header rows; runs of white space in them are one space.
  package var header: [[ByteString]] { found.titles }
  /// The texts of rows before the header that were skipped.
  package var comments: [ByteString] { part.comments }
  /// Where problems go that are found as rows are read.
  package var problems: any ProblemSink

  private let workbook: Workbook
  private let part: SheetPart
  private let parser: XMLParser
  private let source: ZipPart
  private let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: SheetPart.step, alignment: 16)
  private var isAtEnd = false
  private var found = SheetHeader()
  private let dialect: Dialect
  private let rule: HeaderRule
  private var origin: RowOrigin
  /// Whether the rows that were read with the header have not been handed out.
  private var holdsFirst = true
  /// The row after those that were handed out, as far as it has been read.
  private var open: OpenRow?
  private var nextRow = 1
  /// What is to be told when the first rows are handed out.
  private var notes: [Problem] = []

  /// Opens a sheet of a workbook.
  /// - Parameter name: the sheet; without it the first that is neither hidden nor empty, or of those the first in which the titles stand
  ///   that a search asks for.
  /// - Throws: ``ProblemCode/workbookKind`` for what is not read, ``ProblemCode/workbookDamaged``, ``ProblemCode/workbookProtected``,
  ///   ``ProblemCode/sheetMissing``, ``ProblemCode/tableEmpty``, ``ProblemCode/limitExceeded``, and what the stream throws.
  package convenience init(
    _ stream: any ByteStream, sheet name: String? = nil, dialect: Dialect = .undeclared, rule: HeaderRule = HeaderRule(),
    problems: any ProblemSink
  ) throws(Failure) {
    let file = try RandomAccessFile(stream)
    if try file.read(at: 0, count: CompoundFile.signature.count) == CompoundFile.signature { throw try CompoundFile.failure(of: file) }
    try self.init(try Workbook(file), sheet: name, dialect, rule, problems)
  }

  private convenience init(
    _ workbook: Workbook, sheet name: String?, _ dialect: Dialect, _ rule: HeaderRule, _ problems: any ProblemSink
  ) throws(Failure) {
    if let name {
      try self.init(workbook, try workbook.sheet(called: name), dialect, rule, problems)
      return
    }
    let (sheet, others) = try Self.choose(workbook, dialect, rule)
    try self.init(workbook, sheet, dialect, rule, problems)
    guard let first = others.first else { return }
    let names = others.prefix(Self.mostNames).map { "«\($0)»" }.joined(separator: ", ") + (others.count > Self.mostNames ? ", …" : "")
    notes.insert(Problem(.sheetsOther, at: place, ["name": sheet.name, "others": names, "example": "\(workbook.name)!\(first)"]), at: 0)
  }

  /// The sheet to read where none is named, and the names of the others that might be meant: of those that are neither hidden nor empty the
  /// first with all titles that must be there, else the first.
  private static func choose(
    _ workbook: Workbook, _ dialect: Dialect, _ rule: HeaderRule
  ) throws(Failure) -> (sheet: Workbook.Sheet, others: [String]) {
    let search = rule.search(in: rule.applied(to: dialect))
    var filled: [Workbook.Sheet] = []
    var fitting: Workbook.Sheet?
    for sheet in workbook.visibleSheets {
      do throws(Failure) {
        let reader = try ExcelReader(workbook, sheet, dialect, rule, ProblemList(kept: 0))
        if reader.part.batch.rowCount == 0, reader.header.isEmpty { continue }
        filled.append(sheet)
        if fitting == nil, let search, search.match(reader.header.first ?? []).isWhole { fitting = sheet }
      } catch {
        if error.problem.code == .tableEmpty { continue }
        // What is wrong with a sheet that is not read is nobody's matter.
        if filled.isEmpty { throw error }
        filled.append(sheet)
      }
    }
    guard let chosen = fitting ?? filled.first else { throw Failure(.tableEmpty, at: Place(file: workbook.name)) }
    return (chosen, filled.map(\.name).filter { $0 != chosen.name })
  }

  private init(
    _ workbook: Workbook, _ sheet: Workbook.Sheet, _ dialect: Dialect, _ rule: HeaderRule, _ problems: any ProblemSink
  ) throws(Failure) {
    self.workbook = workbook
    self.sheet = sheet.name
    self.dialect = dialect
    self.rule = rule
    self.problems = problems
    part = SheetPart(sheet, of: workbook)
    parser = XMLParser(part)
    try workbook.package.check(sheet.part)
    source = try workbook.package.open(sheet.part, limit: Workbook.mostSheetBytes)
    origin = RowOrigin(file: workbook.name, columns: [], sheet: sheet.name, tellsValues: true)
    try readHeader(sheet)
  }

  deinit { chunk.deallocate() }

  /// Another sheet of the same workbook, read in the same way.
  /// - Throws: ``ProblemCode/sheetMissing``, ``ProblemCode/tableEmpty`` and what reading it throws.
  package func reading(sheet name: String) throws(Failure) -> ExcelReader {
    try ExcelReader(workbook, sheet: name, dialect, rule, problems)
  }

  /// The workbook and the sheet.
  package var place: Place { Place(file: name, sheet: sheet) }

  /// The row of the sheet that the titles stand in, and the column, counted from 0 in the table.
  package func headerPlace(_ column: Int?) -> Place {
    if let place = rule.titlesPlace { return place }
    return Place(
      file: name, sheet: sheet, line: found.line > 0 ? found.line : nil, column: column.map { found.columns.lowerBound + $0 + 1 })
  }

  /// Reads the first rows and finds the header among them. Those that follow it stay in the part's batch.
  private func readHeader(_ sheet: Workbook.Sheet) throws(Failure) {
    let dialect = rule.applied(to: dialect)
    part.skippedRows = dialect.skipRows
    part.batch.reset(firstRow: 0, firstSource: 0, firstLine: 0, origin: origin)
    while !isAtEnd, part.batch.rowCount <= HeaderSearch.rows + dialect.headerRows { try step() }
    part.batch.reserveBytes(0)
    if let titles = rule.titles {
      found = SheetHeader(titles: titles.titles, skipping: dialect.skipColumns)
    } else if dialect.headerRows == 0 {
      found = SheetHeader(columnsOf: part.batch, said: part.saidColumns, skipping: dialect.skipColumns)
    } else {
      found = try SheetHeader(
        in: part.batch, rows: dialect.headerRows, skipping: dialect.skipColumns, search: rule.search(in: dialect)
      ) { line throws(Failure) in try MergedCells.read(sheet, of: workbook, lastRow: line) }
      if found.titles.isEmpty { throw Failure(.tableEmpty, at: place) }
    }
    if found.isFound { notes.append(Problem(.headerFound, at: headerPlace(nil), ["row": "\(found.line)"])) }
    origin = RowOrigin(
      file: name, columns: found.titles.first ?? [], sheet: sheet.name, firstColumn: found.columns.lowerBound, tellsValues: true)
    part.keepTable(from: found.end, headerRows: found.titles.count, found.columns, origin)
  }

  private func step() throws(Failure) {
    // A few bytes may say that a row has cells up to the last column.
    let isNarrow = part.columns.map { $0.count <= 256 } ?? false
    let count = try source.read(into: isNarrow ? chunk : UnsafeMutableRawBufferPointer(rebasing: chunk[..<Self.smallStep]))
    try parser.read(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
    isAtEnd = count == 0
  }

  /// Fills `batch` anew with the next rows; false when no row is left.
  package func next(_ batch: inout RowBatch) throws(Failure) -> Bool {
    if holdsFirst {
      holdsFirst = false
      for note in notes { problems.report(note) }
    } else {
      batch.reset(firstRow: nextRow, firstSource: 0, firstLine: 0, origin: origin)
      // The part works on the memory of whoever asks.
      swap(&batch, &part.batch)
      if let open { part.resume(open) }
    }
    while !isAtEnd, part.batch.rowCount < Self.batchRows, part.batch.cellTotal < Self.batchCells { try step() }
    open = part.suspend()
    swap(&batch, &part.batch)
    batch.reserveBytes(0)
    report(&batch)
    return countRows(of: batch, &nextRow)
  }

  /// Reports what was found in the cells of a batch.
  private func report(_ batch: inout RowBatch) {
    for finding in part.findings where finding.code == .columnUntitled || found.columns.contains(finding.column) {
      if finding.damages { batch.markDamaged(finding.row) }
      let place = batch.place(finding.row, finding.column - found.columns.lowerBound)
      problems.report(Problem(finding.code, at: place, severity: finding.severity, finding.arguments))
    }
    part.findings.removeAll(keepingCapacity: true)
  }
}
