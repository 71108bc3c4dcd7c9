import Bytes
import RDF

/// A date or time format (tabular data model §6.4.4; the field symbols of UAX 35, part 4, §8): `yyyy`, `MM`, `M`, `dd`, `d`, `HH`,
/// `mm`, `ss`, `S…`, `X…`, `x…` and what stands between them.
struct DateFormat: Sendable {
  private enum Field: Sendable, Equatable {
    case year, month(Int), day(Int), hour, minute, second
    /// At most so many digits after a decimal point, which is part of the field.
    case fraction(Int)
    /// Marks `X` (Z for UTC) or `x`, one to three of them.
    case zone(allowsZ: Bool, width: Int)
    case literal(UInt8)
  }

  private let fields: [Field]
  private let base: BuiltInDatatype

  /// Reads a format for a datatype; nil where it is none, or lacks what the datatype needs.
  init?(_ text: String, for base: BuiltInDatatype) {
    self.base = base
    var fields: [Field] = []
    var rest = Array(text.utf8)[...]
    while let symbol = rest.first {
      let run = rest.prefix { $0 == symbol }.count
      switch (symbol, run) {
      case (UInt8(ascii: "y"), 4): fields.append(.year)
      case (UInt8(ascii: "M"), 1...2): fields.append(.month(run))
      case (UInt8(ascii: "d"), 1...2): fields.append(.day(run))
      case (UInt8(ascii: "H"), 2): fields.append(.hour)
      case (UInt8(ascii: "m"), 2): fields.append(.minute)
      case (UInt8(ascii: "s"), 2): fields.append(.second)
      case (UInt8(ascii: "S"), _):
        guard fields.last == .literal(UInt8(ascii: ".")) else { return nil }
        fields.removeLast()
        fields.append(.fraction(run))
      case (UInt8(ascii: "X"), 1...3): fields.append(.zone(allowsZ: true, width: run))
      case (UInt8(ascii: "x"), 1...3): fields.append(.zone(allowsZ: false, width: run))
      case (UInt8(ascii: "T"), 1): fields.append(.literal(symbol))
      default:
        if isLetter(symbol) { return nil }
        for _ in 0..<run { fields.append(.literal(symbol)) }
      }
      rest = rest.dropFirst(run)
    }
    self.fields = fields
    let hasDate = fields.contains(.year)
    let hasTime = fields.contains(.hour) && fields.contains(.minute)
    let hasMonth = fields.contains { if case .month = $0 { true } else { false } }
    let hasDay = fields.contains { if case .day = $0 { true } else { false } }
    switch base {
    case .date: if !(hasDate && hasMonth && hasDay) || hasTime { return nil }
    case .dateTime, .dateTimeStamp: if !(hasDate && hasMonth && hasDay && hasTime) { return nil }
    case .time: if hasDate || hasMonth || hasDay || !hasTime { return nil }
    case .gYear: if !hasDate || hasMonth || hasDay { return nil }
    case .gYearMonth: if !(hasDate && hasMonth) || hasDay { return nil }
    default: if hasTime { return nil }
    }
  }

  /// Appends the date or time as XSD writes it. Nothing is appended where the text does not follow the format.
  func parse(_ text: ByteView, into out: inout ByteBuffer) -> CellFault? {
    var parts = DateParts()
    var index = 0
    for field in fields {
      switch field {
      case .literal(let byte):
        guard index < text.count, text[index] == byte else { return .format }
        index += 1
      case .year:
        guard let value = digits(text, &index, 4, 4) else { return .format }
        parts.year = value
      case .month(let least):
        guard let value = digits(text, &index, least, 2) else { return .format }
        parts.month = value
      case .day(let least):
        guard let value = digits(text, &index, least, 2) else { return .format }
        parts.day = value
      case .hour:
        guard let value = digits(text, &index, 2, 2) else { return .format }
        parts.hour = value
      case .minute:
        guard let value = digits(text, &index, 2, 2) else { return .format }
        parts.minute = value
      case .second:
        guard let value = digits(text, &index, 2, 2) else { return .format }
        parts.second = value
      case .fraction(let most):
        guard index < text.count, text[index] == UInt8(ascii: ".") else { continue }
        let start = index + 1
        index = start
        while index < text.count, isDigit(text[index]), index - start < most { index += 1 }
        if index == start { return .format }
        parts.fraction = start..<index
      case .zone(let allowsZ, let width):
        guard let zone = zone(text, &index, allowsZ: allowsZ, width: width) else { return .format }
        parts.zone = zone
      }
    }
    if index < text.count { return .format }
    guard parts.isValid else { return .datatype }
    parts.append(to: &out, as: base, from: text)
    return nil
  }

  private func digits(_ text: ByteView, _ index: inout Int, _ least: Int, _ most: Int) -> Int? {
    var value = 0
    let start = index
    while index < text.count, index - start < most, isDigit(text[index]) {
      value = value * 10 + Int(text[index] &- 0x30)
      index += 1
    }
    return index - start >= least ? value : nil
  }

  /// A zone as minutes from UTC: `Z`, `+hh`, `+hhmm` or `+hh:mm` as the width says.
  private func zone(_ text: ByteView, _ index: inout Int, allowsZ: Bool, width: Int) -> Int? {
    guard index < text.count else { return nil }
    let sign = text[index]
    index += 1
    if allowsZ, sign == UInt8(ascii: "Z") { return 0 }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let hours = digits(text, &index, 2, 2), hours <= 14 else { return nil }
    var minutes = 0
    if width == 3 {
      guard index < text.count, text[index] == UInt8(ascii: ":") else { return nil }
      index += 1
    }
    if width > 1 || (index < text.count && isDigit(text[index])) {
      guard let value = digits(text, &index, 2, 2), value < 60 else { return nil }
      minutes = value
    }
    return (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1)
  }
}

/// The parts of a date or time as a format found them.
private struct DateParts {
  var year = 1
  var month = 1
  var day = 1
  var hour = 0
  var minute = 0
  var second = 0
  var fraction: Range<Int>?
  var zone: Int?

  var isValid: Bool {
    hour < 24 && minute < 60 && second < 60 && CivilDate(year: year, month: month, day: day) != nil
  }

  func append(to out: inout ByteBuffer, as base: BuiltInDatatype, from text: ByteView) {
    switch base {
    case .date: appendDate(&out)
    case .time: appendTime(&out, text)
    case .gYear: appendPadded(&out, year, 4)
    case .gYearMonth:
      appendPadded(&out, year, 4)
      out.append(UInt8(ascii: "-"))
      appendPadded(&out, month, 2)
    case .gMonth:
      out.append("--")
      appendPadded(&out, month, 2)
    case .gMonthDay:
      out.append("--")
      appendPadded(&out, month, 2)
      out.append(UInt8(ascii: "-"))
      appendPadded(&out, day, 2)
    case .gDay:
      out.append("---")
      appendPadded(&out, day, 2)
    default:
      appendDate(&out)
      out.append(UInt8(ascii: "T"))
      appendTime(&out, text)
    }
    guard let zone else { return }
    if zone == 0 { return out.append(UInt8(ascii: "Z")) }
    out.append(zone < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    appendPadded(&out, abs(zone) / 60, 2)
    out.append(UInt8(ascii: ":"))
    appendPadded(&out, abs(zone) % 60, 2)
  }

  private func appendDate(_ out: inout ByteBuffer) {
    appendPadded(&out, year, 4)
    out.append(UInt8(ascii: "-"))
    appendPadded(&out, month, 2)
    out.append(UInt8(ascii: "-"))
    appendPadded(&out, day, 2)
  }

  private func appendTime(_ out: inout ByteBuffer, _ text: ByteView) {
    appendPadded(&out, hour, 2)
    out.append(UInt8(ascii: ":"))
    appendPadded(&out, minute, 2)
    out.append(UInt8(ascii: ":"))
    appendPadded(&out, second, 2)
    if let fraction {
      out.append(UInt8(ascii: "."))
      out.append(text[fraction])
    }
  }

  private func appendPadded(_ out: inout ByteBuffer, _ value: Int, _ width: Int) {
    var divisor = width == 4 ? 1000 : 10
    while divisor > 0 {
      out.append(0x30 &+ UInt8(truncatingIfNeeded: value / divisor % 10))
      divisor /= 10
    }
  }
}
