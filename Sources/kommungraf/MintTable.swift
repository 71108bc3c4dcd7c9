import Bytes
import Identifiers
import Mapping
import Problems
import Resources
import Site
import Tables

/// A table whose rows want identifiers, and which comes back with a column of them.
///
/// It is written as spreadsheets in Sweden open it: UTF-8 with a byte order mark, semicolons, CRLF.
struct MintTable {
  /// What each row asks for.
  private(set) var things: [Minting.Thing] = []
  private let titles: [ByteString]
  private var rows: [[ByteString]] = []
  private var places: [Place] = []

  /// Reads a table.
  /// - Parameter natural: the title of the column with the keys that things have where they come from, or nil.
  /// - Throws: ``ProblemCode/columnMissing`` where neither a key nor that column is there, and what reading throws.
  init(_ path: String, _ register: Register, natural: String?, _ resources: any ByteSource, _ problems: any ProblemSink) throws(Failure) {
    let source = try TableReader.open(try resources.open(path), problems: problems)
    titles = source.header.last ?? []
    let folded = titles.map { foldedTitle($0) }
    func column(_ wanted: [ByteString]) -> Int? { wanted.lazy.compactMap { folded.firstIndex(of: foldedTitle($0)) }.first }
    let keyColumn = column(register.declaration.keyTitles)
    let naturalColumn = natural.flatMap { column([ByteString($0)]) }
    let labelColumn = column(register.declaration.nameTitles)
    if natural != nil ? naturalColumn == nil : keyColumn == nil {
      throw Failure(.columnMissing, at: source.headerPlace(nil), ["name": natural ?? register.declaration.keyTitles.first?.text ?? ""])
    }
    var batch = RowBatch()
    while try source.next(&batch) {
      for row in 0..<batch.rowCount {
        let cells = (0..<batch.cellCount(row)).map { ByteString(batch.cell(row, $0)) }
        func text(_ column: Int?) -> ByteString? {
          guard let column, column < cells.count, case let cell = cells[column].withView({ ByteString($0.trimmed) }), !cell.isEmpty else {
            return nil
          }
          return cell
        }
        things.append(Minting.Thing(key: text(keyColumn), naturalKey: text(naturalColumn), label: text(labelColumn)))
        rows.append(cells)
        places.append(batch.place(row))
      }
    }
  }

  /// A failure with the row that it is about.
  func placed(_ failure: Failure, _ number: Int) -> Failure {
    var problem = failure.problem
    problem.place = places[number]
    return Failure(problem)
  }

  /// Appends the table with the IRI of each row in a last column.
  func append(_ identifiers: [Minting.Identifier], to out: inout ByteBuffer) {
    out.append("\u{FEFF}")
    append(titles, "iri", to: &out)
    for (cells, identifier) in zip(rows, identifiers) { append(cells, identifier.iri, to: &out) }
  }

  private func append(_ cells: [ByteString], _ last: ByteString, to out: inout ByteBuffer) {
    for cell in cells {
      cell.withView { out.append(spreadsheetField: $0) }
      out.append(UInt8(ascii: ";"))
    }
    for _ in cells.count..<max(cells.count, titles.count) { out.append(UInt8(ascii: ";")) }
    out.append(bytes: last)
    out.append("\r\n")
  }
}
