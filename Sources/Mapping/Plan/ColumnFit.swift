import Bytes
import Identifiers
import RDF
import Tables

/// How well the first cells of a file's columns fit described columns, for titles that several descriptions claim (contract §4,
/// `columnMatching`).
struct ColumnFit {
  /// How many rows are looked at.
  private static let sample = 1000

  /// The first cells of the file, by column.
  private let cells: [[ByteString]]
  private let context: ConversionContext

  init(_ batch: borrowing RowBatch, context: ConversionContext) {
    self.context = context
    var cells: [[ByteString]] = []
    for row in 0..<min(batch.rowCount, Self.sample) {
      for column in 0..<batch.cellCount(row) {
        if column == cells.count { cells.append([]) }
        let text = batch.cell(row, column).trimmedOfSpaces
        if !text.isEmpty { cells[column].append(ByteString(text)) }
      }
    }
    self.cells = cells
  }

  /// Whether there are cells to judge by.
  func hasCells(_ cell: Int) -> Bool { cell < cells.count && !cells[cell].isEmpty }

  /// The share of the cells that are values of a described column, from 0 to 1; 1 where there are none to say otherwise.
  func share(_ column: ColumnDescription, _ cell: Int) -> Double {
    guard cell < cells.count, !cells[cell].isEmpty else { return 1 }
    let parser = CellParser(column.inherited.datatype ?? DatatypeDescription()) { _ in }
    let register = column.extras.register.flatMap { context.registers[$0] }
    let nulls = column.inherited.nulls ?? []
    var fitting = 0
    var out = ByteBuffer()
    for text in cells[cell] {
      out.truncate()
      if let isFit = text.withView({ fits($0, form: column.extras) }) {
        if isFit { fitting += 1 }
        continue
      }
      let cleaned = text.withView { column.extras.steps.applied(to: $0) }
      let isValue = cleaned.withView { view in
        nulls.contains(cleaned) || (register.map { $0.find(view, key: &out) == .found } ?? (parser.parse(view, into: &out) == nil))
      }
      if isValue { fitting += 1 }
    }
    return Double(fitting) / Double(cells[cell].count)
  }

  /// Whether a text is a list or a place, where the column asks for one; nil where it does not.
  private func fits(_ text: ByteView, form: ColumnAnnotations) -> Bool? {
    var out = ByteBuffer()
    var spare = ByteBuffer()
    if let items = form.items { return items.append(itemsOf: text, steps: [], to: &out, spare: &spare) }
    return form.coordinates.map { (try? $0.point(text)) != nil }
  }
}
