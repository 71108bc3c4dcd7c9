package import Bytes

extension ByteBuffer {
  /// Appends the slug of a text: lower case, accented Latin letters without their accents (åäö → aao), and a single `-` for
  /// each run of anything else between words (modelling rule for names without a code).
  package mutating func append(slugOf text: ByteView) {
    let start = count
    var gap = false
    var index = 0
    while index < text.count {
      let (scalar, length) = text.scalar(at: index)
      index += length
      // An accent of its own belongs to the letter before it: decomposed text has the slug of composed text.
      if (0x300...0x36F).contains(scalar.value) { continue }
      let letters = plainLetters(scalar)
      if letters.isEmpty {
        gap = true
        continue
      }
      if gap, count > start { append(UInt8(ascii: "-")) }
      gap = false
      for letter in letters.utf8 { append(letter) }
    }
  }
}

/// The lower-case ASCII letters or digit that a scalar value becomes in a slug; empty for what separates words.
private func plainLetters(_ scalar: Unicode.Scalar) -> String {
  switch scalar {
  case "a"..."z", "0"..."9": return String(scalar)
  case "A"..."Z": return String(scalar).lowercased()
  case "à"..."å", "À"..."Å", "ä", "Ä", "ā", "ą": return "a"
  case "æ", "Æ": return "ae"
  case "ç", "Ç", "č", "Č", "ć": return "c"
  case "è"..."ë", "È"..."Ë", "ě", "ę": return "e"
  case "ì"..."ï", "Ì"..."Ï": return "i"
  case "ñ", "Ñ", "ń": return "n"
  case "ò"..."ö", "Ò"..."Ö", "ø", "Ø": return "o"
  case "š", "Š", "ś": return "s"
  case "ß": return "ss"
  case "ù"..."ü", "Ù"..."Ü": return "u"
  case "ý", "ÿ", "Ý": return "y"
  case "ž", "Ž", "ż", "ź": return "z"
  case "đ", "ð", "Ð": return "d"
  case "þ", "Þ": return "th"
  case "ł", "Ł": return "l"
  default: return ""
  }
}
