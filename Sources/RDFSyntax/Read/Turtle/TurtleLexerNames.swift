import Bytes

/// Prefixed names and keywords.
extension TurtleLexer {
  /// A prefixed name (PNAME_LN, PNAME_NS) or a keyword.
  mutating func name(_ bytes: UnsafePointer<UInt8>, _ start: Int) -> Int {
    var at = start
    var stop = start
    if bytes[at] != UInt8(ascii: ":") {
      let first = NameCharacters.baseLength(bytes, at)
      if first == 0 { return fail(.character, at) }
      stop = NameCharacters.runEnd(bytes, at &+ first, reach: &at)
    }
    reach = at
    guard bytes[at] == UInt8(ascii: ":"), stop == at else { return keyword(bytes, start, stop) }
    token = .name
    colon = at
    stop = local(bytes, at &+ 1)
    if stop == 0 { return 0 }
    content = start..<stop
    return stop
  }

  /// The part after the colon (PN_LOCAL), which may be empty.
  @inline(__always) private mutating func local(_ bytes: UnsafePointer<UInt8>, _ start: Int) -> Int {
    var at = start
    var stop = start
    while true {
      let byte = bytes[at]
      if NameCharacters.isPlain(byte) {
        if at == start, byte == UInt8(ascii: "-") { break }
        at &+= 1
      } else if byte == UInt8(ascii: ":") {
        at &+= 1
      } else if byte == UInt8(ascii: "."), at > start {
        at &+= 1
        continue
      } else {
        let length = otherLocal(bytes, at, isFirst: at == start)
        if length < 0 { return 0 }
        if length == 0 { break }
        at &+= length
      }
      stop = at
    }
    reach = max(reach, at)
    return stop
  }

  /// The length of a percent-encoded byte, an escape or a character beyond ASCII; 0 where the name ends, -1 for a fault.
  @inline(never) private mutating func otherLocal(_ bytes: UnsafePointer<UInt8>, _ at: Int, isFirst: Bool) -> Int {
    switch bytes[at] {
    case UInt8(ascii: "%"):
      reach = at &+ 2
      if at &+ 2 < text.end, hexValue(bytes[at &+ 1]) != nil, hexValue(bytes[at &+ 2]) != nil { return 3 }
      _ = fail(.percent, at)
      return -1
    case UInt8(ascii: "\\"):
      reach = at &+ 1
      switch bytes[at &+ 1] {
      case UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "!"), UInt8(ascii: "$"),
        UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"),
        UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"),
        UInt8(ascii: "@"), UInt8(ascii: "%"):
        hasEscapes = true
        return 2
      default:
        _ = fail(.nameEscape, at)
        return -1
      }
    case 0x80...:
      return isFirst ? NameCharacters.initialLength(bytes, at) : NameCharacters.length(bytes, at)
    default: return 0
    }
  }

  /// A word without a colon.
  private mutating func keyword(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ stop: Int) -> Int {
    content = start..<stop
    let word = ByteView(bytes + start, count: stop - start)
    if word == "a" {
      token = .a
    } else if word == "true" {
      token = .true
    } else if word == "false" {
      token = .false
    } else if isKeyword(word, "prefix") {
      token = .prefix
    } else if isKeyword(word, "base") {
      token = .base
    } else if isKeyword(word, "graph") {
      token = .graph
    } else {
      return fail(.word, start)
    }
    return stop
  }

  /// Whether `word` is the keyword, in capitals or not (SPARQL's keywords).
  private func isKeyword(_ word: ByteView, _ keyword: StaticString) -> Bool {
    guard word.count == keyword.utf8CodeUnitCount else { return false }
    for index in 0..<word.count where word[index] | 0x20 != keyword.utf8Start[index] { return false }
    return true
  }
}
