import RDF

/// Functions on numbers (SPARQL 1.1 §17.4.4). The result has the type of the argument, a derived one becomes xsd:integer.
extension EvaluationContext {
  /// ABS, ROUND, CEIL and FLOOR.
  func number(_ function: BuiltIn, _ value: Value) -> Value {
    switch value.payload {
    case .integer(let number):
      if function != .abs { return Value(.integer(number)) }
      return number == .min ? .none : Value(.integer(abs(number)))
    case .decimal(let number):
      switch function {
      case .abs: return number.absolute.map { Value(.decimal($0)) } ?? .none
      case .round: return Value(.decimal(number.rounded))
      case .ceil: return Value(.decimal(number.roundedUp))
      default: return Value(.decimal(number.roundedDown))
      }
    case .float(let number): return Value(.float(Self.floating(function, number)))
    case .double(let number): return Value(.double(Self.floating(function, number)))
    default: return .none
    }
  }

  private static func floating<Number: BinaryFloatingPoint>(_ function: BuiltIn, _ number: Number) -> Number {
    switch function {
    case .abs: return number.magnitude
    case .ceil: return number.rounded(.up)
    case .floor: return number.rounded(.down)
    default: return number.roundedHalfUp
    }
  }
}

extension BinaryFloatingPoint {
  /// The nearest whole number, the greater of two (fn:round). A number so large that it has no fraction stays.
  var roundedHalfUp: Self {
    let down = rounded(.down)
    let nearest = self - down >= 0.5 ? down + 1 : down
    return nearest == 0 && sign == .minus ? -0.0 : nearest
  }
}
