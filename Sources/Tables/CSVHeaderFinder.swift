import Bytes
import Problems

/// Finds the header among the first rows of delimited text by its titles. A line before it may mislead the guess of the delimiter, so the
/// others are tried where that one finds no whole header.
struct CSVHeaderFinder {
  /// The header of a text.
  struct Found {
    let delimiter: ByteString
    /// How many rows stand before it.
    let skips: Int
    /// Whether something stands in one of them.
    let passesRows: Bool
    fileprivate let match: HeaderSearch.Match
  }

  private let dialect: Dialect
  private let search: HeaderSearch
  private let start: Int
  private let isLast: Bool

  /// A finder that looks from the byte at `start` on at a text that is the beginning of its file, or where `isLast` all of it.
  init(_ dialect: Dialect, _ search: HeaderSearch, start: Int, isLast: Bool) {
    self.dialect = dialect
    self.search = search
    self.start = start
    self.isLast = isLast
  }

  /// Finds the header with one delimiter or, where that is a guess that leads to none, with the one of all that leads to the most titles.
  func find(in head: inout RowBatch, delimiter: ByteString, isGuess: Bool) -> Found {
    var best = find(in: &head, delimiter)
    if best.match.isWhole || !isGuess { return best }
    for other in DelimiterGuess.candidates where ByteString([other]) != delimiter {
      let found = find(in: &head, ByteString([other]))
      if found.match.isWhole && !best.match.isWhole || found.match.isWhole == best.match.isWhole && found.match.found > best.match.found {
        best = found
      }
    }
    return best
  }

  private func find(in head: inout RowBatch, _ delimiter: ByteString) -> Found {
    let rules = CSVRules(dialect, delimiter: delimiter)
    // What is wrong in these rows is told when they are read in earnest.
    var scanner = CSVScanner(rules: rules, problems: ProblemList(kept: 0))
    let end = head.bytes.count
    var position = start
    var read = 0
    var rows: [[ByteString]] = []
    /// How many rows stand before each of those that say something.
    var before: [Int] = []
    while rows.count < HeaderSearch.rows, position < end,
      let next = scanner.readRow(&head, from: position, to: end, isLast: isLast, keepsBlank: true)
    {
      if head.rowCount > 0, !head.isBlank(0) {
        before.append(read)
        var cells: [ByteString] = []
        for column in 0..<head.cellCount(0) { cells.append(withoutMarks(head.cell(0, column))) }
        rows.append(cells)
      }
      head.forgetRows()
      head.bytes.truncate(to: end)
      position = next
      read += 1
      // The first row is nearly always the header.
      if rows.count == 1, read == before[0] + 1, search.match(rows[0]).isWhole { break }
    }
    if rows.isEmpty { return Found(delimiter: delimiter, skips: 0, passesRows: false, match: HeaderSearch.Match(found: 0, isWhole: false)) }
    let header = search.header(among: rows)
    return Found(
      delimiter: delimiter, skips: header == 0 ? 0 : before[header], passesRows: header > 0, match: search.match(rows[header]))
  }
}
