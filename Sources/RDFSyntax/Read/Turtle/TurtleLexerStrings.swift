import Bytes

/// Strings in one or three quotes of either kind.
extension TurtleLexer {
  /// A string (STRING_LITERAL_QUOTE and its three fellows).
  @inline(__always) mutating func string(_ bytes: UnsafePointer<UInt8>, _ start: Int) -> Int {
    token = .string
    let quote = bytes[start]
    if bytes[start &+ 1] == quote { return longOrEmpty(bytes, start, quote) }
    let stop = ByteScan.stringStop(bytes, start &+ 1, quote: quote)
    if bytes[stop] == quote {
      content = start &+ 1..<stop
      return stop &+ 1
    }
    return escaped(bytes, start, stop, quote)
  }

  @inline(never)
  private mutating func escaped(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ firstStop: Int, _ quote: UInt8) -> Int {
    var stop = firstStop
    while bytes[stop] == UInt8(ascii: "\\"), stop &+ 1 < text.end {
      hasEscapes = true
      stop = ByteScan.stringStop(bytes, stop &+ 2, quote: quote)
    }
    reach = stop &+ 1
    content = start &+ 1..<stop
    if stop < text.end, bytes[stop] == quote { return stop &+ 1 }
    return fail(stop < text.end ? .stringBroken : .stringOpen, start)
  }

  @inline(never) private mutating func longOrEmpty(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ quote: UInt8) -> Int {
    reach = start &+ 2
    if bytes[start &+ 2] != quote {
      content = start &+ 1..<start &+ 1
      return start &+ 2
    }
    var at = start &+ 3
    while true {
      at = ByteScan.stringStop(bytes, at, quote: quote)
      if at >= text.end { break }
      if bytes[at] == UInt8(ascii: "\\") {
        hasEscapes = true
        at &+= 2
      } else if bytes[at] == quote, bytes[at &+ 1] == quote, bytes[at &+ 2] == quote {
        content = start &+ 3..<at
        return at &+ 3
      } else {
        at &+= 1
      }
      if at >= text.end { break }
    }
    reach = at
    return fail(.stringOpen, start)
  }
}
