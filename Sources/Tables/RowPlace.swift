import Bytes
package import Problems

/// Where rows and cells stand, found only when somebody must be told.
extension RowBatch {
  /// Where a cell begins: file, physical line, column in scalar values from 1, row number, the column's name, and in JSON
  /// the pointer. For a cell that the row lacks, where the row ends.
  package func place(_ row: Int, _ column: Int) -> Place {
    if origin.sheet != nil {
      var place = place(row)
      place.column = origin.firstColumn + column + 1
      place.tableColumn = name(ofColumn: column)
      return place
    }
    if column < cellCount(row) { return place(offset: sourceOffset(slice(row, column)), row: row, column: column) }
    guard cellCount(row) > 0, origin.pointer == nil else { return place(row) }
    let last = slice(row, cellCount(row) - 1)
    let isPlain = !last.isDecoded && !last.isQuoted
    return place(offset: sourceOffset(last) + (isPlain ? last.length : 0), row: row, column: column)
  }

  /// Where a row begins; of a workbook, which row of the sheet it is.
  package func place(_ row: Int) -> Place {
    guard let sheet = origin.sheet else { return place(offset: Int(marks[row].start), row: row, column: nil) }
    return Place(file: origin.file, sheet: sheet, line: firstLine + Int(marks[row].line), row: firstRow > 0 ? firstRow + row : nil)
  }

  private func name(ofColumn column: Int) -> String? { origin.columns.indices.contains(column) ? origin.columns[column].text : nil }

  /// Where the byte at `offset` of the text stands, which lies in `row`.
  func place(offset: Int, row: Int, column: Int?) -> Place {
    let mark = marks[row]
    var cursor = TextCursor(offset: Int(mark.start), line: firstLine + Int(mark.line), column: mark.column)
    cursor.advance(to: offset, in: bytes.view)
    var place = Place(file: origin.file, line: cursor.line, column: cursor.column)
    if firstRow > 0 { place.row = firstRow + row }
    let name: String? = if let column { self.name(ofColumn: column) } else { nil }
    place.tableColumn = name
    if let pointer = origin.pointer {
      let key = name.map { "/" + escaped($0) } ?? ""
      place.pointer = "\(pointer)/\(firstRow + row - 1)\(key)"
    }
    return place
  }

  /// The column whose cell covers the byte at `offset` of the text, or nil for one between cells.
  func column(at offset: Int, in row: Int) -> Int? {
    var found: Int?
    for column in 0..<cellCount(row) where sourceOffset(slice(row, column)) <= offset { found = column }
    return found
  }
}

/// A key as a part of a JSON Pointer (RFC 6901 §3).
func escaped(_ key: String) -> String {
  var text = ""
  for scalar in key.unicodeScalars {
    switch scalar {
    case "~": text += "~0"
    case "/": text += "~1"
    default: text.unicodeScalars.append(scalar)
    }
  }
  return text
}
