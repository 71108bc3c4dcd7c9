import Bytes

extension ByteView {
  /// Whether a text could hold a Swedish personal number: six digits, the third of which begins a month, and four digits or masks, whatever
  /// stands between them but letters and the colons of a time; a number that a spreadsheet shortened to `8.50132E+09`; or digits that are not 0–9.
  ///
  /// It says yes too often rather than too seldom: what it says yes to is only kept out of messages.
  var mayHoldPersonalNumber: Bool {
    let mask: UInt8 = 10
    var run: [UInt8] = []
    var index = 0
    while index < count {
      let (scalar, length) = scalar(at: index)
      index += length
      switch scalar {
      case "0"..."9": run.append(UInt8(scalar.value - 0x30))
      case "X", "x", "*", "#", "?": run.append(mask)
      case "E", "e":
        if run.count > 4, run.allSatisfy({ $0 < mask }), index < count, self[index] == 0x2B || isDigit(self[index]) { return true }
        run = []
      case _ where scalar.properties.numericType == .decimal: return true
      case ":" where isTimePart(after: index): run = []
      case _ where scalar.properties.isAlphabetic: run = []
      default: break
      }
      guard run.count >= 10 else { continue }
      let last = run.suffix(10)
      if last.prefix(6).allSatisfy({ $0 < mask }), last[last.startIndex + 2] < 2 { return true }
    }
    return false
  }

  /// Whether two digits, and no more, follow: the minutes or seconds of a time.
  private func isTimePart(after index: Int) -> Bool {
    let digits = (index..<min(index + 3, count)).prefix { isDigit(self[$0]) }
    return digits.count == 2
  }
}
