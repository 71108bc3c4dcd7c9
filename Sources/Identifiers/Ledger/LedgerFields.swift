import Bytes
import RDF

/// The fields of a ledger's line, without its hash, as they stand in the bytes that they were read from.
///
/// A key holds no character that is escaped, so that keys are slices; only texts are taken out of their escapes.
struct LedgerFields {
  let time: Int
  let kind: LedgerEvent.Kind
  let key: ByteView
  let successors: [ByteView]
  let day: CivilDate?
  let naturalKey: ByteView?
  let label: ByteString?
  let reason: ByteString?

  /// The fields of a line, or nil where it has not their form.
  init?(_ line: ByteView) {
    var cursor = FieldCursor(line)
    guard let time = cursor.next().flatMap({ LedgerLine.time($0) }), let kind = cursor.next().flatMap({ LedgerEvent.Kind($0) }),
      let key = cursor.next(), !key.isEmpty, let successors = cursor.next(), let day = cursor.next(), let natural = cursor.next(),
      let label = cursor.next(), cursor.next() != nil, let reason = cursor.next(), cursor.next() == nil
    else { return nil }
    self.time = time
    self.kind = kind
    self.key = key
    self.successors = successors.isEmpty ? [] : Self.words(successors)
    self.day = day.isEmpty ? nil : DateValue(lexical: day)?.date
    naturalKey = natural.isEmpty ? nil : natural
    self.label = label.isEmpty ? nil : LedgerLine.unescaped(label)
    self.reason = reason.isEmpty || kind == .minted ? nil : LedgerLine.unescaped(reason)
    if day.isEmpty != (self.day == nil) || label.isEmpty != (self.label == nil) { return nil }
  }

  private static func words(_ text: ByteView) -> [ByteView] {
    var words: [ByteView] = []
    var start = 0
    while let end = text.firstIndex(of: UInt8(ascii: " "), from: start) {
      words.append(text[start..<end])
      start = end + 1
    }
    words.append(text[start..<text.count])
    return words
  }
}

/// Goes through the fields of a line, which have tabs between them.
private struct FieldCursor {
  private let line: ByteView
  private var start: Int? = 0

  init(_ line: ByteView) { self.line = line }

  /// The next field, or nil after the last one.
  mutating func next() -> ByteView? {
    guard let start else { return nil }
    let end = line.firstIndex(of: UInt8(ascii: "\t"), from: start)
    self.start = end.map { $0 + 1 }
    return line[start..<(end ?? line.count)]
  }
}
