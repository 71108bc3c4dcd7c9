import Bytes

// What the steps of `clean` do to white space, letters and answers (contract §4).
extension ByteBuffer {
  /// Appends a text without the byte order marks in it, and without other signs that have no width and mean nothing: the zero width space
  /// (U+200B) and the word joiner (U+2060), which come along when a text is copied from a web page.
  mutating func append(withoutByteOrderMarks text: ByteView) {
    var index = 0
    while index < text.count {
      if text[index] >= 0xE2, index + 2 < text.count, isWidthless(text[index], text[index + 1], text[index + 2]) {
        index += 3
      } else {
        append(text[index])
        index += 1
      }
    }
  }

  /// Appends a text with each run of white space, no-break spaces included, as one space, and none at its ends.
  mutating func append(collapsingSpaceOf text: ByteView) {
    let text = text.trimmedOfSpaces
    var index = 0
    var isPending = false
    while index < text.count {
      let length = text.spaceLength(at: index)
      if length > 0 {
        isPending = true
        index += length
      } else {
        if isPending { append(0x20) }
        isPending = false
        append(text[index])
        index += 1
      }
    }
  }

  /// Appends `true` or `false` for an answer in Swedish or English, any other text as it is.
  mutating func append(yesOrNo text: ByteView) {
    let answer = text.trimmedOfSpaces
    if yes.contains(where: { word in word.withView { $0.equalsIgnoringCase(answer) } }) { return append("true") }
    if no.contains(where: { word in word.withView { $0.equalsIgnoringCase(answer) } }) { return append("false") }
    append(text)
  }
}

private func isWidthless(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
  switch (first, second, third) {
  case (0xEF, 0xBB, 0xBF), (0xE2, 0x80, 0x8B), (0xE2, 0x81, 0xA0): true
  default: false
  }
}

// A cross in a form means yes.
private let yes: [ByteString] = ["ja", "j", "yes", "y", "true", "sant", "sann", "1", "x"]
private let no: [ByteString] = ["nej", "n", "no", "false", "falskt", "falsk", "0"]

extension ByteView {
  /// How much of a text is left without the unit that follows a number at its beginning (`12,5 °C`, `22kW`, `10 cfu/100 ml`); all of it
  /// where it does not begin with a number, or more than a unit follows.
  var lengthWithoutUnit: Int {
    var index = spaceAtStart
    if index < count, self[index] == UInt8(ascii: "-") || self[index] == UInt8(ascii: "+") { index += 1 }
    if self.dropFirst(index).hasPrefix("\u{2212}") { index += 3 }
    guard index < count, isDigit(self[index]) else { return count }
    var end = index
    while index < count {
      if isDigit(self[index]) {
        index += 1
        end = index
      } else {
        let gap = spaceLength(at: index)
        // Groups of digits, and decimals: what stands between two digits belongs to the number.
        let length = gap > 0 ? gap : self[index] == UInt8(ascii: ",") || self[index] == UInt8(ascii: ".") ? 1 : 0
        guard length > 0, index + length < count, isDigit(self[index + length]) else { break }
        index += length
      }
    }
    return dropFirst(end).trimmedOfSpaces.isUnit ? end : count
  }

  /// Whether a text is one word that no digit, point or sign begins; after a word with a slash in it more may follow (`cfu/100 ml`).
  private var isUnit: Bool {
    guard count > 0, isLetter(self[0]) || self[0] >= 0x80 || "%$".utf8.contains(self[0]), !hasPrefix("\u{2212}") else { return false }
    // U+2010 to U+2015: the dash of a range.
    if count > 2, self[0] == 0xE2, self[1] == 0x80, (0x90...0x95).contains(self[2]) { return false }
    let word = (0..<count).first { spaceLength(at: $0) > 0 } ?? count
    return word == count || self[0..<word].firstIndex(of: UInt8(ascii: "/")) != nil
  }

  private var spaceAtStart: Int {
    var index = 0
    while index < count, case let length = spaceLength(at: index), length > 0 { index += length }
    return index
  }

  /// The piece with a number, counted from 1, or from -1 from the end, of those between which `separator` stands.
  func piece(_ number: Int, between separator: ByteString) -> ByteView {
    separator.withView { separator in
      var rest = self
      var number = number
      if number < 0 {
        var pieces = 1
        while let end = rest.firstRange(of: separator) {
          rest = rest.dropFirst(end + separator.count)
          pieces += 1
        }
        number += pieces + 1
        if number < 1 { return .empty }
        rest = self
      }
      for _ in 1..<number {
        guard let end = rest.firstRange(of: separator) else { return .empty }
        rest = rest.dropFirst(end + separator.count)
      }
      return rest[0..<(rest.firstRange(of: separator) ?? rest.count)]
    }
  }

  /// How many bytes of white space or no-break space (U+00A0, U+202F, U+2007, U+FEFF) stand at `index`: 0 for none.
  func spaceLength(at index: Int) -> Int {
    let byte = self[index]
    if isWhiteSpace(byte) { return 1 }
    if byte == 0xC2, index + 1 < count, self[index + 1] == 0xA0 { return 2 }
    guard index + 2 < count else { return 0 }
    switch (byte, self[index + 1], self[index + 2]) {
    case (0xE2, 0x80, 0xAF), (0xE2, 0x80, 0x87), (0xEF, 0xBB, 0xBF): return 3
    default: return 0
    }
  }
}
