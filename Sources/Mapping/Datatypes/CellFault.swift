import Bytes
import Problems

/// Why a cell's text is no value of its datatype.
enum CellFault: Error, Sendable {
  /// Not in the datatype's lexical space.
  case datatype
  /// Not as the format says.
  case format
  /// Below the least or above the greatest value.
  case range
  /// Shorter or longer than allowed.
  case length(Int)

  /// The problem to tell, for a cell whose datatype and limits are `datatype`.
  func problem(at place: Place, value: String?, _ datatype: DatatypeDescription) -> Problem {
    switch self {
    case .datatype:
      return Problem(.cellDatatype, at: place, value: value, ["datatype": datatype.base.rawValue].merging(example(datatype)) { $1 })
    case .format:
      return Problem(.cellFormat, at: place, value: value, ["format": datatype.formatText])
    case .range:
      let low = datatype.minInclusive.map { "≥ \($0)" } ?? datatype.minExclusive.map { "> \($0)" }
      let high = datatype.maxInclusive.map { "≤ \($0)" } ?? datatype.maxExclusive.map { "< \($0)" }
      return Problem(.cellRange, at: place, value: value, ["range": [low, high].compactMap { $0 }.joined(separator: ", ")])
    case .length(let length):
      let bounds = datatype.length.map { "\($0)" } ?? "\(datatype.minLength ?? 0)–\(datatype.maxLength.map { "\($0)" } ?? "")"
      return Problem(.cellLength, at: place, value: value, ["length": "\(length)", "expected": bounds])
    }
  }

  private func example(_ datatype: DatatypeDescription) -> [String: String] {
    switch datatype.base {
    case .date: ["example": "2026-01-31"]
    case .dateTime, .dateTimeStamp: ["example": "2026-01-31T12:00:00"]
    case .time: ["example": "12:00:00"]
    case .gYear: ["example": "2026"]
    case .gYearMonth: ["example": "2026-01"]
    case .decimal: ["example": "-1302.03"]
    case .integer: ["example": "42"]
    case .boolean: ["example": "true"]
    default: [:]
    }
  }
}

extension DatatypeDescription {
  /// The format in words that a person may follow.
  var formatText: String {
    if let format { return format }
    var parts: [String] = []
    if let decimalCharacter { parts.append("decimal «\(decimalCharacter)»") }
    if let groupCharacter { parts.append("group «\(groupCharacter)»") }
    return parts.isEmpty ? base.rawValue : "\(base.rawValue), " + parts.joined(separator: ", ")
  }
}
