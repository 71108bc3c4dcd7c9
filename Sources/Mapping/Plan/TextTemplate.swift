import Bytes

/// A text with the values of columns in it: `Verifikat {nummer}, {namn}` (contract §4, tables whose columns are matched by title).
struct TextTemplate: Sendable {
  /// What stands in braces: the first of these that has a value, at most so many characters of it.
  typealias Choice = (column: Int, derivation: Derivation?, prefix: Int?)

  enum Part: Sendable {
    case literal(ByteString)
    case choices([Choice])
  }

  let parts: [Part]

  /// A text of these parts.
  init(parts: [Part]) { self.parts = parts }

  /// Takes a text apart; `column` gives the number and derivation of a name. Nil where nothing stands in braces, or a name is no
  /// column's.
  init?(_ text: ByteString, column: (ByteString) -> (Int, Derivation?)?) {
    var parts: [Part] = []
    var rest = text.bytes[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
      guard let close = rest[open...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
      var choices: [Choice] = []
      for piece in rest[(open + 1)..<close].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
        var name = piece
        var prefix: Int?
        if let colon = piece.firstIndex(of: UInt8(ascii: ":")) {
          prefix = Int(String(decoding: piece[(colon + 1)...], as: UTF8.self))
          if prefix.map({ $0 < 1 }) ?? true { return nil }
          name = piece[..<colon]
        }
        guard let (number, derivation) = column(ByteString(Array(name))) else { return nil }
        choices.append((number, derivation, prefix))
      }
      if open > rest.startIndex { parts.append(.literal(ByteString(Array(rest[..<open])))) }
      parts.append(.choices(choices))
      rest = rest[(close + 1)...]
    }
    if parts.isEmpty { return nil }
    if !rest.isEmpty { parts.append(.literal(ByteString(Array(rest)))) }
    self.parts = parts
  }

  /// The columns of which the item at hand stands in the text, among those for which `hasItems` holds.
  func itemColumns(_ hasItems: (Int) -> Bool) -> [Int] {
    parts.flatMap { part -> [Int] in
      guard case .choices(let choices) = part else { return [] }
      return choices.filter { hasItems($0.column) && $0.derivation?.isOfItem ?? true }.map(\.column)
    }
  }

  /// Appends the text to the buffer in which the row's values stand; false, with nothing appended, where one is missing.
  func append(_ row: borrowing RowValues, to out: inout ByteBuffer) -> Bool {
    let start = out.count
    for part in parts {
      switch part {
      case .literal(let text): out.append(bytes: text)
      case .choices(let choices):
        var isSet = false
        for choice in choices where !isSet { isSet = append(choice, row, to: &out) }
        if !isSet {
          out.truncate(to: start)
          return false
        }
      }
    }
    return true
  }

  private func append(_ choice: Choice, _ row: borrowing RowValues, to out: inout ByteBuffer) -> Bool {
    let start = out.count
    if let derivation = choice.derivation {
      var derived = ByteBuffer()
      guard derivation.append(choice.column, row, out.view, to: &derived) else { return false }
      out.append(derived.view)
    } else {
      let cell = row.cells[choice.column]
      guard cell.state == .value else { return false }
      out.reserve(Int(cell.length))
      out.append(out.view(cell.range))
    }
    if let prefix = choice.prefix { out.truncate(to: start + out.view(start..<out.count).length(ofFirst: prefix)) }
    return true
  }
}

extension ByteView {
  /// How many bytes the first `number` characters take.
  fileprivate func length(ofFirst number: Int) -> Int {
    var end = 0
    for _ in 0..<number where end < count { end += max(utf8Length(at: end), 1) }
    return min(end, count)
  }
}
