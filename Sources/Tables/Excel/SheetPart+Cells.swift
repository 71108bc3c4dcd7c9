import Bytes
import Problems

/// A cell as a sheet stores it.
struct StoredCell {
  /// What its value is.
  enum Kind {
    case number, shared, text, inline, boolean, error, date

    /// The kind that an attribute says; a number for any that is not known.
    @inline(__always) init(_ text: ByteView) {
      if text == "s" {
        self = .shared
      } else if text == "n" {
        self = .number
      } else if text == "str" {
        self = .text
      } else if text == "inlineStr" {
        self = .inline
      } else if text == "b" {
        self = .boolean
      } else if text == "e" {
        self = .error
      } else {
        self = text == "d" ? .date : .number
      }
    }
  }

  /// The column of the sheet, from 0; -1 before the first.
  var column = -1
  /// The number of its format.
  var style = 0
  var type = Kind.number
  var hasValue = false
  var hasFormula = false
}

/// Something to report of a cell.
struct Finding {
  let code: ProblemCode
  var severity: Severity?
  /// The row of the batch, and the column of the sheet from 0.
  private(set) var row: Int
  let column: Int
  var arguments: [String: Words] = [:]
  /// Whether the row can't be used.
  var damages = false

  init(
    code: ProblemCode, severity: Severity? = nil, row: Int, column: Int, arguments: [String: Words] = [:], damages: Bool = false
  ) {
    self.code = code
    self.severity = severity
    self.row = row
    self.column = column
    self.arguments = arguments
    self.damages = damages
  }

  /// The same of another row.
  func moved(to row: Int) -> Finding {
    var copy = self
    copy.row = row
    return copy
  }
}

// From what a sheet stores to the texts of cells.
extension SheetPart {
  /// Ends a cell: its text is appended to the batch.
  func endCell() throws(Failure) {
    guard cell.hasValue else {
      if cell.hasFormula { unknown(.cellUncalculated) }
      return
    }
    let start = batch.bytes.count
    switch cell.type {
    case .number: number()
    case .shared: try shared()
    case .text:
      content.decodeCellEscapes(from: 0)
      ownText()
    case .inline: ownText()
    case .boolean: boolean()
    case .error:
      // `#N/A` says that there is no value, the others that one could not be found.
      let text = content.view.trimmed
      unknown(.cellErrorValue, severity: text == "#N/A" ? .warning : nil, ["what": .text(text.text)])
    case .date: date()
    }
    let length = batch.bytes.count - start
    if length == 0 { return }
    let isText = cell.type == .shared || cell.type == .text || cell.type == .inline
    place(CellSlice(start, length, flags: isText ? CellSlice.quoted : 0))
  }

  private func place(_ slice: CellSlice) {
    let column = cell.column
    while cells.count < column { cells.append(CellSlice(0, 0)) }
    if column == cells.count { cells.append(slice) } else { cells[column] = slice }
  }

  /// A cell whose value is not known.
  private func unknown(_ code: ProblemCode, severity: Severity? = nil, _ arguments: [String: Words] = [:]) {
    findings.append(Finding(code: code, severity: severity, row: batch.rowCount, column: cell.column, arguments: arguments))
    place(.unknown)
  }

  private func number() {
    guard let number = StoredNumber(content.view.trimmed) else {
      return unknown(.cellUnreadable, ["what": .text(content.view.text), "kind": .phrase("stored-number")])
    }
    let kind = cell.style < workbook.kinds.count ? workbook.kinds[cell.style] : []
    if kind.isEmpty {
      number.append(to: &batch.bytes)
    } else if !batch.bytes.append(serial: number.value, as: kind, workbook.system) {
      unknown(.cellDateImpossible, ["what": .text(content.view.text)])
    }
  }

  private func shared() throws(Failure) {
    guard let number = content.view.trimmed.cardinal, number < workbook.strings.count else {
      throw damaged(.phrase("shared-string-missing", ["part": part]))
    }
    batch.bytes.append(workbook.strings.view(number))
    if workbook.strings.isDamaged(number) { reportControl(in: workbook.strings.view(number)) }
  }

  private func ownText() {
    batch.bytes.append(content.view)
    reportControl(in: content.view)
  }

  private func reportControl(in text: ByteView) {
    guard let byte = text.firstControlCharacter else { return }
    let character = Unicode.Scalar(byte).codePoint
    findings.append(
      Finding(
        code: .cellControlCharacter, row: batch.rowCount, column: cell.column, arguments: ["character": .text(character)], damages: true))
  }

  private func boolean() {
    let text = content.view.trimmed
    if text == "1" || text == "true" {
      batch.bytes.append("true")
    } else if text == "0" || text == "false" {
      batch.bytes.append("false")
    } else {
      unknown(.cellUnreadable, ["what": .text(text.text), "kind": .phrase("stored-boolean")])
    }
  }

  /// A date, time or both in ISO 8601, of which only the date counts where the format shows no time.
  private func date() {
    let text = content.view.trimmed
    let isISO = text.count >= 5 && text.buffer.allSatisfy { isDigit($0) || "-:.TZ+".utf8.contains($0) }
    guard isISO else { return unknown(.cellUnreadable, ["what": .text(text.text), "kind": .phrase("stored-date")]) }
    let mark = text.firstIndex(of: UInt8(ascii: "T"))
    let kind = cell.style < workbook.kinds.count ? workbook.kinds[cell.style] : []
    if let mark, kind == .date { return batch.bytes.append(text[0..<mark]) }
    guard let point = text.firstIndex(of: UInt8(ascii: ".")) else { return batch.bytes.append(text) }
    // Parts of seconds are written without zeros at their end, and not at all where they are none.
    var end = point + 1
    while end < text.count, isDigit(text[end]) { end += 1 }
    var kept = end
    while kept > point + 1, text[kept - 1] == 0x30 { kept -= 1 }
    batch.bytes.append(text[0..<(kept == point + 1 ? point : kept)])
    batch.bytes.append(text.dropFirst(end))
  }

  /// Tells, once, that something stands in a column that has no title.
  func note(untitled column: Int, _ row: Int) {
    guard untitled.insert(column).inserted else { return }
    findings.append(
      Finding(code: .columnUntitled, row: row, column: column, arguments: ["column": .text(Place.letters(ofColumn: column + 1))]))
  }
}
