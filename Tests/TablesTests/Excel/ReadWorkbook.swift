import Problems
import Resources
import Tables
import TestSupport

/// Reads a sheet of a workbook as a table.
func read(
  _ bytes: [UInt8], sheet: String? = nil, _ dialect: Dialect = .undeclared, rule: HeaderRule = HeaderRule(), piece: Int = .max
) throws -> ReadTable {
  let problems = ProblemList()
  let stream = MemoryStream(bytes, name: "t.xlsx", piece: piece)
  return try ReadTable(ExcelReader(stream, sheet: sheet, dialect: dialect, rule: rule, problems: problems), problems)
}

/// Reads a sheet of a workbook as a table.
func read(
  _ workbook: TestWorkbook, sheet: String? = nil, _ dialect: Dialect = .undeclared, rule: HeaderRule = HeaderRule()
) throws -> ReadTable {
  try read(try workbook.bytes(), sheet: sheet, dialect, rule: rule)
}

/// The text of one cell, below a header; nil where something is reported of it.
func cell(_ cell: TestWorkbook.Cell, formats: [TestWorkbook.Format] = [], isDate1904: Bool = false) throws -> String? {
  var workbook = TestWorkbook([["id", "x"], ["1", cell]])
  workbook.formats = formats
  workbook.isDate1904 = isDate1904
  let table = try read(workbook)
  return table.problems.isEmpty ? table.rows[0][1] : nil
}

/// A reader of the first sheet.
func reader(_ bytes: [UInt8], _ problems: ProblemList = ProblemList()) throws -> ExcelReader {
  try ExcelReader(MemoryStream(bytes, name: "t.xlsx"), problems: problems)
}
