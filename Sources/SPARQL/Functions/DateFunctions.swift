import Bytes
import RDF

/// Functions on dates and times (SPARQL 1.1 §17.4.5). Where it makes sense they take xsd:date and xsd:time too.
extension EvaluationContext {
  func date(_ function: BuiltIn, _ value: Value) -> Value {
    let date: CivilDate?
    let time: CivilTime?
    let zone: ZoneOffset
    switch value.payload {
    case .dateTime(let value): (date, time, zone) = (value.date, value.time, value.zone)
    case .date(let value): (date, time, zone) = (value.date, nil, value.zone)
    case .time(let value): (date, time, zone) = (nil, value.time, value.zone)
    default: return .none
    }
    switch function {
    case .year: return date.map { .integer($0.year) } ?? .none
    case .month: return date.map { .integer($0.month) } ?? .none
    case .day: return date.map { .integer($0.day) } ?? .none
    case .hours: return time.map { .integer($0.hour) } ?? .none
    case .minutes: return time.map { .integer($0.minute) } ?? .none
    case .seconds: return time.map(Self.seconds) ?? .none
    case .tz: return string { zone.append(to: &$0) }
    default: return timezone(zone)
    }
  }

  private static func seconds(_ time: CivilTime) -> Value {
    let coefficient = Int128(time.second) * 1_000_000_000_000_000_000 + Int128(time.attoseconds)
    return DecimalValue(coefficient: coefficient, scale: 18).map { Value(.decimal($0)) } ?? .none
  }

  /// The zone as xsd:dayTimeDuration; an error without one (§17.4.5.8).
  private func timezone(_ zone: ZoneOffset) -> Value {
    guard let minutes = zone.minutes else { return .none }
    let text = text { out in
      if minutes < 0 { out.append(UInt8(ascii: "-")) }
      out.append("PT")
      let hours = abs(minutes) / 60
      let rest = abs(minutes) % 60
      if hours > 0 {
        out.append(decimal: hours)
        out.append(UInt8(ascii: "H"))
      }
      if rest > 0 {
        out.append(decimal: rest)
        out.append(UInt8(ascii: "M"))
      }
      if minutes == 0 { out.append("0S") }
    }
    return Value(.other, text, DatatypeIRI.dayTimeDuration)
  }
}
