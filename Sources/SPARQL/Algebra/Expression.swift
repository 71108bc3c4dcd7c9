package import Bytes
import RDF

/// An expression (SPARQL 1.1 §17). Variables are numbers, and what is known before execution is held ready.
package indirect enum Expression: Hashable, Sendable {
  /// The value of a variable; an error where it has none.
  case variable(VariableID)
  /// An IRI or a literal.
  case constant(Constant)
  /// `||` over at least two operands (§17.4.1.5).
  case or([Expression])
  /// `&&` over at least two operands (§17.4.1.6).
  case and([Expression])
  /// `!`
  case not(Expression)
  /// `=`, `!=`, `<`, `>`, `<=`, `>=` (§17.3).
  case compare(Comparison, Expression, Expression)
  /// `IN` and `NOT IN` (§17.4.1.9, §17.4.1.10).
  case member(Expression, of: [Expression], isNegated: Bool)
  /// `+`, `-`, `*`, `/` (§17.3).
  case arithmetic(Arithmetic, Expression, Expression)
  /// Unary minus.
  case minus(Expression)
  /// Unary plus.
  case plus(Expression)
  /// A function of §17.4 by its name.
  case call(BuiltIn, [Expression])
  /// A function by its IRI: a cast (§17.5), one of GeoSPARQL, or one that is not known, whose value is an error.
  case function(ByteString, [Expression])
  /// `EXISTS` and `NOT EXISTS` (§17.4.1.4).
  case exists(ExistsPattern)
  /// An aggregate (§18.5.1). Translation lifts all of them: none is left in a query's algebra.
  case aggregate(Aggregate)
}

/// The comparison operators.
package enum Comparison: String, CaseIterable, Sendable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case greater = ">"
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
}

/// The arithmetic operators.
package enum Arithmetic: String, CaseIterable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
}

/// The pattern of an EXISTS, with a number of its own so that a plan can be found for it.
package struct ExistsPattern: Hashable, Sendable {
  /// The number within the query, from 0.
  package let number: Int
  /// The pattern.
  package let pattern: Algebra
  /// Whether it is NOT EXISTS.
  package let isNegated: Bool
  /// The variables in scope in the pattern.
  package let variables: [VariableID]
}

/// An aggregate (SPARQL 1.1 §11, §18.5.1).
package struct Aggregate: Hashable, Sendable {
  /// Which one.
  package enum Kind: String, CaseIterable, Sendable {
    case count = "COUNT"
    case sum = "SUM"
    case min = "MIN"
    case max = "MAX"
    case average = "AVG"
    case sample = "SAMPLE"
    case groupConcat = "GROUP_CONCAT"
  }

  /// Which one.
  package let kind: Kind
  /// Whether equal values count once.
  package let isDistinct: Bool
  /// What is aggregated; nil for `COUNT(*)`.
  package let argument: Expression?
  /// What stands between the parts of GROUP_CONCAT.
  package let separator: ByteString
}

extension Expression {
  /// Calls `body` with this expression and all within it, patterns of EXISTS left out; below where it says true.
  package func walk(_ body: (Expression) -> Bool) {
    guard body(self) else { return }
    for part in parts { part.walk(body) }
  }

  /// The expressions that this one is made of.
  package var parts: [Expression] {
    switch self {
    case .variable, .constant, .exists: []
    case .or(let all), .and(let all), .call(_, let all), .function(_, let all): all
    case .not(let inner), .minus(let inner), .plus(let inner): [inner]
    case .compare(_, let left, let right), .arithmetic(_, let left, let right): [left, right]
    case .member(let left, let all, _): [left] + all
    case .aggregate(let aggregate): aggregate.argument.map { [$0] } ?? []
    }
  }
}
