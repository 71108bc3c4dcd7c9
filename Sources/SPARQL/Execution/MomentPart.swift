import RDF
import Store

/// A part of a date or time that the store's columns tell (SPARQL 1.1 §17.4.5).
enum MomentPart {
  case year, month, day, hours, minutes

  init?(_ function: BuiltIn) {
    switch function {
    case .year: self = .year
    case .month: self = .month
    case .day: self = .day
    case .hours: self = .hours
    case .minutes: self = .minutes
    default: return nil
    }
  }

  /// Whether dates without a time have it.
  var isOfDay: Bool {
    switch self {
    case .year, .month, .day: true
    case .hours, .minutes: false
    }
  }

  /// The part of a moment where it was written down: in its own zone.
  func value(_ moment: PackedMoment) -> Int {
    let local = Int(moment.secondsSinceEpoch) + (moment.zoneMinutes ?? 0) * 60
    let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
    switch self {
    case .year: return (CivilDate(dayNumber: day) ?? .epoch).year
    case .month: return (CivilDate(dayNumber: day) ?? .epoch).month
    case .day: return (CivilDate(dayNumber: day) ?? .epoch).day
    case .hours: return (local - day * 86_400) / 3600
    case .minutes: return (local - day * 86_400) / 60 % 60
    }
  }

  /// The comparison of a part of a variable with a number, such as `MONTH(?d) = 7`; nil for another expression.
  static func comparison(_ expression: Expression) -> (part: MomentPart, variable: VariableID, comparison: Comparison, number: Int)? {
    guard case .compare(let given, let left, let right) = expression else { return nil }
    let call: Expression
    let constant: Constant
    let comparison: Comparison
    switch (left, right) {
    case (.call, .constant(let value)): (call, constant, comparison) = (left, value, given)
    case (.constant(let value), .call): (call, constant, comparison) = (right, value, given.mirrored)
    default: return nil
    }
    guard case .call(let function, let arguments) = call, let part = MomentPart(function), case .variable(let variable)? = arguments.first,
      case .integer(let integer) = constant.value.payload, let number = Int(exactly: integer)
    else { return nil }
    return (part, variable, comparison, number)
  }
}
