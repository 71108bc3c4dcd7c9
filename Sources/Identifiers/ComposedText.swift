extension String {
  /// The text with å, ä, ö, é and ü in lower case as one character each, which some systems write as a letter and a mark.
  var composed: String {
    guard unicodeScalars.contains(where: { ("\u{300}"..."\u{36F}").contains($0) }) else { return self }
    let composed: [[Unicode.Scalar]: Unicode.Scalar] = [
      ["a", "\u{30A}"]: "å", ["a", "\u{308}"]: "ä", ["o", "\u{308}"]: "ö", ["e", "\u{301}"]: "é", ["u", "\u{308}"]: "ü",
    ]
    var scalars: [Unicode.Scalar] = []
    for scalar in unicodeScalars {
      if let last = scalars.last, let one = composed[[last, scalar]] {
        scalars[scalars.count - 1] = one
      } else {
        scalars.append(scalar)
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
