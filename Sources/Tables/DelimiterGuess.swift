import Bytes

/// Finds out what stands between the cells of a file of which nothing is said.
enum DelimiterGuess {
  /// How many rows are looked at.
  private static let rows = 20
  /// What may stand between cells.
  static let candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|")]

  /// The one of `, ; TAB |` that cuts the header into the most cells and the first rows into as many; a comma where none does.
  ///
  /// What stands within quotes is passed over, as are the skipped rows and comment rows of `dialect`.
  static func delimiter(of text: ByteView, _ dialect: Dialect) -> ByteString {
    let counts = counts(text, candidates, dialect)
    var best: (delimiter: UInt8, score: Double) = (UInt8(ascii: ","), 0)
    for (index, candidate) in candidates.enumerated() {
      guard let reference = counts.first(where: { $0.contains { $0 > 0 } })?[index], reference > 0 else { continue }
      let agreeing = counts.count { $0[index] == reference }
      let score = Double(reference) * Double(agreeing) / Double(counts.count)
      if score > best.score { best = (candidate, score) }
    }
    return ByteString([best.delimiter])
  }

  /// The delimiter that a first line `sep=;` declares, as spreadsheets write and read it, and the length of that line with its end.
  static func declaration(in text: ByteView) -> (delimiter: ByteString, length: Int)? {
    let isQuoted = text.hasPrefix("\"")
    let rest = text.dropFirst(isQuoted ? 1 : 0)
    guard rest.count > 4, rest.hasPrefix("sep=") || rest.hasPrefix("SEP=") else { return nil }
    let delimiter = rest[4]
    var end = isQuoted ? 6 : 5
    if isQuoted, end >= text.count || text[end] != UInt8(ascii: "\"") { return nil }
    if isQuoted { end += 1 }
    guard delimiter < 0x80, delimiter != 0x0A, delimiter != 0x0D, delimiter != UInt8(ascii: "\""), end < text.count else { return nil }
    if text[end] == 0x0D { return (ByteString([delimiter]), end + 1 < text.count && text[end + 1] == 0x0A ? end + 2 : end + 1) }
    return text[end] == 0x0A ? (ByteString([delimiter]), end + 1) : nil
  }

  /// How often each candidate stands outside quotes in each of the first rows that are not blank.
  private static func counts(_ text: ByteView, _ candidates: [UInt8], _ dialect: Dialect) -> [[Int]] {
    let quote = dialect.quoteChar?.bytes.first
    let comment = dialect.commentPrefix?.bytes ?? []
    var counts: [[Int]] = []
    var row = [Int](repeating: 0, count: candidates.count)
    var skipped = dialect.skipRows
    var isQuoted = false
    var start = 0
    for (index, byte) in text.buffer.enumerated() {
      if byte == quote { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 0x0A || byte == 0x0D {
        let line = text[start..<index]
        let isComment = !comment.isEmpty && line.buffer.starts(with: comment)
        start = index + 1
        if byte == 0x0A, index > 0, text[index - 1] == 0x0D { continue }
        if skipped > 0 {
          skipped -= 1
        } else if !line.trimmed.isEmpty, !isComment {
          counts.append(row)
          if counts.count == rows { return counts }
        }
        row = [Int](repeating: 0, count: candidates.count)
      } else if let found = candidates.firstIndex(of: byte) {
        row[found] += 1
      }
    }
    // The last row is cut off where the text is only the beginning of a file, but it may be the only one.
    if counts.isEmpty, skipped == 0 { counts.append(row) }
    return counts
  }
}
