package import Bytes

/// How a delimited text is written: the dialect description of CSVW ("Model for Tabular Data and Metadata on the Web" §8,
/// "Metadata Vocabulary for Tabular Data" §5.9), with nil where the file itself decides.
///
/// The defaults are those for a file of which nothing is said: encoding and delimiter are found out, and CRLF, LF and a
/// bare CR each end a row.
package struct Dialect: Sendable, Equatable {
  /// Which ends of a cell lose their white space.
  package enum Trim: Sendable, Equatable { case neither, start, end, both }

  /// What a comment row begins with; nil where there are none. (A CSVW dialect description without the property says `#`.)
  package var commentPrefix: ByteString?
  /// What stands between cells, of one or more bytes; nil to find out.
  package var delimiter: ByteString?
  /// Whether a quote in a quoted cell is doubled; otherwise a backslash escapes.
  package var doubleQuote = true
  /// The label of the encoding; nil to find out.
  package var encoding: String?
  /// Whether there is a header row, unless ``headerRowCount`` says how many.
  package var header = true
  /// How many header rows; nil to let ``header`` say.
  package var headerRowCount: Int?
  /// What ends a row; nil for CRLF, LF and bare CR alike.
  package var lineTerminators: [ByteString]?
  /// What quotes a cell; nil where nothing does.
  package var quoteChar: ByteString? = "\""
  /// Whether rows of nothing but empty cells are left out.
  package var skipBlankRows = false
  /// How many cells at the beginning of each row are left out.
  package var skipColumns = 0
  /// Whether cells lose the white space at their start, unless ``trim`` says.
  package var skipInitialSpace = false
  /// How many rows before the header are left out.
  package var skipRows = 0
  /// Which white space cells lose; nil to let ``skipInitialSpace`` say.
  package var trim: Trim?

  /// Whether rows of nothing but empty cells are left out at the end of the table, as spreadsheets write them.
  package var dropsBlankEnd = false

  /// The default dialect.
  package init() {}

  /// The dialect of a file of which nothing is said, read as exports are written.
  package static var undeclared: Dialect {
    var dialect = Dialect()
    dialect.dropsBlankEnd = true
    return dialect
  }

  /// How many header rows there are.
  package var headerRows: Int { max(0, headerRowCount ?? (header ? 1 : 0)) }

  /// Which ends of a cell are trimmed.
  package var trimming: Trim { trim ?? (skipInitialSpace ? .start : .neither) }
}
