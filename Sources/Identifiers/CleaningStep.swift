package import Bytes
import RDF

/// What is done to a text before it is looked up or parsed (contract §4, `clean`).
///
/// Steps work on bytes and append their result to a buffer. Most take any text; ``phone``, ``mail``, ``url`` and ``postcode`` refuse what
/// is none.
package enum CleaningStep: Sendable, Equatable {
  /// Removes white space, no-break space included, at both ends.
  case trim
  /// Removes byte order marks and zero width spaces, wherever they stand.
  case stripBOM
  /// Makes each run of white space, no-break space included, one space, and removes it at both ends.
  case collapseSpace
  /// Keeps a number that the text begins with, and takes the unit after it away.
  case dropUnit
  /// Keeps the ASCII digits only.
  case digitsOnly
  /// Puts zeros in front until the text has so many characters; an empty text stays empty.
  case padLeft(Int)
  /// Removes this text from the beginning, the case of A–Z aside, with the white space after it.
  case dropPrefix(ByteString)
  /// Keeps the piece with this number, counted from 1, or from -1 from the end, of those between which the separator stands; nothing where
  /// there are fewer.
  case split(Int, ByteString)
  /// Keeps what the groups of a regular expression hold, one after the other, or all of the text where it has none; nothing where it is not
  /// found.
  case match(Expression)
  /// Capital letters.
  case upper
  /// Small letters.
  case lower
  /// `true` for ja, yes, sant and the like, `false` for nej, no, falskt and the like; any other text stays.
  case yesno
  /// Lower case, åäö and other accented Latin letters without their accents, everything else a single `-` between words.
  case slug
  /// A telephone number as an IRI: `tel:+4619211000`. One without country code is Swedish.
  case phone
  /// An e-mail address as an IRI: `mailto:kommun@example.se`.
  case mail
  /// The address of something on the web, with a scheme and a host as they are written in an IRI: `https://www.example.se/`.
  case url
  /// A Swedish postcode as it is written on letters: `701 35`.
  case postcode

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
    case ("dropUnit", true): self = .dropUnit
    case ("phone", true): self = .phone
    case ("mail", true): self = .mail
    case ("url", true): self = .url
    case ("postcode", true): self = .postcode
    case ("split", false):
      let parts = argument.split(separator: ",", maxSplits: 1)
      guard parts.count == 2, let number = Int(parts[0]), (1...64).contains(number.magnitude), text.hasSuffix(")"),
        parts[1].utf8.count <= 256
      else {
        return nil
      }
      self = .split(number, ByteString(String(parts[1])))
    case ("match", false):
      guard text.hasSuffix(")"), let expression = Expression(String(argument)) else { return nil }
      self = .match(expression)
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
    "trim", "stripBOM", "collapseSpace", "dropUnit", "digitsOnly", "padLeft(n)", "dropPrefix(p)", "split(n,sep)", "match(regex)", "upper",
    "lower", "slug",
    "phone", "mail", "url", "postcode", "yesno",
  ]

  /// How many bytes the step may make of each byte, beside ``extra`` that it may add.
  package var growth: Int {
    switch self {
    case .trim, .stripBOM, .collapseSpace, .dropUnit, .digitsOnly, .padLeft, .dropPrefix, .split, .match, .yesno, .phone, .postcode: 1
    case .upper, .lower, .slug: 3
    case .mail, .url: 4
    }
  }

  /// How many bytes any step may add, whatever the length of the text.
  package static let extra = 64

  /// Appends the cleaned form of `text` to `out`, which must not hold `text`. False, with nothing appended, where the text is not what
  /// the step asks for.
  package func apply(_ text: ByteView, into out: inout ByteBuffer) -> Bool {
    switch self {
    case .phone: return out.append(phoneNumber: text)
    case .mail: return out.append(mailAddress: text)
    case .url: return out.append(webAddress: text)
    case .postcode: return out.append(postcode: text)
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
    case .dropUnit: out.append(text[0..<text.lengthWithoutUnit].trimmedOfSpaces)
    case .split(let number, let separator): out.append(text.piece(number, between: separator).trimmedOfSpaces)
    case .match(let expression): _ = expression.pattern.append(groupsIn: text, to: &out)
    case .stripBOM: out.append(withoutByteOrderMarks: text)
    case .collapseSpace: out.append(collapsingSpaceOf: text)
    case .upper: out.append(text, inCapitals: true)
    case .lower: out.append(text, inCapitals: false)
    case .yesno: out.append(yesOrNo: text)
    case .slug: out.append(slugOf: text)
    }
    return true
  }
}

extension CleaningStep {
  /// A regular expression (PCRE2), which may match anywhere.
  package struct Expression: Sendable, Equatable {
    let source: String
    let pattern: Pattern

    /// An expression; nil where the text is none, or an empty one.
    init?(_ source: String) {
      guard !source.isEmpty, source.utf8.count <= 1024, let pattern = try? Pattern(source, anchored: false) else { return nil }
      self.source = source
      self.pattern = pattern
    }

    package static func == (left: Expression, right: Expression) -> Bool { left.source == right.source }
  }
}

extension [CleaningStep] {
  /// `text` after all steps, as an owned text; nil where one refuses it. For few values, not for rows of data.
  package func applied(to text: ByteView) -> ByteString? {
    var current = ByteString(text)
    for step in self {
      var out = ByteBuffer()
      guard current.withView({ step.apply($0, into: &out) }) else { return nil }
      current = ByteString(out.view)
    }
    return current
  }
}
