import Bytes
import Problems

/// Cuts one cell after another from delimited text, in any dialect: the parsing of rows of CSVW "Model" §8 with the recovery
/// that real files need.
///
/// This is the authority on what a row means. The vector loop of ``CSVScanner`` reads only what it is sure to read alike.
struct CellLexer {
  /// An open quote is given up when this many lines follow without its end …
  static let openLines = 100
  /// … or this many bytes with a line end among them.
  static let openBytes = 64 << 10

  /// A cell as it stands in the text.
  struct Cell {
    /// Where it begins, its quote included.
    var start: Int
    /// Its text, without quotes.
    var content: Range<Int>
    var isQuoted = false
    /// Whether the text holds escapes.
    var isEscaped = false
    /// Where its delimiter or line end stands.
    var end: Int
    /// Where the next cell or row begins.
    var next: Int
    var endsRow: Bool
  }

  /// Something to report once the row is whole.
  struct Finding {
    let code: ProblemCode
    let offset: Int
  }

  private let rules: CSVRules
  private let text: ByteView
  /// Whether nothing comes after the text.
  let isLast: Bool
  /// Whether the text ended where more of it could have changed the result.
  private(set) var needsMore = false
  private(set) var findings: [Finding] = []

  /// Reads `text`, which is the last of its source or will be continued.
  init(_ rules: CSVRules, _ text: ByteView, isLast: Bool) {
    self.rules = rules
    self.text = text
    self.isLast = isLast
  }

  /// Whether `bytes`, unless empty, stand at `offset`.
  mutating func stands(_ bytes: [UInt8], at offset: Int) -> Bool {
    var index = 0
    while index < bytes.count {
      if offset + index >= text.count {
        if !isLast { needsMore = true }
        return false
      }
      if text[offset + index] != bytes[index] { return false }
      index += 1
    }
    return index > 0
  }

  /// The length of the row terminator at `offset`, 0 for none.
  mutating func terminatorLength(at offset: Int) -> Int {
    if let terminators = rules.terminators {
      for terminator in terminators where stands(terminator, at: offset) { return terminator.count }
      return 0
    }
    if text[offset] == 0x0A { return 1 }
    if text[offset] != 0x0D { return 0 }
    if offset + 1 < text.count { return text[offset + 1] == 0x0A ? 2 : 1 }
    if !isLast { needsMore = true }
    return 1
  }

  /// The cell that begins at `start`, which may be the end of the text.
  mutating func cell(from start: Int) -> Cell {
    var low = start
    if rules.trimsStart {
      while low < text.count, text[low] == 0x20 || text[low] == 0x09, !stands(rules.delimiter, at: low) { low += 1 }
    }
    if low < text.count, stands(rules.quote, at: low) { return quotedCell(from: low) }
    return plainCell(from: low, scanningFrom: low)
  }

  /// A cell without quotes, or one whose quotes are to be read as text.
  private mutating func plainCell(from start: Int, scanningFrom resume: Int, isReported: Bool = false) -> Cell {
    var isQuoteKnown = isReported
    var isControlKnown = false
    var isEscaped = false
    var index = resume
    while index < text.count {
      let length = terminatorLength(at: index)
      if length > 0 {
        return Cell(start: start, content: start..<index, isEscaped: isEscaped, end: index, next: index + length, endsRow: true)
      }
      if stands(rules.delimiter, at: index) {
        let next = index + rules.delimiter.count
        return Cell(start: start, content: start..<index, isEscaped: isEscaped, end: index, next: next, endsRow: false)
      }
      if rules.usesBackslash, text[index] == UInt8(ascii: "\\") {
        isEscaped = true
        index += 2
        continue
      }
      if !isQuoteKnown, stands(rules.quote, at: index) {
        isQuoteKnown = true
        findings.append(Finding(code: .quoteStray, offset: index))
      }
      note(controlAt: index, &isControlKnown)
      index += 1
    }
    if !isLast { needsMore = true }
    let end = text.count
    return Cell(start: start, content: min(start, end)..<end, isEscaped: isEscaped, end: end, next: end, endsRow: true)
  }

  /// A cell whose quote stands at `start`; where its end can't be found, a plain one.
  private mutating func quotedCell(from start: Int) -> Cell {
    let width = rules.quote.count
    let known = findings.count
    var isControlKnown = false
    var isEscaped = false
    var lines = 0
    var index = start + width
    while index < text.count {
      if rules.usesBackslash, text[index] == UInt8(ascii: "\\") {
        isEscaped = true
        index += 2
        continue
      }
      if stands(rules.quote, at: index) {
        if !rules.usesBackslash, stands(rules.quote, at: index + width) {
          isEscaped = true
          index += 2 * width
          continue
        }
        let content = start + width..<index
        guard let (end, length, endsRow) = border(after: index + width) else {
          let isOpen = lines > 0
          findings.removeLast(findings.count - known)
          findings.append(Finding(code: isOpen ? .quoteOpen : .quoteStray, offset: isOpen ? start : index))
          return plainCell(from: start, scanningFrom: isOpen ? start : index + width, isReported: true)
        }
        return Cell(
          start: start, content: content, isQuoted: true, isEscaped: isEscaped, end: end, next: end + length, endsRow: endsRow)
      }
      let byte = text[index]
      if byte == 0x0D || byte == 0x0A && text[index - 1] != 0x0D {
        lines += 1
        if lines > Self.openLines || index - start > Self.openBytes { break }
      }
      note(controlAt: index, &isControlKnown)
      index += 1
    }
    if index >= text.count, !isLast { needsMore = true }
    findings.removeLast(findings.count - known)
    findings.append(Finding(code: .quoteOpen, offset: start))
    return plainCell(from: start, scanningFrom: start, isReported: true)
  }

  /// The delimiter or row end that follows a closing quote, or nil where something else does.
  private mutating func border(after offset: Int) -> (end: Int, length: Int, endsRow: Bool)? {
    var end = offset
    while true {
      if end >= text.count {
        if !isLast { needsMore = true }
        return (text.count, 0, true)
      }
      let length = terminatorLength(at: end)
      if length > 0 { return (end, length, true) }
      if stands(rules.delimiter, at: end) { return (end, rules.delimiter.count, false) }
      guard rules.trimsEnd, text[end] == 0x20 || text[end] == 0x09 else { return nil }
      end += 1
    }
  }

  private mutating func note(controlAt index: Int, _ isKnown: inout Bool) {
    let byte = text[index]
    if byte >= 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D || isKnown { return }
    isKnown = true
    findings.append(Finding(code: .cellControlCharacter, offset: index))
  }
}
