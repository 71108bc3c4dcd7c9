package import Bytes
package import Problems
import RDF
package import RDFSyntax

/// Reads the text of a query (SPARQL 1.1 Query §19) by recursive descent and translates it as it goes (§18.2).
package struct QueryParser: ~Copyable {
  var lexer: QueryLexer
  /// What the user calls the text, for messages.
  let name: String?
  /// Prefixes that people forget to declare.
  let wellKnown: Prefixes
  /// The prefixes that the query declares.
  var namespaces: [ByteString: ByteString] = [:]
  var base: BaseIRI?
  /// The version that was announced, here or beside the query.
  var version: QueryVersion? { didSet { lexer.isStrict = (version ?? .v11) != .v11 } }
  var variables = VariableTable()
  /// Where the brackets of any kind stand that are open.
  var opened: [Int] = []
  /// How many levels the expression that was read last has.
  var height = 0
  /// Whether an aggregate may stand in the expression that is read.
  var aggregates = AggregateRule.forbidden
  /// Whether the expression that was read since this was last unset holds an aggregate.
  var sawAggregate = false
  /// The basic graph pattern that each label of a blank node stands in.
  var labels: [ByteString: (pattern: Int, variable: VariableID)] = [:]
  /// The basic graph pattern that is read.
  var pattern = 0
  var patternCount = 0
  /// Where the group that was read last ends.
  var groupEnd = 0
  /// How many EXISTS there are.
  var existsCount = 0
  /// The blank nodes of the template, which have labels of their own.
  var templateLabels: [ByteString: VariableID] = [:]

  /// Whether an aggregate may stand in an expression.
  enum AggregateRule { case allowed, forbidden, nested }

  /// How deep brackets, and how high expressions and patterns, may be.
  package static let depthLimit = 256

  init(_ text: ByteString, name: String?, base: ByteString?, prefixes: Prefixes) {
    lexer = QueryLexer(text)
    self.name = name
    self.base = base.map { BaseIRI($0) }
    wellKnown = prefixes
  }

  /// Reads a query.
  ///
  /// `name` is what messages call the text, `base` the IRI that relative ones start from unless the query says BASE, `version` the one that
  /// was announced beside the query, and `prefixes` those that the message about an undeclared one may suggest; they are not declared by
  /// that.
  /// - Throws: ``ProblemCode/querySyntax``, ``ProblemCode/queryDepth``, ``ProblemCode/queryUpdate``.
  package static func parse(
    _ text: ByteString, name: String? = nil, base: ByteString? = nil, version: QueryVersion? = nil, prefixes: Prefixes = Prefixes()
  ) throws(Failure) -> Query {
    var parser = QueryParser(text, name: name, base: base, prefixes: prefixes)
    parser.version = version
    if let wrong = text.withView({ $0.firstIllFormedUTF8 }) {
      throw parser.failure(.illFormed, at: parser.lexer.source.position(ofOriginal: wrong))
    }
    return try parser.query()
  }
}

/// Moving over tokens.
extension QueryParser {
  /// Goes on to the next token.
  mutating func advance() throws(Failure) {
    if lexer.advance() { return }
    let fault = lexer.fault ?? (.character, lexer.start)
    let name = fault.rule == .character ? lexer.source.character(at: fault.at) : ""
    throw failure(fault.rule, at: lexer.source.position(of: fault.at), name: name)
  }

  /// The place of the token that is looked at.
  var position: SourcePosition { mutating get { lexer.source.position(of: lexer.start) } }

  /// The keyword that is looked at, or nil.
  var keyword: Keyword? { lexer.token == .word ? Keyword(lexer.view) : nil }

  /// Moves over a token if it stands here.
  mutating func take(_ token: QueryToken) throws(Failure) -> Bool {
    guard lexer.token == token else { return false }
    try advance()
    return true
  }

  /// Moves over a keyword if it stands here.
  mutating func take(_ word: Keyword) throws(Failure) -> Bool {
    guard keyword == word else { return false }
    try advance()
    return true
  }

  /// Moves over a token that must stand here.
  mutating func expect(_ token: QueryToken, _ expectation: Expectation) throws(Failure) {
    guard lexer.token == token else { throw unexpected(expectation) }
    try advance()
  }

  /// Moves over a keyword that must stand here.
  mutating func expect(_ word: Keyword, _ expectation: Expectation) throws(Failure) {
    guard keyword == word else { throw unexpected(expectation, words: [word]) }
    try advance()
  }

  /// Goes a level deeper, at the bracket that opens it.
  mutating func open() throws(Failure) {
    opened.append(lexer.start)
    if opened.count > Self.depthLimit { throw tooDeep() }
  }

  /// Comes back from a level.
  mutating func close() { opened.removeLast() }

  /// Says that what is read is nested too deep.
  mutating func tooDeep() -> Failure { Failure(.queryDepth, at: place(of: lexer.start), ["limit": "\(Self.depthLimit)"]) }

  /// Notes how high the expression is that was read.
  mutating func note(height: Int) throws(Failure) {
    self.height = height
    if height > Self.depthLimit { throw tooDeep() }
  }
}
