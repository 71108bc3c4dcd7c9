import Bytes
import Problems
import RDF

/// Statements: directives, graphs, and where triples begin and end.
extension TurtleParser {
  /// Begins a statement with the token that is looked at.
  mutating func statement() throws(Failure) {
    switch lexer.token {
    case .prefix, .base: try directive()
    case .at:
      guard lexer.view == "prefix" || lexer.view == "base" else { throw failure(.statement) }
      try directive()
    case .graph:
      try checkGraphAllowed()
      try lexer.advance()
      try namedGraph()
    case .openBrace:
      try checkGraphAllowed()
      try openGraph(QuadBatch.defaultGraph)
    case .closeBrace where isInGraph:
      closeGraph()
      try lexer.advance()
    case .closeBrace, .closeBracket, .closeParenthesis: throw failure(.bracketStray)
    case .end:
      closeGraph()
      throw failure(.graphOpen)
    case _ where lexer.token.isLiteral: throw failure(.literalSubject)
    case .iri, .name, .label, .openBracket, .openParenthesis: try node()
    default: throw failure(.subject)
    }
  }

  private func checkGraphAllowed() throws(Failure) {
    if !hasGraphs { throw failure(.graphInTriples) }
    if isInGraph { throw failure(.graphInGraph) }
  }

  /// Opens a graph at its `{`.
  mutating func openGraph(_ name: TermID) throws(Failure) {
    graph = name
    isInGraph = true
    try lexer.advance()
  }

  private mutating func closeGraph() {
    isInGraph = false
    graph = QuadBatch.defaultGraph
  }

  /// The name after `GRAPH`, and the `{`.
  private mutating func namedGraph() throws(Failure) {
    let name: TermID
    switch lexer.token {
    case .iri, .name: name = try iri()
    case .label: name = label()
    case .openBracket:
      try lexer.advance()
      guard lexer.token == .closeBracket else { throw failure(.graphName) }
      name = newNode()
    case .openParenthesis: throw failure(.listGraph)
    case _ where lexer.token.isLiteral: throw failure(.literalGraph)
    default: throw failure(.graphName)
    }
    try lexer.advance()
    guard lexer.token == .openBrace else { throw failure(.openBrace) }
    try openGraph(name)
  }

  /// `@prefix`, `@base`, `PREFIX` or `BASE`.
  private mutating func directive() throws(Failure) {
    if isInGraph { throw failure(.directiveInGraph) }
    let isTurtle = lexer.token == .at
    if lexer.token == .prefix || (isTurtle && lexer.view == "prefix") {
      try lexer.advance()
      guard lexer.token == .name, lexer.content.upperBound == lexer.colon + 1 else { throw failure(.prefixName) }
      let name = ByteString(lexer.view[0..<lexer.view.count - 1])
      try lexer.advance()
      guard lexer.token == .iri else { throw failure(.namespace) }
      let namespace = batch.terms.view(try iri())
      name.withView { namespaces.declare($0, namespace) }
      sink.suggest(prefix: name.text, namespace: namespace.text)
    } else {
      try lexer.advance()
      guard lexer.token == .iri else { throw failure(.baseIRI) }
      base = BaseIRI(ByteString(batch.terms.view(try iri())))
    }
    try lexer.advance()
    if isTurtle {
      guard lexer.token == .dot else { throw failure(.dot) }
      try lexer.advance()
    }
  }

  /// What follows an object.
  mutating func tail() throws(Failure) {
    switch lexer.token {
    case .comma:
      state = .object
      try lexer.advance()
    case .semicolon:
      state = .verbOrEnd
      try lexer.advance()
    case .closeBracket where frame.kind == .properties:
      let node = frame.subject
      frame = stack.removeLast()
      try lexer.advance()
      try complete(node, isProperties: true, canNameGraph: false)
    case .dot where frame.kind == .statement:
      endStatement()
      try lexer.advance()
    case .closeBrace where frame.kind == .statement && isInGraph: endStatement()
    case .end where frame.kind == .properties: throw failure(.bracketOpen)
    default: throw failure(.objectEnd)
    }
  }

  private mutating func endStatement() {
    frame = TurtleFrame()
    state = .statement
  }
}
