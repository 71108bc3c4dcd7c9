import Bytes
import Problems
import RDF

/// Expressions (SPARQL 1.1 §19.8 rules 110–120), by precedence.
extension QueryParser {
  /// An expression.
  mutating func expression() throws(Failure) -> Expression { try expression(from: .or) }

  private enum Precedence: Int, Comparable {
    case or, and, relation, sum, product, none

    static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
    var next: Precedence { Precedence(rawValue: rawValue + 1) ?? .none }
  }

  /// How the operator that is looked at binds.
  private var precedence: Precedence? {
    switch lexer.token {
    case .or: .or
    case .and: .and
    case .equal, .notEqual, .less, .greater, .lessOrEqual, .greaterOrEqual: .relation
    case .plus, .minus: .sum
    case .star, .slash: .product
    case .word: keyword == .in || keyword == .not ? .relation : nil
    default: nil
    }
  }

  /// An expression of operators that bind at least as `least` does.
  private mutating func expression(from least: Precedence) throws(Failure) -> Expression {
    var left = try unary()
    // After a relation none may follow: they do not chain.
    var most = Precedence.none
    while let found = precedence, found >= least, found < most {
      let leftHeight = height
      switch found {
      case .or, .and:
        var operands = [left]
        var highest = leftHeight
        let token = lexer.token
        while try take(token) {
          operands.append(try expression(from: found.next))
          highest = max(highest, height)
        }
        left = found == .or ? .or(operands) : .and(operands)
        try note(height: highest + 1)
        most = found
      case .relation:
        left = try relation(left)
        try note(height: max(leftHeight, height) + 1)
        most = .relation
      default:
        let arithmetic: Arithmetic =
          switch lexer.token {
          case .plus: .add
          case .minus: .subtract
          case .star: .multiply
          default: .divide
          }
        try advance()
        left = .arithmetic(arithmetic, left, try expression(from: found.next))
        try note(height: max(leftHeight, height) + 1)
      }
    }
    return left
  }

  private mutating func relation(_ left: Expression) throws(Failure) -> Expression {
    let comparison: Comparison
    switch lexer.token {
    case .equal: comparison = .equal
    case .notEqual: comparison = .notEqual
    case .less: comparison = .less
    case .greater: comparison = .greater
    case .lessOrEqual: comparison = .lessOrEqual
    case .greaterOrEqual: comparison = .greaterOrEqual
    default:
      let isNegated = try take(.not)
      guard keyword == .in else { throw unexpected(.notOperand, words: [.in]) }
      try advance()
      return .member(left, of: try arguments(), isNegated: isNegated)
    }
    try advance()
    return .compare(comparison, left, try expression(from: .sum))
  }

  private mutating func unary() throws(Failure) -> Expression {
    if let literal = try literal() {
      height = 1
      return .constant(Constant(literal))
    }
    // SPARQL 1.2 lets one negation follow another, and a sign follow them (rule UnaryExpression).
    var negations = 0
    while try take(.exclamation) { negations += 1 }
    if negations > 0 {
      if negations > Self.depthLimit { throw tooDeep() }
      var inner = try unary()
      for _ in 0..<negations { inner = .not(inner) }
      try note(height: height + negations)
      return inner
    }
    let token = lexer.token
    guard token == .plus || token == .minus else { return try primary() }
    try advance()
    let inner = try primary()
    try note(height: height + 1)
    return token == .plus ? .plus(inner) : .minus(inner)
  }

  /// An operand: brackets, a call, a variable or a term (PrimaryExpression).
  mutating func primary() throws(Failure) -> Expression {
    switch lexer.token {
    case .openParenthesis: return try bracketed()
    case .variable:
      height = 1
      return .variable(try variable())
    case .iri, .name:
      let iri = try iri()
      height = 1
      return lexer.token == .openParenthesis ? try function(iri) : .constant(Constant(.iri(iri)))
    case .word: return try word()
    case .label, .openBracket: throw failure(.labelInExpression, at: position)
    default:
      height = 1
      guard let literal = try literal() else { throw unexpected(.expression) }
      return .constant(Constant(literal))
    }
  }

  /// An expression in brackets.
  mutating func bracketed() throws(Failure) -> Expression {
    try open()
    try expect(.openParenthesis, .openParenthesis)
    let inner = try expression()
    try expect(.closeParenthesis, .expressionEnd)
    close()
    return inner
  }

  /// What FILTER, HAVING and ORDER BY want: brackets or a call (Constraint).
  mutating func constraint() throws(Failure) -> Expression {
    if lexer.token == .openParenthesis { return try bracketed() }
    guard isAtIRI else {
      guard lexer.token == .word else { throw unexpected(.constraint) }
      return try word()
    }
    let iri = try iri()
    guard lexer.token == .openParenthesis else { throw unexpected(.openParenthesis) }
    return try function(iri)
  }

  /// Expressions in brackets with commas between them, perhaps none.
  mutating func arguments() throws(Failure) -> [Expression] {
    try open()
    try expect(.openParenthesis, .openParenthesis)
    var all: [Expression] = []
    var highest = 0
    if lexer.token != .closeParenthesis {
      repeat {
        all.append(try expression())
        highest = max(highest, height)
      } while try take(.comma)
    }
    try expect(.closeParenthesis, .argumentEnd)
    close()
    try note(height: highest + 1)
    return all
  }
}
