package import Bytes

/// What is done to a text before it is looked up or parsed (contract §4, `clean`).
///
/// Steps work on bytes and append their result to a buffer; they never fail.
package enum CleaningStep: Sendable, Equatable {
  /// Removes white space, no-break space included, at both ends.
  case trim
  /// Keeps the ASCII digits only.
  case digitsOnly
  /// Puts zeros in front until the text has so many characters; an empty text stays empty.
  case padLeft(Int)
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
    case ("padLeft", false):
      guard let width = Int(argument), (1...64).contains(width), text.hasSuffix(")") else { return nil }
      self = .padLeft(width)
    default: return nil
    }
  }

  /// The names of all steps, for messages.
  package static let names = ["trim", "digitsOnly", "padLeft(n)", "slug"]

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
