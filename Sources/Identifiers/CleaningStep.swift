package import Bytes

/// What is done to a text before it is looked up or parsed (contract §4, `clean`).
///
/// Steps work on bytes and append their result to a buffer; they never fail.
package enum CleaningStep: Sendable, Equatable {
  /// Removes white space, no-break space included, at both ends.
  case trim
  /// Removes byte order marks, wherever they stand.
  case stripBOM
  /// Makes each run of white space, no-break space included, one space, and removes it at both ends.
  case collapseSpace
  /// Keeps the ASCII digits only.
  case digitsOnly
  /// Puts zeros in front until the text has so many characters; an empty text stays empty.
  case padLeft(Int)
  /// Removes this text from the beginning, the case of A–Z aside, with the white space after it.
  case dropPrefix(ByteString)
  /// Capital letters.
  case upper
  /// Small letters.
  case lower
  /// `true` for ja, yes, sant and the like, `false` for nej, no, falskt and the like; any other text stays.
  case yesno
  /// Lower case, åäö and other accented Latin letters without their accents, everything else a single `-` between words.
  case slug

  /// The step that a mapping names, such as `trim` or `padLeft(4)`.
  package init?(_ text: String) {
    let name = text.prefix { $0 != "(" }
    let argument = text.dropFirst(name.count).dropFirst().dropLast()
    switch (name, name.endIndex == text.endIndex) {
    case ("trim", true): self = .trim
    case ("digitsOnly", true): self = .digitsOnly
    case ("slug", true): self = .slug
    case ("stripBOM", true): self = .stripBOM
    case ("collapseSpace", true): self = .collapseSpace
    case ("upper", true): self = .upper
    case ("lower", true): self = .lower
    case ("yesno", true): self = .yesno
    case ("dropPrefix", false):
      guard !argument.isEmpty, argument.utf8.count <= 256, text.hasSuffix(")") else { return nil }
      self = .dropPrefix(ByteString(String(argument)))
    case ("padLeft", false):
      guard let width = Int(argument), (1...64).contains(width), text.hasSuffix(")") else { return nil }
      self = .padLeft(width)
    default: return nil
    }
  }

  /// The names of all steps, for messages.
  package static let names = [
    "trim", "stripBOM", "collapseSpace", "digitsOnly", "padLeft(n)", "dropPrefix(p)", "upper", "lower", "yesno", "slug",
  ]

  /// How many bytes a step may make of each byte, beside 64 that it may add.
  package static let growth = 3

  /// Appends the cleaned form of `text` to `out`, which must not hold `text`.
  package func apply(_ text: ByteView, into out: inout ByteBuffer) {
    switch self {
    case .trim: out.append(text.trimmedOfSpaces)
    case .digitsOnly:
      out.reserve(text.count)
      for index in 0..<text.count where isDigit(text[index]) { out.append(text[index]) }
    case .padLeft(let width):
      if !text.isEmpty { for _ in text.scalarCount..<max(width, text.scalarCount) { out.append(UInt8(ascii: "0")) } }
      out.append(text)
    case .dropPrefix(let prefix):
      let isThere = prefix.withView { $0.count <= text.count && $0.equalsIgnoringCase(text[0..<$0.count]) }
      out.append(isThere ? text.dropFirst(prefix.count).trimmedOfSpaces : text)
    case .stripBOM: out.append(withoutByteOrderMarks: text)
    case .collapseSpace: out.append(collapsingSpaceOf: text)
    case .upper: out.append(text, inCapitals: true)
    case .lower: out.append(text, inCapitals: false)
    case .yesno: out.append(yesOrNo: text)
    case .slug: out.append(slugOf: text)
    }
  }
}

extension [CleaningStep] {
  /// `text` after all steps, as an owned text: for few values, not for rows of data.
  package func applied(to text: ByteView) -> ByteString {
    var current = ByteString(text)
    for step in self {
      var out = ByteBuffer()
      current.withView { step.apply($0, into: &out) }
      current = ByteString(out.view)
    }
    return current
  }
}
