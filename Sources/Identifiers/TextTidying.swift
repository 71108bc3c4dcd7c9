import Bytes

// What the steps of `clean` do to white space, letters and answers (contract §4).
extension ByteBuffer {
  /// Appends a text without the byte order marks in it.
  mutating func append(withoutByteOrderMarks text: ByteView) {
    var rest = text
    while let mark = rest.firstRange(ofMark: 0xEF, 0xBB, 0xBF) {
      append(rest[0..<mark])
      rest = rest.dropFirst(mark + 3)
    }
    append(rest)
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

private let yes: [ByteString] = ["ja", "j", "yes", "y", "true", "sant", "sann", "1"]
private let no: [ByteString] = ["nej", "n", "no", "false", "falskt", "falsk", "0"]

extension ByteView {
  /// How many bytes of white space or no-break space (U+00A0, U+202F, U+2007, U+FEFF) stand at `index`: 0 for none.
  fileprivate func spaceLength(at index: Int) -> Int {
    let byte = self[index]
    if isWhiteSpace(byte) { return 1 }
    if byte == 0xC2, index + 1 < count, self[index + 1] == 0xA0 { return 2 }
    guard index + 2 < count else { return 0 }
    switch (byte, self[index + 1], self[index + 2]) {
    case (0xE2, 0x80, 0xAF), (0xE2, 0x80, 0x87), (0xEF, 0xBB, 0xBF): return 3
    default: return 0
    }
  }

  /// Where three bytes first stand, or nil.
  fileprivate func firstRange(ofMark first: UInt8, _ second: UInt8, _ third: UInt8) -> Int? {
    var from = 0
    while let at = firstIndex(of: first, from: from) {
      if at + 2 < count, self[at + 1] == second, self[at + 2] == third { return at }
      from = at + 1
    }
    return nil
  }
}
