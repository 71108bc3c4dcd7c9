package import Bytes
package import Problems
package import Resources

/// Reads delimited text as CSVW parses it ("Model for Tabular Data and Metadata on the Web" §8), block by block.
///
/// Memory is bounded by the block and the longest row, whatever the length of the file. What is wrong in a row is reported
/// at its line and column, and reading goes on; see ``RowBatch/isDamaged(_:)``.
package final class CSVReader: RowSource {
  /// The longest row that is read, in bytes.
  package static let longestRow = 64 << 20
  /// The most columns that a table may have: as many as a worksheet of Excel.
  package static let mostColumns = 16_384

  /// Delimited text.
  package let kind = TableReader.Kind.csv
  /// The file as the user named it.
  package let name: String
  /// The header rows: cells without white space around them and without byte order marks.
  package private(set) var header: [[ByteString]] = []
  private let stream: UTF8Stream
  private let blockSize: Int
  private var scanner: CSVScanner
  private var origin: RowOrigin
  /// Text that was read and belongs to rows that are not yet handed out.
  private var carry = ByteBuffer()
  private var isAtEnd = false
  private var isFinished = false
  private var nextRow = 1
  private let dropsBlankEnd: Bool
  private let longestRow: Int
  private let rule: HeaderRule
  /// The row that the header is, from 1, and the line in which it begins.
  private var headerStart: (row: Int, line: Int)?
  /// What is to be told when the first rows are handed out.
  private var notes: [Problem] = []

  /// Where problems go that are found as rows are read.
  package var problems: any ProblemSink {
    get { scanner.problems }
    set { scanner.problems = newValue }
  }

  /// What stands between the cells, declared or found out.
  package private(set) var delimiter: ByteString = ","

  /// The name of the encoding, declared or found out so far.
  package var encodingName: String { stream.encodingName }

  /// The text of skipped rows before the header and of comment rows, as far as they are met.
  package var comments: [ByteString] { scanner.comments }

  /// Opens a table and reads its header.
  /// - Parameters:
  ///   - rule: what is known of the header beside the dialect.
  ///   - blockSize: how many bytes are read at a time.
  ///   - longestRow: the longest row that is read, in bytes.
  /// - Throws: ``ProblemCode/tableEmpty``, ``ProblemCode/encodingUnknown``, ``ProblemCode/encodingInvalid`` in the header,
  ///   ``ProblemCode/limitExceeded`` for a row that is longer or a header with more than ``mostColumns`` cells, and what the stream
  ///   throws.
  package init(
    _ stream: any ByteStream, dialect: Dialect = Dialect(), rule: HeaderRule = HeaderRule(), problems: any ProblemSink,
    blockSize: Int = 256 << 10, longestRow: Int = CSVReader.longestRow
  ) throws(Failure) {
    var dialect = rule.applied(to: dialect)
    self.rule = rule
    name = stream.name
    self.longestRow = longestRow
    self.blockSize = max(blockSize, 1)
    dropsBlankEnd = dialect.dropsBlankEnd
    self.stream = try UTF8Stream(stream, declared: dialect.encoding)
    origin = RowOrigin(file: stream.name, columns: [])
    scanner = CSVScanner(rules: CSVRules(dialect, delimiter: ","), problems: problems)
    var head = RowBatch()
    head.reset(firstRow: 0, firstSource: 1, firstLine: 1, origin: origin)
    try load(&head, upTo: max(self.blockSize, 1 << 12))
    let declaration = dialect.delimiter == nil ? DelimiterGuess.declaration(in: head.bytes.view) : nil
    if isAtEnd, head.bytes.view.trimmed.isEmpty { throw Failure(.tableEmpty, at: Place(file: name)) }
    var delimiter = dialect.delimiter ?? declaration?.delimiter ?? DelimiterGuess.delimiter(of: head.bytes.view, dialect)
    // The line that declares the delimiter is the first row of the file.
    if declaration != nil, rule.firstRow != nil { dialect.skipRows = max(0, dialect.skipRows - 1) }
    var isFound = false
    if let search = rule.search(in: dialect) {
      let finder = CSVHeaderFinder(dialect, search, start: declaration?.length ?? 0, isLast: isAtEnd)
      let found = finder.find(in: &head, delimiter: delimiter, isGuess: dialect.delimiter == nil && declaration == nil)
      (delimiter, dialect.skipRows, isFound) = (found.delimiter, found.skips, found.passesRows)
    }
    scanner = CSVScanner(rules: CSVRules(dialect, delimiter: delimiter), problems: problems)
    self.delimiter = delimiter
    try readHead(&head, dialect, from: declaration.map { scanner.pass(line: $0.length, of: head.bytes.view) } ?? 0)
    if let titles = rule.titles { header = [titles.titles] }
    if isFound { notes.append(Problem(.headerFound, at: headerPlace(nil), ["row": "\(headerStart?.row ?? 1)"])) }
    origin = RowOrigin(file: name, columns: header.first ?? [])
    // A sink that tells no place has rows that are judged first.
    scanner.keepsRemarks = problems is DiscreetSink
  }

  /// The line that the header begins in.
  package func headerPlace(_ column: Int?) -> Place {
    if let place = rule.titlesPlace { return place }
    return Place(file: name, line: headerStart?.line ?? 1)
  }

  /// Passes the skipped rows and reads the header rows; what follows is carried over to the first batch.
  private func readHead(_ head: inout RowBatch, _ dialect: Dialect, from start: Int) throws(Failure) {
    var position = start
    var skips = max(0, dialect.skipRows)
    var rest = dialect.headerRows
    while skips + rest > 0 {
      let end = head.bytes.count
      if position == end, isAtEnd { break }
      let isSkip = skips > 0
      scanner.encodingName = stream.encodingName
      let next =
        isSkip
        ? scanner.skipRow(&head, from: position, to: end, isLast: isAtEnd)
        : scanner.readRow(&head, from: position, to: end, isLast: isAtEnd, keepsBlank: true)
      guard let next, position < end else {
        try checkLength(end - position, row: nil)
        try load(&head, upTo: min(end * 2, position + longestRow))
        continue
      }
      // Of a file of which nothing is said, the header is the first row that says something.
      let isBlank = dropsBlankEnd && dialect.delimiter == nil && head.rowCount > 0 && head.isBlank(0)
      if isSkip { skips -= 1 } else if !isBlank { rest -= 1 }
      if head.rowCount > 0, !isBlank, headerStart == nil { headerStart = (head.sourceRow(0), head.place(0).line ?? 1) }
      if head.rowCount > 0, !isBlank { header.append(try headerCells(head, position..<next)) }
      head.forgetRows()
      head.bytes.truncate(to: end)
      position = next
    }
    if isAtEnd, position == head.bytes.count, dialect.headerRows > 0, header.allSatisfy({ $0.allSatisfy(\.isEmpty) }) {
      throw Failure(.tableEmpty, at: Place(file: name))
    }
    carry.append(head.bytes.view.dropFirst(position))
  }

  private func headerCells(_ head: borrowing RowBatch, _ range: Range<Int>) throws(Failure) -> [ByteString] {
    if let bad = head.bytes.view[range].firstIllFormedUTF8 {
      let offset = range.lowerBound + bad
      let arguments = scanner.invalidArguments(head.bytes.view, offset)
      throw Failure(.encodingInvalid, at: head.place(offset: offset, row: 0, column: nil), arguments)
    }
    if head.cellCount(0) > Self.mostColumns {
      throw Failure(
        .limitExceeded, at: Place(file: name, line: head.place(0, 0).line), ["what": .phrase("columns"), "limit": "\(Self.mostColumns)"])
    }
    return (0..<head.cellCount(0)).map { withoutMarks(head.cell(0, $0)) }
  }

  /// Reads into the text of `batch` until it holds `wanted` bytes or the stream ends, and makes room for decoded cells.
  private func load(_ batch: inout RowBatch, upTo wanted: Int) throws(Failure) {
    while !isAtEnd, batch.bytes.count < wanted {
      let room = max(wanted - batch.bytes.count, UTF8Stream.leastTarget)
      batch.reserveBytes(room)
      let target = UnsafeMutableRawBufferPointer(start: batch.bytes.address + batch.bytes.count, count: room)
      let count = try stream.read(into: target)
      if count == 0 { isAtEnd = true }
      batch.bytes.commit(count)
    }
    batch.reserveBytes(2 * batch.bytes.count + UTF8Stream.leastTarget)
  }

  /// Refuses a row of which so many bytes have been read without its end.
  private func checkLength(_ length: Int, row: Int?) throws(Failure) {
    if length < longestRow { return }
    let place = Place(file: name, line: scanner.line, row: row)
    throw Failure(.limitExceeded, at: place, ["what": .phrase("row-bytes"), "limit": "\(longestRow)"])
  }

  /// Fills `batch` anew with the next rows; false when no row is left.
  package func next(_ batch: inout RowBatch) throws(Failure) -> Bool {
    for note in notes { scanner.problems.report(note) }
    notes = []
    var wanted = blockSize
    while !isFinished {
      batch.reset(firstRow: nextRow, firstSource: scanner.source, firstLine: scanner.line, origin: origin)
      batch.reserveBytes(carry.count)
      batch.bytes.append(carry.view)
      try load(&batch, upTo: wanted)
      let end = batch.bytes.count
      var consumed = scanner.scan(&batch, from: 0, to: end, isLast: isAtEnd)
      if dropsBlankEnd { consumed = scanner.withdrawBlankEnd(of: &batch, consumed, isLast: isAtEnd) }
      carry.truncate()
      carry.append(batch.bytes.view[consumed..<end])
      isFinished = isAtEnd
      if consumed == 0, !isAtEnd {
        try checkLength(end, row: nextRow)
        wanted = min(end * 2, longestRow)
        continue
      }
      wanted = blockSize
      scanner.encodingName = stream.encodingName
      scanner.checkEncoding(&batch, to: consumed)
      if batch.rowCount > 0 { return countRows(of: batch, &nextRow) }
    }
    batch.reset(firstRow: nextRow, firstSource: scanner.source, firstLine: scanner.line, origin: origin)
    return countRows(of: batch, &nextRow)
  }
}
