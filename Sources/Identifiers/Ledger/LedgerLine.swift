import Bytes
import RDF

/// An event as a line of text: ten fields with tabs between them, in which a tab, a line break and a backslash are `\t`, `\n`, `\r` and `\\`.
///
/// `time  event  key  successors  day  natural-key  label  actor  reason  hash`. The time is UTC to the second; successors have a space between
/// them. The hash is the first 128 bits of the SHA-256 of the hash of the line before, a line feed, and this line up to its last tab.
enum LedgerLine {
  /// How many fields a line has.
  static let fieldCount = 10
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
    let dayNumber = time >= 0 ? time / 86_400 : (time - 86_399) / 86_400
    let second = time - dayNumber * 86_400
    out.append(text: (CivilDate(dayNumber: dayNumber) ?? .epoch).text)
    for (letter, number) in [("T", second / 3_600), (":", second / 60 % 60), (":", second % 60)] {
      out.append(text: letter + (number < 10 ? "0" : ""))
      out.append(decimal: number)
    }
    out.append(UInt8(ascii: "Z"))
  }

  /// The moment that a text of the form `2026-11-26T05:01:02Z` means, or nil.
  static func time(_ text: ByteView) -> Int? {
    guard text.count == 20, text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
      text[19] == UInt8(ascii: "Z"), text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-")
    else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for index in range {
        guard isDigit(text[index]) else { return nil }
        value = value * 10 + Int(text[index] &- 0x30)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
      let minute = number(14..<16), let second = number(17..<19), hour < 24, minute < 60, second < 60,
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    return date.dayNumber * 86_400 + hour * 3_600 + minute * 60 + second
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
