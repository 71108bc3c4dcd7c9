import Bytes
import Identifiers
import RDF

/// Tells whether a column holds numbers of persons, so that a rule must keep them from being published.
///
/// It says yes rather than no: a rule that is not needed is taken away by a person who looks, one that is missing is not missed.
enum PersonalNumberGuess: Equatable {
  /// The column is made for them: no cell is published.
  case all
  /// Some cells hold one: those are not published.
  case some

  /// From what share of the cells on digits without a hyphen are no chance, and a column is made for persons, in percent.
  private static let leastShare = 2
  private static let mostly = 50

  /// What finds them in a text: six digits of which the third begins a month, and four digits or masks.
  static let expression = #"(?<!\d)(?:\d\d)?\d\d[01]\d{3}[\s\x{A0}]*[-+\x{2010}-\x{2015}\x{2212}]?[\s\x{A0}]*[\dXx*#]{4}(?!\d)"#

  private static let pattern = try? Pattern(expression, anchored: false)

  /// Whether the rule that is proposed withholds a text.
  static func withholds(_ text: String) -> Bool { ByteString(text).withView { pattern?.outcome(on: $0) != .noMatch } }

  /// What a column holds, or nil where it seems to hold none.
  init?(_ facts: ColumnFacts, _ meanings: [HeaderWords.Meaning]) {
    if meanings.contains(where: { $0.role == .person }) {
      self = .all
      return
    }
    let written = facts.count { Self.holds($0, needsHyphen: true) }
    let any = facts.count { Self.holds($0, needsHyphen: false) }
    if any * 100 >= facts.filled * Self.mostly, any > 1 {
      self = .all
    } else if written > 0 || any * 100 >= facts.filled * Self.leastShare && any > 0 {
      self = .some
    } else {
      return nil
    }
  }

  /// Whether a personal number stands in a text: ten or twelve digits that no others touch, with a date, a birth number and a check digit.
  private static func holds(_ text: ByteString, needsHyphen: Bool) -> Bool {
    let bytes = text.bytes
    var start = 0
    while start < bytes.count {
      guard isDigit(bytes[start]) else {
        start += 1
        continue
      }
      var end = start
      while end < bytes.count, isDigit(bytes[end]) { end += 1 }
      var digits = Array(bytes[start..<end])
      var hasHyphen = false
      if digits.count == 6 || digits.count == 8, isMasked(bytes, from: end), isDate(Array(digits.suffix(6))) { return true }
      if digits.count == 6 || digits.count == 8, end < bytes.count, bytes[end] == UInt8(ascii: "-") || bytes[end] == UInt8(ascii: "+") {
        var tail = end + 1
        while tail < bytes.count, isDigit(bytes[tail]) { tail += 1 }
        if tail - end == 5 {
          digits += bytes[(end + 1)..<tail]
          end = tail
          hasHyphen = true
        }
      }
      if isNumber(digits), hasHyphen || !needsHyphen { return true }
      start = end
    }
    return false
  }

  private static func isNumber(_ digits: [UInt8]) -> Bool {
    guard digits.count == 10 || digits.count == 12 else { return false }
    if digits.count == 12, !digits.starts(with: Array("19".utf8)), !digits.starts(with: Array("20".utf8)) { return false }
    let ten = Array(digits.suffix(10))
    return isDate(Array(ten.prefix(6))) && ByteString(ten).withView { KeyCheck.luhn.holds(for: $0) }
  }

  /// Whether six digits are a date of birth; coordination numbers have sixty added to the day.
  private static func isDate(_ six: [UInt8]) -> Bool {
    func number(_ from: Int) -> Int { Int(six[from] &- 0x30) * 10 + Int(six[from + 1] &- 0x30) }
    let day = number(4) > 60 ? number(4) - 60 : number(4)
    return (1...12).contains(number(2)) && (1...31).contains(day)
  }

  /// Whether four masks follow, after a hyphen or not, in the place of the last digits.
  private static func isMasked(_ bytes: [UInt8], from end: Int) -> Bool {
    var start = end
    if start < bytes.count, bytes[start] == UInt8(ascii: "-") || bytes[start] == UInt8(ascii: "+") { start += 1 }
    return start + 4 <= bytes.count && bytes[start..<start + 4].allSatisfy { "Xx*#".utf8.contains($0) }
  }
}
