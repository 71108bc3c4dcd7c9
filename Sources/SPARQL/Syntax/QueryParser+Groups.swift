import Bytes
import Problems
import RDF

/// Group graph patterns (SPARQL 1.1 §19.8 rules 53–69).
extension QueryParser {
  /// A group in braces, or a subquery in them.
  mutating func group() throws(Failure) -> GroupPattern {
    try open()
    try expect(.openBrace, .openBrace)
    let outer = (aggregates, sawAggregate)
    aggregates = .forbidden
    beginPattern()
    let result = keyword == .select ? try subquery() : try groupElements()
    (aggregates, sawAggregate) = outer
    guard lexer.token == .closeBrace else { throw unexpected(.groupElement, words: Self.elementWords) }
    groupEnd = lexer.end
    try advance()
    beginPattern()
    close()
    if result.height > Self.depthLimit * 2 { throw tooDeep() }
    return result
  }

  private static let elementWords: [Keyword] = [.optional, .filter, .graph, .union, .minus, .bind, .values, .service, .select]

  /// What follows belongs to another basic graph pattern.
  private mutating func beginPattern() {
    patternCount += 1
    pattern = patternCount
  }

  private mutating func subquery() throws(Failure) -> GroupPattern {
    sawAggregate = false
    let clause = try selectClause()
    let hasAggregate = sawAggregate
    let pattern = try whereClause()
    let level = try translate(pattern, clause, try solutionModifiers(), hasAggregate: hasAggregate)
    var scope = VariableScope()
    for variable in level.projected { scope.insert(variable) }
    return GroupPattern(inner: .toMultiset(level.algebra), condition: nil, scope: scope, height: level.height + 1)
  }

  private mutating func groupElements() throws(Failure) -> GroupPattern {
    var group = GroupTranslation()
    while true {
      switch keyword {
      case .filter:
        // A filter does not end the basic graph pattern that it stands in.
        let open = pattern
        try advance()
        let condition = try constraint()
        group.add(filter: condition, height: height)
        pattern = open
      case .optional:
        try advance()
        group.add(optional: try self.group())
      case .minus:
        try advance()
        group.add(minus: try self.group())
      case .graph:
        try advance()
        group.add(try graph())
      case .service:
        group.add(try service())
      case .bind: try bind(&group)
      case .values:
        try advance()
        let data = try dataBlock()
        beginPattern()
        var scope = VariableScope()
        for variable in data.variables { scope.insert(variable) }
        group.add(GroupPattern(inner: .values(data), condition: nil, scope: scope, height: 1))
      default:
        if lexer.token == .openBrace {
          group.add(try groupOrUnion())
        } else if isAtTriples {
          try triples(&group)
          continue
        } else {
          return group.finish()
        }
      }
      _ = try take(.dot)
    }
  }

  /// The triples up to the next element. A dot stands between any two of them, and may end them.
  private mutating func triples(_ group: inout GroupTranslation) throws(Failure) {
    var block = TripleBlock()
    repeat { try sameSubject(&block) } while try continues()
    for item in block.items {
      switch item {
      case .triple(let triple): group.add(triple, variables)
      case .path(let path): group.add(path, variables)
      }
    }
    if isAtTriples { throw unexpected(.dotOrClose, words: Self.elementWords) }
  }

  /// Whether a dot and then another subject stand here.
  private mutating func continues() throws(Failure) -> Bool {
    guard try take(.dot) else { return false }
    return isAtTriples
  }

  /// A group, or groups with UNION between them.
  private mutating func groupOrUnion() throws(Failure) -> GroupPattern {
    let first = try group()
    guard keyword == .union else { return first }
    var operands = [first.algebra]
    var scope = first.scope
    var height = first.height
    while try take(.union) {
      let next = try group()
      operands.append(next.algebra)
      scope.formUnion(next.scope)
      height = max(height, next.height)
    }
    return GroupPattern(inner: .union(operands), condition: nil, scope: scope, height: height + 1)
  }

  private mutating func graph() throws(Failure) -> GroupPattern {
    let name = try iriOrVariable()
    let pattern = try group()
    var scope = VariableScope()
    if let variable = name.variable { scope.insert(variable) }
    scope.formUnion(pattern.scope)
    return GroupPattern(inner: .graph(name, pattern.algebra), condition: nil, scope: scope, height: pattern.height + 1)
  }

  private mutating func service() throws(Failure) -> GroupPattern {
    let place = position
    try advance()
    let isSilent = try take(.silent)
    let endpoint = try iriOrVariable()
    let start = lexer.start
    let pattern = try group()
    let text = lexer.source.view(start..<groupEnd)
    var scope = VariableScope()
    if let variable = endpoint.variable { scope.insert(variable) }
    scope.formUnion(pattern.scope)
    let service = ServicePattern(
      endpoint: endpoint, isSilent: isSilent, pattern: pattern.algebra, text: ByteString(text), prologue: declarations,
      variables: pattern.scope.order, position: place)
    return GroupPattern(inner: .service(service), condition: nil, scope: scope, height: pattern.height + 1)
  }

  /// The prologue so far, as it would stand before a query.
  private var declarations: ByteString {
    var out = ByteBuffer()
    if let base {
      out.append("BASE <")
      out.append(bytes: base.iri)
      out.append(">\n")
    }
    for (prefix, namespace) in namespaces.sorted(by: { $0.key < $1.key }) {
      out.append("PREFIX ")
      out.append(bytes: prefix)
      out.append(": <")
      out.append(bytes: namespace)
      out.append(">\n")
    }
    return ByteString(out.view)
  }

  /// BIND, whose variable must be new to the group so far (§18.2.1).
  private mutating func bind(_ group: inout GroupTranslation) throws(Failure) {
    try advance()
    try open()
    try expect(.openParenthesis, .openParenthesis)
    let expression = try expression()
    let height = height
    try expect(.as, .binding)
    let place = position
    let variable = try variable()
    try expect(.closeParenthesis, .closeParenthesis)
    close()
    if group.scope.contains(variable) { throw failure(.variableInScope, at: place, name: variables[variable].text) }
    group.add(bind: variable, to: expression, height: height)
    beginPattern()
  }
}
