import Bytes
import Glibc
import RDF

/// The grammar of a line (N-Triples §7, N-Quads §7). Each function takes the index where it begins and says where it
/// ended, or gives 0 with ``LineReader/fault`` set.
extension LineReader {
  /// Reads one line, which may be empty or a comment, and appends its statement. Says where the next one begins.
  @inline(__always)
  mutating func statement(_ block: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    var at = skipBlanks(block, start)
    if isSame(subject, block, at, end) {
      at &+= subject.length
    } else {
      let first = block[at]
      let from = at
      if first == UInt8(ascii: "<") {
        at = iri(block, at)
      } else if first == UInt8(ascii: "_") {
        at = blankNode(block, at)
      } else {
        return otherLine(block, at)
      }
      if at == 0 {
        subject.forget()
        return 0
      }
      subject = Repeated(block, from, at, found)
    }
    at = skipBlanks(block, at)
    if isSame(predicate, block, at, end) {
      at &+= predicate.length
    } else {
      let from = at
      guard block[at] == UInt8(ascii: "<") else {
        return fail(block[at] == UInt8(ascii: "_") ? .blankPredicate : block[at] == UInt8(ascii: "\"") ? .literalPredicate : .predicate, at)
      }
      at = cachedIRI(block, at)
      if at == 0 {
        predicate.forget()
        return 0
      }
      predicate = Repeated(block, from, at, found)
    }
    at = skipBlanks(block, at)
    switch block[at] {
    case UInt8(ascii: "<"): at = iri(block, at)
    case UInt8(ascii: "\""): at = literal(block, at)
    case UInt8(ascii: "_"): at = blankNode(block, at)
    default: return fail(.object, at)
    }
    if at == 0 { return 0 }
    let object = found
    at = skipBlanks(block, at)
    var name = noGraph
    if hasGraphs, block[at] != UInt8(ascii: ".") {
      at = graphName(block, at, end)
      if at == 0 { return 0 }
      name = graph.id
      at = skipBlanks(block, at)
    }
    guard block[at] == UInt8(ascii: ".") else { return fail(.dot, at) }
    at = lineEnd(block, at &+ 1)
    if at > 0 { batch.append(subject.id, predicate.id, object, graph: name) }
    return at
  }

  @inline(__always) func skipBlanks(_ block: UnsafePointer<UInt8>, _ start: Int) -> Int {
    var at = start
    while block[at] == 0x20 || block[at] == 0x09 { at &+= 1 }
    return at
  }

  /// Whether the term written at `at` is the same as before, followed by the same byte.
  @inline(__always)
  private func isSame(_ term: Repeated, _ block: UnsafePointer<UInt8>, _ at: Int, _ end: Int) -> Bool {
    let length = term.length
    return length > 0 && at &+ length < end && block[at &+ length] == term.terminator
      && block[at &+ length &- 1] == block[term.start &+ length &- 1] && memcmp(block + at, block + term.start, length) == 0
  }

  mutating func fail(_ kind: FaultKind, _ at: Int, start: Int? = nil) -> Int {
    fault = Fault(kind, at: at, start: start)
    return 0
  }

  /// A line without a statement.
  @inline(never) private mutating func otherLine(_ block: UnsafePointer<UInt8>, _ at: Int) -> Int {
    switch block[at] {
    case 0x0A, 0x0D, UInt8(ascii: "#"): lineEnd(block, at)
    case UInt8(ascii: "\""): fail(.literalSubject, at)
    default: fail(.subject, at)
    }
  }

  @inline(__always) private mutating func lineEnd(_ block: UnsafePointer<UInt8>, _ start: Int) -> Int {
    block[start] == 0x0A ? start &+ 1 : lateLineEnd(block, start)
  }

  @inline(never) private mutating func lateLineEnd(_ block: UnsafePointer<UInt8>, _ start: Int) -> Int {
    var at = skipBlanks(block, start)
    if block[at] == UInt8(ascii: "#") {
      while block[at] != 0x0A, block[at] != 0x0D { at &+= 1 }
    }
    if block[at] == 0x0A { return at &+ 1 }
    guard block[at] == 0x0D else { return fail(.lineEnd, at) }
    return block[at &+ 1] == 0x0A ? at &+ 2 : at &+ 1
  }

  private mutating func graphName(_ block: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    if isSame(graph, block, start, end) { return start &+ graph.length }
    var at = start
    switch block[at] {
    case UInt8(ascii: "<"): at = cachedIRI(block, at)
    case UInt8(ascii: "_"): at = blankNode(block, at)
    case UInt8(ascii: "\""): at = fail(.literalGraph, at)
    default: at = fail(.graphOrDot, at)
    }
    graph = at > 0 ? Repeated(block, start, at, found) : Repeated()
    return at
  }
}
