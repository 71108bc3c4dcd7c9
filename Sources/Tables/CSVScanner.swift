import Bytes
import Problems

/// Cuts a block of delimited text into rows, and keeps the count of lines and rows from block to block.
///
/// Two ways lead through a row: ``scanSimple(_:from:to:isLast:)`` steps from one structural byte to the next and reads
/// all that is regular; ``readRow(_:from:to:isLast:)`` reads any row in any dialect and reports what is wrong with it.
struct CSVScanner {
  let rules: CSVRules
  var problems: any ProblemSink
  /// The physical line and the column where the next row begins.
  var line = 1
  var column = 1
  /// The source number of the next row.
  var source = 1
  /// The texts of comment rows and skipped rows.
  var comments: [ByteString] = []
  /// Whether what is wrong with a cell of a row that can be used waits until the row has been judged.
  var keepsRemarks = false
  /// The encoding's name, for messages.
  var encodingName = "UTF-8"

  init(rules: CSVRules, problems: any ProblemSink) {
    self.rules = rules
    self.problems = problems
  }

  /// Cuts the text of `batch` from `start` to `end` into rows and says where the first row begins that is not whole.
  ///
  /// The batch must have room for twice as many bytes again: cells that must be decoded go there.
  mutating func scan(_ batch: inout RowBatch, from start: Int, to end: Int, isLast: Bool) -> Int {
    if rules.isSimple { return scanSimple(&batch, from: start, to: end, isLast: isLast) }
    var position = start
    while position < end, let next = readRow(&batch, from: position, to: end, isLast: isLast) { position = next }
    return position
  }

  /// Reads the row that begins at `start`, in any dialect, and says where the next one begins; nil where the text ends
  /// before the row does.
  mutating func readRow(
    _ batch: inout RowBatch, from start: Int, to end: Int, isLast: Bool, keepsBlank: Bool = false
  ) -> Int? {
    let text = batch.text(to: end)
    var lexer = CellLexer(rules, text, isLast: isLast)
    if lexer.stands(rules.comment, at: start) {
      guard let (rowEnd, next) = lineEnd(&lexer, text, from: start) else { return nil }
      keepComment(&batch, start + rules.comment.count..<rowEnd)
      passRow(text, from: start, to: next)
      return next
    }
    let firstCell = batch.cellTotal
    let side = batch.bytes.count
    var position = start
    while true {
      let cell = lexer.cell(from: position)
      if lexer.needsMore {
        batch.rollBack(cells: firstCell, bytes: side)
        return nil
      }
      batch.reserveCells(1)
      batch.push(kept(cell, &batch))
      position = cell.next
      if cell.endsRow { break }
    }
    let row = batch.rowCount
    finishRow(&batch, start: start, firstCell: firstCell, line: line, column: column, keepsBlank: keepsBlank)
    if batch.rowCount > row { report(lexer.findings, &batch, row) }
    var cursor = TextCursor(offset: start, line: line, column: column)
    cursor.advance(to: position, in: text)
    (line, column) = (cursor.line, cursor.column)
    return position
  }

  /// Passes over the row that begins at `start` and keeps its text as a comment (CSVW "Model" §8, skip rows).
  mutating func skipRow(_ batch: inout RowBatch, from start: Int, to end: Int, isLast: Bool) -> Int? {
    let text = batch.text(to: end)
    var lexer = CellLexer(rules, text, isLast: isLast)
    var cell = lexer.cell(from: start)
    while !cell.endsRow, !lexer.needsMore { cell = lexer.cell(from: cell.next) }
    if lexer.needsMore { return nil }
    let isComment = lexer.stands(rules.comment, at: start)
    let low = isComment ? start + rules.comment.count : start
    if isComment || cell.end > low { keepComment(&batch, low..<max(low, cell.end)) }
    passRow(text, from: start, to: cell.next)
    return cell.next
  }

  /// Ends a row whose cells were pushed, unless it is one to leave out.
  @inline(__always)
  mutating func finishRow(
    _ batch: inout RowBatch, start: Int, firstCell: Int, line: Int, column: Int, keepsBlank: Bool = false
  ) {
    if !rules.reworksRows || batch.rework(from: firstCell, rules, keepsBlank: keepsBlank) {
      batch.endRow(
        RowMark(
          firstCell: firstCell, start: start, line: line &- batch.firstLine, column: column, source: source &- batch.firstSource))
    }
    source &+= 1
  }

  /// The slice of a cell, decoded where it must be.
  private func kept(_ cell: CellLexer.Cell, _ batch: inout RowBatch) -> CellSlice {
    let flags = cell.isQuoted ? CellSlice.quoted : 0
    if !cell.isEscaped, !cell.isQuoted || rules.quote.count == 1 {
      return CellSlice(cell.content.lowerBound, cell.content.count, flags: flags)
    }
    let escape = rules.usesBackslash ? [UInt8(ascii: "\\")] : rules.quote
    return batch.decoded(cell.content, source: cell.start, escape: cell.isEscaped ? escape : [], flags: flags)
  }

  private func lineEnd(_ lexer: inout CellLexer, _ text: ByteView, from start: Int) -> (end: Int, next: Int)? {
    var index = start
    while index < text.count {
      let length = lexer.terminatorLength(at: index)
      if lexer.needsMore { return nil }
      if length > 0 { return (index, index + length) }
      index += 1
    }
    return lexer.isLast ? (text.count, text.count) : nil
  }

  /// Passes over the first `length` bytes of the text, a line that is no row of the table, and says where the next one begins.
  mutating func pass(line length: Int, of text: ByteView) -> Int {
    passRow(text, from: 0, to: length)
    return length
  }

  /// Takes rows of nothing but empty cells at the end of a batch away: for good at the end of the table, else until it is known what
  /// follows them. Says up to where the text is dealt with.
  mutating func withdrawBlankEnd(of batch: inout RowBatch, _ consumed: Int, isLast: Bool) -> Int {
    var kept = batch.rowCount
    while kept > 0, batch.isBlank(kept - 1) { kept -= 1 }
    if kept == batch.rowCount { return consumed }
    let mark = batch.marks[kept]
    batch.forgetRows(from: kept)
    if isLast { return consumed }
    line = batch.firstLine + Int(mark.line)
    column = mark.column
    source = batch.firstSource + Int(mark.source)
    return Int(mark.start)
  }

  private mutating func passRow(_ text: ByteView, from start: Int, to next: Int) {
    source += 1
    var cursor = TextCursor(offset: start, line: line, column: column)
    cursor.advance(to: next, in: text)
    (line, column) = (cursor.line, cursor.column)
  }
}
