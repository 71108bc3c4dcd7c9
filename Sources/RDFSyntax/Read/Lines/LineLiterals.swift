import Bytes
import RDF

/// Literals of a line.
extension LineReader {
  /// A literal with what stands after its quotes.
  @inline(__always)
  mutating func literal(_ block: UnsafePointer<UInt8>, _ at: Int) -> Int {
    var start = at &+ 1
    var stop = ByteScan.stringStop(block, start)
    var length = stop &- start
    if block[stop] != UInt8(ascii: "\"") {
      stop = escapedString(block, at, stop)
      if stop == 0 { return 0 }
      start = decodedStart
      length = batch.terms.bytes.count &- start
    }
    return suffix(block, stop &+ 1, start, length)
  }

  /// Appends a string with escapes to the arena and says where its closing quote stands.
  @inline(never)
  private mutating func escapedString(_ block: UnsafePointer<UInt8>, _ at: Int, _ firstStop: Int) -> Int {
    var stop = firstStop
    while block[stop] == UInt8(ascii: "\\") {
      // What is escaped may be a quote; a line end may not.
      if block[stop &+ 1] == 0x0A || block[stop &+ 1] == 0x0D { return fail(.escape, stop) }
      stop = ByteScan.stringStop(block, stop &+ 2)
    }
    guard block[stop] == UInt8(ascii: "\"") else { return fail(.stringBroken, at) }
    decodedStart = batch.terms.bytes.count
    let view = ByteView(block + (at &+ 1), count: stop &- at &- 1)
    if let wrong = Escapes.decode(view, isIRI: false, into: &batch.terms.bytes) { return fail(.escape, at &+ 1 &+ wrong) }
    return stop
  }

  /// The datatype or language tag after the quotes, if there is one, and the finished term.
  @inline(__always)
  private mutating func suffix(_ block: UnsafePointer<UInt8>, _ from: Int, _ start: Int, _ length: Int) -> Int {
    let at = skipBlanks(block, from)
    switch block[at] {
    case UInt8(ascii: "@"):
      let stop = languageEnd(block, at &+ 1)
      if stop == 0 { return 0 }
      let tag = cache.intern(.tag, start: at &+ 1, length: stop &- at &- 1, in: &batch.terms)
      found = batch.terms.add(.tagged, start: start, length: length, qualifier: tag)
      return stop
    case UInt8(ascii: "^"):
      guard block[at &+ 1] == UInt8(ascii: "^") else { return fail(.dot, at) }
      let opening = skipBlanks(block, at &+ 2)
      guard block[opening] == UInt8(ascii: "<") else { return fail(.datatype, opening) }
      let stop = cachedIRI(block, opening)
      if stop == 0 { return 0 }
      let isString = found == xsdString
      found = batch.terms.add(isString ? .string : .typed, start: start, length: length, qualifier: isString ? 0 : found)
      return stop
    default:
      found = batch.terms.add(.string, start: start, length: length)
      return from
    }
  }

  /// Where the language tag ends that begins after an at sign (LANGTAG).
  @inline(__always)
  private mutating func languageEnd(_ block: UnsafePointer<UInt8>, _ start: Int) -> Int {
    var at = start
    while isLetter(block[at]) { at &+= 1 }
    if at == start { return fail(.language, start &- 1) }
    while block[at] == UInt8(ascii: "-") {
      let part = at &+ 1
      at = part
      while isLetter(block[at]) || isDigit(block[at]) { at &+= 1 }
      if at == part { return fail(.language, start &- 1) }
    }
    return at
  }
}
