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

  mutating func run() throws(PatternError) -> String {
    while let scalar = next() {
      switch scalar {
      case "\\": result += try escape(inClass: false)
      case "[": result += try characterClass(depth: 1)
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
  private mutating func escape(inClass: Bool) throws(PatternError) -> String {
    guard let scalar = next() else { throw error(.phrase("pattern-backslash-last")) }
    func list(_ inside: String) -> String { inClass ? inside : "[\(inside)]" }
    switch scalar {
    case "i": return list(CharacterRanges.nameStart.inside)
    case "I": return list(CharacterRanges.nameStart.complement.inside)
    case "c": return list(CharacterRanges.name.inside)
    case "C": return list(CharacterRanges.name.complement.inside)
    case "s": return list(" \\t\\n\\r")
    case "S": return list(CharacterRanges.space.complement.inside)
    case "d": return "\\p{Nd}"
    case "D": return "\\P{Nd}"
    case "w": return inClass ? "\\p{L}\\p{M}\\p{N}\\p{S}" : "[^\\p{P}\\p{Z}\\p{C}]"
    case "W": return list("\\p{P}\\p{Z}\\p{C}")
    case "p", "P": return try property(scalar, list)
    case "n", "r", "t", "\\", "|", ".", "-", "^", "?", "*", "+", "{", "}", "(", ")", "[", "]", "$": return "\\\(scalar)"
    case "1"..."9" where isXPath && !inClass: return "\\g{\(scalar)}"
    default: throw error(.phrase("pattern-escape", ["character": "\(scalar)"]))
    }
  }

  /// `\p{…}` and `\P{…}`: a category, or a block of Unicode.
  private mutating func property(_ letter: Unicode.Scalar, _ list: (String) -> String) throws(PatternError) -> String {
    var name = ""
    guard next() == "{" else { throw error(.phrase("pattern-property", ["character": "\(letter)"])) }
    while let scalar = peek, scalar != "}" {
      name.unicodeScalars.append(scalar)
      index += 1
    }
    guard next() == "}" else { throw error(.phrase("pattern-property", ["character": "\(letter)"])) }
    guard name.hasPrefix("Is") else { return "\\\(letter){\(name)}" }
    guard let block = CharacterRanges(block: String(name.dropFirst(2))) else {
      throw error(.phrase("pattern-block", ["name": String(name.dropFirst(2))]))
    }
    return list(letter == "p" ? block.inside : block.complement.inside)
  }

  /// How deep classes may be subtracted from one another.
  private static let depthLimit = 16

  /// A character class, from after its bracket on: as an atom that matches one character.
  private mutating func characterClass(depth: Int) throws(PatternError) -> String {
    if depth > Self.depthLimit { throw error(.phrase("pattern-class-depth")) }
    var inside = ""
    if peek == "^" {
      index += 1
      inside = "^"
    }
    let start = index
    while let scalar = next() {
      switch scalar {
      case "]":
        if index - 1 == start { throw error(.phrase("pattern-class-empty")) }
        return "[\(inside)]"
      case "-" where peek == "[" && index - 1 > start:
        index += 1
        let subtracted = try characterClass(depth: depth + 1)
        guard next() == "]" else { throw error(.phrase("pattern-class-open")) }
        return "(?:(?!\(subtracted))[\(inside)])"
      case "[": throw error(.phrase("pattern-escape-missing", ["character": "["]))
      case "\\": inside += try escape(inClass: true)
      // A hyphen is itself at either end, as in PCRE2.
      case "-": inside += index - 1 == start || peek == "]" ? "\\-" : "-"
      case "^": inside += "\\^"
      default: inside.unicodeScalars.append(scalar)
      }
    }
    throw error(.phrase("pattern-class-open"))
  }
}
