extension Expression {
  /// The expression with every part replaced for which `replace` gives another; what is replaced is not looked into.
  func rewritten<Failure>(_ replace: (Expression) throws(Failure) -> Expression?) throws(Failure) -> Expression {
    if let other = try replace(self) { return other }
    switch self {
    case .variable, .constant, .exists, .aggregate: return self
    case .or(let all): return .or(try all.rewritten(replace))
    case .and(let all): return .and(try all.rewritten(replace))
    case .not(let inner): return .not(try inner.rewritten(replace))
    case .minus(let inner): return .minus(try inner.rewritten(replace))
    case .plus(let inner): return .plus(try inner.rewritten(replace))
    case .compare(let comparison, let left, let right):
      return .compare(comparison, try left.rewritten(replace), try right.rewritten(replace))
    case .arithmetic(let arithmetic, let left, let right):
      return .arithmetic(arithmetic, try left.rewritten(replace), try right.rewritten(replace))
    case .member(let left, let all, let isNegated):
      return .member(try left.rewritten(replace), of: try all.rewritten(replace), isNegated: isNegated)
    case .call(let function, let all): return .call(function, try all.rewritten(replace))
    case .function(let iri, let all): return .function(iri, try all.rewritten(replace))
    }
  }
}

extension Expression {
  /// So many parts a condition may come to have.
  private static let greatestAsked = 64

  /// A condition with what a variable is bound to in the place of the variable, so that it can be asked before; nil where it asks for more
  /// than the variable's value, and where that is a value of one variable. One of several is another for nearly each solution, and
  /// a term would be made of each, of those too that do not stay.
  func asking(_ expression: Expression, for variable: VariableID) -> Expression? {
    guard expression.variables.count > 1, expression.isRepeatable else { return nil }
    var asksMore = false
    var size = 0
    var uses = 0
    walk { part in
      size += 1
      switch part {
      case .exists, .call(.bound, _): asksMore = true
      case .variable(variable): uses += 1
      default: break
      }
      return !asksMore
    }
    expression.walk { _ in
      size += 1
      return true
    }
    guard !asksMore, uses == 1, size <= Self.greatestAsked else { return nil }
    return rewritten { if case .variable(variable) = $0 { expression } else { nil } }
  }
}

extension [Expression] {
  fileprivate func rewritten<Failure>(_ replace: (Expression) throws(Failure) -> Expression?) throws(Failure) -> [Expression] {
    var result: [Expression] = []
    for expression in self { result.append(try expression.rewritten(replace)) }
    return result
  }
}
