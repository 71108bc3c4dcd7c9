import Problems

/// Rewrites a regular expression of XML Schema (XSD 1.1 part 2, appendix G) or of XPath (functions §5.6.1) as one of PCRE2.
///
/// XPath adds `^` and `$`, lazy quantifiers, groups that capture nothing and references to groups. There what XML Schema wants escaped
/// may also stand for itself, as nearly all people write it.
struct PatternTranslation {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var result = ""

  private var isXPath = false
  private var dotMatchesAll = false
  private var isExtended = false

  init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

  /// A translation from XPath. `dotMatchesAll` is the flag `s`, `isExtended` the flag `x`.
  init(xpath pattern: String, dotMatchesAll: Bool, isExtended: Bool) {
    scalars = Array(pattern.unicodeScalars)
    isXPath = true
    self.dotMatchesAll = dotMatchesAll
    self.isExtended = isExtended
  }

  /// The insides of the classes for name characters (XML 1.0, 5th edition, productions 4 and 4a).
  private static let nameStart =
    ":A-Z_a-z\\x{C0}-\\x{D6}\\x{D8}-\\x{F6}\\x{F8}-\\x{2FF}\\x{370}-\\x{37D}\\x{37F}-\\x{1FFF}\\x{200C}\\x{200D}"
    + "\\x{2070}-\\x{218F}\\x{2C00}-\\x{2FEF}\\x{3001}-\\x{D7FF}\\x{F900}-\\x{FDCF}\\x{FDF0}-\\x{FFFD}\\x{10000}-\\x{EFFFF}"
  private static let name = nameStart + "\\-.0-9\\x{B7}\\x{300}-\\x{36F}\\x{203F}\\x{2040}"

  mutating func run() throws(PatternError) -> String {
    while let scalar = next() {
      switch scalar {
      case "\\": try translateEscape(inClass: false)
      case "[": try translateClass()
      case " ", "\t", "\n", "\r": if !isExtended { result.unicodeScalars.append(scalar) }
      case ".": result += dotMatchesAll ? "." : "[^\\n\\r]"
      case "^", "$": result += isXPath ? "\(scalar)" : "\\\(scalar)"
      case "(" where isXPath && peek == "?" && index + 1 < scalars.count && scalars[index + 1] == ":":
        result += "(?:"
        index += 2
      case "(" where peek == "?" || peek == "*": throw error(.phrase("pattern-group-start"))
      case "]", "}":
        if !isXPath { throw error(.phrase("pattern-escape-missing", ["character": "\(scalar)"])) }
        result += "\\\(scalar)"
      case "?", "*", "+", "{": try translateQuantifier(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func next() -> Unicode.Scalar? {
    guard index < scalars.count else { return nil }
    index += 1
    return scalars[index - 1]
  }

  private func error(_ message: Words) -> PatternError {
    PatternError(message: message, offset: scalars.prefix(max(index - 1, 0)).reduce(0) { $0 + UTF8.width($1) })
  }

  /// `?`, `*`, `+` or `{n,m}`; a second one, which PCRE2 reads as lazy or possessive, is not of XSD.
  private mutating func translateQuantifier(_ first: Unicode.Scalar) throws(PatternError) {
    result.unicodeScalars.append(first)
    if first == "{" {
      let start = index
      while let scalar = peek, ("0"..."9").contains(scalar) || scalar == "," { appendNext() }
      guard index > start, scalars[start] != ",", peek == "}" else {
        throw error(.phrase("pattern-quantifier", ["exact": "{n}", "least": "{n,}", "range": "{n,m}"]))
      }
      appendNext()
    }
    if isXPath, peek == "?" { appendNext() }
    if let scalar = peek, "?*+{".unicodeScalars.contains(scalar) {
      index += 1
      throw error(.phrase("pattern-nothing-to-repeat"))
    }
  }

  private mutating func appendNext() {
    if let scalar = next() { result.unicodeScalars.append(scalar) }
  }

  /// What follows a backslash.
  private mutating func translateEscape(inClass: Bool) throws(PatternError) {
    guard let scalar = next() else { throw error(.phrase("pattern-backslash-last")) }
    switch scalar {
    case "i": result += inClass ? Self.nameStart : "[\(Self.nameStart)]"
    case "c": result += inClass ? Self.name : "[\(Self.name)]"
    case "I", "C", "S", "W", "D":
      // Within a class a complement can't be written as a list of characters.
      if inClass, scalar != "D" { throw error(.phrase("pattern-escape-in-class", ["character": "\(scalar)"])) }
      switch scalar {
      case "I": result += "[^\(Self.nameStart)]"
      case "C": result += "[^\(Self.name)]"
      case "S": result += "[^ \\t\\n\\r]"
      case "W": result += "[\\p{P}\\p{Z}\\p{C}]"
      default: result += "\\P{Nd}"
      }
    case "d": result += "\\p{Nd}"
    case "s": result += inClass ? " \\t\\n\\r" : "[ \\t\\n\\r]"
    case "w": result += inClass ? "\\p{L}\\p{M}\\p{N}\\p{S}" : "[^\\p{P}\\p{Z}\\p{C}]"
    case "p", "P": try translateProperty(scalar)
    case "n", "r", "t", "\\", "|", ".", "-", "^", "?", "*", "+", "{", "}", "(", ")", "[", "]", "$": result += "\\\(scalar)"
    case "1"..."9" where isXPath && !inClass: result += "\\g{\(scalar)}"
    default: throw error(.phrase("pattern-escape", ["character": "\(scalar)"]))
    }
  }

  private mutating func translateProperty(_ letter: Unicode.Scalar) throws(PatternError) {
    var name = ""
    guard next() == "{" else { throw error(.phrase("pattern-property", ["character": "\(letter)"])) }
    while let scalar = peek, scalar != "}" {
      name.unicodeScalars.append(scalar)
      index += 1
    }
    guard next() == "}" else { throw error(.phrase("pattern-property", ["character": "\(letter)"])) }
    if name.hasPrefix("Is") { throw error(.phrase("pattern-block")) }
    result += "\\\(letter){\(name)}"
  }

  /// A character class, from after its bracket on.
  private mutating func translateClass() throws(PatternError) {
    result += "["
    if peek == "^" { appendNext() }
    let start = index
    while let scalar = next() {
      switch scalar {
      case "]":
        if index - 1 == start { throw error(.phrase("pattern-class-empty")) }
        result += "]"
        return
      case "-" where peek == "[": throw error(.phrase("pattern-subtraction"))
      case "[": throw error(.phrase("pattern-escape-missing", ["character": "["]))
      case "\\": try translateEscape(inClass: true)
      // A hyphen is itself at either end, as in PCRE2.
      case "-": result += index - 1 == start || peek == "]" ? "\\-" : "-"
      case "^": result += "\\^"
      default: result.unicodeScalars.append(scalar)
      }
    }
    throw error(.phrase("pattern-class-open"))
  }
}
