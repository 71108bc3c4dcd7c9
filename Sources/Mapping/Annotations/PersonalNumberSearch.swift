import Bytes
import RDF

extension ByteView {
  /// Whether a Swedish personal number stands anywhere in the text, certainly: a date that exists, the day perhaps with 60 added (a
  /// co-ordination number), and three digits with the right check digit; or a date with the letters of a temporary number (`TF01`,
  /// `-T123`). Ten or twelve digits, with `-`, `+`, spaces or other signs between their groups, in a VAT number too.
  var holdsPersonalNumber: Bool {
    var digits = 0
    var hasOthers = false
    for byte in buffer {
      if isDigit(byte) { digits &+= 1 } else if byte >= 0xD9 { hasOthers = true }
    }
    // A temporary number has eight digits; those of other scripts begin at U+0660.
    if digits < 8, !hasOthers { return false }
    return PersonalNumberSearch(self).isFound
  }
}

/// A text as a search for personal numbers sees it: digits, letters, and signs between them.
private struct PersonalNumberSearch {
  /// 0 to 9 for a digit of any script; the code of a capital letter A–Z; ``letter`` for any other, ``sign`` for what is none of these.
  private var symbols: [UInt8] = []
  private static let letter: UInt8 = 100
  private static let sign: UInt8 = 200

  init(_ text: ByteView) {
    var index = 0
    while index < text.count {
      let (scalar, length) = text.scalar(at: index)
      index += length
      switch scalar {
      case "0"..."9": symbols.append(UInt8(scalar.value - 0x30))
      case "A"..."Z": symbols.append(UInt8(scalar.value))
      case "a"..."z": symbols.append(UInt8(scalar.value - 0x20))
      // What nobody sees separates nothing.
      case "\u{AD}", "\u{200B}"..."\u{200D}", "\u{2060}", "\u{FEFF}": break
      default:
        if scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue {
          symbols.append(UInt8(value))
        } else {
          symbols.append(scalar.properties.isAlphabetic ? Self.letter : Self.sign)
        }
      }
    }
  }

  var isFound: Bool {
    symbols.indices.contains { start in
      symbols[start] < 10 && !isDigit(start - 1) && (isNumber(at: start, century: false) || isNumber(at: start, century: true))
    }
  }

  private func isDigit(_ index: Int) -> Bool { index >= 0 && index < symbols.count && symbols[index] < 10 }

  private func isNumber(at start: Int, century: Bool) -> Bool {
    var index = start
    var centuries = [1900, 2000, 1800]
    if century {
      guard let first = pair(&index), (18...20).contains(first) else { return false }
      centuries = [first * 100]
    }
    guard let year = pair(&index), let month = pair(&index, signs: 2), let day = pair(&index, signs: 2) else { return false }
    let calendarDay = day > 60 ? day - 60 : day
    guard centuries.contains(where: { CivilDate(year: $0 + year, month: month, day: calendarDay) != nil }) else { return false }
    let end = index
    if let first = pair(&index, signs: 3), let last = pair(&index, signs: 1), endsNumber(index, from: start) {
      return checkDigitHolds([year, month, day, first, last])
    }
    return isTemporary(from: end)
  }

  /// The number of the next two digits, which at most so many signs stand before.
  private func pair(_ index: inout Int, signs: Int = 0) -> Int? {
    var at = index
    while at < symbols.count, at < index + signs, symbols[at] == Self.sign { at += 1 }
    guard isDigit(at), isDigit(at + 1) else { return nil }
    index = at + 2
    return Int(symbols[at]) * 10 + Int(symbols[at + 1])
  }

  /// Whether no digit follows, but for the `01` of a VAT number.
  private func endsNumber(_ index: Int, from start: Int) -> Bool {
    if !isDigit(index) { return true }
    let isVAT = start >= 2 && symbols[start - 2] == UInt8(ascii: "S") && symbols[start - 1] == UInt8(ascii: "E")
    return isVAT && symbols[index] == 0 && isDigit(index + 1) && symbols[index + 1] == 1 && !isDigit(index + 2)
  }

  /// The check digit of the ten digits (Luhn, ISO/IEC 7812-1 annex B).
  private func checkDigitHolds(_ pairs: [Int]) -> Bool {
    var sum = 0
    for pair in pairs {
      let doubled = pair / 10 * 2
      sum += doubled > 9 ? doubled - 9 : doubled
      sum += pair % 10
    }
    return sum % 10 == 0
  }

  /// Whether what follows a date makes it a temporary number: `TF` and two digits, or after a sign one letter and three digits.
  private func isTemporary(from index: Int) -> Bool {
    var at = index
    while at < symbols.count, at < index + 2, symbols[at] == Self.sign { at += 1 }
    guard at < symbols.count, (65...90).contains(symbols[at]) else { return false }
    if symbols[at] == UInt8(ascii: "T"), at + 1 < symbols.count, symbols[at + 1] == UInt8(ascii: "F") {
      return isDigit(at + 2) && isDigit(at + 3) && endsWord(at + 4)
    }
    return at > index && isDigit(at + 1) && isDigit(at + 2) && isDigit(at + 3) && endsWord(at + 4)
  }

  private func endsWord(_ index: Int) -> Bool { index >= symbols.count || symbols[index] == Self.sign }
}
