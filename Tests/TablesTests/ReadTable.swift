import Bytes
import Problems
import Resources
import Tables

/// A table as it was read, in texts that a test can compare.
struct ReadTable: Equatable {
  var header: [[String]] = []
  var rows: [[String]] = []
  var comments: [String] = []
  var sourceRows: [Int] = []
  var damaged: [Int] = []
  /// `line:column` of every cell.
  var places: [[String]] = []
  /// `code line:column` of every problem.
  var problems: [String] = []

  /// Reads all of `source`.
  init(_ source: any RowSource, _ list: ProblemList) throws {
    header = source.header.map { $0.map(\.text) }
    var batch = RowBatch()
    var expectedRow = 1
    while try source.next(&batch) {
      if batch.firstRow != expectedRow { problems.append("row \(batch.firstRow) instead of \(expectedRow)") }
      for row in 0..<batch.rowCount {
        let columns = 0..<batch.cellCount(row)
        rows.append(columns.map { batch.cell(row, $0).text })
        places.append(columns.map { Self.text(batch.place(row, $0)) })
        sourceRows.append(batch.sourceRow(row))
        if batch.isDamaged(row) { damaged.append(expectedRow) }
        expectedRow += 1
      }
    }
    comments = source.comments.map(\.text)
    problems += list.problems.map { "\($0.code.rawValue) \(Self.text($0.place))" }
  }

  /// Reads delimited text that comes in pieces.
  init(
    _ bytes: [UInt8], _ dialect: Dialect = Dialect(), piece: Int = .max, blockSize: Int = 256 << 10
  ) throws {
    let problems = ProblemList()
    let stream = MemoryStream(bytes, name: "t.csv", piece: piece)
    self = try ReadTable(CSVReader(stream, dialect: dialect, problems: problems, blockSize: blockSize), problems)
  }

  /// Reads delimited text.
  init(_ text: String, _ dialect: Dialect = Dialect()) throws { try self.init(Array(text.utf8), dialect) }

  static func text(_ place: Place) -> String { "\(place.line ?? 0):\(place.column ?? 0)" }
}

/// The default dialect with changes.
func dialect(_ change: (inout Dialect) -> Void) -> Dialect {
  var dialect = Dialect()
  change(&dialect)
  return dialect
}

/// The failure that a call throws, or nil.
func failure(of body: () throws -> Void) -> Problem? {
  do {
    try body()
    return nil
  } catch {
    return (error as? Failure)?.problem
  }
}
