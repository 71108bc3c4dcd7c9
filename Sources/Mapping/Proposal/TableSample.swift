import Bytes
package import Problems
package import Tables

/// Some of the rows of a table: the first ones, and of the rest some drawn so that each is as likely to be among them.
///
/// The draw is the same every time for the same table. Memory is bounded by the numbers of rows and by the bytes of the texts.
package final class TableSample {
  /// How many of the first rows are kept, how many of the rest, and how many bytes of texts.
  package struct Limits: Sendable {
    var first = 10_000
    var rest = 2_000
    var bytes = 96 << 20

    /// The usual limits.
    package init() {}

    /// Other numbers of rows.
    package init(first: Int, rest: Int) {
      self.first = first
      self.rest = rest
    }
  }

  /// The titles of the columns; an empty one for a column without.
  let titles: [ByteString]
  /// The different texts of each column, without white space at their ends.
  private(set) var texts: [Texts]
  /// The number of the text in each cell of the rows, row by row.
  private(set) var cells: ContiguousArray<UInt32> = []
  /// The columns in which a cell begins or ends with white space.
  private(set) var spaced: Set<Int> = []
  /// How many rows the table has, those left out included.
  private(set) var rowCount = 0
  /// How many rows were left out because they are damaged or have another number of cells than the header.
  private(set) var oddRows = 0
  private let limits: Limits
  private var bytes = 0
  private var drawn = 0
  private var state: UInt64 = 0x2545_F491_4F6C_DD1D

  /// The different texts of a column, numbered.
  final class Texts {
    fileprivate var table = ByteTable()

    var count: Int { table.count }

    func text(_ number: Int) -> ByteString { ByteString(table.view(number)) }
  }

  /// Reads a table to its end.
  /// - Throws: what reading throws.
  package init(_ rows: any RowSource, limits: Limits = Limits()) throws(Failure) {
    self.limits = limits
    let header = rows.header
    var batch = RowBatch()
    var hasRows = try rows.next(&batch)
    let width = header.map(\.count).max() ?? (hasRows ? batch.cellCount(0) : 0)
    titles = (0..<width).map { column in header.first.flatMap { column < $0.count ? $0[column] : nil } ?? "" }
    texts = (0..<width).map { _ in Texts() }
    while hasRows {
      for row in 0..<batch.rowCount { take(row, batch) }
      hasRows = try rows.next(&batch)
    }
  }

  /// How many columns there are.
  var width: Int { titles.count }

  /// How many rows are kept.
  var sampleCount: Int { width == 0 ? 0 : cells.count / width }

  private func take(_ row: Int, _ batch: borrowing RowBatch) {
    rowCount += 1
    // Spreadsheets leave rows in which nothing stands, and columns at the end in which nothing does.
    if batch.isDamaged(row) || batch.cellCount(row) != width {
      oddRows += 1
      return
    }
    for column in 0..<width where batch.cell(row, column).count != batch.cell(row, column).trimmedOfSpaces.count { spaced.insert(column) }
    guard let place = place() else { return }
    for column in 0..<width {
      let text = batch.cell(row, column).trimmedOfSpaces
      let (number, isNew) = texts[column].table.insert(text)
      if isNew { bytes += text.count + 24 }
      if place == sampleCount { cells.append(UInt32(number)) } else { cells[place * width + column] = UInt32(number) }
    }
  }

  /// Where the next row goes in the sample; nil where it is left out. Rows that are not the first replace earlier ones at random.
  private func place() -> Int? {
    if bytes > limits.bytes { return nil }
    if sampleCount < limits.first { return sampleCount }
    drawn += 1
    if drawn <= limits.rest { return sampleCount }
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let place = Int((state &>> 33) % UInt64(drawn))
    return place < limits.rest ? limits.first + place : nil
  }

  /// The different texts of a column with how often each stands, empty ones too.
  func counts(_ column: Int) -> [(text: ByteString, count: Int)] {
    var counts = [Int](repeating: 0, count: texts[column].count)
    for row in 0..<sampleCount { counts[Int(cells[row * width + column])] += 1 }
    return counts.enumerated().filter { $1 > 0 }.map { (texts[column].text($0), $1) }
  }

  /// Whether no two rows of the sample have the same texts in some columns.
  func isUnique(_ columns: [Int]) -> Bool {
    var seen: Set<[UInt32]> = []
    for row in 0..<sampleCount where !seen.insert(columns.map { cells[row * width + $0] }).inserted { return false }
    return true
  }
}
