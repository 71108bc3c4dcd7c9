import Bytes
import RDF

/// Casts by the IRI of a datatype (SPARQL 1.1 §17.5), xsd:date, xsd:time and the types derived from xsd:integer included.
extension EvaluationContext {
  /// The value as one of the datatype, an error where it can't be, and for an IRI that is no datatype of these.
  func cast(_ value: Value, to datatype: ByteView) -> Value {
    guard !value.isNone, let name = DatatypeIRI.name(datatype) else { return .none }
    if name == "string" { return string(value) }
    if case .tagged = value.payload { return .none }
    if let type = IntegerType(name: name), type != .integer { return derived(value, type, datatype) }
    if value.isString {
      let text = value.lexical.trimmed
      guard let payload = Value.payload(text, name) else { return .none }
      return Self.isCast(name) ? Value(payload) : .none
    }
    if name == "boolean" { return boolean(value) }
    if name == "integer" { return integer(value) }
    if name == "decimal" { return decimal(value) }
    if name == "double" { return floating(value).map { Value(.double($0)) } ?? .none }
    if name == "float" { return float(value).map { Value(.float($0)) } ?? .none }
    return dates(value, name)
  }

  /// A number of a type derived from xsd:integer (XPath functions §18.3): as xsd:integer, where it is one of the type's.
  private func derived(_ value: Value, _ type: IntegerType, _ datatype: ByteView) -> Value {
    guard case .integer(let number) = cast(value, to: DatatypeIRI.integer).payload, type.contains(IntegerValue(number)) else {
      return .none
    }
    return Value(.integer(number), text { IntegerValue(number).append(to: &$0) }, datatype)
  }

  private static func isCast(_ name: ByteView) -> Bool {
    name == "boolean" || name == "integer" || name == "decimal" || name == "double" || name == "float" || name == "dateTime"
      || name == "date" || name == "time"
  }

  private func string(_ value: Value) -> Value {
    switch value.payload {
    case .blank, .none: return .none
    // The canonical text of a number, whatever its lexical form (XPath functions §17.1.2); the rest as it is written.
    case .float(let number): return string { FloatingText.append(plain: number, to: &$0) }
    case .double(let number): return string { FloatingText.append(plain: number, to: &$0) }
    case .decimal(let number): return string { number.append(to: &$0) }
    case .integer(let number): return string { IntegerValue(number).append(to: &$0) }
    case .boolean(let truth): return string { BooleanValue(truth).append(to: &$0) }
    default: return .string(value.text(scratch))
    }
  }

  private func boolean(_ value: Value) -> Value {
    guard case .boolean(let truth) = value.payload else {
      return value.isNumeric ? Value(truth: value.effectiveBoolean()) : .none
    }
    return .boolean(truth)
  }

  private func integer(_ value: Value) -> Value {
    switch value.payload {
    case .integer(let number): return Value(.integer(number))
    case .boolean(let truth): return .integer(truth ? 1 : 0)
    case .decimal(let number): return Value(.integer(Self.truncated(number)))
    case .double(let number): return Self.integer(number)
    case .float(let number): return Self.integer(Double(number))
    default: return .none
    }
  }

  private static func truncated(_ number: DecimalValue) -> Int128 {
    (number.coefficient < 0 ? number.roundedUp : number.roundedDown).coefficient
  }

  private static func integer(_ number: Double) -> Value {
    guard number.isFinite, let whole = Int128(exactly: number.rounded(.towardZero)) else { return .none }
    return Value(.integer(whole))
  }

  private func decimal(_ value: Value) -> Value {
    let number: DecimalValue?
    switch value.payload {
    case .integer(let whole): number = DecimalValue(integer: whole)
    case .boolean(let truth): number = DecimalValue(truth ? 1 : 0)
    case .decimal(let same): number = same
    case .double(let inexact): number = DecimalValue(nearest: inexact)
    case .float(let inexact): number = DecimalValue(nearest: Double(inexact))
    default: number = nil
    }
    return number.map { Value(.decimal($0)) } ?? .none
  }

  private func floating(_ value: Value) -> Double? {
    if case .boolean(let truth) = value.payload { return truth ? 1 : 0 }
    return value.double
  }

  private func float(_ value: Value) -> Float? {
    switch value.payload {
    case .boolean(let truth): truth ? 1 : 0
    case .double(let number): Float(number)
    default: value.float
    }
  }

  private func dates(_ value: Value, _ name: ByteView) -> Value {
    switch value.payload {
    case .dateTime(let moment):
      if name == "dateTime" { return Value(.dateTime(moment)) }
      if name == "date" { return Value(.date(DateValue(moment.date, zone: moment.zone))) }
      return name == "time" ? Value(.time(TimeValue(moment.time, zone: moment.zone))) : .none
    case .date(let day):
      if name == "date" { return Value(.date(day)) }
      return name == "dateTime" ? Value(.dateTime(DateTimeValue(day.date, .midnight, zone: day.zone))) : .none
    case .time(let time): return name == "time" ? Value(.time(time)) : .none
    default: return .none
    }
  }
}
