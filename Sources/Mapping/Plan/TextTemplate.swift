import Bytes

/// The text of a virtual column with the values of other columns in it: `Verifikat {nummer}, {namn}` (contract §4, virtual columns of
/// tables whose columns are matched by title).
struct TextTemplate: Sendable {
  enum Part: Sendable {
    case literal(ByteString)
    case column(Int)
  }

  let parts: [Part]

  /// Takes a text apart; `column` gives the number of a name. Nil where nothing stands in braces, or a name is no column's.
  init?(_ text: ByteString, column: (ByteString) -> Int?) {
    var parts: [Part] = []
    var rest = text.bytes[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
      guard let close = rest[open...].firstIndex(of: UInt8(ascii: "}")),
        let number = column(ByteString(Array(rest[(open + 1)..<close])))
      else { return nil }
      if open > rest.startIndex { parts.append(.literal(ByteString(Array(rest[..<open])))) }
      parts.append(.column(number))
      rest = rest[(close + 1)...]
    }
    if parts.isEmpty { return nil }
    if !rest.isEmpty { parts.append(.literal(ByteString(Array(rest)))) }
    self.parts = parts
  }

  /// Appends the text to the buffer in which the row's values stand; false, with nothing appended, where one is missing.
  func append(_ row: borrowing RowValues, to out: inout ByteBuffer) -> Bool {
    let start = out.count
    for part in parts {
      switch part {
      case .literal(let text): out.append(bytes: text)
      case .column(let column):
        let cell = row.cells[column]
        guard cell.state == .value else {
          out.truncate(to: start)
          return false
        }
        out.reserve(Int(cell.length))
        out.append(out.view(Int(cell.start)..<Int(cell.start + cell.length)))
      }
    }
    return true
  }
}
