import Bytes
package import Problems
package import Tables

/// Finds the header of a table of which nothing is known: among its first rows the first that has a cell for nearly every column, all of
/// them different and nearly all of them words.
package struct HeaderGuess: Sendable, Equatable {
  /// How many rows stand before the header.
  package let skipRows: Int
  /// Whether there is a header; where not, the first row is data.
  package let hasHeader: Bool
  /// How many columns most rows have.
  package let width: Int

  /// A header that stands where it should.
  package static let inPlace = HeaderGuess(skipRows: 0, hasHeader: true, width: 0)

  private init(skipRows: Int, hasHeader: Bool, width: Int) {
    self.skipRows = skipRows
    self.hasHeader = hasHeader
    self.width = width
  }

  /// How many rows are looked at.
  private static let rows = 20
  /// How many of the columns a header names, and how many of its cells are words, in percent.
  private static let leastNamed = 60
  private static let leastWords = 70

  /// Looks at the first rows of a table that was opened without a header.
  /// - Throws: what reading throws.
  package init(_ rows: any RowSource) throws(Failure) {
    var batch = RowBatch()
    guard try rows.next(&batch) else {
      (skipRows, hasHeader, width) = (0, true, 0)
      return
    }
    var found: [(source: Int, cells: [ByteString])] = []
    var widths: [Int: Int] = [:]
    for row in 0..<min(batch.rowCount, Self.rows) {
      let cells = (0..<batch.cellCount(row)).map { ByteString(batch.cell(row, $0).trimmedOfSpaces) }
      found.append((batch.sourceRow(row), cells))
      if cells.contains(where: { !$0.isEmpty }) { widths[cells.count, default: 0] += 1 }
    }
    width = widths.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
    let filled = found.map { row in row.cells.count { !$0.isEmpty } }
    let most = filled.max() ?? 0
    let full = found.indices.filter { filled[$0] > 0 && filled[$0] * 100 >= most * Self.leastNamed }
    let header = full.first { Self.isHeader(found[$0].cells) }
    let first = header ?? full.first ?? 0
    skipRows = found.isEmpty ? 0 : found[first].source - 1
    hasHeader = header != nil || full.first.map { Self.words(found[$0].cells) * 2 >= filled[$0] } ?? true
  }

  private static func isHeader(_ cells: [ByteString]) -> Bool {
    let filled = cells.filter { !$0.isEmpty }
    return Set(filled).count == filled.count && words(cells) * 100 >= filled.count * leastWords
  }

  /// How many cells are words, or years, which may be titles.
  private static func words(_ cells: [ByteString]) -> Int {
    cells.count { text in
      if text.isEmpty { return false }
      if CellCandidate.years.contains(where: { $0.accepts(text) }) { return true }
      return !(CellCandidate.numbers + CellCandidate.dates + CellCandidate.moments).contains { $0.accepts(text) }
    }
  }
}
