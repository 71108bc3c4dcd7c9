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

extension [Expression] {
  fileprivate func rewritten<Failure>(_ replace: (Expression) throws(Failure) -> Expression?) throws(Failure) -> [Expression] {
    var result: [Expression] = []
    for expression in self { result.append(try expression.rewritten(replace)) }
    return result
  }
}
