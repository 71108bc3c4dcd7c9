import Bytes
package import Problems
package import Resources
import Tables

/// What a person should look at before a conversion is published (contract §1, `--review`): rows that could not be judged, and what rules
/// found that leave a doubt. It is the one output that may hold what is withheld, so whoever opens it keeps it to themselves.
///
/// It is a CSV file as spreadsheets in Sweden open it: UTF-8 with a byte order mark, semicolons, CRLF. Where a file with other columns
/// follows, the headings are written again.
///
/// It is `Sendable` because a conversion that keeps one runs on one thread.
package final class ReviewList: @unchecked Sendable {
  /// What became of a row or cell.
  enum Outcome { case rowWithheld, cellWithheld, published }

  private let output: any ByteOutput
  private let language: Language
  private var text = ByteBuffer()
  private var titles: [ByteString] = []
  private var file = ""
  private var isEmpty = true

  /// A list that goes to `output`, with words in a language.
  package init(_ output: any ByteOutput, in language: Language) {
    self.output = output
    self.language = language
  }

  /// Begins a file with these titles of columns.
  func begin(_ file: String, titles: [ByteString]) {
    self.file = file
    if !isEmpty, titles == self.titles { return }
    self.titles = titles
    if isEmpty { text.append("\u{FEFF}") }
    isEmpty = false
    for (number, title) in (Wording.shared.word("review-columns", in: language).split(separator: ",").map(String.init)).enumerated() {
      if number > 0 { text.append(Self.separator) }
      text.append(text: title)
    }
    for title in titles {
      text.append(Self.separator)
      title.withView { text.append(spreadsheetField: $0) }
    }
    text.append("\r\n")
  }

  private static let separator = UInt8(ascii: ";")

  /// Adds a row, or a cell of it.
  /// - Parameters:
  ///   - rule: the name of the rule that found it.
  ///   - column: the column that the rule takes, where it takes only one.
  ///   - why: what makes it doubtful.
  func add(_ row: Int, of rows: borrowing RowBatch, rule: String, _ outcome: Outcome, column: String?, why: Words) {
    let name =
      switch outcome {
      case .rowWithheld: Words.phrase("review-row-withheld")
      case .cellWithheld: Words.phrase("review-cell-withheld")
      case .published: Words.phrase("review-published")
      }
    let line = rows.place(row).line.map { "\($0)" } ?? ""
    let fields = [file, line, "\(rows.firstRow + row)", rule, name.text(in: language), column ?? "", why.text(in: language)]
    for (number, field) in fields.enumerated() {
      if number > 0 { text.append(Self.separator) }
      ByteString(field).withView { text.append(spreadsheetField: $0) }
    }
    for cell in 0..<rows.cellCount(row) {
      text.append(Self.separator)
      // Bytes that are no text are shown as such.
      let found = rows.cell(row, cell)
      if found.firstIllFormedUTF8 == nil {
        text.append(spreadsheetField: found)
      } else {
        ByteString(found.text).withView { text.append(spreadsheetField: $0) }
      }
    }
    text.append("\r\n")
  }

  /// Hands on what has been added.
  /// - Throws: ``ProblemCode/writeFailed``.
  func flush() throws(Failure) {
    if text.isEmpty { return }
    try output.write(text.view)
    text.truncate()
  }
}
