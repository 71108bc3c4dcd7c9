import Bytes
import Problems
import RDF

/// Terms from the token that is looked at.
extension TurtleParser {
  /// The IRI of an IRI token or a prefixed name.
  mutating func iri() throws(Failure) -> TermID {
    let start = batch.terms.bytes.count
    try appendIRI()
    return batch.terms.add(.iri, start: start, length: batch.terms.bytes.count &- start)
  }

  /// The same for an IRI that is likely to come again.
  mutating func recurringIRI() throws(Failure) -> TermID {
    let start = batch.terms.bytes.count
    try appendIRI()
    return cache.internLast(.iri, start: start, in: &batch.terms)
  }

  @inline(__always) private mutating func appendIRI() throws(Failure) {
    let text = lexer.view
    if lexer.token == .name {
      let length = lexer.colon &- lexer.content.lowerBound
      guard let namespace = namespaces.iri(of: text[0..<length]) else { throw failure(.prefixUndeclared) }
      batch.terms.bytes.append(namespace)
      let local = text[length &+ 1..<text.count]
      if lexer.hasEscapes { appendUnescaped(local) } else { batch.terms.bytes.append(local) }
    } else if lexer.hasEscapes {
      scratch.truncate()
      if let wrong = Escapes.decode(text, isIRI: true, into: &scratch) {
        throw lexer.failure(Fault(.iriEscape, at: lexer.content.lowerBound + wrong))
      }
      try appendResolved(scratch.view)
    } else {
      try appendResolved(text)
    }
  }

  @inline(__always) private mutating func appendResolved(_ iri: ByteView) throws(Failure) {
    if IRICharacters.schemeLength(of: iri) != nil {
      batch.terms.bytes.append(iri)
    } else if let base {
      base.resolve(iri, into: &batch.terms.bytes)
    } else {
      throw lexer.failure(Fault(.iriRelative, at: lexer.start, start: lexer.start + 1))
    }
  }

  /// Appends a local name without its backslashes (PN_LOCAL_ESC).
  private mutating func appendUnescaped(_ local: ByteView) {
    for byte in local.buffer where byte != UInt8(ascii: "\\") { batch.terms.bytes.append(byte) }
  }

  /// The blank node of a label token.
  mutating func label() -> TermID {
    let start = batch.terms.bytes.count
    labels.append(lexer.view, to: &batch.terms.bytes)
    return batch.terms.add(.blankNode, start: start, length: batch.terms.bytes.count &- start)
  }

  /// A blank node that has no name in the document.
  mutating func newNode() -> TermID {
    let start = batch.terms.bytes.count
    labels.appendNew(to: &batch.terms.bytes)
    return batch.terms.add(.blankNode, start: start, length: batch.terms.bytes.count &- start)
  }

  /// A literal; the token after it is looked at when it returns.
  @inline(__always) mutating func literal() throws(Failure) -> TermID {
    let datatype: TermID
    switch lexer.token {
    case .integer: datatype = constants.integer
    case .decimal: datatype = constants.decimal
    case .double: datatype = constants.double
    case .true, .false: datatype = constants.boolean
    default: return try string()
    }
    let id = batch.terms.add(.typed, lexer.view, qualifier: datatype)
    try lexer.advance()
    return id
  }

  private mutating func string() throws(Failure) -> TermID {
    let start = batch.terms.bytes.count
    if !lexer.hasEscapes {
      batch.terms.bytes.append(lexer.view)
    } else if let wrong = Escapes.decode(lexer.view, isIRI: false, into: &batch.terms.bytes) {
      throw lexer.failure(Fault(.escape, at: lexer.content.lowerBound + wrong))
    }
    let length = batch.terms.bytes.count &- start
    try lexer.advance()
    switch lexer.token {
    case .at:
      let tagStart = batch.terms.bytes.count
      batch.terms.bytes.append(lexer.view)
      let tag = cache.internLast(.tag, start: tagStart, in: &batch.terms)
      try lexer.advance()
      return batch.terms.add(.tagged, start: start, length: length, qualifier: tag)
    case .carets:
      try lexer.advance()
      guard lexer.token == .iri || lexer.token == .name else { throw failure(.datatype) }
      let datatype = try recurringIRI()
      try lexer.advance()
      if datatype == constants.string { return batch.terms.add(.string, start: start, length: length) }
      return batch.terms.add(.typed, start: start, length: length, qualifier: datatype)
    default: return batch.terms.add(.string, start: start, length: length)
    }
  }
}
