import Resources

/// What a person calls a table: a file, a web address or `-`, and of a workbook perhaps the sheet: `skolor.xlsx!Grundskolor`.
package struct TableName: Sendable, Equatable {
  /// The file, without the sheet.
  package let file: String
  /// The name of the sheet, or its number among those that are not hidden, from 1; nil for none.
  package let sheet: String?

  /// The whole name.
  package var text: String { sheet.map { file + "!" + $0 } ?? file }

  /// The name of a table whose parts are known.
  package init(file: String, sheet: String?) {
    self.file = file
    self.sheet = sheet
  }

  /// Takes a name apart. The sheet follows the first `!` after the ending of a workbook, or after `-`. In a web address it is
  /// percent-decoded.
  package init(_ name: String) {
    for mark in name.indices where name[mark] == "!" {
      let file = String(name[..<mark])
      guard file == "-" || Self.isWorkbook(file) else { continue }
      let sheet = String(name[name.index(after: mark)...])
      self.file = file
      self.sheet = sheet.isEmpty ? nil : file.contains("://") ? percentDecoded(sheet) : sheet
      return
    }
    file = name
    sheet = nil
  }

  /// Whether a name has the ending of a spreadsheet program's files.
  private static func isWorkbook(_ name: String) -> Bool {
    let path = name.prefix { $0 != "?" && $0 != "#" }.lowercased()
    return [".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods"].contains { path.hasSuffix($0) }
  }
}
