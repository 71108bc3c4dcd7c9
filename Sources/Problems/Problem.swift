/// What a user must be told: what is wrong, where, and how to mend it.
package struct Problem: Sendable {
  /// Which kind of problem.
  package let code: ProblemCode
  /// How grave.
  package let severity: Severity
  /// Where.
  package var place: Place
  /// The words that the message's placeholders stand for, such as `register: kommun`.
  package let arguments: [String: Words]
  /// The text that is wrong, or nil where there is none or where it may not be shown.
  package let value: String?

  /// Describes a problem. `arguments` fill the placeholders of the code's wording; `value` fills `{value}`.
  package init(
    _ code: ProblemCode, at place: Place = Place(), value: String? = nil, severity: Severity? = nil,
    _ arguments: [String: Words]
  ) {
    self.code = code
    self.severity = severity ?? code.severity
    self.place = place
    self.arguments = arguments
    self.value = value.map { $0.count > 200 ? String($0.prefix(200)) + "…" : $0 }
  }

  /// Describes a problem whose arguments are the same in every language.
  package init(
    _ code: ProblemCode, at place: Place = Place(), value: String? = nil, severity: Severity? = nil,
    _ texts: [String: String] = [:]
  ) {
    self.init(code, at: place, value: value, severity: severity, texts.mapValues { text in Words.text(text) })
  }
}

/// Where a problem is. Every part that is known is given; lines and columns count from 1.
package struct Place: Sendable, Equatable {
  /// The file as the user named it, or an IRI.
  package var file: String?
  /// The sheet, where the file is a workbook. ``line`` and ``column`` are then those of the sheet.
  package var sheet: String?
  /// The physical line where the cell or token begins.
  package var line: Int?
  /// The column of the text in that line, in Unicode scalar values.
  package var column: Int?
  /// The row of the table, the header not counted.
  package var row: Int?
  /// The name of the table's column.
  package var tableColumn: String?
  /// A JSON Pointer (RFC 6901) to the value.
  package var pointer: String?

  /// A place, as far as it is known.
  package init(
    file: String? = nil, sheet: String? = nil, line: Int? = nil, column: Int? = nil, row: Int? = nil, tableColumn: String? = nil,
    pointer: String? = nil
  ) {
    self.file = file
    self.sheet = sheet
    self.line = line
    self.column = column
    self.row = row
    self.tableColumn = tableColumn
    self.pointer = pointer
  }
}

/// A problem that ended the work on an input: the one error that crosses the borders of modules.
package struct Failure: Error, Sendable {
  /// What to tell the user.
  package var problem: Problem
  /// How many seconds a server that was asked wants to be left alone; nil where it does not say.
  package var rest: Int?

  /// Wraps a problem.
  package init(_ problem: Problem) { self.problem = problem }

  /// Makes the problem and wraps it.
  package init(
    _ code: ProblemCode, at place: Place = Place(), value: String? = nil, _ arguments: [String: Words]
  ) {
    problem = Problem(code, at: place, value: value, arguments)
  }

  /// Makes a problem whose arguments are the same in every language, and wraps it.
  package init(
    _ code: ProblemCode, at place: Place = Place(), value: String? = nil, _ texts: [String: String] = [:]
  ) {
    problem = Problem(code, at: place, value: value, texts)
  }
}
