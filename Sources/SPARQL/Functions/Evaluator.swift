import Bytes
import RDF

extension Expression {
  /// The value for one solution, ``Value/none`` for an error (SPARQL 1.1 §17.2, §17.3).
  package func value<Row: SolutionRow>(for row: Row, _ context: EvaluationContext) -> Value {
    switch self {
    case .variable(let variable): return row.value(of: variable, context)
    case .constant(let constant): return constant.value
    case .compare(let comparison, let left, let right):
      return Value(truth: Value.compare(comparison, left.value(for: row, context), right.value(for: row, context)))
    case .and, .or, .not, .member, .exists: return Value(truth: truth(for: row, context))
    case .arithmetic(let arithmetic, let left, let right):
      return Value.arithmetic(arithmetic, left.value(for: row, context), right.value(for: row, context))
    case .minus(let inner): return inner.value(for: row, context).negated
    case .plus(let inner):
      let value = inner.value(for: row, context)
      return value.isNumeric ? value : .none
    case .call(let function, let arguments): return Self.call(function, arguments, row, context)
    case .function(let iri, let arguments):
      if iri == GeoSPARQL.distance { return context.distance(arguments, for: row) }
      guard arguments.count == 1 else { return .none }
      return iri.withView { context.cast(arguments[0].value(for: row, context), to: $0) }
    // Translation leaves none in an expression that is evaluated for a solution.
    case .aggregate: return .none
    }
  }

  /// The effective boolean value for one solution, nil for an error (§17.2.2).
  package func truth<Row: SolutionRow>(for row: Row, _ context: EvaluationContext) -> Bool? {
    switch self {
    case .compare(let comparison, let left, let right):
      return Value.compare(comparison, left.value(for: row, context), right.value(for: row, context))
    // One true operand makes it true, whatever the errors (§17.2, truth table).
    case .or(let operands):
      var result: Bool? = false
      for operand in operands {
        guard let truth = operand.truth(for: row, context) else {
          result = nil
          continue
        }
        if truth { return true }
      }
      return result
    case .and(let operands):
      var result: Bool? = true
      for operand in operands {
        guard let truth = operand.truth(for: row, context) else {
          result = nil
          continue
        }
        if !truth { return false }
      }
      return result
    case .not(let inner): return inner.truth(for: row, context).map { !$0 }
    case .member(let left, let all, let isNegated):
      let value = left.value(for: row, context)
      var result: Bool? = false
      for item in all {
        guard let isEqual = Value.equal(value, item.value(for: row, context)) else {
          result = nil
          continue
        }
        if isEqual { return !isNegated }
      }
      return result.map { $0 != isNegated }
    case .exists(let exists): return row.exists(exists, context).map { $0 != exists.isNegated }
    default: return value(for: row, context).effectiveBoolean(context.version)
    }
  }

  /// A function whose arguments are not all evaluated first, or one of the others.
  private static func call<Row: SolutionRow>(
    _ function: BuiltIn, _ arguments: [Expression], _ row: Row, _ context: EvaluationContext
  ) -> Value {
    switch function {
    case .bound: return .boolean(!arguments[0].value(for: row, context).isNone)
    case .if:
      guard let condition = arguments[0].truth(for: row, context) else { return .none }
      return arguments[condition ? 1 : 2].value(for: row, context)
    case .coalesce:
      for argument in arguments {
        let value = argument.value(for: row, context)
        if !value.isNone { return value }
      }
      return .none
    case .concat:
      var values: [Value] = []
      for argument in arguments { values.append(argument.value(for: row, context)) }
      return context.concat(values)
    default:
      let first = arguments.count > 0 ? arguments[0].value(for: row, context) : .none
      let second = arguments.count > 1 ? arguments[1].value(for: row, context) : .none
      if arguments.count <= 2 { return context.call(function, arguments.count, first, second) }
      let third = arguments[2].value(for: row, context)
      let fourth = arguments.count > 3 ? arguments[3].value(for: row, context) : .string(.empty)
      return context.call(function, first, second, third, fourth, count: arguments.count)
    }
  }
}

extension Value {
  /// A truth value, or an error.
  init(truth: Bool?) { self = truth.map { .boolean($0) } ?? .none }
}
