import Bytes
import Problems
import RDF
import RDFSyntax

/// The prologue and names (SPARQL 1.1 §4.1, §19.8 rules 4–6, 136–137).
extension QueryParser {
  /// BASE, PREFIX and VERSION, any number of them.
  mutating func prologue() throws(Failure) {
    while true {
      if try take(.base) {
        guard lexer.token == .iri else { throw unexpected(.namespace) }
        base = BaseIRI(try iri())
      } else if try take(.prefix) {
        guard lexer.token == .name, lexer.colon == lexer.content.upperBound - 1 else { throw unexpected(.prefixName) }
        let prefix = ByteString(lexer.source.view(lexer.content.lowerBound..<lexer.colon))
        try advance()
        guard lexer.token == .iri else { throw unexpected(.namespace) }
        namespaces[prefix] = try iri()
      } else if keyword == .version {
        try versionDeclaration()
      } else {
        return
      }
    }
  }

  /// VERSION and a string in single quotes of either kind (SPARQL 1.2 §4.3). A version that is not known says nothing.
  private mutating func versionDeclaration() throws(Failure) {
    try advance()
    guard lexer.token == .string, lexer.content.lowerBound - lexer.start == 1 else { throw unexpected(.version) }
    version = QueryVersion(rawValue: lexer.view.text) ?? version
    try advance()
  }

  /// Whether the token that is looked at is an IRI or a prefixed name.
  var isAtIRI: Bool { lexer.token == .iri || lexer.token == .name }

  /// The IRI that is looked at, absolute.
  mutating func iri(_ expectation: Expectation = .iri) throws(Failure) -> ByteString {
    guard isAtIRI else { throw unexpected(expectation) }
    let found = lexer.token == .iri ? try reference() : try prefixedName()
    try advance()
    return found
  }

  /// `<…>`, resolved (§4.1.1.2).
  private mutating func reference() throws(Failure) -> ByteString {
    let reference = ByteString(lexer.view)
    if let base { return base.resolve(reference) }
    guard reference.withView({ $0.isAbsoluteIRI }) else {
      throw failure(.iriRelative, at: position, name: reference.text)
    }
    return reference
  }

  private mutating func prefixedName() throws(Failure) -> ByteString {
    let prefix = ByteString(lexer.source.view(lexer.content.lowerBound..<lexer.colon))
    guard let namespace = namespaces[prefix] else { throw undeclared(prefix, at: position) }
    let local = lexer.source.view(lexer.colon + 1..<lexer.content.upperBound)
    var bytes = namespace.bytes
    var isEscaped = false
    for byte in local.buffer {
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      if !isEscaped { bytes.append(byte) }
    }
    return ByteString(bytes)
  }

  /// The variable that is looked at.
  mutating func variable() throws(Failure) -> VariableID {
    guard lexer.token == .variable else { throw unexpected(.variable) }
    let id = variables.id(of: lexer.view)
    try advance()
    return id
  }

  /// An IRI or a variable (VarOrIri).
  mutating func iriOrVariable() throws(Failure) -> PatternTerm {
    if lexer.token == .variable { return .variable(try variable()) }
    return .term(.iri(try iri(.iriOrVariable)))
  }
}
