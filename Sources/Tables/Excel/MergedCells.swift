import Bytes
import Problems
import XML

/// Reads which cells of the first rows of a sheet are one (ECMA-376 part 1, §18.3.1.55). A sheet says so at its end.
final class MergedCells: XMLPart {
  /// Cells that are one: the text of the first is that of all.
  struct Area {
    let columns: ClosedRange<Int>
    let rows: ClosedRange<Int>
  }

  /// How many areas are kept; a header has no more.
  private static let most = 1 << 10

  let file: String
  let part: String
  private(set) var areas: [Area] = []
  private let lastRow: Int

  private init(file: String, part: String, lastRow: Int) {
    self.file = file
    self.part = part
    self.lastRow = lastRow
  }

  /// The areas of a sheet that begin in a row up to `lastRow`.
  /// - Throws: what reading the part throws.
  static func read(_ sheet: Workbook.Sheet, of workbook: Workbook, lastRow: Int) throws(Failure) -> [Area] {
    let reader = MergedCells(file: workbook.name, part: sheet.part, lastRow: lastRow)
    try reader.readAll(try workbook.package.open(sheet.part, limit: Workbook.mostSheetBytes))
    return reader.areas
  }

  func begin(_ tag: XMLTag) throws(Failure) {
    guard areas.count < Self.most, tag.isNamed("mergeCell"), let range = tag["ref"]?.withView({ CellReference.range($0) }),
      range.first.row <= lastRow,
      range.last.column < CellReference.mostColumns
    else { return }
    areas.append(Area(columns: range.first.column...range.last.column, rows: range.first.row...range.last.row))
  }
}
