import Bytes
import Problems

extension CSVScanner {
  /// Reports what the lexer found in a row, and marks the row where it can't be used.
  func report(_ findings: [CellLexer.Finding], _ batch: inout RowBatch, _ row: Int) {
    for finding in findings {
      let column = batch.column(at: finding.offset, in: row)
      if column == nil, rules.skippedColumns > 0 { continue }
      let place = batch.place(offset: finding.offset, row: row, column: column)
      if finding.code == .cellControlCharacter {
        batch.markDamaged(row)
        let digits = String(batch.bytes.address[finding.offset], radix: 16, uppercase: true)
        problems.report(Problem(finding.code, at: place, ["character": "U+" + (digits.count < 2 ? "000" : "00") + digits]))
      } else if keepsRemarks, finding.code == .quoteStray, let column {
        batch.remarks.append(RowRemark(row: row, cell: column, code: finding.code))
      } else {
        if finding.code == .quoteOpen { batch.markDoubtful(row) }
        problems.report(Problem(finding.code, at: place))
      }
    }
  }

  /// Marks and reports the rows that hold bytes that the encoding has not, in the first `end` bytes of the text.
  func checkEncoding(_ batch: inout RowBatch, to end: Int) {
    var from = 0
    while let found = batch.text(to: end)[from..<end].firstIllFormedUTF8 {
      let offset = from + found
      let row = batch.row(at: offset)
      if let row, let column = batch.column(at: offset, in: row) {
        batch.markDamaged(row)
        let place = batch.place(offset: offset, row: row, column: column)
        problems.report(Problem(.encodingInvalid, at: place, invalidArguments(batch.text(to: end), offset)))
      }
      from = row.map { $0 + 1 < batch.rowCount ? max(Int(batch.marks[$0 + 1].start), offset + 1) : end } ?? offset + 1
    }
  }

  /// What the message on ill-formed bytes says of the one at `offset`.
  func invalidArguments(_ text: ByteView, _ offset: Int) -> [String: String] {
    var what = "0x" + String(text[offset], radix: 16, uppercase: true)
    if encodingName.hasPrefix("UTF-16"), text[offset] == 0xED, offset + 2 < text.count {
      let unit = 0xD000 | UInt32(text[offset + 1] & 0x3F) << 6 | UInt32(text[offset + 2] & 0x3F)
      what = "U+" + String(unit, radix: 16, uppercase: true)
    }
    return ["what": what, "encoding": encodingName]
  }

  /// Keeps the text of a comment or skipped row; one that can't be decoded is reported and made harmless.
  mutating func keepComment(_ batch: inout RowBatch, _ range: Range<Int>) {
    let text = batch.text(to: range.upperBound)
    guard let found = text[range].firstIllFormedUTF8 else {
      comments.append(ByteString(text[range]))
      return
    }
    let place = Place(file: batch.origin.file, line: line)
    problems.report(Problem(.encodingInvalid, at: place, invalidArguments(text, range.lowerBound + found)))
    for index in range where batch.bytes.address[index] >= 0x80 { batch.bytes.address[index] = UInt8(ascii: "?") }
  }
}

extension RowBatch {
  /// The last row that begins at or before the byte at `offset`.
  func row(at offset: Int) -> Int? {
    var low = 0
    var high = rowTotal
    while low < high {
      let middle = (low + high) / 2
      if Int(marks[middle].start) <= offset { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? low - 1 : nil
  }
}
