import Bytes
import Problems
import RDF

/// Property paths (SPARQL 1.1 §9.1, §19.8 rules 88–97).
extension QueryParser {
  /// Alternatives of sequences.
  mutating func path() throws(Failure) -> PropertyPath {
    var choices = [try pathSequence()]
    while try take(.bar) { choices.append(try pathSequence()) }
    return choices.count == 1 ? choices[0] : .alternative(choices)
  }

  private mutating func pathSequence() throws(Failure) -> PropertyPath {
    var steps = [try pathStep()]
    while try take(.slash) { steps.append(try pathStep()) }
    return steps.count == 1 ? steps[0] : .sequence(steps)
  }

  private mutating func pathStep() throws(Failure) -> PropertyPath {
    let isInverse = try take(.caret)
    var path = try pathPrimary()
    if try take(.star) {
      path = .zeroOrMore(path)
    } else if try take(.plus) {
      path = .oneOrMore(path)
    } else if try take(.question) {
      path = .zeroOrOne(path)
    }
    return isInverse ? .inverse(path) : path
  }

  private mutating func pathPrimary() throws(Failure) -> PropertyPath {
    if let iri = try pathIRI() { return .link(iri) }
    if try take(.exclamation) { return try negatedSet() }
    guard lexer.token == .openParenthesis else { throw unexpected(.path) }
    try open()
    try advance()
    let inner = try path()
    try expect(.closeParenthesis, .closeParenthesis)
    close()
    return inner
  }

  /// An IRI or `a`.
  private mutating func pathIRI() throws(Failure) -> ByteString? {
    if isAtIRI { return try iri() }
    guard lexer.token == .word, lexer.view == "a" else { return nil }
    try advance()
    return RDFTerms.type
  }

  /// What stands after `!`.
  private mutating func negatedSet() throws(Failure) -> PropertyPath {
    var forward: [ByteString] = []
    var backward: [ByteString] = []
    let hasBrackets = try take(.openParenthesis)
    // `!()` is any predicate at all, forwards.
    if hasBrackets, try take(.closeParenthesis) { return .negated(forward: [], backward: nil) }
    repeat {
      let isInverse = try take(.caret)
      guard let iri = try pathIRI() else { throw unexpected(.negatedPath) }
      if isInverse { backward.append(iri) } else { forward.append(iri) }
    } while hasBrackets ? try take(.bar) : false
    if hasBrackets { try expect(.closeParenthesis, .closeParenthesis) }
    // Without an IRI in one direction, no predicate in that direction is meant.
    return .negated(forward: forward.isEmpty ? nil : forward, backward: backward.isEmpty ? nil : backward)
  }
}
