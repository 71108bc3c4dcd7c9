import Bytes

extension CSVScanner {
  /// The vector loop, for dialects with a one-byte delimiter, doubled quotes and usual line ends.
  ///
  /// It steps over the structural bytes of 64 at a time. A row with anything irregular is undone and read by
  /// ``readRow(_:from:to:isLast:keepsBlank:)``, after which the loop takes up again.
  mutating func scanSimple(_ batch: inout RowBatch, from start: Int, to end: Int, isLast: Bool) -> Int {
    let text = batch.text(to: end).start
    let delimiter = rules.delimiter[0]
    let quote = rules.quote.first ?? delimiter
    let quotes = SIMD16<UInt8>(repeating: quote)
    let delimiters = SIMD16<UInt8>(repeating: delimiter)
    let comment = rules.comment.first
    let bareCR = rules.bareCR

    var rowStart = start
    var cellStart = start
    var firstCell = batch.cellTotal
    var side = batch.bytes.count
    var lines = 0  // line ends within quotes of the row
    var open = -1  // where the quote stands of the cell that is being read
    var isEscaped = false
    var passed = start  // structural bytes before this one are dealt with
    var position = start
    var isRegular = comment == nil || start >= end || text[start] != comment

    rows: while true {
      if !isRegular {
        batch.rollBack(cells: firstCell, bytes: side)
        guard let next = readRow(&batch, from: rowStart, to: end, isLast: isLast) else { return rowStart }
        (rowStart, cellStart, passed, position) = (next, next, next, next)
        (firstCell, side, lines, open, isEscaped) = (batch.cellTotal, batch.bytes.count, 0, -1, false)
        isRegular = comment == nil || next >= end || text[next] != comment
        if next >= end { return next }
        continue rows
      }
      while position < end {
        var mask = structuralMask(text + position, quote: quotes, delimiter: delimiters)
        if end &- position < 64 { mask &= (1 &<< UInt64(truncatingIfNeeded: end &- position)) &- 1 }
        batch.reserveCells(65)
        while mask != 0 {
          let index = position &+ mask.trailingZeroBitCount
          mask &= mask &- 1
          if index < passed { continue }
          let byte = text[index]
          var border = index
          var slice: CellSlice
          if open < 0 {
            if byte == delimiter {
              batch.push(CellSlice(cellStart, index &- cellStart))
              cellStart = index &+ 1
              continue
            }
            if byte == quote {
              if index == cellStart {
                open = index
                continue
              }
              isRegular = false
              continue rows
            }
            if byte != 0x0A, byte != 0x0D {
              if byte == 0x09 { continue }
              isRegular = false
              continue rows
            }
            slice = CellSlice(cellStart, index &- cellStart)
          } else {
            if byte != quote {
              if byte == 0x0D || byte == 0x0A && text[index &- 1] != 0x0D {
                lines &+= 1
                isRegular = lines <= CellLexer.openLines && index &- open <= CellLexer.openBytes
              } else if byte != delimiter, byte != 0x09, byte != 0x0A {
                isRegular = false
              }
              if isRegular { continue }
              continue rows
            }
            border = index &+ 1
            if border == end, !isLast { return rowStart }
            if border < end, text[border] == quote {
              isEscaped = true
              passed = border &+ 1
              continue
            }
            slice = CellSlice(open &+ 1, index &- open &- 1, flags: CellSlice.quoted)
            if isEscaped { slice = batch.decoded(open &+ 1..<index, source: open, escape: rules.quote, flags: CellSlice.quoted) }
            open = -1
            isEscaped = false
            if border < end, text[border] == delimiter {
              batch.push(slice)
              cellStart = border &+ 1
              passed = cellStart
              continue
            }
          }
          // The cell is the last of its row: a line end or the end of the text must follow.
          var next = border &+ 1
          if border == end {
            next = end
          } else if text[border] == 0x0D {
            if next == end, !isLast { return rowStart }
            if next < end, text[next] == 0x0A {
              next &+= 1
            } else if !bareCR {
              isRegular = slice.isQuoted ? false : isRegular
              if !isRegular { continue rows }
              lines &+= 1
              continue
            }
          } else if text[border] != 0x0A {
            isRegular = false
            continue rows
          }
          batch.push(slice)
          finishRow(&batch, start: rowStart, firstCell: firstCell, line: line, column: column)
          line &+= lines &+ (border == end ? 0 : 1)
          column = 1
          (rowStart, cellStart, passed) = (next, next, next)
          (firstCell, side, lines) = (batch.cellTotal, batch.bytes.count, 0)
          if let comment, next < end, text[next] == comment {
            isRegular = false
            continue rows
          }
        }
        position &+= 64
      }
      if !isLast || rowStart >= end { return rowStart }
      if open >= 0 {
        isRegular = false
        continue rows
      }
      batch.reserveCells(1)
      batch.push(CellSlice(cellStart, end &- cellStart))
      finishRow(&batch, start: rowStart, firstCell: firstCell, line: line, column: column)
      line &+= lines
      return end
    }
  }
}
