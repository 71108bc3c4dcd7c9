import Bytes
import Problems

/// Why a cell's text is no value of its datatype.
enum CellFault: Error, Sendable {
  /// Not in the datatype's lexical space.
  case datatype
  /// Not as the format says.
  case format
  /// It can't be told whether the text is as the format says: the regular expression takes too many steps.
  case formatLimit
  /// Below the least or above the greatest value.
  case range
  /// Shorter or longer than allowed.
  case length(Int)

  /// The problem to tell, for a cell whose datatype and limits are `datatype`.
  func problem(at place: Place, value: String?, _ datatype: DatatypeDescription) -> Problem {
    switch self {
    case .datatype:
      var arguments = ["datatype": datatype.base.words]
      arguments["example"] = datatype.base.example.map { .text($0) }
      return Problem(.cellDatatype, at: place, value: value, arguments)
    case .format:
      return Problem(.cellFormat, at: place, value: value, ["format": datatype.formatText])
    case .formatLimit: return Problem(.cellFormatLimit, at: place, value: value, ["format": datatype.formatText])
    case .range:
      let low = datatype.minInclusive.map { "≥ \($0)" } ?? datatype.minExclusive.map { "> \($0)" }
      let high = datatype.maxInclusive.map { "≤ \($0)" } ?? datatype.maxExclusive.map { "< \($0)" }
      return Problem(.cellRange, at: place, value: value, ["range": [low, high].compactMap { $0 }.joined(separator: ", ")])
    case .length(let length):
      return Problem(.cellLength, at: place, value: value, ["length": "\(length)", "expected": datatype.lengthWords])
    }
  }
}

extension BuiltInDatatype {
  /// What a person calls a value of it.
  fileprivate var words: Words {
    switch self {
    case .boolean: .phrase("datatype-boolean")
    case .date: .phrase("datatype-date")
    case .dateTime, .dateTimeStamp: .phrase("datatype-date-time")
    case .time: .phrase("datatype-time")
    case .gYear: .phrase("datatype-year")
    case .gYearMonth: .phrase("datatype-month")
    case .decimal: .phrase("datatype-decimal")
    case .double, .float: .phrase("datatype-number")
    case .integer: .phrase("datatype-integer")
    case .nonNegativeInteger: .phrase("datatype-count")
    case .anyURI: .phrase("datatype-iri")
    default: .phrase("datatype-other", ["name": rawValue])
    }
  }

  /// A value of it that shows how one is written.
  fileprivate var example: String? {
    switch self {
    case .date: "2026-01-31"
    case .dateTime, .dateTimeStamp: "2026-01-31T12:00:00"
    case .time: "12:00:00"
    case .gYear: "2026"
    case .gYearMonth: "2026-01"
    case .decimal: "-1302.03"
    case .integer: "42"
    case .boolean: "true"
    default: nil
    }
  }
}

extension DatatypeDescription {
  /// The lengths allowed.
  fileprivate var lengthWords: Words {
    if let length { return "\(length)" }
    guard let maxLength else { return .phrase("at-least", ["number": "\(minLength ?? 0)"]) }
    return minLength.map { "\($0)–\(maxLength)" } ?? .phrase("at-most", ["number": "\(maxLength)"])
  }

  /// The format in words that a person may follow.
  var formatText: Words {
    if let format { return "«\(format)»" }
    var marks = ["datatype": base.rawValue]
    marks["decimal"] = decimalCharacter
    marks["group"] = groupCharacter
    return .phrase("number-format", marks)
  }
}
