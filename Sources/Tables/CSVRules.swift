import Bytes

/// A dialect made ready for reading: bytes instead of texts, and the questions of the inner loops answered.
struct CSVRules: Sendable {
  let delimiter: [UInt8]
  /// Empty where nothing quotes.
  let quote: [UInt8]
  /// Empty where there are no comments.
  let comment: [UInt8]
  /// What ends a row, longest first; nil for CRLF, LF and CR.
  let terminators: [[UInt8]]?
  /// Whether a backslash escapes, rather than a doubled quote.
  let usesBackslash: Bool
  let trimsStart: Bool
  let trimsEnd: Bool
  let skipsBlankRows: Bool
  let skippedColumns: Int

  /// Whether the vector loop can read this dialect: one-byte delimiter and quote, doubled quotes, usual line ends.
  let isSimple: Bool
  /// Whether a CR that no LF follows ends a row.
  let bareCR: Bool
  /// Whether rows must be gone over again once their cells are cut.
  let reworksRows: Bool

  init(_ dialect: Dialect, delimiter: ByteString) {
    self.delimiter = delimiter.isEmpty ? [UInt8(ascii: ",")] : delimiter.bytes
    quote = dialect.quoteChar?.bytes ?? []
    comment = dialect.commentPrefix?.bytes ?? []
    let declared = dialect.lineTerminators?.map(\.bytes).filter { !$0.isEmpty } ?? []
    let known = Set(declared)
    let isUsual = known.isEmpty || known == [[0x0D, 0x0A], [0x0A], [0x0D]]
    terminators = isUsual ? nil : declared.sorted { $0.count > $1.count }
    usesBackslash = !dialect.doubleQuote
    trimsStart = dialect.trimming == .start || dialect.trimming == .both
    trimsEnd = dialect.trimming == .end || dialect.trimming == .both
    skipsBlankRows = dialect.skipBlankRows
    skippedColumns = max(0, dialect.skipColumns)
    bareCR = isUsual
    let isPlainDelimiter = self.delimiter.count == 1 && self.delimiter[0] < 0x80 && self.delimiter[0] != 0x0A && self.delimiter[0] != 0x0D
    let isPlainQuote = quote.isEmpty || quote.count == 1 && quote[0] > 0x20 && quote[0] < 0x80 && quote != self.delimiter
    isSimple = isPlainDelimiter && isPlainQuote && !usesBackslash && (isUsual || known == [[0x0D, 0x0A], [0x0A]])
    reworksRows = trimsStart || trimsEnd || skipsBlankRows || skippedColumns > 0
  }
}
