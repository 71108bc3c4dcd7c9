import Bytes
import Problems

/// SELECT and what stands after the pattern (SPARQL 1.1 §19.8 rules 8–9 and 18–28).
extension QueryParser {
  /// SELECT with its variables.
  mutating func selectClause() throws(Failure) -> SelectClause {
    var clause = SelectClause(position: position)
    try expect(.select, .queryForm)
    if try take(.distinct) {
      clause.isDistinct = true
    } else if try take(.reduced) {
      clause.isReduced = true
    }
    if lexer.token == .star {
      clause.position = position
      try advance()
      return clause
    }
    var items: [SelectItem] = []
    while lexer.token == .variable || lexer.token == .openParenthesis {
      let place = position
      if lexer.token == .variable {
        items.append(SelectItem(variable: try variable(), position: place))
      } else {
        try open()
        try advance()
        aggregates = .allowed
        let expression = try expression()
        aggregates = .forbidden
        let height = height
        try expect(.as, .binding)
        let place = position
        let variable = try variable()
        try expect(.closeParenthesis, .closeParenthesis)
        close()
        items.append(SelectItem(variable: variable, expression: expression, height: height, position: place))
      }
    }
    if items.isEmpty { throw unexpected(.projection, words: [.distinct, .reduced]) }
    guard lexer.token == .openBrace || keyword == .where || keyword == .from else {
      throw unexpected(.projectionEnd, words: [.where, .from])
    }
    clause.items = items
    return clause
  }

  /// GROUP BY, HAVING, ORDER BY, LIMIT and OFFSET, VALUES.
  mutating func solutionModifiers() throws(Failure) -> SolutionModifiers {
    var modifiers = SolutionModifiers(position: position)
    if try take(.group) {
      try expect(.by, .by)
      repeat { modifiers.keys.append(try groupCondition()) } while isAtCondition || lexer.token == .variable
    }
    sawAggregate = false
    aggregates = .allowed
    if try take(.having) {
      repeat { modifiers.having.append(try constraint()) } while isAtCondition
    }
    if try take(.order) {
      try expect(.by, .by)
      repeat {
        modifiers.order.append(try orderCondition())
      } while isAtCondition || lexer.token == .variable || keyword == .ascending || keyword == .descending
    }
    aggregates = .forbidden
    modifiers.hasAggregate = sawAggregate
    // Each once, in either order (rule LimitOffsetClauses).
    var hasOffset = false
    while keyword == .limit && modifiers.limit == nil || keyword == .offset && !hasOffset {
      if try take(.limit) {
        modifiers.limit = try integer()
      } else {
        try advance()
        modifiers.offset = try integer()
        hasOffset = true
      }
    }
    if try take(.values) { modifiers.values = try dataBlock() }
    return modifiers
  }

  /// Whether a constraint begins here: a bracket, or the call of a function.
  var isAtCondition: Bool {
    if lexer.token == .openParenthesis || isAtIRI { return true }
    guard lexer.token == .word else { return false }
    if let keyword { return keyword == .exists || keyword == .not }
    return BuiltIn(lexer.view) != nil || Aggregate.Kind(lexer.view) != nil
  }

  private mutating func groupCondition() throws(Failure) -> SolutionModifiers.Key {
    let place = position
    if lexer.token == .variable { return SolutionModifiers.Key(expression: .variable(try variable()), position: place) }
    guard lexer.token == .openParenthesis else {
      guard isAtCondition else { throw unexpected(.groupCondition) }
      return SolutionModifiers.Key(expression: try primary(), position: place)
    }
    try open()
    try advance()
    var key = SolutionModifiers.Key(expression: try expression(), position: place)
    if try take(.as) {
      key.position = position
      key.variable = try variable()
    }
    try expect(.closeParenthesis, .expressionEnd)
    close()
    return key
  }

  private mutating func orderCondition() throws(Failure) -> OrderCondition {
    let isDescending = keyword == .descending
    if isDescending || keyword == .ascending {
      try advance()
      guard lexer.token == .openParenthesis else { throw unexpected(.openParenthesis) }
      return OrderCondition(expression: try bracketed(), isDescending: isDescending)
    }
    if lexer.token == .variable { return OrderCondition(expression: .variable(try variable()), isDescending: false) }
    guard isAtCondition else { throw unexpected(.orderCondition, words: [.ascending, .descending]) }
    return OrderCondition(expression: try constraint(), isDescending: false)
  }

  private mutating func integer() throws(Failure) -> Int {
    guard lexer.token == .integer else { throw unexpected(.integer) }
    guard let number = Int(lexer.view.text) else { throw failure(.limitTooLarge, at: position, name: lexer.view.text) }
    try advance()
    return number
  }
}
