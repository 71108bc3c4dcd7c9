extension String {
  /// The text with å, ä, ö, é and ü in lower case as one character each, which some systems write as a letter and a mark.
  var composed: String {
    guard unicodeScalars.contains(where: { ("\u{300}"..."\u{36F}").contains($0) }) else { return self }
    var scalars: [Unicode.Scalar] = []
    for scalar in unicodeScalars {
      if let last = scalars.last, let one = composedLetter(last, scalar) {
        scalars[scalars.count - 1] = one
      } else {
        scalars.append(scalar)
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }
}

/// The one character that a small letter and the mark after it are in Swedish; nil where they are none.
func composedLetter(_ letter: Unicode.Scalar, _ mark: Unicode.Scalar) -> Unicode.Scalar? {
  switch (letter, mark) {
  case ("a", "\u{30A}"): "å"
  case ("a", "\u{308}"): "ä"
  case ("o", "\u{308}"): "ö"
  case ("e", "\u{301}"): "é"
  case ("u", "\u{308}"): "ü"
  default: nil
  }
}
