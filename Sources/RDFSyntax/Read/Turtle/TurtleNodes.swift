import Bytes
import Problems
import RDF

/// Subjects, predicates, objects, and the nodes and lists in them.
extension TurtleParser {
  /// A predicate.
  mutating func verb() throws(Failure) {
    switch lexer.token {
    case .a: frame.predicate = constants.type
    case .iri, .name: frame.predicate = try recurringIRI()
    case .label, .openBracket: throw failure(.blankPredicate)
    case _ where lexer.token.isLiteral: throw failure(.literalPredicate)
    default: throw failure(.predicate)
    }
    state = .object
    try lexer.advance()
  }

  /// After `;`: more of them, a predicate, or the end.
  mutating func verbOrEnd() throws(Failure) {
    switch lexer.token {
    case .semicolon: try lexer.advance()
    case .dot, .closeBracket, .closeBrace, .end: state = .tail
    default: state = .verb
    }
  }

  /// An item of a list, or its end.
  mutating func item() throws(Failure) {
    guard lexer.token == .closeParenthesis else { return try node() }
    if frame.cell != TurtleFrame.none {
      batch.append(frame.cell, constants.rest, constants.nil, graph: graph)
      placed?.note(line: frame.line, column: frame.column)
    }
    let list = frame.cell == TurtleFrame.none ? constants.nil : frame.head
    frame = stack.removeLast()
    try lexer.advance()
    try complete(list, canNameGraph: false)
  }

  /// A subject, an object or an item, as the frame wants one.
  mutating func node() throws(Failure) {
    if placed != nil { notePlace() }
    switch lexer.token {
    case .iri, .name:
      let id = frame.predicate == constants.type ? try recurringIRI() : try iri()
      try lexer.advance()
      try complete(id)
    case .label:
      let id = label()
      try lexer.advance()
      try complete(id)
    case .openBracket:
      try lexer.advance()
      if lexer.token == .closeBracket {
        try lexer.advance()
        try complete(newNode())
      } else {
        try open(.properties)
        frame.subject = newNode()
        state = .verb
      }
    case .openParenthesis:
      try lexer.advance()
      try open(.list)
      state = .item
    case .end where frame.kind == .list: throw failure(.listOpen)
    default:
      guard lexer.token.isLiteral else { throw failure(frame.kind == .list ? .listItem : .object) }
      try complete(try literal())
    }
  }

  /// Notes where the token that is looked at stands.
  @inline(never) private mutating func notePlace() {
    let place = lexer.text.place(of: lexer.start)
    (frame.line, frame.column) = (place.line ?? 0, place.column ?? 0)
  }

  /// Begins a node inside the one that is read.
  private mutating func open(_ kind: TurtleFrame.Kind) throws(Failure) {
    if stack.count >= depthLimit {
      throw Failure(.rdfDepth, at: lexer.text.place(of: lexer.start), ["limit": "\(depthLimit)"])
    }
    stack.append(frame)
    frame = TurtleFrame(kind: kind)
  }

  /// Puts a node that has been read to where it belongs. The token after it is looked at: where a subject could stand and a
  /// `{` follows, the node was a graph's name.
  @inline(__always)
  mutating func complete(_ node: TermID, isProperties: Bool = false, canNameGraph: Bool = true) throws(Failure) {
    if frame.kind == .list {
      addItem(node)
    } else if frame.predicate != TurtleFrame.none {
      batch.append(frame.subject, frame.predicate, node, graph: graph)
      if let placed { placed.note(line: frame.line, column: frame.column) }
      state = .tail
    } else if lexer.token == .openBrace, hasGraphs, !isInGraph, canNameGraph {
      try openGraph(node)
      state = .statement
    } else {
      frame.subject = node
      state = isProperties ? .verbOrDot : .verb
    }
  }

  private mutating func addItem(_ node: TermID) {
    let cell = newNode()
    if frame.cell == TurtleFrame.none {
      frame.head = cell
    } else {
      batch.append(frame.cell, constants.rest, cell, graph: graph)
      placed?.note(line: frame.line, column: frame.column)
    }
    batch.append(cell, constants.first, node, graph: graph)
    placed?.note(line: frame.line, column: frame.column)
    frame.cell = cell
    state = .item
  }
}
