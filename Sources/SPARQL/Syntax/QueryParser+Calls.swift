import Bytes
import Problems
import RDF

/// Calls of functions and aggregates (SPARQL 1.1 §19.8 rules 70, 121–128).
extension QueryParser {
  /// A word in an expression: a function, an aggregate, EXISTS, or a mistake.
  mutating func word() throws(Failure) -> Expression {
    if let kind = Aggregate.Kind(lexer.view) { return try aggregate(kind) }
    if let function = BuiltIn(lexer.view) { return try call(function) }
    switch keyword {
    case .exists: return try exists(isNegated: false)
    case .not:
      try advance()
      guard keyword == .exists else { throw unexpected(.existsPattern, words: [.exists]) }
      return try exists(isNegated: true)
    case .true, .false:
      height = 1
      if let literal = try literal() { return .constant(Constant(literal)) }
      throw unexpected(.expression)
    default: throw unknownFunction()
    }
  }

  private mutating func unknownFunction() -> Failure {
    guard keyword == nil, lexer.source.view(lexer.end..<lexer.source.count).trimmed.hasPrefix("(") else {
      return unexpected(.expression, words: [.exists, .not])
    }
    let text = lexer.view.text
    return failure(.functionUnknown, at: position, name: text, QueryHint.function(for: text).map { ["nearest": .text($0)] } ?? [:])
  }

  private mutating func call(_ function: BuiltIn) throws(Failure) -> Expression {
    let place = position
    try advance()
    guard lexer.token == .openParenthesis else { throw unexpected(.openParenthesis) }
    let arguments = try arguments()
    if !function.argumentCounts.contains(arguments.count) {
      let found = Words.phrase(
        "query-argument-count", ["name": .text(function.rawValue), "given": BuiltIn.words(forArguments: arguments.count)])
      throw failure(.argumentCount, at: place, name: function.rawValue, ["found": found, "expected": function.wantedArguments])
    }
    if function == .bound {
      guard case .variable = arguments[0] else { throw failure(.boundArgument, at: place) }
    }
    return .call(function, arguments)
  }

  /// A function by its IRI. DISTINCT is for aggregates that are not of the language; there are none.
  mutating func function(_ iri: ByteString) throws(Failure) -> Expression {
    .function(iri, try arguments())
  }

  private mutating func exists(isNegated: Bool) throws(Failure) -> Expression {
    try advance()
    let group = try group()
    let number = existsCount
    existsCount += 1
    try note(height: group.height + 1)
    return .exists(ExistsPattern(number: number, pattern: group.algebra, isNegated: isNegated, variables: group.scope.order))
  }

  private mutating func aggregate(_ kind: Aggregate.Kind) throws(Failure) -> Expression {
    if aggregates != .allowed {
      throw failure(aggregates == .nested ? .aggregateNested : .aggregateHere, at: position, name: kind.rawValue)
    }
    sawAggregate = true
    aggregates = .nested
    defer { aggregates = .allowed }
    try advance()
    try open()
    try expect(.openParenthesis, .openParenthesis)
    let isDistinct = try take(.distinct)
    var argument: Expression?
    if kind == .count, try take(.star) {
      height = 1
    } else {
      argument = try expression()
    }
    var separator: ByteString = " "
    if kind == .groupConcat, try take(.semicolon) {
      try expect(.separator, .separator)
      try expect(.equal, .equal)
      separator = try string()
    }
    try expect(.closeParenthesis, kind == .groupConcat && separator == " " ? .separatorOrEnd : .closeParenthesis)
    close()
    return .aggregate(Aggregate(kind: kind, isDistinct: isDistinct, argument: argument, separator: separator))
  }
}
