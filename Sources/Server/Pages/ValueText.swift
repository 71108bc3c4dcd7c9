import Bytes
import Problems
import RDF

/// Literals as Swedish and English readers expect them.
struct ValueText {
  /// What is shown.
  let text: String
  /// The same for machines, where it is a moment (HTML `datetime`).
  var machine: String?
  /// Whether it is a number, which stands to the right in tables.
  var isNumber = false
  /// Whether it is a number, a date or a truth value.
  var isMeasure = false

  private static let xsd = "http://www.w3.org/2001/XMLSchema#"

  /// The text of a literal.
  init(_ lexical: String, datatype: String, _ language: Language) {
    guard datatype.hasPrefix(Self.xsd) else {
      text = lexical
      return
    }
    switch datatype.dropFirst(Self.xsd.count) {
    case "boolean":
      let words = PageWords(language: language)
      text = lexical == "true" || lexical == "1" ? words.word("yes") : lexical == "false" || lexical == "0" ? words.word("no") : lexical
      isMeasure = true
    case "date":
      isMeasure = true
      if let date = ByteString(lexical).withView({ DateValue(lexical: $0) })?.date {
        text = Self.date(date, language)
        machine = lexical
      } else {
        text = lexical
      }
    case "dateTime", "dateTimeStamp":
      isMeasure = true
      if let moment = ByteString(lexical).withView({ DateTimeValue(lexical: $0) }) {
        text = Self.date(moment.date, language) + " " + Self.clock(moment.time)
        machine = lexical
      } else {
        text = lexical
      }
    case "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay", "time", "duration", "dayTimeDuration", "yearMonthDuration":
      text = lexical
      isMeasure = true
    case "string", "anyURI", "token", "normalizedString", "language", "Name", "NCName", "NMTOKEN", "base64Binary", "hexBinary":
      text = lexical
    default:
      isMeasure = true
      isNumber = true
      text = Self.grouped(lexical, language)
    }
  }

  /// A number's digits in groups of three, with the language's decimal mark; what is no plain number stays as it is.
  static func grouped(_ lexical: String, _ language: Language) -> String {
    let hasSign = lexical.hasPrefix("-") || lexical.hasPrefix("+")
    let parts = lexical.dropFirst(hasSign ? 1 : 0).split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ $0.utf8.allSatisfy(isDigit) }), let whole = parts.first, !whole.isEmpty else { return lexical }
    var digits = language.grouped(whole)
    if parts.count > 1, !parts[1].isEmpty { digits += (language == .sv ? "," : ".") + parts[1] }
    return (lexical.hasPrefix("-") ? "\u{2212}" : "") + digits
  }

  /// A day, such as 15 januari 2025.
  static func date(_ date: CivilDate, _ language: Language) -> String {
    let months = PageWords(language: language).word("months").split(separator: " ")
    let month = months.indices.contains(date.month - 1) ? String(months[date.month - 1]) : "\(date.month)"
    return "\(date.day)\u{A0}\(month) \(date.year)"
  }

  private static func clock(_ time: CivilTime) -> String {
    let minutes = Int(time.secondOfDay) / 60
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return two(minutes / 60) + ":" + two(minutes % 60)
  }

  /// A duration in milliseconds.
  static func milliseconds(_ number: Int, _ language: Language) -> String { grouped("\(number)", language) + "\u{A0}ms" }
}
