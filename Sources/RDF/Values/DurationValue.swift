package import Bytes

/// A value of xsd:duration or of the two types derived from it: months, and seconds, of one sign.
package struct DurationValue: Hashable, Sendable {
  /// Which of the three types.
  package enum Kind: String, CaseIterable, Sendable {
    case duration, yearMonthDuration, dayTimeDuration
  }

  /// Years and months as months.
  package let months: Int128
  /// Days, hours, minutes and seconds as seconds.
  package let seconds: DecimalValue

  /// Reads `-?PnYnMnDTnHnMnS`, any part left out but not all (XSD 1.1 part 2 §3.3.6.2, §3.4.26, §3.4.27); nil for other
  /// text and for durations that do not fit.
  package init?(lexical view: ByteView, _ kind: Kind = .duration) {
    var parser = DurationParser(view)
    guard parser.run(kind), let months = parser.value(parser.months) else { return nil }
    let sign: Int128 = parser.isNegative ? -1 : 1
    guard let whole = parser.value(parser.seconds) else { return nil }
    let (scaled, tooLarge) = whole.multipliedReportingOverflow(by: powerOfTen(18))
    let (sum, overflow) = scaled.addingReportingOverflow(Int128(parser.attoseconds))
    guard !tooLarge, !overflow, let seconds = DecimalValue(coefficient: sum * sign, scale: 18) else { return nil }
    self.months = months * sign
    self.seconds = seconds
  }
}

/// One pass over a duration, each designator at most once and in order.
private struct DurationParser {
  var cursor: LexicalCursor
  var isNegative = false
  var months: [(digits: Range<Int>, unit: Int128)] = []
  var seconds: [(digits: Range<Int>, unit: Int128)] = []
  var attoseconds: UInt64 = 0

  init(_ view: ByteView) { cursor = LexicalCursor(view) }

  mutating func run(_ kind: DurationValue.Kind) -> Bool {
    isNegative = cursor.take(UInt8(ascii: "-"))
    guard cursor.take(UInt8(ascii: "P")) else { return false }
    var step = 0
    var isInTime = false
    var partsOfTime = 0
    while !cursor.isAtEnd {
      if !isInTime, cursor.take(UInt8(ascii: "T")) {
        isInTime = true
        step = 3
      }
      let start = cursor.index
      guard cursor.takeDigits() > 0 else { return false }
      let digits = start..<cursor.index
      var hasFraction = false
      if isInTime, cursor.take(UInt8(ascii: ".")) {
        guard let fraction = cursor.takeFraction() else { return false }
        attoseconds = fraction
        hasFraction = true
      }
      guard let next = designator(isInTime), next >= step, !hasFraction || next == 5 else { return false }
      cursor.index += 1
      step = next + 1
      if isInTime { partsOfTime += 1 }
      if next < 2 {
        months.append((digits, next == 0 ? 12 : 1))
      } else {
        seconds.append((digits, [86_400, 3600, 60, 1][next - 2]))
      }
    }
    if isInTime, partsOfTime == 0 { return false }
    switch kind {
    case .duration: return !months.isEmpty || !seconds.isEmpty
    case .yearMonthDuration: return !months.isEmpty && seconds.isEmpty && !isInTime
    case .dayTimeDuration: return months.isEmpty && !seconds.isEmpty
    }
  }

  /// The place of the designator here in the order Y M D H M S.
  private func designator(_ isInTime: Bool) -> Int? {
    switch cursor.byte {
    case UInt8(ascii: "Y"): isInTime ? nil : 0
    case UInt8(ascii: "M"): isInTime ? 4 : 1
    case UInt8(ascii: "D"): isInTime ? nil : 2
    case UInt8(ascii: "H"): isInTime ? 3 : nil
    case UInt8(ascii: "S"): isInTime ? 5 : nil
    default: nil
    }
  }

  /// The sum of the parts; nil where it does not fit.
  func value(_ parts: [(digits: Range<Int>, unit: Int128)]) -> Int128? {
    var total: Int128 = 0
    for part in parts {
      guard let number = IntegerValue(lexical: cursor.view[part.digits])?.number else { return nil }
      let (product, tooLarge) = number.multipliedReportingOverflow(by: part.unit)
      let (sum, overflow) = total.addingReportingOverflow(product)
      if tooLarge || overflow { return nil }
      total = sum
    }
    return total
  }
}
