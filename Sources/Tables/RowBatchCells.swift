import Bytes
import Glibc

/// Work on the cells of a row that is being cut.
extension RowBatch {
  /// The source text up to `end`.
  func text(to end: Int) -> ByteView { ByteView(UnsafePointer(bytes.address), count: end) }

  /// Forgets the cells and the decoded texts from these on.
  mutating func rollBack(cells: Int, bytes length: Int) {
    cellTotal = cells
    bytes.truncate(to: length)
  }

  /// Copies the text in `range` to the side area with its escapes taken away. There must be room.
  ///
  /// An `escape` is left out and what follows it kept, whatever it is; so doubled quotes become single ones.
  @inline(never)
  mutating func decoded(_ range: Range<Int>, source: Int, escape: [UInt8], flags: UInt32) -> CellSlice {
    let start = beginDecoded(source: source)
    let text = UnsafePointer(bytes.address)
    var index = range.lowerBound
    while index < range.upperBound {
      var isEscape = !escape.isEmpty && index + escape.count < range.upperBound
      for offset in 0..<escape.count where isEscape && text[index + offset] != escape[offset] { isEscape = false }
      if isEscape {
        index += escape.count
        let kept = max(escape.count, 1)
        for offset in 0..<kept where index + offset < range.upperBound { bytes.append(text[index + offset]) }
        index += kept
      } else {
        bytes.append(text[index])
        index += 1
      }
    }
    return CellSlice(start, bytes.count - start, flags: flags | CellSlice.decoded)
  }

  /// Trims the cells from `first` on, takes away leading columns, and says whether the row is to be kept.
  @inline(never)
  mutating func rework(from first: Int, _ rules: CSVRules, keepsBlank: Bool) -> Bool {
    if rules.trimsStart || rules.trimsEnd {
      for index in first..<cellTotal { cells[index] = trimmed(cells[index], rules) }
    }
    if rules.skipsBlankRows, !keepsBlank, (first..<cellTotal).allSatisfy({ cells[$0].length == 0 }) {
      cellTotal = first
      return false
    }
    let skipped = min(rules.skippedColumns, cellTotal - first)
    if skipped > 0 {
      (cells + first).update(from: cells + first + skipped, count: cellTotal - first - skipped)
      cellTotal -= skipped
    }
    return true
  }

  private mutating func trimmed(_ slice: CellSlice, _ rules: CSVRules) -> CellSlice {
    let text = UnsafePointer(bytes.address)
    let start = Int(slice.start)
    var low = start
    var high = low + slice.length
    if rules.trimsStart { while low < high, isWhiteSpace(text[low]) { low += 1 } }
    if rules.trimsEnd { while high > low, isWhiteSpace(text[high - 1]) { high -= 1 } }
    let flags = slice.lengthAndFlags & ~CellSlice.lengthMask
    if low == start || !slice.isDecoded && !slice.isQuoted { return CellSlice(low, high - low, flags: flags) }
    // What stands before the text says where the cell begins, so a text in the side area is moved, and a quoted one put there.
    if !slice.isDecoded { return decoded(low..<high, source: start - 1, escape: [], flags: flags) }
    memmove(bytes.address + start, text + low, high - low)
    return CellSlice(start, high - low, flags: flags)
  }
}
