import Identifiers
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
  /// A time that no clock in Sweden shows: it falls into the hour that is left out when summer time begins.
  case clockChange
  /// Not what an annotation asks for.
  case wants(WantedText)

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
    case .clockChange: return Problem(.cellClockChange, at: place, value: value)
    case .wants(let wanted):
      return Problem(.cellDatatype, at: place, value: value, ["datatype": wanted.words, "example": .text(wanted.example)])
    case .length(let length):
      return Problem(.cellLength, at: place, value: value, ["length": "\(length)", "expected": datatype.lengthWords])
    }
  }
}

/// What an annotation asks a cell for, where no datatype says it.
enum WantedText: UInt8, Sendable {
  case moment, milliseconds, month, phone, mail, url, postcode

  /// What the cleaning step asks for; nil for one that takes any text.
  init?(_ step: CleaningStep) {
    switch step {
    case .phone: self = .phone
    case .mail: self = .mail
    case .url: self = .url
    case .postcode: self = .postcode
    default: return nil
    }
  }

  /// What a person calls it.
  fileprivate var words: Words {
    switch self {
    case .moment: .phrase("wanted-moment")
    case .milliseconds: .phrase("wanted-milliseconds")
    case .month: .phrase("datatype-month")
    case .phone: .phrase("wanted-phone")
    case .mail: .phrase("wanted-mail")
    case .url: .phrase("wanted-url")
    case .postcode: .phrase("wanted-postcode")
    }
  }

  /// How one is written.
  fileprivate var example: String {
    switch self {
    case .moment: "2026-06-09T22:00:00Z"
    case .milliseconds: "1781042400000"
    case .month: "202606"
    case .phone: "019-21 10 00"
    case .mail: "kommun@example.se"
    case .url: "https://www.example.se/"
    case .postcode: "701 35"
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
