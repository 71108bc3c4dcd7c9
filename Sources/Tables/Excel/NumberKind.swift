import Bytes

/// What a number format makes of a number: a plain number, or a date or time.
///
/// Formats are stored in the language of the United States, whatever language a workbook is shown in.
struct NumberKind: OptionSet, Sendable {
  let rawValue: UInt8

  /// The format shows a day, month or year.
  static let date = NumberKind(rawValue: 1)
  /// The format shows hours, minutes or seconds.
  static let time = NumberKind(rawValue: 2)
  /// Hours, minutes or seconds count on beyond a day, or an hour, or a minute.
  static let elapsed = NumberKind(rawValue: 4)
  /// Parts of seconds are shown.
  static let fraction = NumberKind(rawValue: 8)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// What a built-in format makes of numbers (ECMA-376 part 1, §18.8.30, with those of East Asian and Thai programs).
  init(builtIn number: Int) {
    switch number {
    case 14...17, 27...31, 34...36, 50...58, 71...75: self = .date
    case 18...21, 32...33, 45, 76...77, 79: self = .time
    case 22, 78: self = [.date, .time]
    case 46, 80: self = [.time, .elapsed]
    case 47, 81: self = [.time, .fraction]
    default: self = []
    }
  }

  /// What a format's code makes of positive numbers: its first section says so.
  init(code: ByteView) {
    var reader = FormatCodeReader(code)
    self = reader.read()
  }
}

/// Reads the code of a number format (ECMA-376 part 1, §18.8.31).
private struct FormatCodeReader {
  private let code: ByteView
  private var index = 0
  private var kind: NumberKind = []
  /// An `m` of which it is not yet known whether it is a month or minutes.
  private var hasOpenM = false
  /// Whether the last part was hours, so that an `m` is minutes; and whether it was seconds, so that a fraction may follow.
  private var isAfterHours = false
  private var isAfterSeconds = false
  private var hasDigits = false

  init(_ code: ByteView) { self.code = code }

  mutating func read() -> NumberKind {
    while index < code.count, code[index] != UInt8(ascii: ";") { readPart() }
    settle(asMinutes: false)
    return hasDigits ? [] : kind
  }

  private mutating func readPart() {
    let byte = code[index]
    index += 1
    switch byte {
    case UInt8(ascii: "\""):
      while index < code.count, code[index] != byte { index += 1 }
      index += 1
    case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): index += 1
    case UInt8(ascii: "["): readBrackets()
    case UInt8(ascii: "."): if isAfterSeconds, index < code.count, code[index] == 0x30 { readFraction() }
    case UInt8(ascii: "0"), UInt8(ascii: "#"), UInt8(ascii: "?"): hasDigits = true
    default: if isLetter(byte) { readLetters(byte | 0x20) }
    }
  }

  /// `[h]` counts hours beyond a day; colours, conditions and languages say nothing of the kind.
  private mutating func readBrackets() {
    let start = index
    while index < code.count, code[index] != UInt8(ascii: "]") { index += 1 }
    let inside = code[start..<index]
    index += 1
    guard let first = inside.isEmpty ? nil : inside[0] | 0x20, "hms".utf8.contains(first),
      inside.buffer.allSatisfy({ $0 | 0x20 == first })
    else { return }
    kind.formUnion([.time, .elapsed])
    isAfterHours = first == UInt8(ascii: "h")
  }

  private mutating func readFraction() {
    kind.insert(.fraction)
    while index < code.count, code[index] == 0x30 { index += 1 }
    isAfterSeconds = false
  }

  private mutating func readLetters(_ letter: UInt8) {
    let rest = code.dropFirst(index - 1)
    for (word, isTime) in [("general", false), ("am/pm", true), ("a/p", true)] as [(StaticString, Bool)] {
      let length = word.utf8CodeUnitCount
      guard rest.count >= length, rest[0..<length].equalsIgnoringCase(ByteView(word.utf8Start, count: length)) else { continue }
      index += length - 1
      if isTime { kind.insert(.time) }
      return
    }
    while index < code.count, code[index] | 0x20 == letter { index += 1 }
    switch letter {
    case UInt8(ascii: "h"):
      settle(asMinutes: false)
      kind.insert(.time)
    case UInt8(ascii: "s"):
      settle(asMinutes: true)
      kind.insert(.time)
    case UInt8(ascii: "m"):
      settle(asMinutes: false)
      if isAfterHours { kind.insert(.time) } else { hasOpenM = true }
    case UInt8(ascii: "e") where index < code.count && (code[index] == UInt8(ascii: "+") || code[index] == UInt8(ascii: "-")):
      hasDigits = true
    case UInt8(ascii: "y"), UInt8(ascii: "d"), UInt8(ascii: "e"), UInt8(ascii: "g"), UInt8(ascii: "b"):
      settle(asMinutes: false)
      kind.insert(.date)
    default: return
    }
    isAfterHours = letter == UInt8(ascii: "h")
    isAfterSeconds = letter == UInt8(ascii: "s")
  }

  private mutating func settle(asMinutes: Bool) {
    if hasOpenM { kind.insert(asMinutes ? .time : .date) }
    hasOpenM = false
  }
}
