package import Bytes
import JSON
package import Problems
package import Resources

/// Reads a JSON array of objects as a table, or an object of which one member is such an array.
///
/// The columns are the keys of all objects in order of first appearance. A null or absent value is an empty cell, numbers
/// are as written, truth values `true` and `false`; where an object or array stands, the cell is its text, and the column is told of. The text stays in memory; no tree is made of it.
package final class JSONTable: RowSource {
  /// The file as the user named it.
  package let name: String
  /// One row: the keys.
  package let header: [[ByteString]]
  /// None: JSON has no comments.
  package let comments: [ByteString] = []
  private let text: ByteString
  private let origin: RowOrigin
  /// JSON.
  package let kind = TableReader.Kind.json
  /// Where problems go that are found as rows are read.
  package var problems: any ProblemSink
  private let columns: [ByteString: Int]
  private let rowsPerBatch: Int
  private var nextRow = 1
  /// Where the next row begins or the array ends.
  private var cursor: TextCursor
  private var isFinished = false

  /// Reads the whole stream and finds the table in it.
  /// - Throws: ``ProblemCode/tableEmpty``, ``ProblemCode/jsonSyntax``, ``ProblemCode/jsonDepth``,
  ///   ``ProblemCode/tableNotRecognised``, ``ProblemCode/limitExceeded`` beyond 1 GiB, and what the stream throws.
  package convenience init(_ stream: any ByteStream, problems: any ProblemSink, rowsPerBatch: Int = 2048) throws(Failure) {
    try self.init(ByteString(stream.readAll()), name: stream.name, problems: problems, rowsPerBatch: rowsPerBatch)
  }

  /// Finds the table in a text.
  init(_ text: ByteString, name: String, problems: any ProblemSink, rowsPerBatch: Int = 2048) throws(Failure) {
    self.text = text
    self.name = name
    self.problems = problems
    self.rowsPerBatch = max(rowsPerBatch, 1)
    let shape = try text.withView { view throws(Failure) in
      let isBlank = view.dropFirst(view.hasPrefix("\u{FEFF}") ? 3 : 0).trimmed.isEmpty
      if isBlank { throw Failure(.tableEmpty, at: Place(file: name)) }
      return try JSONShape(view, file: name)
    }
    header = [shape.columns]
    columns = Dictionary(uniqueKeysWithValues: shape.columns.enumerated().map { ($1, $0) })
    origin = RowOrigin(file: name, columns: shape.columns, pointer: shape.pointer, tellsValues: true)
    var start = TextCursor(offset: text.withView { $0.hasPrefix("\u{FEFF}") } ? 3 : 0)
    text.withView { start.advance(to: shape.offset + 1, in: $0) }
    cursor = start
    for nested in shape.nested {
      var place = text.withView { text in
        var cursor = TextCursor(offset: 0)
        cursor.advance(to: nested.offset, in: text)
        return Place(file: name, line: cursor.line, column: cursor.column)
      }
      (place.pointer, place.tableColumn) = (nested.pointer, nested.column.text)
      problems.report(Problem(.columnNested, at: place, ["name": nested.column.text]))
    }
  }

  /// The file's first line: the keys stand everywhere.
  package func headerPlace(_ column: Int?) -> Place { Place(file: name, line: 1) }

  /// Fills `batch` anew with the next rows; false when no row is left.
  package func next(_ batch: inout RowBatch) throws(Failure) -> Bool {
    batch.reset(firstRow: nextRow, firstSource: nextRow, firstLine: cursor.line, origin: origin)
    if !isFinished {
      try text.withView { text throws(Failure) in
        var work = Work(scanner: JSONScanner(text, file: name))
        while !isFinished, batch.rowCount < rowsPerBatch { try readRow(&work, &batch) }
      }
    }
    batch.reserveBytes(0)
    return countRows(of: batch, &nextRow)
  }

  /// What is needed while a batch is filled, kept from row to row.
  private struct Work {
    var scanner: JSONScanner
    /// The keys that stood before in the row, by column.
    var repeated: [(column: Int, offset: Int)] = []
    /// The cells with escapes, and what stands between their quotes.
    var escaped: [(slice: Int, content: Range<Int>)] = []
  }

  /// Reads the object at the cursor, or notices the end of the array.
  private func readRow(_ work: inout Work, _ batch: inout RowBatch) throws(Failure) {
    let text = work.scanner.text
    var position = cursor.offset
    while position < text.count, isWhiteSpace(text[position]) || text[position] == UInt8(ascii: ",") { position += 1 }
    guard position < text.count, text[position] == UInt8(ascii: "{") else {
      isFinished = true
      return
    }
    cursor.advance(to: position, in: text)
    let firstCell = batch.cellTotal
    let start = batch.bytes.count
    let width = header[0].count
    batch.reserveCells(width)
    for _ in 0..<width { batch.push(CellSlice(start, 0)) }

    work.scanner.restart(at: position)
    work.repeated.removeAll(keepingCapacity: true)
    work.escaped.removeAll(keepingCapacity: true)
    var expected = 0
    _ = try work.scanner.next()
    while try work.scanner.next() == .key {
      let keyOffset = work.scanner.start
      let column = column(work.scanner, expected)
      let token = try work.scanner.next()
      expected = column + 1
      let slice = firstCell + column
      if Int(batch.cells[slice].start) != start { work.repeated.append((column, keyOffset)) }
      let (content, flags) = try cell(token, &work.scanner)
      batch.cells[slice] = CellSlice(start + content.lowerBound - position, content.count, flags: flags)
      if token == .string, work.scanner.isEscaped { work.escaped.append((slice, content)) }
    }
    let end = work.scanner.start + 1
    batch.bytes.append(text[position..<end])
    // A value whose key came again later is no longer the cell's.
    for (slice, content) in work.escaped where Int(batch.cells[slice].start) == start + content.lowerBound - position {
      let low = batch.beginDecoded(source: Int(batch.cells[slice].start) - 1)
      batch.bytes.append(jsonContent: text[content])
      batch.cells[slice] = CellSlice(low, batch.bytes.count - low, flags: CellSlice.quoted | CellSlice.decoded)
    }
    let source = nextRow + batch.rowCount - batch.firstSource
    batch.endRow(
      RowMark(firstCell: firstCell, start: start, line: cursor.line - batch.firstLine, column: cursor.column, source: source))
    for (column, offset) in work.repeated { report(header[0][column], offset, text) }
    cursor.advance(to: end, in: text)
  }

  /// Where the text of the value stands whose first token was just read, and whether it is a text rather than a value.
  private func cell(_ token: JSONToken, _ scanner: inout JSONScanner) throws(Failure) -> (Range<Int>, UInt32) {
    switch token {
    case .null: return (scanner.start..<scanner.start, 0)
    case .string: return (scanner.content, CellSlice.quoted)
    case .beginObject, .beginArray:
      let start = scanner.start
      try scanner.skipRest(of: token)
      return (start..<scanner.start + 1, CellSlice.quoted)
    default: return (scanner.content, 0)
    }
  }

  /// The column of the key just read; most objects have their keys in the order of the first.
  private func column(_ scanner: JSONScanner, _ expected: Int) -> Int {
    if !scanner.isEscaped, expected < header[0].count {
      let raw = scanner.text[scanner.content]
      if header[0][expected].withView({ $0 == raw }) { return expected }
    }
    return columns[decodedKey(scanner)] ?? 0
  }

  private func report(_ key: ByteString, _ offset: Int, _ text: ByteView) {
    var cursor = cursor
    cursor.advance(to: offset, in: text)
    problems.report(Problem(.jsonKeyDuplicate, at: Place(file: name, line: cursor.line, column: cursor.column), ["key": key.text]))
  }
}
