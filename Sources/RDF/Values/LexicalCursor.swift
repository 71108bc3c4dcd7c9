import Bytes

/// A position in a lexical form that moves forward over what fits. Nothing is skipped: the white space of XSD's
/// `collapse` must be gone before.
struct LexicalCursor {
  let view: ByteView
  var index = 0

  @inline(__always) init(_ view: ByteView) { self.view = view }

  @inline(__always) var isAtEnd: Bool { index == view.count }
  @inline(__always) var rest: Int { view.count &- index }

  /// The byte here; 0, which stands in no lexical form, at the end.
  @inline(__always) var byte: UInt8 { index < view.count ? view.start[index] : 0 }

  /// Moves over `byte` if it stands here.
  @inline(__always) mutating func take(_ byte: UInt8) -> Bool {
    guard self.byte == byte, index < view.count else { return false }
    index &+= 1
    return true
  }

  /// Moves over a sign; true for a minus.
  @inline(__always) mutating func takeSign() -> Bool {
    if take(UInt8(ascii: "-")) { return true }
    _ = take(UInt8(ascii: "+"))
    return false
  }

  /// Moves over the digits here and says how many.
  @inline(__always) mutating func takeDigits() -> Int {
    let start = index
    while isDigit(byte) { index &+= 1 }
    return index &- start
  }

  /// Two digits as a number.
  @inline(__always) mutating func takeTwoDigits() -> Int? {
    guard rest >= 2, isDigit(view.start[index]), isDigit(view.start[index &+ 1]) else { return nil }
    defer { index &+= 2 }
    return Int(view.start[index] &- 0x30) &* 10 &+ Int(view.start[index &+ 1] &- 0x30)
  }

  /// A year (XSD 1.1 part 2 §D.2.2, yearFrag): four digits or more, a fifth only without leading zero; nil too for
  /// more than nine.
  mutating func takeYear() -> Int? {
    let isNegative = take(UInt8(ascii: "-"))
    let start = index
    let count = takeDigits()
    guard count >= 4, count <= 9, count == 4 || view.start[start] != 0x30 else { return nil }
    var year = 0
    for at in start..<index { year = year &* 10 &+ Int(view.start[at] &- 0x30) }
    return isNegative ? -year : year
  }

  /// A month, 1 to 12.
  @inline(__always) mutating func takeMonth() -> Int? {
    guard let month = takeTwoDigits(), month >= 1, month <= 12 else { return nil }
    return month
  }

  /// What follows a date or time: nothing, `Z`, or an offset up to 14 hours (XSD 1.1 part 2, timezoneFrag). Nil where it
  /// is something else or more follows.
  mutating func takeZoneToEnd() -> ZoneOffset? {
    if isAtEnd { return ZoneOffset.none }
    if take(UInt8(ascii: "Z")) { return isAtEnd ? .utc : nil }
    let isNegative = byte == UInt8(ascii: "-")
    guard isNegative || byte == UInt8(ascii: "+") else { return nil }
    index &+= 1
    guard let hours = takeTwoDigits(), take(UInt8(ascii: ":")), let minutes = takeTwoDigits(), isAtEnd,
      minutes < 60, hours < 14 || (hours == 14 && minutes == 0)
    else { return nil }
    let offset = hours &* 60 &+ minutes
    return ZoneOffset(minutes: isNegative ? -offset : offset)
  }
}
