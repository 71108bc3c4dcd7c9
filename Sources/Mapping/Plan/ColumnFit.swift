import Bytes
import Identifiers
import Tables

/// What a cell must be to belong to a column, without regard to other cells.
struct CellFit {
  let parser: CellParser
  let register: Register?
  let steps: [CleaningStep]
  let nulls: [ByteString]
  let items: ItemsForm?
  let coordinates: CoordinateForm?

  /// Whether few texts belong to the column, so that one that does says something.
  var isStrict: Bool {
    register != nil || items == .json || coordinates != nil || parser.isStrict || steps.contains { WantedText($0) != nil }
  }

  /// Whether a text, which has no white space at its ends, is a value of the column or means none.
  /// - Parameter isValue: whether it came as a value and not as a text.
  func accepts(_ text: ByteView, isValue: Bool = false) -> Bool {
    var out = ByteBuffer()
    var spare = ByteBuffer()
    if let items {
      guard items.append(itemsOf: text, steps: steps, to: &out, spare: &spare) == .list else { return false }
      return out.view.buffer.split(separator: ItemsForm.mark).allSatisfy { belongs(ByteView(UnsafeBufferPointer(rebasing: $0))) }
    }
    if let coordinates { return (try? coordinates.point(text)) != nil }
    if isNull(text) { return true }
    guard let cleaned = steps.applied(to: text) else { return false }
    return cleaned.withView { view in
      if isNull(view) { return true }
      if register == nil, isValue, view == text { return parser.parse(value: view, into: &out) == nil }
      return belongs(view)
    }
  }

  /// Whether a cleaned text is a code of the register, written as the datatype says where it says more than a text; or else a value of the
  /// datatype.
  private func belongs(_ text: ByteView) -> Bool {
    var out = ByteBuffer()
    guard let register else { return parser.parse(text, into: &out) == nil }
    return (!parser.isStrict || parser.parse(text, into: &out) == nil) && register.find(text, key: &out) == .found
  }

  private func isNull(_ text: ByteView) -> Bool { nulls.contains { null in null.withView { $0 == text } } }
}

extension CellFit {
  /// What an answer of yes or no must be.
  init(answerMissing nulls: [ByteString]) {
    var datatype = DatatypeDescription()
    datatype.base = .boolean
    let parser = CellParser(datatype, CellReading(isLocal: true)) { _ in }
    self.init(parser: parser, register: nil, steps: [.yesno], nulls: nulls, items: nil, coordinates: nil)
  }

  /// What cells of a column of a plan must be.
  init(_ column: ColumnPlan) {
    self.init(
      parser: column.parser, register: column.register, steps: column.steps, nulls: column.nulls, items: column.items,
      coordinates: column.coordinates)
  }
}

/// How well the first cells of a file's columns fit described columns, for titles that several descriptions claim (contract §4,
/// `columnMatching`).
struct ColumnFit {
  /// How many rows are looked at.
  private static let sample = 1000

  /// A cell, and whether it came as a value and not as a text.
  private typealias Sample = (text: ByteString, isValue: Bool)

  /// The first cells of the file, by column.
  private let cells: [[Sample]]
  private let context: ConversionContext
  /// What means no value in every column of the table.
  private let missing: [ByteString]

  /// Looks at the first rows of a file.
  /// - Parameter isAsked: whether anybody will ask; if not, nothing is kept of them.
  init(_ batch: borrowing RowBatch, isAsked: Bool, missing: [ByteString], context: ConversionContext) {
    self.context = context
    self.missing = missing
    var cells: [[Sample]] = []
    for row in 0..<(isAsked ? min(batch.rowCount, Self.sample) : 0) {
      for column in 0..<batch.cellCount(row) {
        if column == cells.count { cells.append([]) }
        let text = batch.cell(row, column).trimmedOfSpaces
        if !text.isEmpty { cells[column].append((ByteString(text), batch.tellsValues && batch.isValue(row, column))) }
      }
    }
    self.cells = cells
  }

  /// Whether there are cells to judge by.
  func hasCells(_ cell: Int) -> Bool { cell < cells.count && !cells[cell].isEmpty }

  /// The share of the cells that are values of a described column, from 0 to 1; 1 where there are none to say otherwise.
  func share(_ column: ColumnDescription, _ cell: Int) -> Double {
    guard cell < cells.count, !cells[cell].isEmpty else { return 1 }
    let extras = column.extras
    let fit = CellFit(
      parser: CellParser(
        column.inherited.datatype ?? DatatypeDescription(), CellReading(isLocal: true, time: extras.time, scale: extras.scale)
      ) { _ in },
      register: extras.register.flatMap { context.registers[$0] }, steps: extras.steps,
      nulls: (column.inherited.nulls ?? []) + missing + extras.missing, items: extras.items, coordinates: extras.coordinates)
    let fitting = cells[cell].count { cell in cell.text.withView { fit.accepts($0, isValue: cell.isValue) } }
    return Double(fitting) / Double(cells[cell].count)
  }
}
