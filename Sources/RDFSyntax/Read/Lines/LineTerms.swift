import Bytes
import RDF

/// IRIs and blank nodes of a line.
extension LineReader {
  /// An IRI as a new term.
  @inline(__always)
  mutating func iri(_ block: UnsafePointer<UInt8>, _ at: Int) -> Int {
    let start = at &+ 1
    let stop = start &+ IRICharacters.distanceToForbidden(block + start)
    guard block[stop] == UInt8(ascii: ">"), isAbsolute(block, start, stop) else { return otherIRI(block, start, stop, isCached: false) }
    found = batch.terms.add(.iri, start: start, length: stop &- start)
    return stop &+ 1
  }

  /// An IRI that is likely to come again.
  @inline(__always)
  mutating func cachedIRI(_ block: UnsafePointer<UInt8>, _ at: Int) -> Int {
    let start = at &+ 1
    let stop = start &+ IRICharacters.distanceToForbidden(block + start)
    guard block[stop] == UInt8(ascii: ">"), isAbsolute(block, start, stop) else { return otherIRI(block, start, stop, isCached: true) }
    found = cache.intern(.iri, start: start, length: stop &- start, in: &batch.terms)
    return stop &+ 1
  }

  /// Whether the bytes begin with a scheme; at once for `http:` and `https:`.
  @inline(__always)
  private func isAbsolute(_ block: UnsafePointer<UInt8>, _ start: Int, _ stop: Int) -> Bool {
    let word = UnsafeRawPointer(block).loadUnaligned(fromByteOffset: start, as: UInt64.self)
    let http: UInt64 = 0x3A_7074_7468
    let https: UInt64 = 0x3A73_7074_7468
    if word & 0xFF_FFFF_FFFF == http || word & 0xFFFF_FFFF_FFFF == https { return true }
    return ByteView(block + start, count: stop &- start).isAbsoluteIRI
  }

  /// An IRI that has escapes, is relative, or is not one.
  @inline(never)
  private mutating func otherIRI(
    _ block: UnsafePointer<UInt8>, _ start: Int, _ firstStop: Int, isCached: Bool
  ) -> Int {
    var stop = firstStop
    while block[stop] == UInt8(ascii: "\\") {
      stop &+= 1
      stop &+= IRICharacters.distanceToForbidden(block + stop)
    }
    guard block[stop] == UInt8(ascii: ">") else {
      if block[stop] == 0x0A || block[stop] == 0x0D { return fail(.iriOpen, start &- 1) }
      return fail(.iriInvalid, stop, start: start)
    }
    let decoded = batch.terms.bytes.count
    let view = ByteView(block + start, count: stop &- start)
    if let wrong = Escapes.decode(view, isIRI: true, into: &batch.terms.bytes) { return fail(.iriEscape, start &+ wrong) }
    let length = batch.terms.bytes.count &- decoded
    guard batch.terms.bytes.view(decoded..<decoded &+ length).isAbsoluteIRI else {
      batch.terms.bytes.truncate(to: decoded)
      return fail(.iriRelative, start &- 1, start: start)
    }
    found =
      isCached
      ? cache.internLast(.iri, start: decoded, in: &batch.terms) : batch.terms.add(.iri, start: decoded, length: length)
    return stop &+ 1
  }

  /// A blank node.
  mutating func blankNode(_ block: UnsafePointer<UInt8>, _ at: Int) -> Int {
    guard block[at &+ 1] == UInt8(ascii: ":") else { return fail(.label, at) }
    let start = at &+ 2
    var reach = 0
    let end = NameCharacters.labelEnd(block, start, reach: &reach)
    if end == start { return fail(.label, at) }
    if labelPrefix.isEmpty {
      found = batch.terms.add(.blankNode, start: start, length: end &- start)
    } else {
      let from = batch.terms.bytes.count
      batch.terms.bytes.append(bytes: labelPrefix)
      batch.terms.bytes.append(ByteView(block + start, count: end &- start))
      found = batch.terms.add(.blankNode, start: from, length: batch.terms.bytes.count &- from)
    }
    return end
  }
}
