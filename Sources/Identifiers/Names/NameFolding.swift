import Bytes

extension ByteBuffer {
  /// Appends a name as look-ups compare it: without white space at its ends, each run of white space in it as one space, in small letters, and
  /// with the letters that some systems write as a letter and a mark as one character each.
  mutating func append(foldingName name: ByteView) {
    let text = name.trimmedOfSpaces
    reserve(text.count)
    var last: (scalar: Unicode.Scalar, start: Int)?
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte > 0x20, byte < 0x80 {
        let small = isLetter(byte) ? byte | 0x20 : byte
        last = (Unicode.Scalar(small), count)
        append(small)
        index += 1
        continue
      }
      let space = text.spaceLength(at: index)
      if space > 0 {
        if let previous = last, previous.scalar != " " {
          last = (" ", count)
          append(0x20)
        }
        index += space
        continue
      }
      let (scalar, length) = text.scalar(at: index)
      index += length
      if let previous = last, (0x300...0x36F).contains(scalar.value), let one = composedLetter(previous.scalar, scalar) {
        truncate(to: previous.start)
        append(scalar: one)
        last = (one, previous.start)
      } else {
        let start = count
        append(smallLetterOf: scalar)
        last = (view.dropFirst(start).scalar(at: 0).scalar, start)
      }
    }
  }

  private mutating func append(smallLetterOf scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0xC0...0xDE where scalar.value != 0xD7: append(scalar: Unicode.Scalar(UInt8(scalar.value + 0x20)))
    case 0..<0x100: append(scalar: scalar)
    default: for small in scalar.properties.lowercaseMapping.unicodeScalars { append(scalar: small) }
    }
  }
}

/// A name as look-ups compare it.
func foldedName(_ name: ByteString) -> ByteString {
  var out = ByteBuffer()
  name.withView { out.append(foldingName: $0) }
  return ByteString(out.view)
}

extension ByteView {
  /// Whether something stands in it that is not seen, but for white space at its ends: a control, a joiner, what turns the direction of text.
  var hidesSomething: Bool {
    let text = trimmedOfSpaces
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte >= 0x20, byte < 0x7F {
        index += 1
        continue
      }
      let (scalar, length) = text.scalar(at: index)
      let isPlain = (0xA0...0x24F).contains(scalar.value) && scalar.value != 0xAD
      if !isPlain, scalar.isHidden || scalar == "\u{FFFD}" { return true }
      index += length
    }
    return false
  }

  /// Whether it may be a misspelt name: Latin letters and what stands between the words of names. A letter of another script that looks like one
  /// of ours was not written by mistake.
  var isSpeltAsName: Bool {
    var hasLetter = false
    var index = 0
    while index < count {
      let (scalar, length) = scalar(at: index)
      switch scalar {
      case "a"..."z", "A"..."Z", "\u{C0}"..."\u{D6}", "\u{D8}"..."\u{F6}", "\u{F8}"..."\u{24F}", "\u{1E00}"..."\u{1EFF}": hasLetter = true
      case ".": if index > 0, self[index - 1] == UInt8(ascii: ".") { return false }
      case "0"..."9", " ", "-", "'", ",", "&", "(", ")", "\u{2013}", "\u{2019}", "\u{300}"..."\u{36F}": break
      default: return false
      }
      index += length
    }
    return hasLetter
  }
}
