import Bytes
import Identifiers
import JSON
import Problems

/// How the values of a cell that holds several are told apart (contract §4, `items`).
enum ItemsForm: Sendable, Equatable {
  /// A JSON array of strings, numbers and booleans.
  case json
  /// Values with this between them.
  case separator(ByteString)

  /// What stands between the items of a cell that has been taken apart; no item holds it.
  static let mark = UInt8(ascii: "\n")

  /// What became of a cell that was taken apart.
  enum Outcome: Equatable {
    case list
    /// The text is no such list.
    case noList
    /// A step refused an item.
    case refused(CleaningStep)
  }

  /// Appends the items of `text` to `out`, a line each: cleaned, without white space at their ends, and with line ends in them as
  /// spaces. Empty ones and null are left out. Nothing is appended where the outcome is no list.
  /// - Parameter spare: scratch memory.
  func append(itemsOf text: ByteView, steps: [CleaningStep], to out: inout ByteBuffer, spare: inout ByteBuffer) -> Outcome {
    let start = out.count
    var cutter = ItemCutter(steps: steps, begin: start)
    switch self {
    case .json:
      guard cutter.cut(json: text, into: &out, &spare) else {
        out.truncate(to: start)
        return .noList
      }
    case .separator(let separator):
      var rest = text
      while let end = separator.withView({ rest.firstRange(of: $0) }) {
        cutter.add(rest[0..<end], isEscaped: false, to: &out, &spare)
        rest = rest.dropFirst(end + separator.count)
      }
      cutter.add(rest, isEscaped: false, to: &out, &spare)
    }
    if let step = cutter.refusal {
      out.truncate(to: start)
      return .refused(step)
    }
    if out.count > start { out.truncate(to: out.count - 1) }
    return .list
  }
}

/// Takes a cell apart, item by item.
private struct ItemCutter {
  let steps: [CleaningStep]
  /// Where the current item begins.
  var begin: Int
  /// The first step that refused an item.
  var refusal: CleaningStep?

  /// Adds an item and the mark after it, if anything is left of it once it is tidied.
  mutating func add(_ text: ByteView, isEscaped: Bool, to out: inout ByteBuffer, _ spare: inout ByteBuffer) {
    if isEscaped { out.append(jsonContent: text) } else { out.append(text.trimmed) }
    for step in steps {
      spare.truncate()
      if out.count > begin, !step.apply(out.view(begin..<out.count), into: &spare) { refusal = refusal ?? step }
      out.truncate(to: begin)
      out.append(spare.view)
    }
    let item = out.view(begin..<out.count).trimmed
    spare.truncate()
    spare.append(item)
    out.truncate(to: begin)
    if spare.isEmpty { return }
    for byte in spare.view.buffer { out.append(byte == ItemsForm.mark || byte == 0x0D ? 0x20 : byte) }
    out.append(ItemsForm.mark)
    begin = out.count
  }

  /// Adds the items of a JSON array; false where the text is none, or holds arrays or objects.
  mutating func cut(json text: ByteView, into out: inout ByteBuffer, _ spare: inout ByteBuffer) -> Bool {
    let isEscaped = text.firstIndex(of: UInt8(ascii: "\\")) != nil
    if isEscaped, !text.isJSON { return false }
    var index = text.afterBlanks(0)
    guard index < text.count, text[index] == UInt8(ascii: "[") else { return false }
    index = text.afterBlanks(index + 1)
    if index < text.count, text[index] == UInt8(ascii: "]") { return text.afterBlanks(index + 1) == text.count }
    while index < text.count {
      if text[index] == UInt8(ascii: "\"") {
        guard let end = text.closingQuote(after: index) else { return false }
        add(text[index + 1..<end], isEscaped: isEscaped, to: &out, &spare)
        index = end + 1
      } else {
        let end = text.endOfWord(from: index)
        let word = text[index..<end]
        guard word == "true" || word == "false" || word == "null" || word.isNumber else { return false }
        if !(word == "null") { add(word, isEscaped: false, to: &out, &spare) }
        index = end
      }
      index = text.afterBlanks(index)
      guard index < text.count else { return false }
      if text[index] == UInt8(ascii: "]") { return text.afterBlanks(index + 1) == text.count }
      guard text[index] == UInt8(ascii: ",") else { return false }
      index = text.afterBlanks(index + 1)
    }
    return false
  }
}

extension ByteView {
  /// Whether the text is JSON, escapes included.
  fileprivate var isJSON: Bool {
    var scanner = JSONScanner(self, file: "")
    do throws(Failure) {
      while try scanner.next() != .end {}
      return true
    } catch {
      return false
    }
  }

  fileprivate func afterBlanks(_ index: Int) -> Int {
    var index = index
    while index < count, isWhiteSpace(self[index]) { index += 1 }
    return index
  }

  /// Where the quote stands that ends the string whose first quote stands at `index`.
  fileprivate func closingQuote(after index: Int) -> Int? {
    var index = index + 1
    while index < count, self[index] != UInt8(ascii: "\"") { index += self[index] == UInt8(ascii: "\\") ? 2 : 1 }
    return index < count ? index : nil
  }

  fileprivate func endOfWord(from index: Int) -> Int {
    var index = index
    while index < count, self[index] != UInt8(ascii: ","), self[index] != UInt8(ascii: "]"), !isWhiteSpace(self[index]) { index += 1 }
    return index
  }

  /// Whether the text has only the characters of a JSON number, of which one is a digit.
  fileprivate var isNumber: Bool {
    buffer.contains { isDigit($0) } && buffer.allSatisfy { isDigit($0) || "+-.eE".utf8.contains($0) }
  }
}
