// One form of expressions that are written in several ways.
extension XPathExpression {
  /// The expression with namespaces in the place of prefixes, and in the short forms of XPath: the same for `/a:b/child::c` and `/x:b / c`
  /// where both prefixes have one namespace. Two of the same form find the same in a document as its items; it may be no expression itself.
  package func normalForm(namespaces: [(prefix: String, iri: String)]) -> String {
    var form = ""
    var name = ""
    let text = Array(source.withoutWhiteSpace)
    var index = 0
    while index < text.count {
      let character = text[index]
      if character == "'" || character == "\"" {
        let end = text[(index + 1)...].firstIndex(of: character) ?? text.count - 1
        let inner = String(text[(index + 1)..<max(end, index + 1)])
        form += name + (inner.contains("\"") ? "'\(inner)'" : "\"\(inner)\"")
        (name, index) = ("", max(end, index) + 1)
        continue
      }
      if character.isNamePart {
        name.append(character)
      } else if character == ":", index + 1 < text.count, text[index + 1] == ":" {
        form += name == "child" ? "" : name == "attribute" ? "@" : name + "::"
        (name, index) = ("", index + 1)
      } else if character == ":" {
        form += "{" + (namespaces.last { $0.prefix == name }?.iri ?? name) + "}"
        name = ""
      } else {
        form += name + String(character)
        name = ""
      }
      index += 1
    }
    form += name
    form = form.replacing("/descendant-or-self::node()/", with: "//").replacing("/self::node()", with: "").replacing("/./", with: "/")
    if form.hasPrefix("./") { form.removeFirst(2) }
    // Iterators are asked from the root.
    return form.hasPrefix("/") || form.hasPrefix("(") ? form : "/" + form
  }
}

extension StringProtocol {
  /// The text without white space, but for that within quotes. What it parts, such as `a and b`, is parted no more.
  var withoutWhiteSpace: String {
    var text = ""
    forEachUnquoted { character, isQuoted in
      if isQuoted || !character.isXMLSpace { text.append(character) }
    }
    return text
  }

  /// Whether a slash stands after white space: perhaps the beginning of a way from the root.
  var hasSlashAfterSpace: Bool {
    var isAfterSpace = false
    var found = false
    forEachUnquoted { character, isQuoted in
      if isAfterSpace, character == "/" { found = true }
      isAfterSpace = !isQuoted && character.isXMLSpace
    }
    return found
  }

  /// The places that stand in no brackets, parentheses or quotes.
  var outermost: OutermostPlaces<Self> { OutermostPlaces(self) }

  /// Whether all brackets, parentheses and quotes are closed at the end.
  var isClosed: Bool {
    var places = outermost
    while places.next() != nil {}
    return places.isOutermost
  }

  private func forEachUnquoted(_ body: (Character, Bool) -> Void) {
    var quote: Character?
    for character in self {
      body(character, quote != nil)
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      }
    }
  }
}

/// The places of a text that stand in no brackets, parentheses or quotes, in one pass.
struct OutermostPlaces<Text: StringProtocol>: Sequence, IteratorProtocol {
  private let text: Text
  private var place: Text.Index
  private var depth = 0
  private var quote: Character?

  init(_ text: Text) {
    self.text = text
    place = text.startIndex
  }

  /// Whether what comes next stands in none.
  var isOutermost: Bool { depth == 0 && quote == nil }

  mutating func next() -> Text.Index? {
    while place < text.endIndex {
      let (found, wasOutermost) = (place, isOutermost)
      pass(text[place])
      place = text.index(after: place)
      if wasOutermost { return found }
    }
    return nil
  }

  private mutating func pass(_ character: Character) {
    if let open = quote {
      if character == open { quote = nil }
    } else if character == "\"" || character == "'" {
      quote = character
    } else if character == "[" || character == "(" {
      depth += 1
    } else if character == "]" || character == ")" {
      depth -= 1
    }
  }
}

extension Character {
  fileprivate var isXMLSpace: Bool { self == " " || self == "\t" || self == "\n" || self == "\r" || self == "\r\n" }

  /// Whether it stands in names, whose colons part them from prefixes.
  fileprivate var isNamePart: Bool { isLetter || isNumber || !isASCII || self == "_" || self == "-" || self == "." }
}
