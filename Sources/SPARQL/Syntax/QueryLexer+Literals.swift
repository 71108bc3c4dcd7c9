import Bytes
import RDF

/// IRIs, strings, numbers and language tags.
extension QueryLexer {
  /// `<…>` (IRIREF) where all between is allowed there, else `<` or `<=`.
  mutating func iriOrLess(_ bytes: UnsafePointer<UInt8>, _ at: Int) -> Int {
    var stop = at &+ 1
    while stop < source.count, !IRICharacters.forbids(bytes[stop]) { stop &+= 1 }
    if stop < source.count, bytes[stop] == UInt8(ascii: ">") { return mark(.iri, at &+ 1..<stop, end: stop &+ 1) }
    if bytes[stop] == UInt8(ascii: "\\"), bytes[stop &+ 1] | 0x20 == UInt8(ascii: "u") { return fail(.codepointEscape, stop) }
    if bytes[at &+ 1] == UInt8(ascii: "<") { return fail(.tripleTerm, at) }
    return bytes[at &+ 1] == UInt8(ascii: "=") ? mark(.lessOrEqual, at, at &+ 2) : mark(.less, at, at &+ 1)
  }

  /// A string (STRING_LITERAL1, STRING_LITERAL2 and their long fellows).
  mutating func string(_ bytes: UnsafePointer<UInt8>, _ start: Int) -> Int {
    let quote = bytes[start]
    let isLong = bytes[start &+ 1] == quote && bytes[start &+ 2] == quote
    let from = isLong ? start &+ 3 : start &+ 1
    var at = from
    while at < source.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        at &+= 2
        continue
      }
      if byte == quote {
        if !isLong { return mark(.string, from..<at, end: at &+ 1) }
        if bytes[at &+ 1] == quote, bytes[at &+ 2] == quote { return mark(.string, from..<at, end: at &+ 3) }
      } else if !isLong, byte == 0x0A || byte == 0x0D {
        return fail(.stringBroken, start)
      }
      at &+= 1
    }
    return fail(.stringOpen, start)
  }

  /// `@tag` (LANGTAG), and after two hyphens the base direction of the text (SPARQL 1.2, LANG_DIR).
  mutating func language(_ bytes: UnsafePointer<UInt8>, _ start: Int) -> Int {
    var at = start &+ 1
    while isLetter(bytes[at]) { at &+= 1 }
    if at == start &+ 1 { return fail(.languageTag, start) }
    while bytes[at] == UInt8(ascii: "-"), bytes[at &+ 1] != UInt8(ascii: "-") {
      let part = at &+ 1
      at = part
      while isLetter(bytes[at]) || isDigit(bytes[at]) { at &+= 1 }
      if at == part { return fail(.languageTag, start) }
    }
    guard bytes[at] == UInt8(ascii: "-"), isLetter(bytes[at &+ 2]) else { return mark(.language, start &+ 1, at) }
    let part = at &+ 2
    at = part
    while isLetter(bytes[at]) { at &+= 1 }
    return BaseDirection(source.view(part..<at)) == nil ? fail(.baseDirection, part) : mark(.language, start &+ 1, at)
  }

  /// INTEGER, DECIMAL or DOUBLE, without sign. A dot without digits after it is part of a double only.
  mutating func number(_ bytes: UnsafePointer<UInt8>, _ start: Int) -> Int {
    var at = start
    while isDigit(bytes[at]) { at &+= 1 }
    var stop = at
    var kind = QueryToken.integer
    if bytes[at] == UInt8(ascii: ".") {
      at &+= 1
      let fraction = at
      while isDigit(bytes[at]) { at &+= 1 }
      if at > fraction {
        stop = at
        kind = .decimal
      }
    }
    if bytes[at] | 0x20 == UInt8(ascii: "e") {
      at &+= 1
      if bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at &+= 1 }
      let exponent = at
      while isDigit(bytes[at]) { at &+= 1 }
      if at > exponent {
        stop = at
        kind = .double
      }
    }
    return mark(kind, start, stop)
  }
}
