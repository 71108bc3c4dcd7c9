import RDF

/// Two numbers as the operators of XPath see them: both of the type that comes later in integer, decimal, float, double
/// (SPARQL 1.1 §17.3, numeric type promotion).
enum NumberPair {
  case integers(Int128, Int128)
  case decimals(DecimalValue, DecimalValue)
  case floats(Float, Float)
  case doubles(Double, Double)

  /// Nil where one of them is no number.
  init?(_ left: Value, _ right: Value) {
    switch (left.payload, right.payload) {
    case (.integer(let a), .integer(let b)): self = .integers(a, b)
    case (.double(let a), .double(let b)): self = .doubles(a, b)
    case (.double(let a), _):
      guard let b = right.double else { return nil }
      self = .doubles(a, b)
    case (_, .double(let b)):
      guard let a = left.double else { return nil }
      self = .doubles(a, b)
    case (.float, _), (_, .float):
      guard let a = left.float, let b = right.float else { return nil }
      self = .floats(a, b)
    default:
      guard let a = left.decimal, let b = right.decimal else { return nil }
      self = .decimals(a, b)
    }
  }
}

extension Value {
  /// The number as xsd:double; nil for what is no number.
  var double: Double? {
    switch payload {
    case .integer(let value): DecimalValue(integer: value).double
    case .decimal(let value): value.double
    case .float(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }

  /// The number as xsd:float; nil for xsd:double and what is no number.
  var float: Float? {
    switch payload {
    case .integer(let value): DecimalValue(integer: value).float
    case .decimal(let value): value.float
    case .float(let value): value
    default: nil
    }
  }

  /// The number as xsd:decimal; nil for floating point numbers and what is no number.
  var decimal: DecimalValue? {
    switch payload {
    case .integer(let value): DecimalValue(integer: value)
    case .decimal(let value): value
    default: nil
    }
  }

  /// The result of an operator, ``none`` for a type error, an overflow and a division by zero of exact numbers (SPARQL 1.1 §17.3).
  package static func arithmetic(_ operation: Arithmetic, _ left: Value, _ right: Value) -> Value {
    guard let pair = NumberPair(left, right) else { return .none }
    switch pair {
    case .doubles(let a, let b): return Value(.double(operation.of(a, b)))
    case .floats(let a, let b): return Value(.float(operation.of(a, b)))
    case .decimals(let a, let b): return operation.of(a, b).map { Value(.decimal($0)) } ?? .none
    case .integers(let a, let b):
      let result: (partialValue: Int128, overflow: Bool)
      switch operation {
      case .add: result = a.addingReportingOverflow(b)
      case .subtract: result = a.subtractingReportingOverflow(b)
      case .multiply: result = a.multipliedReportingOverflow(by: b)
      // Integers divide as decimals (op:numeric-divide).
      case .divide: return DecimalValue(integer: a).divided(by: DecimalValue(integer: b)).map { Value(.decimal($0)) } ?? .none
      }
      return result.overflow ? .none : Value(.integer(result.partialValue))
    }
  }

  /// The number with the other sign; ``none`` for what is no number.
  var negated: Value {
    switch payload {
    case .integer(let value): value == .min ? .none : Value(.integer(-value))
    case .decimal(let value): DecimalValue(0).subtracting(value).map { Value(.decimal($0)) } ?? .none
    case .float(let value): Value(.float(-value))
    case .double(let value): Value(.double(-value))
    default: .none
    }
  }
}

extension Arithmetic {
  fileprivate func of<Number: BinaryFloatingPoint>(_ left: Number, _ right: Number) -> Number {
    switch self {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: left / right
    }
  }

  fileprivate func of(_ left: DecimalValue, _ right: DecimalValue) -> DecimalValue? {
    switch self {
    case .add: left.adding(right)
    case .subtract: left.subtracting(right)
    case .multiply: left.multiplied(by: right)
    case .divide: left.divided(by: right)
    }
  }
}
