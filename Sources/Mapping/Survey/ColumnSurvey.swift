import Bytes
import Identifiers
import Problems
import Synchronization
import Tables

/// What a run learns of the columns of its files, for suggestions: which of them the mapping describes and how, and some of the cells of
/// those of which it says little.
///
/// Of tables with rules that withhold no cell is kept: nothing may be told that could come from a row that is never published.
package final class ColumnSurvey: Sendable {
  /// A column of a file of which the mapping says no more than that it is text, or nothing.
  struct Plain: Sendable {
    let file: String
    let title: String
    /// The name of its description; nil where there is none.
    let name: String?
    /// Its different cells, without white space at their ends and without empty ones, with how often each stands.
    var cells: [ByteString: Int] = [:]
  }

  private struct State {
    var datatypes: [String: DatatypeDescription] = [:]
    var registers: [String: String] = [:]
    var nulls: [String: [String]] = [:]
    var plain: [Plain] = []
    var headers: [Suggestion] = []
    var titles: [(file: String, titles: [String])] = []
    var room = ColumnSurvey.mostBytes
  }

  /// How many rows of each file are looked at, how many columns of all, and how many bytes of cells are kept.
  private static let rows = 1000
  private static let mostColumns = 500
  private static let mostBytes = 8 << 20

  private let state = Mutex(State())

  /// A survey of nothing yet.
  package init() {}

  /// The datatype that a column has, by its name.
  func datatype(of column: String) -> DatatypeDescription? { state.withLock { $0.datatypes[column] } }

  /// The register that a column has, by its name.
  func register(of column: String) -> String? { state.withLock { $0.registers[column] } }

  /// The texts that mean in a column that there is no value.
  func nulls(of column: String) -> [String] { state.withLock { $0.nulls[column] } ?? [""] }

  /// The columns of which the mapping says little.
  var plain: [Plain] { state.withLock { $0.plain } }

  /// What may be meant by columns that are missing.
  var headers: [Suggestion] { state.withLock { $0.headers } }

  /// The titles of the files' columns.
  var titles: [(file: String, titles: [String])] { state.withLock { $0.titles } }

  /// Takes note of the header of a file before it is known which mapping fits it.
  package func note(header: [String], file: String) { state.withLock { $0.titles.append((file, header)) } }

  /// Takes note of a file.
  /// - Parameters:
  ///   - inherited: what the table hands down to its columns.
  ///   - fit: how well the first cells fit descriptions.
  func note(
    _ binding: ColumnBinding, titles: [[ByteString]], file: String, isSecretive: Bool, inherited: InheritedProperties, _ fit: ColumnFit,
    _ batch: borrowing RowBatch
  ) {
    let headers = HeaderMatch(binding, titles: titles, file: file, isSecretive ? nil : fit).suggestions
    var seen: [(cell: Int, plain: Plain)] = []
    for column in binding.columns {
      let own = column.description.inherited.inheriting(inherited)
      let datatype = own.datatype ?? DatatypeDescription()
      state.withLock { state in
        state.datatypes[column.name.text] = datatype
        state.registers[column.name.text] = column.description.extras.register
        state.nulls[column.name.text] = own.nulls?.map(\.text)
      }
      guard case .cell(let cell) = column.source, column.description.saysLittle(datatype) else { continue }
      let title = cell < titles.count ? titles[cell].first : nil
      seen.append((cell, Plain(file: file, title: (title ?? column.name).text, name: column.name.text)))
    }
    for cell in binding.unclaimed {
      guard let title = titles[cell].first else { continue }
      seen.append((cell, Plain(file: file, title: title.text, name: nil)))
    }
    state.withLock { $0.headers += headers }
    if isSecretive { return }
    for (cell, plain) in seen { keep(plain, cell, batch) }
  }

  private func keep(_ column: Plain, _ cell: Int, _ batch: borrowing RowBatch) {
    var column = column
    var bytes = 0
    for row in 0..<min(batch.rowCount, Self.rows) where cell < batch.cellCount(row) {
      let text = batch.cell(row, cell).trimmedOfSpaces
      // What is longer is no code.
      if text.isEmpty || text.count > 200 { continue }
      bytes += text.count + 64
      column.cells[ByteString(text), default: 0] += 1
    }
    state.withLock { state in
      guard state.plain.count < Self.mostColumns, bytes <= state.room else { return }
      state.room -= bytes
      state.plain.append(column)
    }
  }
}

extension ColumnDescription {
  /// Whether no more is said of its cells than that they are text.
  fileprivate func saysLittle(_ datatype: DatatypeDescription) -> Bool {
    datatype.base == .string && datatype.format == nil && datatype.id == nil && extras.register == nil && extras.items == nil
      && extras.coordinates == nil && !suppressesOutput
  }
}
