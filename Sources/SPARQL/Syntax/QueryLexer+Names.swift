import Bytes
import RDFSyntax

/// Variables, labels, prefixed names and words.
extension QueryLexer {
  /// Where the name of a variable ends that begins at `from` (VARNAME); `from` where none does.
  func variableEnd(_ bytes: UnsafePointer<UInt8>, _ from: Int) -> Int {
    var at = from &+ NameCharacters.initialLength(bytes, from)
    if at == from { return from }
    while bytes[at] != UInt8(ascii: "-") {
      let length = NameCharacters.length(bytes, at)
      if length == 0 { break }
      at &+= length
    }
    return at
  }

  /// `_:label` (BLANK_NODE_LABEL).
  mutating func label(_ bytes: UnsafePointer<UInt8>, _ at: Int) -> Int {
    guard bytes[at &+ 1] == UInt8(ascii: ":") else { return fail(.label, at) }
    var reach = 0
    let stop = NameCharacters.labelEnd(bytes, at &+ 2, reach: &reach)
    return stop > at &+ 2 ? mark(.label, at &+ 2, stop) : fail(.label, at)
  }

  /// A prefixed name (PNAME_LN, PNAME_NS) or a word.
  mutating func name(_ bytes: UnsafePointer<UInt8>, _ start: Int) -> Int {
    var at = start
    if bytes[at] != UInt8(ascii: ":") {
      let first = NameCharacters.baseLength(bytes, at)
      if first == 0 { return fail(.character, at) }
      let stop = NameCharacters.runEnd(bytes, at &+ first, reach: &at)
      guard bytes[at] == UInt8(ascii: ":"), stop == at else { return mark(.word, start, wordEnd(bytes, start)) }
    }
    colon = at
    let stop = localEnd(bytes, at &+ 1)
    return stop == 0 ? 0 : mark(.name, start, stop)
  }

  /// A word ends where its letters, digits and underscores do.
  private func wordEnd(_ bytes: UnsafePointer<UInt8>, _ start: Int) -> Int {
    var at = start &+ NameCharacters.baseLength(bytes, start)
    while bytes[at] != UInt8(ascii: "-"), NameCharacters.length(bytes, at) > 0 { at &+= NameCharacters.length(bytes, at) }
    return at
  }

  /// Where the part after the colon ends (PN_LOCAL), which may be empty; 0 for a fault.
  private mutating func localEnd(_ bytes: UnsafePointer<UInt8>, _ start: Int) -> Int {
    var at = start
    var stop = start
    while true {
      switch bytes[at] {
      case UInt8(ascii: "."):
        if at == start { return stop }
        at &+= 1
        continue
      case UInt8(ascii: ":"): at &+= 1
      case UInt8(ascii: "%"):
        guard hexValue(bytes[at &+ 1]) != nil, hexValue(bytes[at &+ 2]) != nil else { return fail(.percent, at) }
        at &+= 3
      case UInt8(ascii: "\\"):
        guard Self.isEscapable(bytes[at &+ 1]) else {
          return fail(bytes[at &+ 1] | 0x20 == UInt8(ascii: "u") ? .codepointEscape : .nameEscape, at)
        }
        hasEscapes = true
        at &+= 2
      default:
        let length = at == start ? NameCharacters.initialLength(bytes, at) : NameCharacters.length(bytes, at)
        if length == 0 { return stop }
        at &+= length
      }
      stop = at
    }
  }

  /// Whether the character may be escaped in a local name (PN_LOCAL_ESC).
  private static func isEscapable(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "!"), UInt8(ascii: "$"),
      UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"),
      UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"),
      UInt8(ascii: "@"), UInt8(ascii: "%"):
      true
    default: false
    }
  }
}
