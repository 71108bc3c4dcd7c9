import Bytes
import RDF

/// An event as a line of text: ten fields with tabs between them, in which a tab, a line break and a backslash are `\t`, `\n`, `\r` and `\\`.
///
/// `time  event  key  successors  day  natural-key  label  actor  reason  hash`. The time is UTC to the second; successors have a space between
/// them. The hash is the first 128 bits of the SHA-256 of the hash of the line before, a line feed, and this line up to its last tab.
enum LedgerLine {
  /// How many characters a hash has.
  static let hashLength = 32

  /// Appends an event without its hash and without the tab before that.
  static func append(_ event: LedgerEvent, to out: inout ByteBuffer) {
    append(time: event.time, to: &out)
    out.append(UInt8(ascii: "\t"))
    out.append(event.kind.word)
    out.append(UInt8(ascii: "\t"))
    event.key.withView { append(escaping: $0, to: &out) }
    out.append(UInt8(ascii: "\t"))
    for (number, successor) in event.successors.enumerated() {
      if number > 0 { out.append(UInt8(ascii: " ")) }
      successor.withView { append(escaping: $0, to: &out) }
    }
    out.append(UInt8(ascii: "\t"))
    out.append(text: event.day?.text ?? "")
    for field in [event.naturalKey, event.label, event.actor, event.reason] {
      out.append(UInt8(ascii: "\t"))
      field?.withView { append(escaping: $0, to: &out) }
    }
  }

  /// Appends a moment as `2026-11-26T05:01:02Z`.
  static func append(time: Int, to out: inout ByteBuffer) {
    DateTimeValue(Instant(seconds: Int64(time), attoseconds: 0))?.append(to: &out)
  }

  /// The moment that a text of the form `2026-11-26T05:01:02Z` means, or nil.
  static func time(_ text: ByteView) -> Int? {
    // Only what ``append(time:to:)`` writes: no other zone, no fraction, no year beyond four digits, no hour 24.
    guard text.count == 20, isDigit(text[0]), text[19] == UInt8(ascii: "Z"), !(text[11..<13] == "24"),
      let moment = DateTimeValue(lexical: text)?.instant
    else { return nil }
    return Int(moment.seconds)
  }

  /// Appends a text without the characters that would end a field or a line.
  static func append(escaping text: ByteView, to out: inout ByteBuffer) {
    for byte in text.buffer {
      switch byte {
      case UInt8(ascii: "\t"): out.append("\\t")
      case UInt8(ascii: "\n"): out.append("\\n")
      case UInt8(ascii: "\r"): out.append("\\r")
      case UInt8(ascii: "\\"): out.append("\\\\")
      default: out.append(byte)
      }
    }
  }

  /// A field as it was before it was written, or nil where a backslash means nothing.
  static func unescaped(_ field: ByteView) -> ByteString? {
    guard field.firstIndex(of: UInt8(ascii: "\\")) != nil else { return ByteString(field) }
    var bytes: [UInt8] = []
    var index = 0
    while index < field.count {
      let byte = field[index]
      index += 1
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      guard index < field.count else { return nil }
      switch field[index] {
      case UInt8(ascii: "t"): bytes.append(UInt8(ascii: "\t"))
      case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "r"): bytes.append(UInt8(ascii: "\r"))
      case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
      default: return nil
      }
      index += 1
    }
    return ByteString(bytes)
  }
}
