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
  /// The column that the table has for IRIs already, as where it came back before; nil where one is added.
  private let iriColumn: Int?
  private var rows: [[ByteString]] = []
  private var places: [Place] = []

  /// Reads a table.
  /// - Parameter natural: the title of the column with the keys that things have where they come from, or nil.
  /// - Throws: ``ProblemCode/columnMissing`` where neither a key nor that column is there, ``ProblemCode/cellRequired`` where a row has
  ///   nothing in that column, so that it could not be known again, ``ProblemCode/rowRagged`` for a row that is wider than the header, and
  ///   what reading throws.
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
    iriColumn = folded.firstIndex(of: foldedTitle("iri"))
    var batch = RowBatch()
    while try source.next(&batch) {
      for row in 0..<batch.rowCount {
        var cells = (0..<batch.cellCount(row)).map { ByteString(batch.cell(row, $0)) }
        while cells.count > titles.count, cells.last?.isEmpty == true { cells.removeLast() }
        if cells.count > titles.count {
          throw Failure(.rowRagged, at: batch.place(row), ["found": "\(cells.count)", "expected": "\(titles.count)"])
        }
        func text(_ column: Int?) -> ByteString? {
          guard let column, column < cells.count, case let cell = cells[column].withView({ ByteString($0.trimmed) }), !cell.isEmpty else {
            return nil
          }
          return cell
        }
        if let naturalColumn, text(naturalColumn) == nil {
          throw Failure(.cellRequired, at: batch.place(row, naturalColumn), ["name": titles[naturalColumn].text])
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

  /// Appends the table with the IRI of each row in the column `iri`, which is the last one where the table had none.
  func append(_ identifiers: [Minting.Identifier], to out: inout ByteBuffer) {
    out.append("\u{FEFF}")
    append(titles, iriColumn.map { titles[$0] } ?? "iri", to: &out)
    for (cells, identifier) in zip(rows, identifiers) { append(cells, identifier.iri, to: &out) }
  }

  private func append(_ cells: [ByteString], _ iri: ByteString, to out: inout ByteBuffer) {
    for column in 0..<(iriColumn == nil ? titles.count + 1 : titles.count) {
      if column > 0 { out.append(UInt8(ascii: ";")) }
      let cell = column == iriColumn ?? titles.count ? iri : column < cells.count ? cells[column] : ""
      cell.withView { out.append(spreadsheetField: $0) }
    }
    out.append("\r\n")
  }
}
